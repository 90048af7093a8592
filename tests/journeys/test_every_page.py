"""Every page, for everybody who can see it, in both languages: exit, width, paper, axe, keys, names, no request out."""

from collections.abc import Callable, Iterable

import pytest
from playwright.sync_api import Page

from tests.journeys.browsing import FIRST_DAY
from tests.journeys.conftest import Arrive
from tests.journeys.page_rules import DESK, RULES, axe_faults, exit_faults, print_faults, width_faults
from tests.journeys.places import LOCALES, PLACES, ROLES, Place, come_in, sample
from tests.journeys.reach_rules import (
    REACH_RULES,
    forced_colour_faults,
    keyboard_faults,
    motion_faults,
    name_faults,
    target_faults,
)

pytestmark = pytest.mark.journey
EVERY_RULE = (*RULES, *REACH_RULES)
# What does not depend on the language is looked at in one of them, unless there is time for all.
SHORT = {
    "ko": (*RULES, forced_colour_faults, motion_faults, name_faults),
    "en": (*RULES, keyboard_faults, target_faults, name_faults),
}
Note = Callable[[str, object], None]
# What somebody could break, as a script on a page that is whole, and the rule that must notice.
BREAKAGES: list[tuple[str, Callable[[Page], list[str]]]] = [
    ("document.querySelector('.quick-exit').remove()", exit_faults),
    ("document.body.prepend(document.querySelector('.skip-link'))", exit_faults),
    ("document.querySelector('.quick-exit').style.position = 'static'", exit_faults),
    ("document.querySelector('.quick-exit').style.minHeight = '30px'", exit_faults),
    ("document.querySelector('.help-strip__inner').style.padding = '0'", exit_faults),
    ("document.querySelector('.card').style.width = '400px'", width_faults),
    ("document.querySelector('h1').style.marginInlineStart = '-40px'", width_faults),
    ("document.querySelector('.site-header').style.cssText = 'position: sticky; height: 200px'", width_faults),
    ("document.querySelector('link[media=print]').remove()", print_faults),
    ("document.querySelector('h1').style.display = 'none'", print_faults),
    ("document.querySelectorAll('main label').forEach(label => label.remove())", axe_faults),
    ("document.querySelector('main .meta').style.color = '#bbb'", axe_faults),
    ("document.documentElement.removeAttribute('lang')", axe_faults),
    ("document.querySelector('#code').tabIndex = 5", keyboard_faults),
    ("void (document.querySelector('#code').onkeydown = event => event.preventDefault())", keyboard_faults),
    ("document.querySelector('.brand').style.outline = 'none'", keyboard_faults),
    ("document.querySelector('main button').style.cssText = 'position: fixed; left: -999px'", keyboard_faults),
    (
        "document.querySelector('.languages__link').style.cssText = 'display: block; height: 20px; min-height: 0'",
        target_faults,
    ),
    ("document.querySelector('main button').style.border = '0'", forced_colour_faults),
    ("document.querySelector('h1').style.cssText = 'forced-color-adjust: none; color: #ccc'", forced_colour_faults),
    ("document.querySelector('main button').style.transition = 'all 2s'", motion_faults),
    ("document.documentElement.style.scrollBehavior = 'smooth'", motion_faults),
    ("document.querySelector('main button').textContent = ''", name_faults),
    ("document.querySelector('main button').setAttribute('aria-label', 'Go on')", name_faults),
    # Legible by day and not by night: seen only by the second round of axe.
    ("document.querySelector('main .meta').style.color = '#1d2b33'", axe_faults),
]


def walk(
    arrive: Arrive,
    role: str,
    locale: str,
    places: list[Place],
    rules: Iterable[Callable[[Page], list[str]]],
    note: Note,
) -> None:
    """Look at these pages as somebody of the role, and note how many were seen and what axe found, whatever happens."""
    person = arrive()
    come_in(person, role)
    found: list[tuple[str, Callable[[Page], list[str]], str]] = []
    seen = 0
    try:
        for place in places:
            place.reach(person, locale)
            found += [(place.name, rule, fault) for rule in rules for fault in rule(person.page)]
            seen += 1
    finally:
        note("pages", seen)
        note("axe", (role, locale, seen, sum(rule is axe_faults for _, rule, _ in found)))
    assert [f"{name}: {fault}" for name, _, fault in found] + person.faults() == []
    assert len(person.asked) > len(places)  # that no request went out means something only if some were seen


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("locale", LOCALES)
def test_it_works(arrive: Arrive, role: str, locale: str, record_property: Note) -> None:
    walk(arrive, role, locale, sample(role, locale), SHORT[locale], record_property)


@pytest.mark.full
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_by_every_rule(arrive: Arrive, role: str, locale: str, record_property: Note) -> None:
    walk(arrive, role, locale, PLACES[role], EVERY_RULE, record_property)


@pytest.mark.parametrize(("breakage", "rule"), BREAKAGES)
def test_a_broken_page_is_noticed(arrive: Arrive, breakage: str, rule: Callable[[Page], list[str]]) -> None:
    person = arrive()
    person.go("/ko/join")
    person.page.evaluate(breakage)
    assert rule(person.page) != []


def test_what_leaves_the_site_or_breaks_the_policy_is_noticed(arrive: Arrive) -> None:
    person = arrive(viewport=DESK)
    for breakage, sign in (
        ("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\"></p>')", "inline style"),
        ("document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/dot.png'}))", "elsewhere"),
        ("document.body.append(Object.assign(document.createElement('script'), {src: '/gone.js'}))", "404"),
        ("location = 'https://elsewhere.example/'", "asked for https://elsewhere.example/"),
    ):
        person.go(f"/ko/lessons/{FIRST_DAY}")
        assert person.faults() == []
        person.page.evaluate(breakage)
        person.page.wait_for_timeout(300)
        assert any(sign in fault for fault in person.faults()), breakage
        person.forget()
