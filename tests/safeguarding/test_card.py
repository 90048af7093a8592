"""Shows which lessons have a safeguarding card, and how long a reading of it counts."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from curriculum.catalog.catalog import load_catalog
from curriculum.catalog.contact import Contact
from curriculum.catalog.text import Text
from curriculum.safeguarding.card import DUTIES, is_sensitive, still_counts, tonight
from curriculum.support.contact_list import ShownContact, shown

CATALOG = load_catalog(Path(__file__).parents[2] / "lessons")
TODAY = date(2026, 11, 23)


def panel() -> list[ShownContact]:
    return [shown(one, "ko", TODAY) for one in CATALOG.panel]


def test_every_lesson_that_tells_of_the_duty_has_a_card() -> None:
    assert {lesson.id for lesson in CATALOG.lessons.values() if is_sensitive(lesson)} == set(CATALOG.lessons)


def test_a_lesson_that_does_not_has_none() -> None:
    lesson = CATALOG.lesson("middle/consent/every-step")
    quiet = [replace(step, body=Text("약속", "Promise")) if step.kind == "rules" else step for step in lesson.steps]
    assert not is_sensitive(replace(lesson, steps=tuple(quiet)))


def test_the_duties_are_in_the_register() -> None:
    assert set(DUTIES) <= set(CATALOG.facts)


@pytest.mark.parametrize(("days", "counts"), [(0, True), (7, True), (8, False), (400, False), (-1, False)])
def test_a_reading_counts_for_a_week(days: int, counts: bool) -> None:
    assert still_counts(TODAY - timedelta(days), TODAY) == counts


def test_without_a_reading_nothing_counts() -> None:
    assert not still_counts(None, TODAY)


def test_open_at_any_hour_is_only_what_says_so_in_both_languages() -> None:
    always: list[Contact] = [one for one in CATALOG.contacts.values() if one.always]
    assert always
    for one in always:
        assert one.phone
        assert one.hours.ko.startswith("24시간")
        assert "every day" in one.hours.en


def test_tonight_names_every_place_that_can_be_called_once() -> None:
    found = tonight(panel())
    assert {one.id for one in [*found.always, *found.by_hours]} == {one.id for one in panel() if one.phone}
    assert not {one.id for one in found.always} & {one.id for one in found.by_hours}
    assert "kr-channel-112" in {one.id for one in found.always}
    assert "kr-channel-d4u" in {one.id for one in found.by_hours}  # at night through another number
