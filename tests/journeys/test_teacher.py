"""A teacher's way: the class, what a student has done, the items to talk about, the guide, in both languages."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import FIRST_DAY, FIRST_DAY_CODE, FIRST_DAY_TITLE
from tests.journeys.conftest import Arrive
from tests.journeys.site import Site

pytestmark = pytest.mark.journey
SECTION, NUMBER = 3, 12  # the third class has not come to this lesson yet


def test_it_works(arrive: Arrive, site: Site) -> None:
    slip = site.student(SECTION, NUMBER)
    student = arrive()
    student.join(slip)
    student.go(f"/ko/lessons/{FIRST_DAY}")
    student.finish_steps()
    student.answer()

    teacher = arrive()
    page = teacher.page
    teacher.sign_in(site.teacher())
    expect(page).to_have_url(f"{site.url}/ko/teach/")
    teacher.press("2학년 3반")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=slip["name"], exact=True))
    expect(row.locator("td").first).to_have_text(str(NUMBER))
    expect(teacher.mark(slip["name"], FIRST_DAY_CODE)).to_have_text("마침 100%")

    teacher.page.locator("#talk-all").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("다시 볼 문항")
    assert page.locator(".card").count() > 0

    page.get_by_role("link", name="수업", exact=True).click()
    teacher.press(FIRST_DAY_TITLE)
    teacher.press("지도안 보기")
    expect(page).to_have_url(f"{site.url}/ko/lessons/{FIRST_DAY}/guide")
    teacher.press("English")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("The first day")

    teacher.sign_out()
    expect(page).to_have_url(f"{site.url}/en/")
    teacher.go("/ko/teach/")
    expect(page).to_have_url(f"{site.url}/ko/sign-in")
