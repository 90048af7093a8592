"""Shows that of a school's learning no number about fewer than five can be had, by whatever arithmetic."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.across.school_figures import SchoolFigures, school_figures
from curriculum.catalog.lesson import Lesson
from curriculum.classrooms.roster import ClassroomRow
from curriculum.disclosure import FEWEST_LEARNERS, about, at_least, bounds
from curriculum.progress.completion import LessonTotal

LESSONS = tuple(cast("Lesson", SimpleNamespace(id=one, code=one)) for one in ("a", "b", "c"))
COURSES = {"middle": LESSONS}
NOBODY = UUID(int=0)

sizes = st.integers(0, 40)
Table = dict[UUID, dict[str, LessonTotal]]


@st.composite
def schools(draw: st.DrawFn) -> tuple[dict[UUID, int], Table]:
    """Classes of any size, each with any figures in any of the lessons."""
    of_class = {UUID(int=number): draw(sizes) for number in range(1, draw(st.integers(1, 6)) + 1)}
    return of_class, {one: _figures(draw, size) for one, size in of_class.items()}


def _figures(draw: st.DrawFn, size: int) -> dict[str, LessonTotal]:
    found = {}
    for lesson in LESSONS:
        began = draw(st.integers(0, size))
        scored = draw(st.integers(0, began))
        average = draw(st.integers(0, 100)) if scored else None
        found[lesson.id] = LessonTotal(draw(st.integers(0, began)), scored, average, began)
    return found


def page(of_class: dict[UUID, int], table: Table) -> SchoolFigures:
    """The whole page, of which every file is made too."""
    rows = [ClassroomRow(NOBODY, one, "", 2026, "middle", 2, place, "middle") for place, one in enumerate(of_class, 1)]
    return school_figures(rows, COURSES, of_class, table)


def alike(count: int, size: int) -> list[int]:
    """The counts that are told in the same words as this one."""
    return [one for one in range(size + 1) if at_least(one, size) == at_least(count, size)]


def test_it_works() -> None:
    assert [at_least(count, 28) for count in (0, 4, 5, 9, 23, 24, 28)] == [0, 0, 5, 5, 20, 24, 24]
    assert [at_least(count, 7) for count in (0, 3, 4, 7)] == [0, 0, 4, 4]
    assert at_least(4, 4) is None
    assert [about(mean, 5) for mean in (0, 7, 8, 72, 73, 99, 100)] == [5, 5, 10, 70, 75, 95, 95]
    assert about(80, 4) is None


@given(sizes, st.data())
def test_a_count_that_tells_of_fewer_than_five_could_be_others(size: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, size))
    if min(count, size - count) < FEWEST_LEARNERS:
        assert len(alike(count, size)) >= (min(3, size + 1) if size < 2 * FEWEST_LEARNERS else FEWEST_LEARNERS)


@given(sizes)
def test_what_is_named_is_true_and_goes_upwards(size: int) -> None:
    named = bounds(size)
    assert named == sorted(set(named))
    assert all((at_least(count, size) or 0) <= count for count in range(size + 1))


@given(schools(), st.data())
def test_nothing_on_the_page_tells_a_hidden_count_from_another(
    school: tuple[dict[UUID, int], Table], data: st.DataObject
) -> None:
    """Whatever is computed from a page that stays the same, stays the same: sums, differences, bounds of any kind."""
    of_class, table = school
    one = data.draw(st.sampled_from(sorted(of_class)))
    lesson = data.draw(st.sampled_from(LESSONS)).id
    total, size = table[one][lesson], of_class[one]
    other = data.draw(st.sampled_from(alike(total.completed, size)))
    changed = {**table, one: {**table[one], lesson: replace(total, completed=other)}}
    assert page(of_class, changed) == page(of_class, table)


@given(schools(), st.data())
def test_nothing_on_the_page_tells_a_mean_of_few(school: tuple[dict[UUID, int], Table], data: st.DataObject) -> None:
    of_class, table = school
    one = data.draw(st.sampled_from(sorted(of_class)))
    few = {
        key: replace(total, scored=scored, average=data.draw(st.integers(0, 100)) if scored else None)
        for key, total in table[one].items()
        for scored in [min(total.scored, FEWEST_LEARNERS - 1)]
    }
    other = {key: replace(total, scored=0, average=None) for key, total in few.items()}
    assert page(of_class, {**table, one: few}) == page(of_class, {**table, one: other})


@given(schools())
def test_a_class_of_fewer_than_five_adds_nothing_but_its_size(school: tuple[dict[UUID, int], Table]) -> None:
    of_class, table = school
    small = {one: size for one, size in of_class.items() if size < FEWEST_LEARNERS}
    without = {one: ({} if one in small else figures) for one, figures in table.items()}
    assert page(of_class, without) == page(of_class, table)
    assert all(line.too_few == (line.classroom.id in small) for line in page(of_class, table).classes)


@given(schools())
def test_every_sum_is_that_of_what_is_shown(school: tuple[dict[UUID, int], Table]) -> None:
    figures = page(*school)
    assert figures.students == sum(line.students for line in figures.classes)
    assert figures.completed == sum(line.completed for line in figures.lessons)
    for lesson in figures.lessons:
        shown = [page({one: size}, school[1]).lessons for one, size in school[0].items()]
        mine: list[Any] = [line for lines in shown for line in lines if line.lesson is lesson.lesson]
        assert lesson.completed == sum(line.completed for line in mine)
        assert (lesson.classes, lesson.students) == (len(mine), sum(line.students for line in mine))


@pytest.mark.parametrize("size", range(5))
def test_a_group_of_fewer_than_five_is_told_nothing(size: int) -> None:
    assert bounds(size) == []
