"""Leaving at once: by keys, without a network, and with Back pressed afterwards nothing of the site is seen again."""

import os
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.browsing import Person
from tests.journeys.conftest import Arrive
from tests.journeys.site import Site

pytestmark = pytest.mark.journey
WAY = ("/ko/", "/ko/lessons/middle/images/fake-image-real-harm", "/en/help/contacts", "/ko/help/contacts")
PRESSES, BACKS = 3, 10
MOMENT = 150  # milliseconds: longer than a page takes that is not wanted
RESTORING = ["--restore-last-session"]
WRITTEN_DOWN = 2000  # milliseconds until Chromium has its open tabs on disk
AT_ONCE = 100  # milliseconds until nothing is left to be seen
TRIES = 3  # a machine that is busy with other tests may be late; the page itself must be in time once
SHIFT = {"code": "ShiftLeft", "windowsVirtualKeyCode": 16}


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


# The frame after the press is what an onlooker sees next: its time, and how much it holds.
NEXT_FRAME = """addEventListener("click", event => {
  requestAnimationFrame(() => requestAnimationFrame(now => {
    window.seen(now - event.timeStamp, document.documentElement.textContent.trim().length);
  }));
}, { capture: true })"""


def test_the_next_frame_is_blank(arrive: Arrive) -> None:
    frames: list[tuple[float, int]] = []
    for _ in range(TRIES):
        visitor = arrive()
        page, held = visitor.page, list[Route]()
        page.expose_function("seen", lambda after, left: frames.append((after, left)))
        page.add_init_script(NEXT_FRAME)
        visitor.go(WAY[1])
        page.route("**/healthz", partial(list.append, held))  # the other page does not arrive yet
        page.locator(".quick-exit").click(no_wait_after=True)
        page.wait_for_timeout(2 * MOMENT)
        held.pop().fulfill(body="")
    assert [left for _, left in frames] == [0] * TRIES
    assert min(after for after, _ in frames) < AT_ONCE, frames


def press_by_system(page: Page, key: str, *, lifted: bool = True, repeated: bool = False) -> None:
    """Press Shift as the system reports it, whatever the key is called."""
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchKeyEvent", {**SHIFT, "type": "rawKeyDown", "key": key, "autoRepeat": repeated})
    if lifted:
        session.send("Input.dispatchKeyEvent", {**SHIFT, "type": "keyUp", "key": key})


def test_a_korean_input_method_does_not_stand_in_the_way(arrive: Arrive, site: Site) -> None:
    page = (visitor := arrive()).page
    visitor.go("/ko/join")
    page.locator("#code").fill("동의")
    for _ in range(PRESSES):
        press_by_system(page, "Process")  # what the browser calls every key while an input method is at work
    expect(page).to_have_url(site.exit_url)


def test_sticky_keys_do_not_stand_in_the_way(arrive: Arrive, site: Site) -> None:
    page = walk(arrive).page
    for lifted in (False, False, True):  # Shift stays down until it is pressed again
        press_by_system(page, "Shift", lifted=lifted)
    expect(page).to_have_url(site.exit_url)


def test_a_key_that_is_held_down_does_not_leave(arrive: Arrive) -> None:
    page = walk(arrive).page
    for press in range(5):
        press_by_system(page, "Shift", lifted=False, repeated=press > 0)
    page.wait_for_timeout(MOMENT)
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("way_back", ["reload", "back", "kept"])
def test_a_tab_that_is_brought_back_stays_blank(arrive: Arrive, site: Site, way_back: str) -> None:
    # A browser that restores a tab loads its last page as by reload or Back, with what the tab had kept: the mark.
    visitor = walk(arrive)
    page, seen = visitor.page, []
    page.expose_function("seen", partial(seen.append))
    page.add_init_script(SEEN)
    if way_back == "kept":
        page.evaluate("addEventListener('pagehide', event => sessionStorage.setItem('kept', event.persisted))")
        visitor.go("/healthz")
        assert page.evaluate("sessionStorage.getItem('kept')") == "true"  # the page itself waits in memory
    elif way_back == "back":
        visitor.go("/healthz")
    page.evaluate("sessionStorage.setItem('v', '1')")
    act = "location.reload()" if way_back == "reload" else "history.back()"
    page.evaluate(f"void setTimeout(() => {act})")
    expect(page).to_have_url(site.exit_url)
    expect(page.locator("main")).to_have_count(0)
    page.wait_for_timeout(MOMENT)
    assert seen == []


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


def test_a_browser_that_brings_its_tabs_back_shows_nothing(
    browser: Browser, chromium: str, site: Site, tmp_path: Path
) -> None:
    open_ = partial(
        browser.browser_type.launch_persistent_context,
        tmp_path,
        executable_path=chromium,
        args=[*RESTORING, *(["--no-sandbox"] if os.geteuid() == 0 else [])],
    )
    with open_() as before:
        page = before.pages[0]
        for path in WAY:
            page.goto(site.url + path)
        page.locator(".quick-exit").click()
        expect(page).to_have_url(site.exit_url)
        page.wait_for_timeout(WRITTEN_DOWN)
    with open_() as after:
        page = next(one for one in after.pages if one.url == site.exit_url)
        assert page.evaluate("history.length") == len(WAY) + 1  # with its history: it was the same tab
        for _ in WAY:
            page.evaluate("void setTimeout(() => history.back())")
            page.wait_for_timeout(MOMENT)
            expect(page.locator("main")).to_have_count(0)
            assert page.title().strip("\u200e") == ""
