"""Shows that nothing of an estimate, a position line or a reflection is sent or kept: by no form, request or row."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, Request, expect, sync_playwright
from werkzeug.serving import make_server

from curriculum.quizzes.forms import quiz_form
from curriculum.quizzes.item import Item, PrivatePart
from curriculum.quizzes.quiz import TYPES, Quiz
from tests.cast import CODE, Cast
from tests.inspection import Page as InspectedPage
from tests.journeys.page_rules import axe_faults, print_faults, width_faults
from tests.quizzes.private_parts import KINDS, PATH, asked, private_quiz
from tests.quizzes.sample import fields, right, sent
from tests.site_client import SiteClient

__all__ = ["asked"]
# The same letters however they travel: in an address, in JSON, in a form.
GUESS, THOUGHT, PLACE = "730519", "canary-88431", "5"
PLACES = [(locale, read) for locale in ("ko", "en") for read in ("", "?read=both")]
FIELDS = ("input", "select", "textarea")
# What the forms and the script of the page may send beside the answers to graded items.
KNOWN = {"csrf_token", "number", "version", "owner", "item", "check", "checked", "counter"}
STORED = """async () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, await caches.keys(),
    (await indexedDB.databases()).map(one => one.name), history.state, location.href])"""
NOTE_PRINTED = """() => { window.print = () => {
    const seen = [...document.querySelectorAll("legend, textarea, h1")].filter(one => one.checkVisibility());
    window.printed = seen.map(one => one.innerText || one.value);
}; }"""
SHOWN = "() => [...document.querySelectorAll('[data-private] :is(input, textarea)')].map(one => one.value)"


def test_it_works() -> None:
    private = {name for name, kind in TYPES.items() if issubclass(kind, PrivatePart)}
    assert private == set(KINDS.values())
    assert [part.id for part in private_quiz().parts if part.is_private] == list(KINDS)


def private_fields(page: InspectedPage) -> list[dict[str, str]]:
    """The attributes of every field in the sections that stay with the student."""
    sections = [one for one in page.all("section") if "data-private" in one.attrib]
    return [field.attrib for section in sections for tag in FIELDS for field in section.iter(tag)]


@pytest.mark.parametrize("asks", ["", *KINDS])
def test_no_field_of_them_has_a_name(client: SiteClient, asked: Quiz, asks: str) -> None:
    for locale, read in PLACES:
        path = PATH.replace("/ko/", f"/{locale}/") + read
        form = {"check": asks, "number": "1", "version": asked.digest, "owner": "", "csrf_token": client.token(path)}
        response = client.client.post(path, data=form) if asks else client.client.get(path)
        assert response.status_code == 200
        found = private_fields(InspectedPage(response, path))
        assert [field["id"] for field in found] == [f"own-{part}" for part in KINDS]
        assert not [field for field in found if "name" in field or field.get("autocomplete") != "off"]


def test_the_form_reads_nothing_named_like_them(app: Flask) -> None:
    quiz = private_quiz()
    named = {
        f"{before}{part}{after}": GUESS for part in KINDS for before in ("item-", "own-", "") for after in ("", ".x")
    }
    with app.test_request_context("/ko/", method="POST", data=sent(quiz) | named):
        form = quiz_form(quiz)
        form.validate()
        assert set(form.responses()) == {item.id for item in quiz.items}
        assert not set(KINDS) & {field.item.id for field in form.fields()}
        assert GUESS not in str([field.data for field in form])


def test_what_is_sent_by_hand_is_neither_shown_nor_stored(
    app: Flask, client: SiteClient, cast: Cast, asked: Quiz
) -> None:
    client.sign_in(cast.gaon)
    owner = next(one.attrib["value"] for one in client.get(PATH).all("input") if one.attrib.get("name") == "owner")
    named = {f"item-{part}": THOUGHT for part in KINDS}
    client.post(PATH, sent(asked, owner=owner) | named)
    assert THOUGHT not in client.get(client.location).text
    for part in KINDS:
        form = sent(asked, number=2, owner=owner) | named | {"item": part, "check": "1"}
        reply = client.client.post(f"{PATH}/answer", data=form | {"csrf_token": client.token(PATH)})
        assert THOUGHT not in reply.get_data(as_text=True)


# --- in a browser


@pytest.fixture
def address(prepared: tuple[Flask, Cast, Path], app: Flask, asked: Quiz) -> Iterator[str]:
    """Where a server of this process asks the quiz with the three parts."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def chromium() -> str:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium is missing: sudo apt-get install -y chromium")
    return path


