"""Shows what rests of a lesson for whom and how long, and what is read meanwhile; all without an app."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.catalog.catalog import load_catalog
from curriculum.catalog.lesson import Lesson
from curriculum.pauses.rest import (
    BODY,
    LESSON,
    NOTHING,
    STORY,
    Rest,
    Resting,
    as_it_rests,
    can_be_replaced,
    parts_of,
    rest_of,
    resting_in,
    written,
)

LESSONS = Path(__file__).parents[2] / "lessons"
ID = "middle/images/fake-image-real-harm"
STEP = "step/next-day"
TODAY = date(2026, 11, 23)
OWN, OTHER = uuid4(), uuid4()


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return load_catalog(LESSONS).lesson(ID)


def rest(*entries: Resting, today: date = TODAY, classroom: UUID | None = OWN) -> Rest:
    return rest_of(entries, ID, today, classroom)


def test_it_works() -> None:
    assert rest(Resting(ID, LESSON)).lesson
    assert rest() == NOTHING
    assert not rest().is_any


def test_what_rests_in_another_lesson_or_class_is_none_of_ones_own() -> None:
    assert rest(Resting("middle/help/the-first-day", LESSON), Resting(ID, LESSON, classroom_id=OTHER)) == NOTHING
    assert rest(Resting(ID, LESSON, classroom_id=OWN), classroom=None) == NOTHING
    assert rest(Resting(ID, LESSON, classroom_id=OWN)).lesson


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (1, True)])
def test_it_holds_to_the_end_of_its_last_day(days: int, holds: bool) -> None:
    assert rest(Resting(ID, LESSON, until=TODAY + timedelta(days))).lesson == holds


def test_with_a_lesson_its_story_and_quiz_rest() -> None:
    found = rest(Resting(ID, LESSON))
    assert found.story
    assert found.quiz


def test_a_story_rests_by_itself() -> None:
    found = rest(Resting(ID, STORY))
    assert found.story
    assert not found.quiz
    assert not found.lesson


def test_a_step_takes_the_quiz_along_unless_the_other_path_stands_in_for_it() -> None:
    assert rest(Resting(ID, STEP)).quiz
    assert not rest(Resting(ID, STEP, other=True)).quiz


def test_what_the_school_leaves_out_no_class_brings_back() -> None:
    both = rest(Resting(ID, STEP), Resting(ID, STEP, other=True, classroom_id=OWN))
    assert both.steps == {"next-day"}
    assert both.replaced == frozenset()


def test_a_lesson_of_which_nothing_rests_is_the_same_one(lesson: Lesson) -> None:
    assert as_it_rests(lesson, NOTHING) is lesson


def test_a_step_that_rests_keeps_its_place_and_says_nothing_of_itself(lesson: Lesson) -> None:
    found = as_it_rests(lesson, Rest(steps=frozenset({"next-day"})))
    assert found.step_ids == lesson.step_ids
    step, before = found.step("next-day"), lesson.step("next-day")
    assert step is not None
    assert before is not None
    assert (step.body, step.other, step.kind) == (BODY, None, "rest")
    assert step.heading != before.heading
    assert [one for one in found.steps if one.id != "next-day"] == [one for one in lesson.steps if one.id != "next-day"]


def test_the_other_path_stands_in_for_a_step(lesson: Lesson) -> None:
    step, before = as_it_rests(lesson, Rest(replaced=frozenset({"next-day"}))).step("next-day"), lesson.step("next-day")
    assert step is not None
    assert before is not None
    assert before.other is not None
    assert (step.body, step.heading, step.other) == (before.other.body, before.other.heading, None)


def test_of_a_lesson_that_rests_where_to_turn_is_left(lesson: Lesson) -> None:
    assert [one.kind for one in as_it_rests(lesson, Rest(lesson=True)).steps] == ["help"]


def test_the_same_lesson_comes_back_each_time(lesson: Lesson) -> None:
    rests = [Rest(steps=frozenset({"next-day"})) for _ in range(2)]
    assert as_it_rests(lesson, rests[0]) is as_it_rests(lesson, rests[1])


def test_help_and_the_duty_to_report_never_rest(lesson: Lesson) -> None:
    parts = parts_of(lesson, has_story=True)
    kinds = {step.id: step.kind for step in lesson.steps}
    assert parts[:2] == [LESSON, STORY]
    assert not {kinds[part.removeprefix("step/")] for part in parts[2:]} & {"help", "rules", "check"}
    assert STEP in parts
    assert STORY not in parts_of(lesson, has_story=False)


def test_only_what_has_another_path_can_be_replaced(lesson: Lesson) -> None:
    assert [part for part in parts_of(lesson, has_story=True) if can_be_replaced(lesson, part)] == [STEP]


ENTRIES = st.builds(
    Resting,
    lesson_id=st.sampled_from([ID, "gone/long/ago"]),
    part=st.sampled_from([LESSON, STORY, STEP, "step/gone"]),
    other=st.booleans(),
    until=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    classroom_id=st.sampled_from([None, OWN, OTHER]),
)


@given(st.lists(ENTRIES))
def test_what_is_written_is_read_again(entries: list[Resting]) -> None:
    text = written(entries)
    assert (text is None) == (not entries)
    assert list(resting_in(text or "[]")) == entries


@given(st.lists(ENTRIES, max_size=6), ENTRIES)
def test_one_more_never_brings_anything_back(entries: list[Resting], more: Resting) -> None:
    before, after = rest(*entries), rest(*entries, more)
    assert before.lesson <= after.lesson
    assert before.story <= after.story
    assert before.quiz <= after.quiz
    assert before.steps <= after.steps
    assert _away(before) <= _away(after)


def _away(found: Rest) -> set[str]:
    steps: Iterable[str] = found.steps | found.replaced
    return set(steps)
