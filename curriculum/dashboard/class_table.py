"""Owns the class page as a table for a file: the grid, a row a student, then the totals, with numbers as numbers."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from curriculum.catalog.lesson import Lesson
from curriculum.dashboard.overview import GridRow
from curriculum.progress.completion import LessonTotal, State

Row: TypeAlias = Sequence[str | int | None]


def class_table(rows: Sequence[GridRow], heads: Sequence[str], states: Mapping[State, str]) -> Iterator[Row]:
    """The table with its head: number, name, then two cells a lesson, how far in words and the best score in percent,
    which stays empty before the first attempt."""
    yield heads
    for row in rows:
        yield [row.number, row.name, *(cell for mark in row.marks for cell in (states[mark.state], mark.percent))]


def total_row(label: str, size: int, lessons: Sequence[Lesson], totals: Mapping[str, LessonTotal]) -> Row:
    """The last row: how many students, and under each lesson how many completed it and the mean score in percent."""
    nothing = LessonTotal(0, 0, None)
    found = [totals.get(lesson.id, nothing) for lesson in lessons]
    return [size, label, *(cell for total in found for cell in (total.completed, total.average))]