class Student:
    """Gaon at a browser that notes every request it makes."""

    def __init__(self, context: BrowserContext, address: str, cast: Cast) -> None:
        self.address, self.requests = address, list[Request]()
        context.set_default_timeout(10_000)
        context.on("request", self._note)
        self.page: Page = context.new_page()
        self.page.goto(f"{address}/ko/join")
        self.page.locator("#code").fill(cast.gaon.class_code)
        self.page.locator('main form[action*="/join"] button[type=submit]').click()
        self.page.locator(f'input[name=number][value="{cast.gaon.number}"]').check(force=True)
        self.page.locator("input[name=code]").fill(CODE)
        self.page.locator('main form[action*="/join"] button[type=submit]').click()
        self.page.wait_for_url("**/class**")
        self.requests.clear()

    def _note(self, request: Request) -> None:
        self.requests.append(request)

    def open(self) -> None:
        """Open the quiz and fill in what stays with her."""
        self.page.goto(self.address + PATH)
        self.page.locator("#own-guess").fill(GUESS)
        self.page.locator("#own-think").fill(THOUGHT)
        self.page.locator("#own-stand").fill(PLACE)

    def reveal(self, part: str) -> None:
        """Ask for what a part tells."""
        self.page.locator(f"button[name=check][value={part}]").click()
        expect(self.page.locator(f"[data-part={part}] .private__told")).to_be_visible()

    def answer(self, quiz: Quiz) -> None:
        """Answer everything that is graded, and send it."""
        for item in quiz.items:
            self._choose(item)
        with self.page.expect_navigation():
            self.page.locator(".actions button[type=submit]").click()

    def _choose(self, item: Item) -> None:
        for name, values in fields(item, right(item)).items():
            for value in values:
                select = self.page.locator(f'select[name="{name}"]')
                if select.count():
                    select.select_option(value, force=True)
                else:
                    box = f'input[name="{name}"][value="{value}"]'
                    self.page.locator(f"label:has({box})").click()
                    expect(self.page.locator(box)).to_be_checked()

    def sent(self) -> list[tuple[str, str, str]]:
        """Everything that left the browser: address, body, headers."""
        return [(one.url, one.post_data or "", str(one.all_headers())) for one in self.requests]

    def sent_names(self) -> set[str]:
        """The names of all fields that left the browser."""
        return {name for _, body, _ in self.sent() for name, _ in parse_qsl(body, keep_blank_values=True)}


@pytest.fixture
def gaon(chromium: str, address: str, cast: Cast, request: pytest.FixtureRequest) -> Iterator[Student]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"], ignore_default_args=["--disable-back-forward-cache"]
        )
        context = browser.new_context(java_script_enabled=getattr(request, "param", True), locale="ko-KR")
        yield Student(context, address, cast)
        browser.close()


