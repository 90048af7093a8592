"""What people need who do without a mouse, without colours, without motion or without sight: rules of every page."""

import re
from collections.abc import Iterator
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.inspection import HANGUL
from tests.journeys.page_rules import CONTRAST_ONLY, DESK, PHONE, violations

LEAST = 24  # px either way, where 44 is not asked for
STOPS = 600  # of Tab on one page; more is taken for a trap
LETTERS = re.compile(r"[^\W\d_]")
# What has a name of its own in the accessibility tree, and must have one where it can be used.
USED = {
    "link",
    "button",
    "textbox",
    "searchbox",
    "checkbox",
    "radio",
    "combobox",
    "switch",
    "slider",
    "spinbutton",
    "tab",
}
NAMED = USED | {
    "heading",
    "navigation",
    "region",
    "complementary",
    "group",
    "radiogroup",
    "img",
    "image",
    "table",
    "form",
}

# What is inside a field for a date is the browser's: its stops of Tab, its names, and the language they are in.
PLAIN_DATES = """() => {
    for (const one of document.querySelectorAll("[type=date], [type=time], [type=datetime-local]")) one.type = "text";
}"""
# Every stop of Tab is looked at while it has the focus: that it can be seen, that it is marked, and that it comes after
# the stop before it.
WATCH_STOPS = """() => {
    const known = [];
    window.stops = { count: 0, faults: [], ended: false };
    const told = one => `<${one.tagName} class="${one.className}"> ${one.textContent.trim().slice(0, 30)}`;
    const marked = one => [null, "::after"].some(part => {
        const style = getComputedStyle(one, part); // a link that fills its card is marked by what fills it
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
    const around = one => [one, one.nextElementSibling].filter(Boolean); // a box that is drawn stands after its input
    const inView = one => {
        const box = one.getBoundingClientRect();
        const [w, h] = [Math.min(box.width, 200) / 2, Math.min(box.height, 80) / 2];
        return [[.5, .5], [.1, .1], [1.9, .1], [.1, 1.9], [1.9, 1.9]].some(([x, y]) => {
            const met = document.elementFromPoint(box.x + w * x, box.y + h * y);
            return met && (one.contains(met) || met.contains(one));
        });
    };
    document.addEventListener("focusin", event => {
        const stop = event.target, shown = [stop, ...(stop.labels ?? [])];
        if (known.includes(stop)) return void (window.stops.ended = true);
        const before = known.at(-1);
        if (before && !(before.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING)) {
            window.stops.faults.push(`comes too late: ${told(stop)}`);
        }
        if (!shown.flatMap(around).some(marked)) window.stops.faults.push(`no focus to see: ${told(stop)}`);
        if (!shown.some(inView)) window.stops.faults.push(`focus out of sight: ${told(stop)}`);
        known.push(stop);
        window.stops.count = known.length;
    });
}"""
FROM_THE_TOP = """() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
}"""
# Groups of radio buttons have one stop; what is folded away or switched off has none.
TABBABLE = """() => {
    const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0'], iframe";
    const groups = new Set();
    return [...document.querySelectorAll(can)].filter(one => {
        if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({ visibilityProperty: true })) return false;
        if (one.type !== "radio") return true;
        const group = `${one.form?.id} ${one.form?.action} ${one.name}`;
        return groups.has(group) ? false : groups.add(group);
    }).length;
}"""
# What only Enter presses (the first button of a form) is seen and reached by nobody.
PRESSED = "a[href], button:not([aria-hidden=true]), input:not([type=hidden]), select, textarea, summary"
TOO_SMALL = """([pressed, least]) => [...document.querySelectorAll(pressed)]
    .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".skip-link"))
    .filter(one => {
        const inLine = one.tagName === "A" && getComputedStyle(one).display === "inline";
        if (inLine && one.closest("p, li, td, th, dd, dt, span")) return false; // the line of text is the measure
        return ![one, ...(one.labels ?? [])].some(part => {
            const box = part.getBoundingClientRect();
            return Math.round(box.width) >= least && Math.round(box.height) >= least;
        });
    })
    .map(one => `under ${least} px: <${one.tagName} class="${one.className}"> ${one.textContent.trim()}`)"""
