"""Owns a class as one line among others: how many students, where it is, how it does there, what is due next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from curriculum.catalog.lesson import Lesson
from curriculum.classrooms.roster import ClassroomRow
from curriculum.dashboard.overview import latest_lesson
from curriculum.progress.completion import LessonTotal

Totals = Mapping[UUID, Mapping[str, LessonTotal]]  # by class and lesson


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What a class is to have done next."""

    lesson: Lesson
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLine:
    """One class. `latest`: the lesson it is at, none before the first; `completed` and `average` are of that lesson."""

    classroom: ClassroomRow
    students: int
    latest: Lesson | None = None
    completed: int | None = None
    average: int | None = None
    due: Due | None = None


def class_lines(
    classrooms: Sequence[ClassroomRow],
    courses: Mapping[str, Sequence[Lesson]],
    sizes: Mapping[UUID, int],
    totals: Totals,
    dues: Mapping[UUID, tuple[str, datetime]],
) -> list[ClassLine]:
    """A line for each class, in their order; `courses`: the lessons of each; `dues`: lesson and moment by class."""
    lessons = {lesson.id: lesson for several in courses.values() for lesson in several}
    return [
        _line(one, courses.get(one.course, ()), sizes.get(one.id, 0), totals.get(one.id, {}), _due(one, dues, lessons))
        for one in classrooms
    ]


def _line(
    classroom: ClassroomRow,
    lessons: Sequence[Lesson],
    students: int,
    totals: Mapping[str, LessonTotal],
    due: Due | None,
) -> ClassLine:
    latest = latest_lesson(lessons, totals, students)
    if latest is None:
        return ClassLine(classroom=classroom, students=students, due=due)
    total = totals[latest.id]
    return ClassLine(
        classroom=classroom,
        students=students,
        latest=latest,
        completed=total.completed,
        average=total.average,
        due=due,
    )


def _due(
    classroom: ClassroomRow, dues: Mapping[UUID, tuple[str, datetime]], lessons: Mapping[str, Lesson]
) -> Due | None:
    lesson_id, at = dues.get(classroom.id, ("", None))
    lesson = lessons.get(lesson_id)  # a pack may have lost it since
    return Due(lesson=lesson, at=at) if lesson and at else None