def stored_bytes(folder: Path) -> bytes:
    """Whatever the server has written down."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.journey
@pytest.mark.only("sqlite")
@pytest.mark.parametrize("gaon", [True, False], indirect=True, ids=["script", "no-script"])
def test_nothing_of_them_leaves_the_browser(
    gaon: Student, asked: Quiz, prepared: tuple[Flask, Cast, Path], request: pytest.FixtureRequest
) -> None:
    has_script = request.node.callspec.params["gaon"]
    gaon.open()
    for part in ("guess", "stand"):
        gaon.reveal(part)
    if has_script:
        assert gaon.page.evaluate(SHOWN) == [GUESS, PLACE, THOUGHT]
        assert not {GUESS, THOUGHT} & set(gaon.page.evaluate(STORED).split('"'))
    else:
        gaon.open()
    gaon.answer(asked)
    assert "/result" in gaon.page.url, gaon.page.locator("main").inner_text()
    assert len([one for one in gaon.requests if one.method == "POST"]) >= 3  # there was something to look into
    seen = str(gaon.sent())
    assert not [word for word in (GUESS, THOUGHT, "own-", *(f"item-{part}" for part in KINDS)) if word in seen]
    of_items = {name for item in asked.items for name in fields(item, right(item))}
    assert gaon.sent_names() <= KNOWN | of_items
    if has_script:
        assert not [word for word in (GUESS, THOUGHT) if word in gaon.page.evaluate(STORED)]
    kept = stored_bytes(prepared[2])
    assert b"SQLite format" in kept
    assert not [word for word in (GUESS, THOUGHT) if word.encode() in kept]


@pytest.mark.journey
@pytest.mark.only("sqlite")
def test_the_guess_stands_beside_what_was_found(gaon: Student) -> None:
    gaon.open()
    gaon.reveal("guess")
    mine = gaon.page.locator("[data-mine]")
    expect(mine).to_be_visible()
    assert GUESS in mine.inner_text()
    told = gaon.page.locator("[data-part=guess] [data-told]")
    expect(told).to_be_focused()
    expect(told.get_by_text("교육부, 2024. 12.", exact=True)).to_be_visible()


@pytest.mark.journey
@pytest.mark.only("sqlite")
def test_enter_sends_nothing_and_who_guessed_nothing_is_shown_no_guess(gaon: Student) -> None:
    gaon.open()
    before = len(gaon.requests)
    gaon.page.locator("#own-guess").press("Enter")
    gaon.page.wait_for_timeout(300)
    assert gaon.page.url.endswith(PATH)
    assert len(gaon.requests) == before
    gaon.page.locator("#own-guess").fill("")
    gaon.reveal("guess")
    expect(gaon.page.locator("[data-mine]")).to_be_hidden()


@pytest.mark.journey
@pytest.mark.only("sqlite")
def test_back_and_reload_bring_nothing_back(gaon: Student) -> None:
    gaon.open()
    gaon.page.goto(gaon.address + "/ko/help/")
    gaon.page.go_back(wait_until="commit")
    expect(gaon.page.locator("#own-think")).to_be_visible()
    assert gaon.page.evaluate(SHOWN) == ["", "3", ""]
    gaon.open()
    gaon.page.reload()
    assert gaon.page.evaluate(SHOWN) == ["", "3", ""]


@pytest.mark.journey
@pytest.mark.only("sqlite")
# Who leaves at once breaks off what is on its way; the server of the tests then forgets to close a file.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_quick_exit_drops_it(gaon: Student, app: Flask) -> None:
    gaon.open()
    gaon.page.route(
        "**/*", lambda route: route.fulfill(body="") if gaon.address not in route.request.url else route.continue_()
    )
    gaon.page.locator(".quick-exit").click()
    gaon.page.wait_for_timeout(500)
    gaon.page.go_back(wait_until="commit")
    gaon.page.wait_for_timeout(500)
    assert not [word for word in (GUESS, THOUGHT) if word in gaon.page.content()]
    assert not gaon.page.locator("[data-private]").count()


@pytest.mark.journey
@pytest.mark.only("sqlite")
def test_a_reflection_can_be_printed_alone_and_cleared(gaon: Student) -> None:
    gaon.open()
    page = gaon.page
    page.emulate_media(media="print")
    page.evaluate(NOTE_PRINTED)
    page.evaluate("document.querySelector('[data-print]').click()")
    printed: list[Any] = page.evaluate("window.printed")
    assert len(printed) == 2
    assert "연필에게 하고 싶은 말" in printed[0]
    assert printed[1] == THOUGHT
    assert page.locator("h1").is_visible()  # afterwards the page is whole again
    page.emulate_media(media="screen")
    page.locator("[data-clear]").click()
    assert page.evaluate(SHOWN) == [GUESS, PLACE, ""]


@pytest.mark.journey
@pytest.mark.only("sqlite")
@pytest.mark.parametrize("way", ["ko", "en", "ko?read=both"])
def test_the_page_is_clean_for_axe_and_fits_a_narrow_screen(gaon: Student, way: str) -> None:
    locale, _, read = way.partition("?")
    gaon.page.goto(gaon.address + PATH.replace("/ko/", f"/{locale}/") + (f"?{read}" if read else ""))
    for part in ("guess", "stand"):
        gaon.reveal(part)
    assert width_faults(gaon.page) + axe_faults(gaon.page) == []
    assert print_faults(gaon.page) == []
