"""The page of the navigator: whole without JavaScript, the same for everybody signed out, and without a trace."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from curriculum.catalog.markup import lesson_markdown
from curriculum.catalog.problem import ContentError
from curriculum.catalog.text import LOCALES, Locale
from curriculum.config import LESSONS, PROJECT
from curriculum.support.navigator import Navigator
from curriculum.support.plan import fits, paths_by_role
from tests.cast import Cast
from tests.inspection import BRANDS, Page
from tests.site.another_app import another_app
from tests.site_client import SiteClient

SCRIPT = PROJECT / "static/js/navigator.js"
# What a title, an address, a file or the first words of a page must not say to whoever looks over a shoulder.
SENSITIVE = re.compile(
    "성범죄|성폭력|성적|딥페이크|합성|불법|촬영|협박|유포|피해|가해|자살|음란|학대|"
    "sex|abuse|deepfake|nude|porn|threat|blackmail|victim|offend|suicide|crime|harm",
    re.IGNORECASE,
)
FALSE_PROMISES = re.compile(
    "완전히 익명|완벽하게|절대 알 수 없|기록을 지워 드|흔적이 남지 않|비밀 ?보장|"
    "completely anonymous|erases? your|no trace|guarantee|100 ?%|totally safe",
    re.IGNORECASE,
)


@pytest.fixture(params=LOCALES)
def page(request: pytest.FixtureRequest, client: SiteClient) -> Page:
    return client.get(f"/{request.param}/help/")


def of_class(page: Page, tag: str, name: str, within: Element | None = None) -> list[Element]:
    root = page.root if within is None else within
    return [one for one in root.iter(tag) if name in one.attrib.get("class", "").split()]


def around(page: Page, element: Element) -> list[Element]:
    """The elements around one, the nearest first."""
    found = []
    while (parent := page.parents.get(element)) is not None:
        found.append(element := parent)
    return found


def first_words(markdown: str) -> str:
    """The words an entry begins with, up to its first reference: what facts and words say is another test's."""
    inline = next(token for token in lesson_markdown().parse(markdown) if token.type == "inline")
    words = ""
    for child in inline.children or []:
        if child.type == "reference":
            break
        words += child.content
    return " ".join(words.split())


def test_it_works(page: Page) -> None:
    assert page.h1 == {"ko": "지금 할 수 있는 일", "en": "What you can do now"}[page.path[1:3]]
    assert page.words(page.all("title")[0]) == f"{page.h1} · {BRANDS[page.path[1:3]]}"
    assert page.words(of_class(page, "p", "first-line")[0]) in {"당신 잘못이 아니에요.", "It is not your fault."}


@pytest.mark.parametrize("locale", LOCALES)
def test_without_a_script_every_role_finds_every_entry_that_is_for_it(
    app: Flask, client: SiteClient, locale: Locale
) -> None:
    navigator: Navigator = app.extensions["navigator"]
    page = client.get(f"/{locale}/help/")
    roles = of_class(page, "details", "role")
    assert len(roles) == len(navigator.questions[0].options) == 6
    shown = 0
    for role, ways in zip(roles, paths_by_role(navigator).values(), strict=True):
        wanted = [entry for entry in navigator.entries if any(fits(entry.when, answers) for answers in ways)]
        texts = of_class(page, "div", "plan-entry__text", role)
        assert len(texts) == len(wanted)
        for element, entry in zip(texts, wanted, strict=True):
            assert page.words(element).startswith(first_words(entry.in_(locale)))
            assert not [one for one in around(page, element) if "hidden" in one.attrib]
            shown += 1
    assert shown >= len(navigator.entries)


def test_what_hangs_on_a_further_answer_is_folded_under_that_answer(app: Flask, client: SiteClient) -> None:
    navigator: Navigator = app.extensions["navigator"]
    page = client.get("/ko/help/")
    conditions = {
        f"{question.id}={option.id}": option.condition.ko
        for question in navigator.questions
        for option in question.options
    }
    entries = of_class(page, "div", "plan-entry")
    assert entries
    for entry in entries:
        role = entry.attrib["data-when"].split()[0]
        assert role.startswith("who=")
        folds = [one for one in around(page, entry) if one.tag == "details"]
        said = [page.words(next(iter(fold))) for fold in folds]
        assert said[-1] in {conditions[f"who={option}"] for option in role.removeprefix("who=").split(",")}
        for further in entry.attrib["data-when"].split()[1:]:
            question, options = further.split("=")
            assert all(conditions[f"{question}={option}"] in said[0] for option in options.split(","))
            assert len(folds) == 2


