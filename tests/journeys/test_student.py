"""A student's way: joining with the printed slip, reading in three ways, step by step, leaving no trace behind."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.browsing import FIRST_DAY, Person
from tests.journeys.conftest import Arrive
from tests.journeys.site import Site

pytestmark = pytest.mark.journey
SECTION = 3  # a class that has not come to this lesson yet
LESSON = f"/ko/lessons/{FIRST_DAY}"
DWELL = 1600  # milliseconds; a little more than it takes until a step counts as being read


def reader(arrive: Arrive, site: Site, number: int) -> Person:
    """A student who has just opened the lesson; each test has one of its own."""
    person = arrive()
    person.join(site.student(SECTION, number))
    person.go(LESSON)
    return person


def scroll_to(page: Page, step: str) -> None:
    page.locator(f"#{step}").evaluate("step => step.scrollIntoView()")
    page.wait_for_timeout(DWELL)


def step_marks(page: Page) -> list[bool]:
    """For each step whether the list says, in words and by its class, that it is done."""
    return page.locator(".steps__link").evaluate_all(
        """links => links.map(link => {
            const word = link.querySelector("[data-state]").textContent.trim() !== "";
            const sign = link.classList.contains("steps__link--done");
            if (word !== sign) throw new Error("sign and word differ: " + link.hash);
            return sign;
        })"""
    )


def test_it_works(arrive: Arrive, site: Site) -> None:
    slip = site.student(SECTION, 7)
    student = arrive()
    page = student.page
    student.go("/")
    expect(page).to_have_url(f"{site.url}/ko/")
    student.press("English")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    student.press("한국어")
    student.page.locator("main").get_by_role("link", name="학급 들어가기").click()
    page.get_by_label("참여 코드").fill(slip["class_code"])
    student.press("다음으로")
    expect(page.locator("main")).not_to_contain_text(slip["name"])  # names are not shown before the code is right
    page.get_by_role("radio", name=slip["number"], exact=True).check(force=True)
    page.get_by_label("내 코드").fill(slip["code"])
    student.press("들어가기")
    expect(page.locator("main")).to_contain_text(slip["name"])

    student.press("알게 된 첫날 할 일")
    expect(page.get_by_role("heading", level=1)).to_have_text("알게 된 첫날 할 일")
    student.finish_steps()
    student.go(LESSON)
    assert all(step_marks(page))


def test_the_language_control_keeps_the_step_that_is_being_read(arrive: Arrive) -> None:
    page = (visitor := arrive()).page
    visitor.go(LESSON)
    turns = (("English", "en", 1, "who"), ("Side by side", "en", 2, "steps"), ("한국어", "ko", 1, "check"))
    for choice, lang, count, place in turns:
        scroll_to(page, place)
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_timeout(DWELL)  # nobody reaches the links at once
        visitor.press(choice)
        expect(page.locator("html")).to_have_attribute("lang", lang)
        expect(page.locator(f"#{place} h2")).to_have_count(count)
        expect(page.locator(f"#{place} h2").first).to_be_in_viewport()
        expect(page.locator(".languages__link[aria-current]")).to_have_text(choice)


def test_the_other_path_takes_the_place_of_the_story(arrive: Arrive) -> None:
    page = (visitor := arrive()).page
    visitor.go(LESSON)
    story, other = page.locator("#wednesday details.path").all()
    expect(story).to_have_attribute("open", "")
    other.locator("summary").click()
    expect(other.locator(".path__text")).to_be_visible()
    expect(story.locator(".path__text")).to_be_hidden()
    story.locator("summary").press("Enter")
    expect(story.locator(".path__text")).to_be_visible()
    expect(other.locator(".path__text")).to_be_hidden()


def test_a_step_is_marked_only_after_the_server_has_answered(arrive: Arrive, site: Site) -> None:
    student = reader(arrive, site, 8)
    page = student.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/steps/*", hold)
    assert not any(step_marks(page))
    for place in range(page.locator("form[data-next]").count()):
        form = page.locator("form[data-next]").nth(place)
        with page.expect_request("**/steps/*"):
            form.locator("button").click()
        page.wait_for_timeout(150)  # the reply is on its way: nothing may be said yet
        assert sum(step_marks(page)) == place
        with page.expect_response("**/steps/*"):
            held.pop().continue_()
        expect(page.locator(".steps__link--done")).to_have_count(place + 1)
        expect(page.locator(f"#{form.get_attribute('data-next')}")).to_be_focused()


def test_a_step_the_server_did_not_get_is_sent_again_the_ordinary_way(arrive: Arrive, site: Site) -> None:
    student = reader(arrive, site, 9)
    page = student.page
    page.route("**/steps/*", lambda route: route.abort(), times=1)
    with page.expect_navigation():
        page.locator("form[data-next] button").first.click()
    assert sum(step_marks(page)) == 1
    # The browser says so itself; it is what this test has brought about.
    assert all("ERR_FAILED" in text for text, _ in student.console)
    student.forget()


def test_a_student_who_comes_back_sees_where_she_stopped(arrive: Arrive, site: Site) -> None:
    student = reader(arrive, site, 10)
    page = student.page
    for form in page.locator("form[data-next]").all()[:3]:
        with page.expect_response("**/steps/*"):
            form.locator("button").click()
    stopped = page.locator("form[data-next]").nth(2).get_attribute("data-next")
    student.go(LESSON)
    assert step_marks(page) == [True] * 3 + [False] * (page.locator(".step").count() - 3)
    expect(page.locator(".steps__link[aria-current]")).to_have_attribute("href", f"#{stopped}")
    student.press("하던 곳부터 이어서")
    expect(page.locator(f"#{stopped} h2")).to_be_in_viewport()


def test_back_shows_nothing_personal_after_signing_out(arrive: Arrive, site: Site) -> None:
    name = site.student(SECTION, 11)["name"]
    student = reader(arrive, site, 11)
    page = student.page
    student.go("/ko/class")
    expect(page.locator("body")).to_contain_text(name)
    student.sign_out()
    expect(page).to_have_url(f"{site.url}/ko/")
    for _ in range(4):
        page.go_back()
        expect(page.locator('form[action$="/sign-out"]')).to_have_count(0)
        expect(page.locator("body")).not_to_contain_text(name)
