"""What every page must be, whatever it shows: the rules that the client checks on each page it gets."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from urllib.parse import urldefrag, urlsplit
from xml.etree import ElementTree

import html5lib
from flask import Flask
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from curriculum.security import HEADERS

BRANDS = {"ko": "동의", "en": "Dongui"}  # the name of the site, last in every title
HANGUL = re.compile("[가-힣]")
LATIN = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){3,}")  # four words in a row are no name any more
# Elements whose words are not the page's own: names of people and schools stand as they are in every language.
AS_IT_IS = "no"


class Page:
    """One HTML page, parsed when it is first looked into."""

    def __init__(self, response: TestResponse, path: str) -> None:
        self.status, self.path, self.text = response.status_code, path, response.text

    @cached_property
    def _parsed(self) -> tuple[ElementTree.Element, list[str]]:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        return parser.parse(self.text), [code for _, code, _ in parser.errors]

    @property
    def root(self) -> ElementTree.Element:
        """The element around all others."""
        return self._parsed[0]

    @property
    def parse_errors(self) -> list[str]:
        """What a browser has to guess at."""
        return self._parsed[1]

    @cached_property
    def parents(self) -> dict[ElementTree.Element, ElementTree.Element]:
        """The element around each."""
        return {child: parent for parent in self.root.iter() for child in parent}

    def all(self, tag: str) -> list[ElementTree.Element]:
        """Every element with this tag."""
        return list(self.root.iter(tag))

    def words(self, element: ElementTree.Element | None = None) -> str:
        """The text of an element or of the whole page, on one line."""
        return " ".join("".join((self.root if element is None else element).itertext()).split())

    @property
    def h1(self) -> str:
        """The heading of the page."""
        return self.words(self.all("h1")[0])

    def inherited(self, element: ElementTree.Element, attribute: str) -> str | None:
        """The attribute of the element or of the nearest one around it."""
        found: ElementTree.Element | None = element
        while found is not None:
            if attribute in found.attrib:
                return found.attrib[attribute]
            found = self.parents.get(found)
        return None


def faults_of(app: Flask, response: TestResponse, page: Page) -> list[str]:
    """Everything that is wrong with a page, whatever it shows."""
    checks = (_structure, _names, _languages, _no_inline, _forms)
    return [
        *(fault for check in checks for fault in check(page)),
        *_links(app, page),
        *header_faults(response),
    ]


def header_faults(response: TestResponse) -> Iterator[str]:
    """Headers that any response, page or not, must carry."""
    for name, value in HEADERS.items():
        if response.headers.get(name) != value:
            yield f"header {name} is {response.headers.get(name)!r}"
    if "Cache-Control" not in response.headers:
        yield "no Cache-Control"


def _structure(page: Page) -> Iterator[str]:
    yield from (f"HTML does not parse: {code}" for code in page.parse_errors)
    if len(page.all("h1")) != 1:
        yield f"{len(page.all('h1'))} h1 instead of one"
    title = page.words(page.all("title")[0])
    brand = BRANDS.get(page.root.attrib.get("lang", ""), "")
    if not title.endswith(f" · {brand}") or title.startswith(" "):
        yield f"title is {title!r}"
    ids = Counter(element.attrib["id"] for element in page.root.iter() if "id" in element.attrib)
    yield from (f"id {name!r} stands {times} times" for name, times in ids.items() if times > 1)
    levels = [int(element.tag[1]) for element in page.root.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
    yield from (f"h{one} is followed by h{two}" for one, two in pairwise(levels) if two > one + 1)


def _names(page: Page) -> Iterator[str]:
    """Everything that can be pressed or filled in has a name."""
    labelled = {label.attrib.get("for") for label in page.all("label")}
    for tag in ("a", "button", "input", "select", "textarea"):
        for element in page.all(tag):
            if element.attrib.get("type") == "hidden":
                continue
            named = element.attrib.get("aria-label") or element.attrib.get("aria-labelledby") or page.words(element)
            in_label = any(element in list(label.iter()) and page.words(label) for label in page.all("label"))
            if not (named or in_label or element.attrib.get("id") in labelled):
                yield f"<{tag} {element.attrib}> has no name"
    yield from (f"<svg {svg.attrib}> is read aloud" for svg in page.all("svg") if "aria-hidden" not in svg.attrib)


def _languages(page: Page) -> Iterator[str]:
    own = page.all("html")[0].attrib.get("lang")
    asked = page.path.split("/")[1] if page.path.count("/") > 1 else own
    if own not in {"ko", "en"} or (asked in {"ko", "en"} and asked != own):
        yield f"html lang is {own!r} on {page.path}"
    for element in page.root.iter():
        if not isinstance(element.tag, str) or element.tag in {"title", "script", "style"}:
            continue
        texts = [element.text or "", *(child.tail or "" for child in element)]
        lang = page.inherited(element, "lang")
        if lang == "ko" and LATIN.search(" ".join(texts)):
            yield f"English words marked as Korean: {' '.join(''.join(texts).split())[:60]!r}"
        if lang == "en" and HANGUL.search("".join(texts)) and page.inherited(element, "translate") != AS_IT_IS:
            yield f"Korean words marked as English: {' '.join(''.join(texts).split())[:60]!r}"


def _no_inline(page: Page) -> Iterator[str]:
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "style" or (element.tag == "script" and "src" not in element.attrib):
            yield f"inline <{element.tag}>"
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
                yield f"inline {name}={value!r}"


def _forms(page: Page) -> Iterator[str]:
    for form in page.all("form"):
        if "action" not in form.attrib:
            yield "form without action"
        names = [field.attrib.get("name") for field in form.iter("input")]
        if form.attrib.get("method", "get").lower() == "post" and "csrf_token" not in names:
            yield f"form to {form.attrib.get('action')} without CSRF token"


def _links(app: Flask, page: Page) -> Iterator[str]:
    ids = {element.attrib["id"] for element in page.root.iter() if "id" in element.attrib}
    addresses = [("href", "get", one) for one in (*page.all("a"), *page.all("link"))]
    addresses += [("src", "get", one) for one in (*page.all("script"), *page.all("img"))]
    addresses += [("action", one.attrib.get("method", "get"), one) for one in page.all("form")]
    for attribute, method, element in addresses:
        yield from _address(app, page, element.attrib.get(attribute, ""), method.upper(), element, ids)


def _outside(scheme: str, element: ElementTree.Element, address: str) -> Iterator[str]:
    """A telephone number, or a link that is followed by hand and tells the other site nothing."""
    by_hand = scheme in {"http", "https"} and element.attrib.get("rel") == "noreferrer"
    if element.tag != "a" or not (scheme == "tel" or by_hand):
        yield f"<{element.tag}> leads outside to {address}"


def _address(
    app: Flask, page: Page, address: str, method: str, element: ElementTree.Element, ids: set[str]
) -> Iterator[str]:
    target, fragment = urldefrag(address)
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        yield from _outside(parts.scheme, element, address)
        return
    if fragment and target in {"", page.path} and fragment not in ids:
        yield f"link to #{fragment}, which is not there"
    if parts.path:
        try:
            app.url_map.bind("localhost").match(parts.path, method=method)
        except RequestRedirect:
            yield f"link to {address} is redirected"
        except (NotFound, MethodNotAllowed):
            yield f"link to {address} leads nowhere"
    elif not fragment and element.tag == "a":
        yield f"link without address: {page.words(element)!r}"
