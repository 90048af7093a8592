"""Every page, for everybody who can see it, in both languages: nothing foreign is asked for, nothing is complained of."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page

from tests.journeys.browsing import Person
from tests.journeys.conftest import Arrive
from tests.journeys.places import LOCALES, PLACES, ROLES, come_in

pytestmark = pytest.mark.journey
everybody = pytest.mark.parametrize("role", ROLES)
both_languages = pytest.mark.parametrize("locale", LOCALES)

GRAVE = {"serious", "critical"}
COLOURS = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}  # all that a dark page could do otherwise
NARROW = {"width": 320, "height": 640}
ZOOMED = {"width": 320, "height": 256}  # 1280 x 1024 at 400 %
TOO_WIDE = """() => {
    scrollTo(10000, 0);
    const wide = document.documentElement.clientWidth, faults = scrollX > 0 ? [`scrolls sideways by ${scrollX}`] : [];
    const scrolls = box => box && (getComputedStyle(box).overflowX.match(/auto|scroll/) || scrolls(box.parentElement));
    for (const one of document.querySelectorAll("body *")) {
        const box = one.getBoundingClientRect();
        const out = box.width > 1 && (box.right > wide + 1 || box.left < -1) && !one.closest(".visually-hidden");
        if (out && one.checkVisibility() && !scrolls(one.parentElement)) {
            faults.push(`<${one.tagName} class="${one.className}"> ends at ${box.right}`);
        }
    }
    return faults;
}"""
KEPT = """() => {
    let kept = 0;
    for (const one of document.querySelectorAll("body *")) {
        const fixed = ["fixed", "sticky"].includes(getComputedStyle(one).position) && !one.closest("table");
        if (fixed && one.checkVisibility()) kept += one.getBoundingClientRect().height;
    }
    return kept / innerHeight;
}"""
ON_PAPER = """() => [...document.querySelectorAll("nav, button, .button, .quick-exit, .skip-link, summary")]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().height > 0)
    .map(one => `on paper: <${one.tagName} class="${one.className}"> ${one.textContent.trim()}`)"""


def walk(person: Person, role: str, *locales: str) -> Iterator[tuple[str, Page]]:
    """Go to every place in turn and give its name and the page."""
    come_in(person, role)
    for place in PLACES[role]:
        for locale in locales:
            place.reach(person, locale)
            yield f"{role} {locale} {place.name}", person.page


def faults_on(walked: Iterator[tuple[str, Page]], check: Callable[[Page], list[str]]) -> list[str]:
    """The faults of every page, each with the page's name; says how many pages were looked at."""
    found, count = [], 0
    for count, (name, page) in enumerate(walked, start=1):  # noqa: B007 - counted for the report
        found += [f"{name}: {fault}" for fault in check(page)]
    print(f"{count} pages checked")
    return found


def axe_faults(page: Page) -> list[str]:
    """What axe finds on a light page, and the contrasts of the same page in the dark."""
    page.emulate_media(color_scheme="light")
    found = Axe().run(page).response["violations"]
    page.emulate_media(color_scheme="dark")
    dark = Axe().run(page, options=COLOURS).response["violations"]
    return [
        f"{one['impact']} {scheme} {one['id']}: {[node['html'][:160] for node in one['nodes']]}"
        for scheme, violations in (("light", found), ("dark", dark))
        for one in violations
        if one["impact"] in GRAVE
    ]


def width_faults(page: Page) -> list[str]:
    """What stands out to the side, and what stays in view for so long that little is left to read in."""
    faults = []
    for viewport in (NARROW, ZOOMED):
        page.set_viewport_size(viewport)
        faults += [f"at {viewport['width']}x{viewport['height']}: {fault}" for fault in page.evaluate(TOO_WIDE)]
    kept = page.evaluate(KEPT)
    return [*faults, *([f"{kept:.0%} of the zoomed page never scrolls"] if kept > 0.5 else [])]


def print_faults(page: Page) -> list[str]:
    """What a sheet of paper cannot use, and a heading that is lost."""
    page.emulate_media(media="print")
    lost = [] if page.locator("h1").is_visible() else ["the heading is not printed"]
    faults = lost + page.evaluate(ON_PAPER)
    page.emulate_media(media="screen")
    return faults


@everybody
def test_it_works(arrive: Arrive, role: str) -> None:
    person = arrive()
    for name, page in walk(person, role, *LOCALES):
        assert page.locator("h1").count() == 1, name
        assert person.faults() == [], name
    assert len(person.asked) > len(PLACES[role])


@everybody
@both_languages
def test_axe_finds_nothing_serious_in_light_and_dark(arrive: Arrive, role: str, locale: str) -> None:
    assert faults_on(walk(arrive(), role, locale), axe_faults) == []


@everybody
def test_no_page_scrolls_sideways_at_320_px_and_at_400_percent(arrive: Arrive, role: str) -> None:
    assert faults_on(walk(arrive(viewport=NARROW), role, *LOCALES), width_faults) == []


@everybody
def test_paper_shows_no_menus_and_no_buttons(arrive: Arrive, role: str) -> None:
    assert faults_on(walk(arrive(), role, "ko"), print_faults) == []


def test_every_address_of_the_site_is_walked(app: Flask) -> None:
    matcher = app.url_map.bind("127.0.0.1")
    an_id = "00000000-0000-7000-8000-000000000000"
    names = [place.name.partition(",")[0].replace("<id>", an_id) for places in PLACES.values() for place in places]
    walked = {matcher.match(f"/ko{name}".partition("?")[0])[0] for name in names}
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    no_pages = {"static", "healthz", "reading.root", "support.quick_exit"}  # files, a word, and two ways elsewhere
    assert pages - no_pages == walked
