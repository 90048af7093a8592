"""A story by keyboard alone, in both languages: one scene at a time, back, to its end, into the class; no script."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browsing import Person
from tests.journeys.conftest import Arrive
from tests.journeys.page_rules import PHONE, ZOOMED, axe_faults, width_faults
from tests.journeys.places import STORY
from tests.journeys.site import Site
from tests.journeys.test_quiz import tab_to

pytestmark = pytest.mark.journey
WAY = ("joke", "take-back", "find-out", "leave-it", "tell-alone", "tell-taeo", "own-part")  # the longest there is
KEPT = "[localStorage.length, sessionStorage.length, document.cookie.length]"


def address(locale: str) -> str:
    return f"/{locale}/lessons/{STORY}/story"


def in_view(page: Page) -> Locator:
    return page.locator("[data-scene]:visible")


def press_choice(page: Page, name: str) -> None:
    link = page.locator(f"[data-choice={name}]:visible")
    tab_to(page, link)
    page.keyboard.press("Enter")


def expect_focus_on_its_heading(page: Page) -> None:
    expect(in_view(page)).to_have_count(1)
    expect(in_view(page).locator("h2")).to_be_focused()
    expect(in_view(page).locator("h2")).to_be_in_viewport()


def expect_nothing_kept(person: Person, locale: str, history: int) -> None:
    assert person.page.url == person.site.url + address(locale)
    assert person.page.evaluate("history.length") == history
    assert person.page.evaluate(KEPT) == [0, 0, 0]


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_it_works(arrive: Arrive, locale: str) -> None:
    reader = arrive()
    reader.go(address(locale))
    page, history = reader.page, reader.page.evaluate("history.length")
    asked = reader.told()
    expect(in_view(page)).to_have_count(1)
    for name in WAY:
        then = page.locator(f"[data-choice={name}]:visible ~ .then").text_content() if name != WAY[-1] else None
        press_choice(page, name)
        expect_focus_on_its_heading(page)
        if then:
            assert page.locator(".then--now").text_content() == then
        expect_nothing_kept(reader, locale, history)
    expect(in_view(page)).to_have_attribute("data-ending", "")
    assert reader.told() == asked  # nothing was sent on the way


@pytest.mark.parametrize("viewport", [PHONE, ZOOMED])
def test_one_scene_back_and_the_beginning_by_keyboard(arrive: Arrive, viewport: dict[str, int]) -> None:
    reader = arrive(viewport=viewport)
    reader.go(address("ko"))
    page = reader.page
    expect(page.locator("[data-moves]")).to_be_hidden()
    for name in WAY[:3]:
        press_choice(page, name)
    for expected in ("night", "laughing", "evening"):
        tab_to(page, page.locator("[data-do=back]"))
        page.keyboard.press("Enter")
        expect(in_view(page)).to_have_attribute("data-scene", expected)
        expect_focus_on_its_heading(page)
    expect(page.locator(".then--now")).to_have_count(0)
    press_choice(page, "joke")
    press_choice(page, "once-more")
    expect(in_view(page)).to_have_attribute("data-scene", "evening")
    expect(page.locator("[data-moves]")).to_be_hidden()  # what was thought over is forgotten
    press_choice(page, "check-in")
    tab_to(page, page.locator("[data-do=restart]"))
    page.keyboard.press("Enter")
    expect(in_view(page)).to_have_attribute("data-scene", "evening")


@pytest.mark.parametrize("query", ["", "?read=both"])
def test_each_scene_is_a_good_page(arrive: Arrive, query: str) -> None:
    reader = arrive()
    reader.go(address("ko") + query)
    for name in ("joke", "take-back", "how-are-you", "together", "own-part"):
        reader.page.locator(f"[data-choice={name}]:visible").click()
        assert axe_faults(reader.page) == []
        assert width_faults(reader.page) == []


def test_paper_holds_the_whole_story_whatever_is_in_view(arrive: Arrive) -> None:
    reader = arrive()
    reader.go(f"{address('ko')}?read=both")
    page = reader.page
    press_choice(page, "check-in")
    page.emulate_media(media="print")
    expect(in_view(page)).to_have_count(page.locator("[data-scene]").count())
    for choice in page.locator(".way").all():
        expect(choice.locator(".way__to")).to_be_visible()
    for then in page.locator(".way .then").all():
        expect(then).to_be_visible()
    expect(page.locator(".then--now")).to_be_hidden()


def test_back_and_another_page_leave_nothing_of_the_way(arrive: Arrive) -> None:
    reader = arrive()
    reader.go(address("ko"))
    press_choice(reader.page, "joke")
    reader.go("/ko/lessons/")
    reader.page.go_back(wait_until="commit")  # the page comes as it was kept: it does not load again
    expect(in_view(reader.page)).to_have_attribute("data-scene", "evening")


def test_who_leaves_in_the_middle_leaves(arrive: Arrive, site: Site) -> None:
    reader = arrive()
    reader.go(address("ko"))
    press_choice(reader.page, "joke")
    for _ in range(3):
        reader.page.keyboard.press("Shift")
    reader.page.wait_for_url(site.exit_url)


def test_a_student_adds_at_the_end_by_keyboard_and_once(arrive: Arrive, site: Site) -> None:
    student = arrive()
    student.join(site.student(3, 7))
    student.go(address("ko"))
    page, adding = student.page, student.page.locator("[data-add]")
    for name in WAY:
        expect(adding).to_be_hidden()
        press_choice(page, name)
    expect(adding).to_be_visible()
    expect(adding.locator("select:visible")).to_have_count(0)
    chosen = [select.input_value() for select in adding.locator("select").all()]
    assert chosen == ["joke", "find-out", "tell-alone", "own-part"]
    tab_to(page, adding.locator("button[type=submit]"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_contain_text("우리 반에 더했어요")
    expect(adding).to_have_count(0)
    assert page.url == site.url + address("ko")


def test_a_choice_that_was_taken_back_is_not_added(arrive: Arrive, site: Site) -> None:
    student = arrive()
    student.join(site.student(3, 8))
    student.go(address("en"))
    page = student.page
    press_choice(page, "joke")
    press_choice(page, "once-more")
    assert page.locator("#chosen-1").input_value() == ""
    press_choice(page, "check-in")
    assert page.locator("#chosen-1").input_value() == "check-in"


def test_without_a_script_the_story_is_read_and_added_too(arrive: Arrive, site: Site) -> None:
    student = arrive(java_script_enabled=False)
    student.join(site.student(3, 9))
    student.go(address("ko"))
    page = student.page
    expect(in_view(page)).to_have_count(page.locator("[data-scene]").count())
    expect(page.locator("[data-moves]")).to_be_hidden()
    link = page.locator("[data-scene=evening] [data-choice=joke]")
    target = page.locator("[data-scene=laughing]")
    assert link.get_attribute("href") == f"#{target.get_attribute('id')}"
    link.click()
    expect(target).to_be_in_viewport()
    target.locator(".scene__back a").first.click()
    expect(page.locator("[data-scene=evening]")).to_be_in_viewport()
    for select in page.locator("[data-add] select").all():
        select.select_option(index=1)
    with page.expect_navigation():
        page.locator("[data-add] button[type=submit]").click()
    expect(page.locator(".notice")).to_contain_text("우리 반에 더했어요")


def test_a_teacher_sees_the_tens_of_one_class_and_of_another_why_not(arrive: Arrive, site: Site) -> None:
    teacher = arrive()
    teacher.sign_in(site.teacher())
    seen = []
    for href in [link.get_attribute("href") for link in teacher.page.locator(".cards a").all()]:
        teacher.go(f"{href}/stories")
        seen.append(teacher.page.locator("main").inner_text())
    assert any("20명이 고른 것입니다" in words for words in seen)
    assert any("아직 열 명이 되지 않았거나" in words for words in seen)
