"""The list of pages that the browser walks is whole: a new page cannot be forgotten, and nobody whom it lets in."""

import pytest
from flask import Flask

from curriculum.operations.access_page import read_access_table, rule_of
from curriculum.operations.commands import ACCESS_TABLE
from tests.journeys.places import PLACES, ROLES, Place

NO_PAGES = {
    "school_classes.download",
    "dashboard.classroom_now",
    "static",
    "healthz",
    "reading.root",
    "support.quick_exit",
    "sign_on.back",
}  # files, a part of a page, a word, and three ways elsewhere
AN_ID = "00000000-0000-7000-8000-000000000000"
# Who of docs/access.toml a walker is; the co-teacher walks a class of her own and one that she may only look at.
PEOPLE = {"visitor": "anonymous"}


def pages_of(app: Flask) -> set[str]:
    """The rule of everything that can be opened and is a page, as docs/access.toml has it."""
    rules = app.url_map.iter_rules()
    return {rule_of(rule) for rule in rules if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES}


def walked(app: Flask, places: list[Place]) -> set[str]:
    """The rules behind these pages."""
    matcher = app.url_map.bind("127.0.0.1")
    names = [place.name.partition(",")[0].replace("<id>", AN_ID).partition("?")[0] for place in places]
    return {rule_of(matcher.match(f"/ko{name}", return_rule=True)[0]) for name in names}


def test_it_works(app: Flask) -> None:
    assert pages_of(app) == {rule for places in PLACES.values() for rule in walked(app, places)}


@pytest.mark.parametrize("role", ROLES)
def test_everybody_walks_every_page_that_lets_them_in(app: Flask, role: str) -> None:
    rows = read_access_table(ACCESS_TABLE.read_text("utf-8")).rows
    person = PEOPLE.get(role, role)
    open_to = {rule for rule in pages_of(app) if person in rows[rule].methods["GET"]}
    assert len(open_to) > 1
    assert open_to - walked(app, PLACES[role]) == set()
