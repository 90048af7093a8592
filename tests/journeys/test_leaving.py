"""Leaving at once: by keys, without a network, and with Back pressed afterwards nothing of the site is seen again."""

from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Person
from tests.journeys.conftest import Arrive
from tests.journeys.site import Site

pytestmark = pytest.mark.journey
WAY = ("/ko/", "/ko/lessons/middle/images/fake-image-real-harm", "/en/help/contacts", "/ko/help/contacts")
PRESSES, BACKS = 3, 10
MOMENT = 150  # milliseconds: longer than a page takes that is not wanted


def walk(arrive: Arrive) -> Person:
    visitor = arrive()
    for path in WAY:
        visitor.go(path)
    return visitor


def press_shift(page: Page, times: int = PRESSES) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


def test_it_works(arrive: Arrive, site: Site) -> None:
    page = walk(arrive).page
    press_shift(page)
    expect(page).to_have_url(site.exit_url)


# A main that stays for a moment only would be missed by looking afterwards: the page itself notes what it is made of.
SEEN = """new MutationObserver(() => {
  const main = document.querySelector("main");
  if (main) window.seen?.(main.textContent.trim().slice(0, 40));
}).observe(document, { childList: true, subtree: true })"""


def test_back_never_shows_the_site_again(arrive: Arrive, site: Site) -> None:
    seen: list[str] = []
    page = walk(arrive).page
    page.expose_function("seen", partial(seen.append))  # Playwright marks what it is given; a method bears no mark
    page.add_init_script(SEEN)
    page.locator(".quick-exit").click()
    expect(page).to_have_url(site.exit_url)
    for _ in range(BACKS):
        page.evaluate("void setTimeout(() => history.back())")  # the page goes before it could answer
        page.wait_for_timeout(MOMENT)
        expect(page.locator("main")).to_have_count(0)
    assert seen == []


def test_without_a_network_the_page_is_blank(arrive: Arrive) -> None:
    visitor = walk(arrive)
    visitor.context.set_offline(True)
    visitor.page.locator(".quick-exit").click()
    expect(visitor.page.locator("main")).to_have_count(0)
    assert visitor.page.title().strip("\u200e") == ""
    visitor.forget()  # the farewell to the server could not be sent


def test_two_presses_or_another_key_between_do_not_leave(arrive: Arrive) -> None:
    page = walk(arrive).page
    press_shift(page, PRESSES - 1)
    page.keyboard.press("a")
    press_shift(page, PRESSES - 1)
    page.wait_for_timeout(MOMENT)
    assert page.locator("h1").count() == 1


def test_what_the_tab_kept_is_dropped(arrive: Arrive, site: Site) -> None:
    page = walk(arrive).page
    page.evaluate("localStorage.setItem('draft', 'x'); sessionStorage.setItem('draft', 'x')")
    press_shift(page)
    expect(page).to_have_url(site.exit_url)
    assert page.evaluate("[localStorage.length, sessionStorage.getItem('draft')]") == [0, None]


def test_who_asks_for_the_site_again_gets_it(arrive: Arrive, site: Site) -> None:
    visitor = walk(arrive)
    press_shift(visitor.page)
    expect(visitor.page).to_have_url(site.exit_url)
    visitor.go(WAY[1])
    expect(visitor.page.locator("h1")).to_be_visible()
    assert visitor.page.evaluate("sessionStorage.length") == 0


def test_what_is_said_about_the_keys_is_said_with_script_only(arrive: Arrive) -> None:
    for script in (True, False):
        visitor = arrive(java_script_enabled=script)
        visitor.go(WAY[1])
        expect(visitor.page.locator(".needs-script")).to_be_visible(visible=script)
