"""Owns the reads of the class page: all that it shows, and the stamp by which an open page sees a change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import add
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from curriculum.accounts.models import Person
from curriculum.assignments.models import StoredAssignment, StoredOwn
from curriculum.assignments.plan import Plan
from curriculum.assignments.queries import plan_of
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.queries import course_lessons
from curriculum.catalog.review_day import today_in_korea
from curriculum.classrooms.models import Enrollment
from curriculum.classrooms.queries import OF_STUDENT, PAGE, learning_in, roster_of
from curriculum.classrooms.roster import ClassroomRow, StudentRow
from curriculum.dashboard.attention import Attention, Learning, attention
from curriculum.dashboard.coming import Coming, coming_of
from curriculum.dashboard.overview import GridRow, grid_rows, latest_lesson, totals_from
from curriculum.database import db
from curriculum.item_analysis.queries import Cards, cards_of
from curriculum.localization import page_locale
from curriculum.progress.completion import LessonTotal
from curriculum.progress.models import LessonProgress
from curriculum.progress.queries import progress_of_people
from curriculum.quizzes.queries import quiz_of
from curriculum.security import sealed

CARDS = 3  # what a teacher can talk about in one lesson


@dataclass(frozen=True, slots=True)
class ClassPage:
    """What a class page shows at a moment: one page of the grid, and figures of the whole class. `total` is that of
    the lesson the class is at, `latest`; `taught`: by lesson id, the day it was taught without devices."""

    lessons: Sequence[Lesson]
    rows: Sequence[GridRow]
    size: int
    page: int
    latest: Lesson | None
    total: LessonTotal | None
    taught: Mapping[str, date]
    cards: Cards
    attention: Attention
    coming: Sequence[Coming]

    @property
    def pages(self) -> int:
        """How many pages the grid has."""
        return -(-self.size // PAGE)


def class_page(classroom: ClassroomRow, page: int, moment: datetime) -> ClassPage | None:
    """What the class page shows; None where it has no such page. Four reads, of a row a student and lesson at most: a
    class has 60 students at most, whatever they have done for however long."""
    lessons, students = course_lessons(classroom.course), roster_of(classroom)
    shown = students[(page - 1) * PAGE : page * PAGE]
    if page > 1 and not shown:
        return None
    progress = progress_of_people(classroom.school_id, [one.id for one in students], [lesson.id for lesson in lessons])
    totals = totals_from(lessons, progress)
    latest = latest_lesson(lessons, totals, len(students))
    plan = plan_of(classroom)
    known = Learning(students, lessons, progress, _overdue(plan, students, moment), _help_items(lessons))
    return ClassPage(
        lessons=lessons,
        rows=grid_rows(shown, lessons, progress),
        size=len(students),
        page=page,
        latest=latest,
        total=totals[latest.id] if latest else None,
        taught={lesson_id: one.taught_on for lesson_id, one in plan.items() if one.taught_on},
        cards=cards_of(classroom, lessons, CARDS),
        attention=attention(known),
        coming=coming_of(lessons, plan, moment),
    )


def _overdue(plan: Plan, students: Sequence[StudentRow], moment: datetime) -> dict[str, frozenset[UUID]]:
    """Of whom a lesson was asked until a time that has passed; nobody where it was taught without devices."""
    return {
        lesson_id: frozenset(one.id for one in students if planned.of(one.id).is_late(moment))
        for lesson_id, planned in plan.items()
        if planned.taught_on is None
    }


def _help_items(lessons: Sequence[Lesson]) -> dict[str, int]:
    return {lesson.id: sum(item.help_route for item in quiz_of(lesson.id).items) for lesson in lessons}


def class_stamp(classroom: ClassroomRow, page: int, moment: datetime) -> str:
    """A text that changes with whatever the class page shows. One read, of one row a student.

    It cannot miss a change: steps and attempts of a student only grow, each by what the page shows of it, and the
    counts of items and the best points change in the transaction of an attempt. What can shrink them, a student who
    leaves or is erased, changes the roster, which is in it by person, number and name. Besides: what the page shows of
    the plan, the lessons as they are written, the language, and the day, since facts run out by the day.
    """
    rows = db.session.execute(
        sa.select(
            Person.id,
            Enrollment.number,
            Person.display_name,
            sa.func.sum(LessonProgress.steps_sent),
            sa.func.sum(LessonProgress.attempts),
            sa.func.sum(LessonProgress.best_points),
            *_plan_told(classroom, moment),
        )
        .join(Enrollment, OF_STUDENT)
        .outerjoin(
            LessonProgress,
            sa.and_(LessonProgress.school_id == Person.school_id, LessonProgress.person_id == Person.id),
        )
        .where(*learning_in(classroom))
        .group_by(Person.id, Enrollment.number, Person.display_name)
        .order_by(Enrollment.number)
    )
    written = [lesson.digest for lesson in course_lessons(classroom.course)]
    seen = [str(tuple(row)) for row in rows]
    return sealed("class page", str(classroom.id), str(page), page_locale(), str(today_in_korea()), *written, *seen)


def _plan_told(classroom: ClassroomRow, moment: datetime) -> tuple[sa.ScalarSelect[str], sa.ScalarSelect[str]]:
    """What of a class's plan the page shows, as texts within another statement: what was taught, what is asked and when
    it opens, is due and closes, and for whom some of it is late at a time of their own."""
    of_class = (StoredAssignment.school_id == classroom.school_id, StoredAssignment.classroom_id == classroom.id)
    told = [_text(StoredAssignment.taught_on), _text(StoredAssignment.assigned)]
    for end in (StoredAssignment.opens_at, StoredAssignment.due_at, StoredAssignment.closes_at):
        told += [_text(end), _passed(end, moment)]
    lesson = reduce(add, told, StoredAssignment.lesson_id + ":")
    own = sa.cast(StoredOwn.id, sa.String) + _passed(StoredOwn.until, moment)
    same = sa.and_(StoredAssignment.school_id == StoredOwn.school_id, StoredAssignment.id == StoredOwn.assignment_id)
    return (
        sa.select(sa.func.aggregate_strings(lesson, " ")).where(*of_class).scalar_subquery(),
        sa.select(sa.func.aggregate_strings(own, " "))
        .select_from(StoredOwn)
        .join(StoredAssignment, same)
        .where(*of_class)
        .scalar_subquery(),
    )


def _text(column: InstrumentedAttribute[Any]) -> sa.ColumnElement[str]:
    return sa.func.coalesce(sa.cast(column, sa.String), "")


def _passed(end: InstrumentedAttribute[datetime | None], moment: datetime) -> sa.Case[str]:
    return sa.case((end.is_(None), "-"), (end <= moment, "!"), else_="?")
