"""What a class sees on the wall: every item of a lesson whole on one screen; and that a phone sets nothing smaller."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import FIRST_DAY
from tests.journeys.conftest import Arrive
from tests.journeys.places import LOCALES
from tests.journeys.site import Site

pytestmark = pytest.mark.journey
WALL, LOW_WALL, PHONE = ({"width": 1280, "height": 720}, {"width": 1280, "height": 620}, {"width": 360, "height": 640})
TOO_TALL = "all => all.filter(one => one.offsetHeight > innerHeight + 1).map(one => one.id)"
SMALLEST = "all => Math.min(...all.map(one => parseFloat(getComputedStyle(one).fontSize)))"


def open_slides(arrive: Arrive, site: Site, viewport: dict[str, int], locale: str) -> Page:
    teacher = arrive(viewport=viewport)
    teacher.sign_in(site.teacher())
    teacher.page.locator(".cards a").first.click()
    teacher.page.wait_for_url("**/classes/*")
    lesson = f"{teacher.page.url.removeprefix(site.url)}/prepare/{FIRST_DAY}"
    teacher.go(lesson)
    with teacher.page.expect_navigation():
        teacher.page.locator("#card form button").click()
    teacher.go(f"{lesson}/slides".replace("/ko/", f"/{locale}/", 1))
    return teacher.page


@pytest.mark.parametrize("locale", LOCALES)
def test_every_item_stands_whole_on_a_wall_and_can_be_read(arrive: Arrive, site: Site, locale: str) -> None:
    page = open_slides(arrive, site, WALL, locale)
    items = page.locator(".slide--item")
    assert items.count() > 3
    assert items.evaluate_all(TOO_TALL) == []
    assert page.locator(".slide .pair").evaluate_all(SMALLEST) > 15


def test_on_a_phone_nothing_is_set_smaller(arrive: Arrive, site: Site) -> None:
    page = open_slides(arrive, site, PHONE, "ko")
    assert page.locator("[data-fit]").count() == 0
    page.set_viewport_size(LOW_WALL)
    expect(page.locator("[data-fit]").first).to_be_attached()
