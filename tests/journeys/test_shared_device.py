"""Shows in a browser that a tablet that was put down warns, locks and shows nothing, and is handed over in one tap."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import FIRST_DAY, Person
from tests.journeys.conftest import Arrive

pytestmark = pytest.mark.journey
QUIZ = f"/ko/lessons/{FIRST_DAY}/quiz"
NAME = ".whose__name"


@pytest.fixture
def mina(arrive: Arrive) -> Person:
    """A student at a tablet whose clock can be moved."""
    person = arrive(viewport={"width": 360, "height": 740})
    person.page.clock.install()
    person.join(person.site.student(2, 3))
    return person


def pass_time(person: Person, minutes: int, seconds: int = 0) -> None:
    person.page.clock.fast_forward(f"{minutes:02}:{seconds:02}")


def test_the_name_and_the_way_out_stay_in_view_and_meet_nothing(mina: Person) -> None:
    page = mina.page
    mina.go(f"/ko/lessons/{FIRST_DAY}")
    for scrolled in (0, 2000):
        page.evaluate(f"scrollTo(0, {scrolled})")
        expect(page.locator(NAME)).to_be_in_viewport()
        boxes = [page.locator(one).bounding_box() for one in (".whose__button", ".quick-exit")]
        assert all(box and box["height"] >= 44 and box["width"] >= 44 for box in boxes)
        assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]


def test_one_tap_and_the_next_student_sees_nothing_of_the_one_before(mina: Person) -> None:
    page, name = mina.page, mina.page.locator(NAME).inner_text()
    mina.go(QUIZ)
    page.evaluate(
        "sessionStorage.setItem('q:mine:1', 'x'); sessionStorage.setItem('w', name); localStorage.setItem('w', 'x')"
    )
    page.locator(".whose__button").click()
    page.wait_for_url("**/ko/join")
    assert page.evaluate("[Object.keys(sessionStorage), Object.keys(localStorage)]") == [["q:mine:1"], []]
    page.go_back()
    page.wait_for_load_state()
    assert name not in page.content()


def test_signing_out_leaves_nothing_in_the_storage(mina: Person) -> None:
    mina.go(QUIZ)
    mina.page.evaluate("sessionStorage.setItem('q:mine:1', 'x'); localStorage.setItem('w', 'x')")
    mina.sign_out()
    assert mina.page.evaluate("[sessionStorage.length, localStorage.length]") == [0, 0]


def test_a_warning_comes_first_and_a_hand_takes_it_away(mina: Person) -> None:
    page = mina.page
    warning = page.get_by_role("dialog")
    pass_time(mina, 11, 50)  # a page counts from the least that was left when it was served: fourteen minutes
    expect(warning).to_have_count(0)
    pass_time(mina, 0, 20)
    expect(warning).to_be_visible()
    expect(page.get_by_role("button", name="계속하기")).to_be_focused()
    with page.expect_response("**/here") as told:
        page.get_by_role("button", name="계속하기").click()
    assert told.value.status == 200
    expect(warning).to_have_count(0)
    pass_time(mina, 12, 40)
    expect(warning).to_have_count(0)


def test_a_tablet_put_down_is_locked_and_an_answer_is_there_for_the_same_student_alone(mina: Person) -> None:
    page, name = mina.page, mina.page.locator(NAME).inner_text()
    mina.go(QUIZ)
    with page.expect_response("**/quiz/answer"):
        page.locator("input[type=radio]").first.check()
    pass_time(mina, 13, 5)
    with page.expect_response("**/sign-out"):
        pass_time(mina, 2, 0)
    page.wait_for_url("**/ko/join#idle")
    expect(page.get_by_text("오래 쓰지 않아서 로그인을 끝냈어요.")).to_be_visible()
    page.go_back()
    page.wait_for_load_state()
    assert name not in page.content()
    mina.join(mina.site.student(2, 4))
    mina.go(QUIZ)
    assert page.locator("input[type=radio]:checked").count() == 0
    page.locator(".whose__button").click()
    mina.join(mina.site.student(2, 3))
    mina.go(QUIZ)
    expect(page.locator("input[type=radio]").first).to_be_checked()


def test_a_tab_left_open_follows_whoever_signs_in_in_another(mina: Person) -> None:
    page, name = mina.page, mina.page.locator(NAME).inner_text()
    other = mina.context.new_page()
    other.goto(f"{mina.site.url}/ko/class")
    other.locator(".whose__button").click()
    other.wait_for_url("**/ko/join")
    page.wait_for_url("**/ko/join")
    assert name not in page.content()
