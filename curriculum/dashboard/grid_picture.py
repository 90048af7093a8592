"""Owns the grid of students and lessons as a picture: places in percent of its width, and what its table says."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from curriculum.catalog.lesson import Lesson
from curriculum.dashboard.overview import GridRow
from curriculum.progress.completion import State


@dataclass(frozen=True, slots=True)
class Column:
    """One lesson: where it begins, in percent, and how many students are how far."""

    lesson: Lesson
    place: float
    done: int
    partly: int
    none: int


@dataclass(frozen=True, slots=True)
class GridPicture:
    """Columns of one `width`, in percent; rows by the number of the student, with a state for each column. Names are
    not in it: it can be shown to a room."""

    width: float
    columns: Sequence[Column]
    rows: Sequence[tuple[int, Sequence[State]]]


def grid_picture(rows: Sequence[GridRow], lessons: Sequence[Lesson]) -> GridPicture:
    """The picture of a grid whose rows have a mark for each of these lessons."""
    width = 100 / max(1, len(lessons))
    counts = [Counter(row.marks[place].state for row in rows) for place in range(len(lessons))]
    columns = [
        Column(lesson, round(place * width, 3), count[State.DONE], count[State.PARTLY], count[State.NONE])
        for place, (lesson, count) in enumerate(zip(lessons, counts, strict=True))
    ]
    return GridPicture(round(width, 3), columns, [(row.number, [mark.state for mark in row.marks]) for row in rows])
