"""The same way with JavaScript switched off: join, read in both languages, answer, sign out."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import FIRST_DAY, FIRST_DAY_TITLE
from tests.journeys.conftest import Arrive
from tests.journeys.site import Site

pytestmark = pytest.mark.journey
LESSON = f"/ko/lessons/{FIRST_DAY}"


def test_it_works(arrive: Arrive, site: Site) -> None:
    slip = site.student(3, 15)
    student = arrive(java_script_enabled=False)
    page = student.page
    student.join(slip)
    expect(page.locator("main")).to_contain_text(slip["name"])

    student.go(LESSON)
    student.press("나란히")
    expect(page.locator("#steps h2")).to_have_count(2)
    for place in range(page.locator("form[data-next]").count()):
        form = page.locator("form[data-next]").nth(place)
        following = form.get_attribute("data-next")
        with page.expect_navigation():
            form.locator("button").click()
        expect(page).to_have_url(f"{site.url}{LESSON}?read=both#{following}")
        expect(page.locator(".steps__link--done")).to_have_count(place + 1)
    student.press("수업 마치기")
    expect(page).to_have_url(f"{site.url}/ko/class")

    student.go(f"{LESSON}/quiz")
    student.choose_all(leave_out=["taeo-stop"])
    student.send_form("/quiz")
    expect(page.locator(".item .field__error")).to_have_count(1)
    student.choose_all()
    student.send_form("/quiz")
    expect(page.get_by_role("heading", level=1)).to_have_text("이번 결과 100%")

    student.go("/ko/class")
    expect(student.card(FIRST_DAY_TITLE)).to_contain_text("마침 100%")
    student.sign_out()
    student.go("/ko/class")
    expect(page).to_have_url(f"{site.url}/ko/join")


def test_the_steps_to_put_in_order_have_places_to_choose(arrive: Arrive) -> None:
    page = (visitor := arrive(java_script_enabled=False)).page
    visitor.go(f"{LESSON}/quiz")
    expect(page.locator(".ordering select")).to_have_count(5)
    for place in page.locator(".ordering select").all():
        expect(place).to_be_visible()
        place.select_option("1")
    visitor.choose_all(leave_out=["hajun-order"])
    visitor.send_form("/quiz")
    expect(page.locator("#item-hajun-order .field__error")).to_contain_text("서로 다른 순서")
    assert {place.input_value() for place in page.locator(".ordering select").all()} == {"1"}