# Where the system chooses the colours, backgrounds go: what is left of a control is its edge, its line or its own look.
CONTROLS = "button, .button, .quick-exit, input, select, textarea, label:has(> input)"
NO_EDGE = """controls => [...document.querySelectorAll(controls)]
    .filter(one => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 1)
    .filter(one => {
        const style = getComputedStyle(one);
        const edge = parseFloat(style.borderTopWidth) > 0 && style.borderTopStyle !== "none";
        const lined = style.textDecorationLine !== "none" || parseFloat(style.borderBottomWidth) > 0;
        const native = one.matches("input[type=radio], input[type=checkbox], input[type=range], .site-nav button");
        return !edge && !lined && !native && !one.querySelector("input");
    })
    .map(one => `no edge in forced colours: <${one.tagName} class="${one.className}"> ${one.textContent.trim()}`)"""
MOVES = """() => {
    const moving = [...document.querySelectorAll("*")].filter(one => {
        const style = getComputedStyle(one);
        const lasting = style.transitionDuration.split(",").some(time => parseFloat(time) > 0.01);
        return style.animationName !== "none" || lasting;
    });
    const smooth = getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? ["scrolls smoothly"] : [];
    return [...smooth, ...moving.map(one => `moves: <${one.tagName} class="${one.className}">`)];
}"""
# Words of the other language that are marked as such, and names, which stand as they are, are taken out first.
EXCUSE = """lang => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const foreign = one => one.closest("[translate=no]") || one.closest("[lang]").lang !== lang;
    while (walker.nextNode()) if (foreign(walker.currentNode.parentElement)) walker.currentNode.data = "1";
    for (const one of document.querySelectorAll("input[lang]")) if (foreign(one)) one.value = "1";
    for (const one of document.querySelectorAll("[aria-label], [title], [alt], [placeholder], [data-label]")) {
        if (foreign(one)) for (const name of ["aria-label", "title", "alt", "placeholder", "data-label"]) {
            if (one.hasAttribute(name)) one.setAttribute(name, "1");
        }
    }
}"""


def keyboard_faults(page: Page) -> list[str]:
    """Tab reaches everything in the order it stands in, shows where it is, and comes out at the end."""
    page.set_viewport_size(DESK)
    page.evaluate(PLAIN_DATES)
    page.evaluate(FROM_THE_TOP)
    awaited = page.evaluate(TABBABLE)
    page.evaluate(WATCH_STOPS)
    for _ in range(min(awaited + 2, STOPS)):
        page.keyboard.press("Tab")
    stops = page.evaluate("window.stops")
    missed = [] if stops["count"] == awaited else [f"Tab stops {stops['count']} times, {awaited} were awaited"]
    left = page.evaluate("window.stops.ended || document.activeElement === document.body")
    return [*missed, *stops["faults"], *([] if left else ["Tab does not come out at the end"])]


def target_faults(page: Page) -> list[str]:
    """On a phone nothing to be pressed is smaller than 24 px either way, unless it stands in a line of text."""
    page.set_viewport_size(PHONE)
    found: list[str] = page.evaluate(TOO_SMALL, [PRESSED, LEAST])
    return found


def forced_colour_faults(page: Page) -> list[str]:
    """Where the system chooses the colours, text can be read and controls can be seen."""
    page.set_viewport_size(DESK)
    page.evaluate(AXE_SCRIPT)
    page.emulate_media(forced_colors="active")
    faults = page.evaluate(NO_EDGE, CONTROLS) + [
        f"forced colours: {one['id']} {[node['html'][:120] for node in one['nodes']]}"
        for one in violations(page, "light", CONTRAST_ONLY)
    ]
    page.emulate_media(forced_colors="none")
    return faults


def motion_faults(page: Page) -> list[str]:
    """Nothing moves for somebody who has asked for less motion."""
    page.emulate_media(reduced_motion="reduce")
    found: list[str] = page.evaluate(MOVES)
    return found


def name_faults(page: Page) -> list[str]:
    """Every name in Chromium's accessibility tree is there, and in the language of the page; changes the page."""
    lang = page.evaluate("document.documentElement.lang")
    page.evaluate(PLAIN_DATES)
    page.evaluate(EXCUSE, lang)
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [fault for node in nodes if not node.get("ignored") for fault in _name_faults(node, lang)]


def _name_faults(node: dict[str, Any], lang: str) -> Iterator[str]:
    role = node.get("role", {}).get("value", "")
    name = node.get("name", {}).get("value", "").strip()
    if role in USED and not name:
        yield f"a {role} without a name"
    if lang == "en" and HANGUL.search(name):
        yield f"a Korean name on an English page: {role} {name[:60]!r}"
    if lang == "ko" and role in NAMED and LETTERS.search(name) and not HANGUL.search(name):
        yield f"no Korean in a name on a Korean page: {role} {name[:60]!r}"


# Names come last: they are read from a page without the words that are excused.
REACH_RULES = (keyboard_faults, target_faults, forced_colour_faults, motion_faults, name_faults)
