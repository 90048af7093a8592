"""Owns the reads across classes. How many statements there are does not depend on how many classes there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from curriculum.accounts.models import Person
from curriculum.across.class_files import ClassMember
from curriculum.across.summary import Totals
from curriculum.assignments.models import StoredAssignment
from curriculum.classrooms.models import Classroom, Enrollment
from curriculum.classrooms.queries import COLUMNS
from curriculum.classrooms.roster import ClassroomRow
from curriculum.database import db
from curriculum.progress.completion import Counts, Progress, total_of
from curriculum.progress.models import LessonProgress
from curriculum.progress.queries import counted

CLASSES_AT_ONCE = 10  # whose students are in memory together while a file is written
_OF_STUDENT = sa.and_(Person.school_id == Enrollment.school_id, Person.id == Enrollment.person_id)
_OF_PROGRESS = sa.and_(
    LessonProgress.school_id == Enrollment.school_id, LessonProgress.person_id == Enrollment.person_id
)
_OF_CLASS = sa.and_(Classroom.school_id == Enrollment.school_id, Classroom.id == Enrollment.classroom_id)


def classrooms_of_year(school_id: UUID, school_year: int) -> list[ClassroomRow]:
    """The classes of a school in a year that are not archived, by grade and section."""
    of_year = (Classroom.school_id == school_id, Classroom.school_year == school_year)
    rows = db.session.execute(
        sa.select(*COLUMNS)
        .where(*of_year, Classroom.archived_at.is_(None))
        .order_by(Classroom.level, Classroom.grade, Classroom.section)
    )
    return [ClassroomRow(*row) for row in rows]


def _learning(school_id: UUID, classes: Collection[UUID]) -> tuple[sa.ColumnElement[bool], ...]:
    here = (Enrollment.school_id == school_id, Enrollment.classroom_id.in_(classes))
    return (*here, Person.suspended.is_(False))


def sizes_of(school_id: UUID, classes: Collection[UUID]) -> Mapping[UUID, int]:
    """How many students each of these classes has; one without any is missing. One read."""
    rows = db.session.execute(
        sa.select(Enrollment.classroom_id, sa.func.count())
        .join(Person, _OF_STUDENT)
        .where(*_learning(school_id, classes))
        .group_by(Enrollment.classroom_id)
    )
    return {row[0]: row[1] for row in rows}


def totals_by_class(school_id: UUID, classes: Collection[UUID], steps_in_lesson: Mapping[str, int]) -> Totals:
    """The total of each lesson in each of these classes that has anything of it, as the class page has it. One read."""
    if not steps_in_lesson:
        return {}
    rows = db.session.execute(
        sa.select(Enrollment.classroom_id, LessonProgress.lesson_id, *counted(steps_in_lesson))
        .join(Person, _OF_STUDENT)
        .join(LessonProgress, _OF_PROGRESS)
        .where(*_learning(school_id, classes), LessonProgress.lesson_id.in_(steps_in_lesson))
        .group_by(Enrollment.classroom_id, LessonProgress.lesson_id, LessonProgress.out_of)
    )
    parts: dict[UUID, dict[str, list[Counts]]] = defaultdict(lambda: defaultdict(list))
    for classroom_id, lesson_id, *part in rows:
        parts[classroom_id][lesson_id].append(Counts(*part))
    return {one: {key: total_of(found) for key, found in lessons.items()} for one, lessons in parts.items()}


def next_dues(school_id: UUID, classes: Collection[UUID], moment: datetime) -> Mapping[UUID, tuple[str, datetime]]:
    """What is due next in each of these classes after a moment: lesson and time. One read."""
    due = StoredAssignment.due_at
    rows = db.session.execute(
        sa.select(StoredAssignment.classroom_id, StoredAssignment.lesson_id, due)
        .where(
            StoredAssignment.school_id == school_id,
            StoredAssignment.classroom_id.in_(classes),
            StoredAssignment.assigned,
            due > moment,
        )
        .order_by(due.desc(), StoredAssignment.lesson_id.desc())
    )
    return {classroom_id: (lesson_id, at) for classroom_id, lesson_id, at in rows if at is not None}  # the first stays


def members_of(classrooms: Sequence[ClassroomRow]) -> Iterator[ClassMember]:
    """The students of these classes of one school with what they have begun, class after class and by number; some
    classes are read at a time, so that a school never is in memory as a whole."""
    for place in range(0, len(classrooms), CLASSES_AT_ONCE):
        batch = classrooms[place : place + CLASSES_AT_ONCE]
        rows: Iterable[Any] = db.session.execute(_members(batch[0].school_id, [one.id for one in batch]))
        for *member, begun in rows:
            yield ClassMember._make([*member, map(_progress_in, begun.split(",") if begun else ())])


# A row a student and not one a lesson: three thousand students leave in a third of the time.
_NUMBERS = (
    LessonProgress.steps_sent,
    LessonProgress.attempts,
    LessonProgress.best_points,
    LessonProgress.out_of,
    sa.case((LessonProgress.help_route_right, 1), else_=0),
)


@lru_cache(maxsize=10_000)
def _progress_in(text: str) -> tuple[str, Progress]:
    """What stands in one text of `_members`; students have much in common."""
    lesson_id, *numbers = text.split(" ")
    steps_sent, attempts, best_points, out_of, right = map(int, numbers)
    return lesson_id, Progress(
        steps_sent=steps_sent,
        attempts=attempts,
        best_points=best_points,
        out_of=out_of,
        help_route_right=bool(right),
    )


def _members(school_id: UUID, classes: Collection[UUID]) -> sa.Select[*tuple[Any, ...]]:
    place = (Classroom.school_year, Classroom.level, Classroom.grade, Classroom.section)
    text = sum(
        (" " + sa.cast(number, sa.String) for number in _NUMBERS),
        start=sa.type_coerce(LessonProgress.lesson_id, sa.String),
    )
    # The school is said once more: the guard judges each SELECT by itself.
    begun = sa.select(sa.func.aggregate_strings(text, ",")).where(_OF_PROGRESS, LessonProgress.school_id == school_id)
    return (
        sa.select(*place, Enrollment.number, Person.display_name, begun.correlate(Enrollment).scalar_subquery())
        .select_from(Enrollment)
        .join(Person, _OF_STUDENT)
        .join(Classroom, _OF_CLASS)
        .where(*_learning(school_id, classes))
        .order_by(Classroom.school_year.desc(), *place[1:], Enrollment.number)
    )
