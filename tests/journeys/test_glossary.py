"""An explained word opens where it is read: by tap, by keys, in both languages, and without a script by going there."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browsing import FIRST_DAY, Person
from tests.journeys.conftest import Arrive
from tests.journeys.page_rules import PHONE, ZOOMED, axe_faults, width_faults

pytestmark = pytest.mark.journey
LESSON, WORD = f"/lessons/{FIRST_DAY}", "sexual-deepfake-crime"
WAYS = [("ko", ""), ("en", ""), ("ko", "?read=both"), ("en", "?read=both")]
OVER_THE_EXIT = """box => {
    const [one, exit] = [box.getBoundingClientRect(), document.querySelector(".quick-exit")];
    const { x, y, width, height } = exit.getBoundingClientRect();
    return !exit.contains(document.elementFromPoint(x + width / 2, y + height / 2)) || one.width === 0;
}"""


def reader(arrive: Arrive, way: tuple[str, str] = WAYS[0], **options: object) -> Person:
    """Somebody who has just opened the lesson."""
    person = arrive(**options)
    person.go(f"/{way[0]}{LESSON}{way[1]}")
    return person


def word_in(page: Page, locale: str) -> Locator:
    return page.locator(f'a.word[href="#word-{WORD}-{locale}"]')


def meaning_in(page: Page, locale: str) -> str:
    return page.locator(f"#word-{WORD}-{locale} dd").first.inner_text()


@pytest.mark.parametrize("way", WAYS, ids="".join)
def test_it_works(arrive: Arrive, way: tuple[str, str]) -> None:
    page = reader(arrive, way, has_touch=True, viewport=PHONE).page
    address, entries = page.url, page.evaluate("history.length")
    for locale in ("ko", "en") if way[1] else (way[0],):
        word = word_in(page, locale)
        word.tap()
        expect(page.locator(".word-box")).to_have_count(1)
        expect(page.locator(".word-box")).to_contain_text(meaning_in(page, locale))
        expect(page.locator(".word-box")).to_have_attribute("lang", locale)
        expect(word).to_have_attribute("aria-expanded", "true")
        word.tap()
        expect(page.locator(".word-box")).to_have_count(0)
        expect(word).to_have_attribute("aria-expanded", "false")
    assert (page.url, page.evaluate("history.length")) == (address, entries)  # nothing remembers what was looked up


def test_keys_open_and_close_it_and_the_focus_stays(arrive: Arrive) -> None:
    page = reader(arrive).page
    word = word_in(page, "ko")
    word.focus()
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        expect(page.locator(".word-box")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".word-box")).to_have_count(0)
        expect(word).to_be_focused()


def test_one_is_open_at_a_time(arrive: Arrive) -> None:
    page = reader(arrive).page
    for word in page.locator("a.word").all():
        word.click()
        expect(page.locator(".word-box")).to_have_count(1)
        expect(page.locator("a.word[aria-expanded=true]")).to_have_count(1)


@pytest.mark.parametrize("viewport", [PHONE, ZOOMED], ids=["phone", "zoomed"])
def test_it_fits_and_leaves_the_exit_in_reach(arrive: Arrive, viewport: dict[str, int]) -> None:
    page = reader(arrive, WAYS[2], viewport=viewport).page
    for word in page.locator("a.word").all():
        word.click()
        assert not page.locator(".word-box").evaluate(OVER_THE_EXIT)
        assert width_faults(page) == []
        page.set_viewport_size(viewport)


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_it_is_a_button_that_says_whether_it_is_open(arrive: Arrive, locale: str) -> None:
    page = reader(arrive, (locale, "")).page
    for expanded in (False, True):
        name = word_in(page, locale).inner_text()
        expect(page.get_by_role("button", name=name, expanded=expanded).first).to_be_visible()
        word_in(page, locale).click()
    word_in(page, locale).click()
    assert axe_faults(page) == []


def test_on_paper_the_note_stands_below_and_nothing_twice(arrive: Arrive) -> None:
    page = reader(arrive).page
    word_in(page, "ko").click()
    page.emulate_media(media="print")
    expect(page.locator(".word-box")).to_be_hidden()
    for note in page.locator(".notes__word").all():
        expect(note).to_be_visible()
    expect(page.locator(".notes__back:visible")).to_have_count(0)


@pytest.mark.parametrize("way", WAYS, ids="".join)
def test_without_a_script_it_leads_there_and_back(arrive: Arrive, way: tuple[str, str]) -> None:
    page = reader(arrive, way, java_script_enabled=False).page
    word, note = word_in(page, way[0]), page.locator(f"#word-{WORD}-{way[0]}")
    expect(page.locator(".notes__back:visible")).to_have_count(0)
    word.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_in_viewport()
    back = note.locator(".notes__back a")
    expect(back).to_be_visible()
    back.click()
    expect(word).to_be_in_viewport()
    assert page.url.endswith(f"#word-{WORD}-{way[0]}-used")
