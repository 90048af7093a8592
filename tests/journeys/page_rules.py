"""What only a browser can see of a page: its exit, its width, its sheet of paper, and what axe finds on it."""

from collections.abc import Callable, Mapping
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 640}
NARROW = {"width": 320, "height": 640}
ZOOMED = {"width": 320, "height": 256}  # 1280 x 1024 at 400 %
TARGET = 44  # px that a thumb needs
MOST_KEPT = 0.5  # of the height of a zoomed page, so that the other half is there to read in

EXIT_AT_THE_END = """target => {
    scrollTo(0, document.documentElement.scrollHeight);
    const exit = document.querySelector(".quick-exit"), faults = [];
    if (!exit) return ["there is no exit"];
    const box = exit.getBoundingClientRect();
    const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (box.width < target || box.height < target) faults.push(`the exit is ${box.width} x ${box.height}`);
    if (box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight) faults.push("out of view");
    if (!exit.contains(middle)) faults.push("something lies over the exit");
    for (const one of document.querySelectorAll("main *, footer a, footer p")) {
        const other = one.getBoundingClientRect();
        const beside = other.right <= box.left || other.left >= box.right;
        const apart = beside || other.bottom <= box.top || other.top >= box.bottom || other.height === 0;
        if (!apart && one.checkVisibility()) faults.push(`the exit covers ${one.textContent.trim().slice(0, 40)}`);
    }
    return faults;
}"""
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
        const stays = ["fixed", "sticky"].includes(getComputedStyle(one).position) && !one.closest("table");
        if (stays && one.checkVisibility()) kept += one.getBoundingClientRect().height;
    }
    return kept / innerHeight;
}"""
ON_PAPER = """() => [...document.querySelectorAll("nav, button, .button, .quick-exit, .skip-link, summary")]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().height > 0)
    .map(one => `on paper: <${one.tagName} class="${one.className}"> ${one.textContent.trim()}`)"""
CONTRAST_ONLY = {"runOnly": ["color-contrast"]}  # all that the dark scheme could do otherwise than the light one


def exit_faults(page: Page) -> list[str]:
    """The exit is the first stop of Tab, large, in view, and covers nothing at the end of the page."""
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    faults = [] if first == "quick-exit" else [f"the first stop of Tab is {first!r}"]
    for viewport in (DESK, PHONE, ZOOMED):
        page.set_viewport_size(viewport)
        faults += [f"at {viewport['width']} px: {fault}" for fault in page.evaluate(EXIT_AT_THE_END, TARGET)]
    return faults


def width_faults(page: Page) -> list[str]:
    """Nothing stands out to the side at 320 px and at 400 %, and what stays in view leaves room to read in."""
    faults = []
    for viewport in (NARROW, ZOOMED):
        page.set_viewport_size(viewport)
        faults += [f"at {viewport['width']} x {viewport['height']}: {fault}" for fault in page.evaluate(TOO_WIDE)]
    kept = page.evaluate(KEPT)
    return [*faults, *([f"{kept:.0%} of the zoomed page never scrolls"] if kept > MOST_KEPT else [])]


def print_faults(page: Page) -> list[str]:
    """Paper shows the heading, and nothing that can only be pressed."""
    page.emulate_media(media="print")
    lost = [] if page.locator("h1").is_visible() else ["the heading is not printed"]
    faults = lost + page.evaluate(ON_PAPER)
    page.emulate_media(media="screen")
    return faults


def axe_faults(page: Page) -> list[str]:
    """axe finds nothing on the light page, and enough contrast on the dark one."""
    page.set_viewport_size(DESK)
    page.evaluate(AXE_SCRIPT)
    return [
        f"{one['impact']}, {scheme}: {one['id']} {[node['html'][:160] for node in one['nodes']]}"
        for scheme, options in (("light", {}), ("dark", CONTRAST_ONLY))
        for one in violations(page, scheme, options)
    ]


def violations(page: Page, scheme: Any, options: Mapping[str, object]) -> list[dict[str, Any]]:
    """What axe finds in this colour scheme; axe must have been put into the page."""
    page.emulate_media(color_scheme=scheme)
    found = page.evaluate("options => axe.run(options)", {"resultTypes": ["violations"], **options})
    page.emulate_media(color_scheme="light")
    assert found["passes"], f"axe looked at nothing on {page.url}"
    violations: list[dict[str, Any]] = found["violations"]
    return violations


# The exit comes first: its first stop of Tab can be seen on a page that nobody has touched.
RULES: tuple[Callable[[Page], list[str]], ...] = (exit_faults, width_faults, print_faults, axe_faults)