def test_conditions_read_as_one_sentence(client: SiteClient) -> None:
    page = client.get("/en/help/")
    said = [page.words(next(iter(one))) for one in of_class(page, "details", "plan-group")]
    assert any(" or if " in one for one in said)
    assert any(", if " in one for one in said)
    assert all(one.startswith("If ") and "If" not in one[1:] for one in said)


def test_the_limits_stand_before_the_first_question_and_the_first_plan(page: Page) -> None:
    order = list(page.root.iter())
    limits = next(one for one in order if "limits" in one.attrib.get("class", "").split())
    uses = [*page.all("fieldset"), *of_class(page, "details", "role"), *page.all("button")]
    assert all(order.index(limits) < order.index(use) for use in uses if use in list(page.all("main")[0].iter()))
    words = page.words(limits)
    told = {
        "ko": ("방문 기록", "학교 인터넷", "지켜보는 앱", "믿을 수 있는 어른", "도우러 올 수 있는 사람도 없어요"),
        "en": ("record", "school network", "monitoring app", "trusted adult", "nobody can come to help"),
    }
    assert [one for one in told[page.path[1:3]] if one not in words] == []
    assert {"tel:112", "tel:1366"} <= {one.attrib["href"] for one in limits.iter("a")}


def test_it_promises_nothing_that_does_not_hold(page: Page) -> None:
    assert FALSE_PROMISES.findall(page.text) == []
    assert FALSE_PROMISES.search("This is completely anonymous.")


def test_nothing_that_a_shoulder_or_a_history_sees_says_what_it_is_about(page: Page) -> None:
    seen = [page.path, page.words(page.all("title")[0]), page.h1]
    seen += [element.attrib["id"] for element in page.root.iter() if "id" in element.attrib]
    seen += [one.attrib.get("href", "") for one in page.all("link")]
    seen += [one.attrib.get("src", "") for one in page.all("script")]
    assert len(seen) > 10
    assert [one for one in seen if SENSITIVE.search(one)] == []


def test_no_link_and_no_form_can_write_a_choice_into_the_address(page: Page) -> None:
    main = page.all("main")[0]
    assert list(main.iter("form")) == []
    links = [one.attrib["href"] for one in main.iter("a")]
    assert links
    assert [one for one in links if "#" in one or not one.startswith(("tel:", "https://", "/ko/", "/en/"))] == []
    fields = [*main.iter("input"), *main.iter("textarea")]
    assert fields
    assert {one.attrib.get("autocomplete") for one in fields} == {"off"}


def test_the_script_knows_no_way_to_keep_or_send_anything() -> None:
    code = SCRIPT.read_text("utf-8")
    keeping = r"Storage|cookie|indexedDB|caches|history|location|\.hash|\.name\b"
    sending = r"fetch|XMLHttp|sendBeacon|WebSocket|EventSource|import\(|submit|\.src\b"
    assert re.findall(f"{keeping}|{sending}", code) == []
    assert len(code.encode()) < 7_000


@pytest.mark.parametrize("locale", LOCALES)
def test_signed_out_it_asks_for_the_schools_own_people_alone_and_sets_no_cookie(
    client: SiteClient, statements: list[str], locale: str
) -> None:
    page = client.get(f"/{locale}/help/")
    [only] = statements
    assert "SELECT school.contacts" in only
    assert "Set-Cookie" not in client.last.headers
    assert "csrf" not in page.text


def test_signed_out_it_is_the_same_for_everybody_and_answered_304(visitor: Callable[[], SiteClient]) -> None:
    one, other = visitor(), visitor()
    assert one.get("/ko/help/").text == other.get("/ko/help/").text
    assert one.last.headers["Cache-Control"] == "no-cache"
    again = other.client.get("/ko/help/", headers={"If-None-Match": one.last.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_signed_in_it_is_kept_by_nobody(client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon).get("/ko/help/")
    assert client.last.headers["Cache-Control"] == "no-store"
    assert "ETag" not in client.last.headers


def test_help_leads_here_and_all_contacts_are_one_step_away(client: SiteClient) -> None:
    page = client.get("/ko/lessons/")
    assert [one.attrib["href"] for one in of_class(page, "a", "button--help")] == ["/ko/help/"]
    for path in ("/ko/lessons/", "/ko/help/"):
        footer = client.get(path).all("footer")[0]
        assert "/ko/help/contacts" in [one.attrib["href"] for one in footer.iter("a")]


def test_the_app_does_not_start_without_the_navigator(tmp_path: Path) -> None:
    (tmp_path / "lessons").mkdir()
    for path in LESSONS.iterdir():
        if path.name != "help":
            (tmp_path / "lessons" / path.name).symlink_to(path)
    with (
        pytest.raises(ContentError, match=r"questions\.toml:1: file missing"),
        another_app(tmp_path, lessons=tmp_path / "lessons"),
    ):
        pass
