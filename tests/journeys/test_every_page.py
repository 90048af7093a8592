"""Every page, for everybody who can see it, in both languages: the exit, the width, the paper, axe, no request out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.browsing import FIRST_DAY
from tests.journeys.conftest import Arrive
from tests.journeys.page_rules import DESK, RULES, axe_faults, exit_faults, print_faults, width_faults
from tests.journeys.places import LOCALES, PLACES, ROLES, come_in

pytestmark = pytest.mark.journey
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
    # Legible by day and not by night: seen only by the second round of axe.
    ("document.querySelector('main .meta').style.color = '#1d2b33'", axe_faults),
]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("locale", LOCALES)
def test_it_works(arrive: Arrive, role: str, locale: str, record_property: Callable[[str, object], None]) -> None:
    person = arrive()
    come_in(person, role)
    found = []
    for place in PLACES[role]:
        place.reach(person, locale)
        found += [f"{place.name}: {fault}" for rule in RULES for fault in rule(person.page)]
    record_property("pages", len(PLACES[role]))
    assert found + person.faults() == []
    assert len(person.asked) > len(PLACES[role])  # that no request went out means something only if some were seen


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
