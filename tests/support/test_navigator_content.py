"""The navigator as it is used: every way through it, counted, and what everybody gets at its end."""

import re
from collections.abc import Callable

import pytest

from curriculum.catalog.catalog import Catalog, load_catalog
from curriculum.catalog.rendering import Renderer
from curriculum.catalog.text import LOCALES, Locale
from curriculum.config import LESSONS
from curriculum.support.navigator import SECTIONS, Navigator
from curriculum.support.navigator_page import render_navigator
from curriculum.support.plan import paths, paths_by_role, plan
from curriculum.support.plan_check import load_navigator, navigator_problems

ROLES = ["harmed", "friend", "saw", "did", "parent", "teacher"]
COUNTRIES = {"kr", "us", "uk", "au", "eu", "other"}
LONGEST = 7  # questions; somebody upset answers no more
QUOTED = re.compile("“[^”]*”")
ENDING = re.compile(r"(니다|십시오|.다|요)[.:](?=\s|$)")


@pytest.fixture(scope="module")
def navigator() -> Navigator:
    return load_navigator(LESSONS)


@pytest.fixture(scope="module")
def taught() -> Catalog:
    return load_catalog(LESSONS)


def test_it_works() -> None:
    assert [str(problem) for problem in navigator_problems(LESSONS)] == []


def test_every_role_can_come_from_every_country(
    navigator: Navigator, record_property: Callable[[str, object], None]
) -> None:
    by_role = paths_by_role(navigator)
    record_property("ways", {role: len(ways) for role, ways in by_role.items()})
    assert list(by_role) == ROLES
    assert all({answers["country"] for answers in ways} == COUNTRIES for ways in by_role.values())
    assert all(len(answers) <= LONGEST for ways in by_role.values() for answers in ways)


def test_every_way_through_ends_in_a_whole_plan(navigator: Navigator, taught: Catalog) -> None:
    reachable = {name for name, one in taught.contacts.items() if one.phone or one.url}
    for answers in paths(navigator.questions):
        found = plan(navigator, answers)
        assert tuple(found) == SECTIONS
        assert all(found.values()), answers
        assert reachable & {name for entries in found.values() for entry in entries for name in entry.contacts}, answers
        assert all(answers["who"] in entry.when["who"] for entry in found["say"])


def test_in_korea_everybody_is_given_numbers_that_dial_in_korea(navigator: Navigator, taught: Catalog) -> None:
    for answers in paths(navigator.questions):
        named = [one for entries in plan(navigator, answers).values() for entry in entries for one in entry.contacts]
        dialled = {taught.contacts[name].country for name in named if taught.contacts[name].phone}
        assert dialled <= {answers["country"].upper(), "INT"}, answers
        if answers["country"] == "kr":
            assert "KR" in dialled, answers


@pytest.mark.parametrize("locale", LOCALES)
def test_every_role_reads_every_section(navigator: Navigator, taught: Catalog, locale: Locale) -> None:
    renderer = Renderer(taught.facts, taught.contacts, taught.glossary, taught.as_of)
    page = render_navigator(renderer, navigator, locale)
    assert len(page.roles) == len(ROLES)
    for role in page.roles:
        assert [section.heading for section in role.sections] == list(page.headings)
        entries = [entry for section in role.sections for group in section.groups for entry in group.entries]
        assert all(entry.html for entry in entries)
        assert all("#source" not in entry.html for entry in entries)  # a link to a note would be an address
        assert [source for entry in entries for source in entry.sources]


def test_staff_are_spoken_to_in_one_style_and_everybody_else_in_another(navigator: Navigator, taught: Catalog) -> None:
    renderer = Renderer(taught.facts, taught.contacts, taught.glossary, taught.as_of)
    page = render_navigator(renderer, navigator, "ko")
    endings = {}
    for role, shown in zip(ROLES, page.roles, strict=True):
        entries = [
            entry
            for section in shown.sections
            if section.id != SECTIONS[-1]  # there staff speak to students
            for group in section.groups
            for entry in group.entries
        ]
        said = "\n".join(QUOTED.sub("", entry.html.striptags()) for entry in entries)
        endings[role] = set(ENDING.findall(said))
    assert "니다" in endings["teacher"]
    assert "요" not in endings.pop("teacher")
    assert set.union(*endings.values()) == {"요"}
