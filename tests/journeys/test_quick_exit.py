"""The quick exit on every page: first to be reached, large, in view, covering nothing; it leads away and signs out."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, Arrive
from tests.journeys.places import LOCALES, ROLES, come_in
from tests.journeys.site import Site
from tests.journeys.test_every_page import faults_on, walk

pytestmark = pytest.mark.journey
TARGET = 44  # px
PHONE, ZOOMED = {"width": 360, "height": 640}, {"width": 320, "height": 256}

AT_THE_END = """target => {
    scrollTo(0, document.documentElement.scrollHeight);
    const exit = document.querySelector(".quick-exit"), box = exit.getBoundingClientRect(), faults = [];
    if (box.width < target || box.height < target) faults.push(`exit is ${box.width} x ${box.height}`);
    if (box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight) faults.push("not in view");
    if (!exit.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2))) faults.push("covered");
    for (const one of document.querySelectorAll("main *, footer a, footer p")) {
        const other = one.getBoundingClientRect();
        const apart = other.right <= box.left || other.left >= box.right || other.bottom <= box.top;
        if (!apart && other.top < box.bottom && other.height > 0 && one.checkVisibility()) {
            faults.push(`at the end the exit covers <${one.tagName}> ${one.textContent.trim().slice(0, 40)}`);
        }
    }
    return faults;
}"""


def exit_faults(page: Page) -> list[str]:
    """What is wrong with the exit of one page."""
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    faults = [] if first == "quick-exit" else [f"the first tab stop is {first!r}"]
    for viewport in (DESK, PHONE, ZOOMED):
        page.set_viewport_size(viewport)
        faults += [f"at {viewport['width']} px: {fault}" for fault in page.evaluate(AT_THE_END, TARGET)]
    return faults


@pytest.mark.parametrize("role", ROLES)
def test_it_works(arrive: Arrive, role: str) -> None:
    assert faults_on(walk(arrive(), role, *LOCALES), exit_faults) == []


@pytest.mark.parametrize("role", ["student", "teacher"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_it_leads_away_and_ends_the_session(arrive: Arrive, site: Site, role: str, script: bool) -> None:
    person = arrive(java_script_enabled=script)
    page = person.page
    come_in(person, role)
    own = page.url
    cookies = person.context.cookies()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(site.exit_url)
    person.context.add_cookies(cookies)  # a copy of the cookie is of no use either
    page.goto(own)
    expect(page).not_to_have_url(own)
    expect(page.locator('form[action$="/sign-out"]')).to_have_count(0)
