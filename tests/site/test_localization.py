"""Shows how the language of a page is chosen, and that the language control keeps one's place."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.mofile import read_mo
from flask import Flask

from curriculum.localization import compile_catalogs
from tests.cast import Cast
from tests.site.walk import LESSON
from tests.site_client import SiteClient

QUIZ = f"{LESSON}/quiz"


class Entry(NamedTuple):
    """One entry of the language control."""

    href: str
    lang: str
    label: str
    current: bool


def control(app: Flask, path: str) -> list[Entry]:
    nav = re.search(r'<ul class="languages">.*?</ul>', app.test_client().get(path).text, re.DOTALL)
    assert nav
    found = re.findall(r'<a [^>]*href="([^"]*)" lang="(\w+)"( aria-current="true")?>([^<]*)</a>', nav[0])
    return [Entry(href, lang, label, bool(current)) for href, lang, current, label in found]


def lang_of(app: Flask, path: str) -> str:
    found = re.search(r'<html lang="(\w+)">', app.test_client().get(path, headers={"Accept-Language": "en"}).text)
    assert found
    return found[1]


def test_it_works(app: Flask) -> None:
    assert control(app, "/ko/lessons/") == [
        Entry("/ko/lessons/", "ko", "한국어", True),
        Entry("/en/lessons/", "en", "English", False),
    ]


@pytest.mark.parametrize("locale", ["ko", "en"])
@pytest.mark.parametrize("path", ["", "lessons/", "join", "sign-in", "help/contacts", "nothing"])
def test_the_address_decides_and_not_the_browser(app: Flask, locale: str, path: str) -> None:
    assert lang_of(app, f"/{locale}/{path}") == locale


@pytest.mark.parametrize(
    ("wish", "home"),
    [
        ("ko", "/ko/"),
        ("en", "/en/"),
        ("en-GB,en;q=0.9", "/en/"),
        ("ko-KR,ko;q=0.9,en;q=0.8", "/ko/"),
        ("fr,en;q=0.8,ko;q=0.2", "/en/"),
        ("fr", "/ko/"),
        ("", "/ko/"),
        ("*", "/ko/"),
        ("en;q=0", "/ko/"),
        (";;q=x,,", "/ko/"),
    ],
)
def test_the_bare_address_leads_to_the_best_of_our_languages(app: Flask, wish: str, home: str) -> None:
    response = app.test_client().get("/", headers={"Accept-Language": wish})
    assert (response.status_code, response.headers["Location"]) == (302, home)
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize("locale", ["fr", "KO", "ko-KR", "k", "ko,en"])
def test_other_languages_have_no_address(app: Flask, locale: str) -> None:
    assert app.test_client().get(f"/{locale}/lessons/").status_code == 404


@pytest.mark.parametrize("path", [LESSON, QUIZ])
def test_a_page_of_lesson_text_can_stand_side_by_side(app: Flask, path: str) -> None:
    english = path.replace("/ko/", "/en/")
    assert control(app, path) == [
        Entry(path, "ko", "한국어", True),
        Entry(english, "en", "English", False),
        Entry(f"{path}?read=both", "ko", "나란히", False),
    ]
    assert control(app, f"{english}?read=both") == [
        Entry(path, "ko", "한국어", False),
        Entry(english, "en", "English", False),
        Entry(f"{english}?read=both", "en", "Side by side", True),
    ]


@pytest.mark.parametrize("path", ["/ko/", "/ko/lessons/", "/ko/help/contacts", "/ko/join", "/ko/sign-in"])
def test_other_pages_cannot_even_when_asked_to(app: Flask, path: str) -> None:
    assert len(control(app, f"{path}?read=both")) == 2
    assert control(app, f"{path}?read=both")[0].current


@pytest.mark.parametrize("wish", ["", "ko", "BOTH", "both,", "1"])
def test_any_other_wish_is_one_language(app: Flask, wish: str) -> None:
    assert app.test_client().get(f"{LESSON}?read={wish}").data == app.test_client().get(LESSON).data


def test_an_absent_page_leads_to_the_front_page(app: Flask) -> None:
    assert [one.href for one in control(app, "/en/nothing")] == ["/ko/", "/en/"]


def links(app: Flask, path: str) -> Iterator[str]:
    text = app.test_client().get(path).text
    yield from re.findall(r'(?:href|action)="(/[^"]*)"', text.replace(_control_of(text), ""))


def _control_of(text: str) -> str:
    found = re.search(r'<ul class="languages">.*?</ul>', text, re.DOTALL)
    assert found
    return found[0]


def test_side_by_side_is_kept_where_it_can_be_and_nowhere_else(app: Flask) -> None:
    kept = {one.partition("#")[0] for one in links(app, f"{LESSON}?read=both")}
    assert f"{QUIZ}?read=both" in kept
    assert {one for one in kept if "?" in one and "/lessons/middle/" not in one} == set()
    assert not [one for one in links(app, LESSON) if "read=" in one]


def test_side_by_side_is_kept_from_step_to_step(app: Flask, cast: Cast) -> None:
    client = SiteClient(app).sign_in(cast.gaon)
    steps = app.extensions["catalog"].lesson("middle/consent/every-step").step_ids
    client.post(f"{LESSON}/steps/{steps[0]}?read=both", on="/ko/class")
    assert client.location == f"{LESSON}?read=both#{steps[1]}"
    client.post(f"{LESSON}/steps/{steps[-1]}?read=both", on="/ko/class")
    assert client.location == "/ko/class"


def test_a_catalog_is_compiled_when_it_changed_and_only_then(tmp_path: Path) -> None:
    source = tmp_path / "en" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid "수업"\nmsgstr "Lesson"\n', "utf-8")
    compile_catalogs(tmp_path)
    target = source.with_suffix(".mo")
    with target.open("rb") as file:
        assert read_mo(file)["수업"].string == "Lesson"
    target.write_bytes(b"kept")
    compile_catalogs(tmp_path)
    assert target.read_bytes() == b"kept"
    later = target.stat().st_mtime + 10
    os.utime(source, (later, later))
    compile_catalogs(tmp_path)
    assert target.read_bytes() != b"kept"
    assert {path.suffix for path in source.parent.iterdir()} == {".mo", ".po"}
