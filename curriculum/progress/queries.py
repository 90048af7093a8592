"""Owns the reads of how far someone is."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from curriculum.accounts.viewer import Viewer
from curriculum.database import db
from curriculum.progress.completion import LessonTotal, Progress
from curriculum.progress.models import LessonProgress, Visit

COLUMNS = (
    LessonProgress.steps_sent,
    LessonProgress.last_step,
    LessonProgress.attempts,
    LessonProgress.best_points,
    LessonProgress.out_of,
    LessonProgress.help_route_right,
)


def _progress(row: Any) -> Progress:
    return Progress(
        steps_sent=row.steps_sent,
        last_step=row.last_step,
        attempts=row.attempts,
        best_points=row.best_points,
        out_of=row.out_of,
        help_route_right=row.help_route_right,
    )


def progress_of(student: Viewer, lesson_id: str) -> Progress:
    """How far a student is with one lesson; nothing yet is a progress of zeros."""
    row = db.session.execute(
        sa.select(*COLUMNS).where(
            LessonProgress.school_id == student.school_id,
            LessonProgress.person_id == student.id,
            LessonProgress.lesson_id == lesson_id,
        )
    ).one_or_none()
    return _progress(row) if row else Progress()


def steps_sent(student: Viewer, lesson_id: str) -> frozenset[str]:
    """The steps of a lesson that a student has sent."""
    return frozenset(
        db.session.scalars(
            sa.select(Visit.step).where(
                Visit.school_id == student.school_id,
                Visit.person_id == student.id,
                Visit.lesson_id == lesson_id,
            )
        )
    )


def progress_by_lesson(student: Viewer) -> Mapping[str, Progress]:
    """How far a student is, lesson by lesson."""
    rows = db.session.execute(
        sa.select(LessonProgress.lesson_id, *COLUMNS).where(
            LessonProgress.school_id == student.school_id, LessonProgress.person_id == student.id
        )
    )
    return {row.lesson_id: _progress(row) for row in rows}


def progress_of_people(
    school_id: UUID, people: Collection[UUID], lessons: Collection[str]
) -> Mapping[tuple[UUID, str], Progress]:
    """The progress rows of some people of one school in some lessons, by (person, lesson)."""
    rows = db.session.execute(
        sa.select(LessonProgress.person_id, LessonProgress.lesson_id, *COLUMNS).where(
            LessonProgress.school_id == school_id,
            LessonProgress.person_id.in_(people),
            LessonProgress.lesson_id.in_(lessons),
        )
    )
    return {(row.person_id, row.lesson_id): _progress(row) for row in rows}


def totals_of_people(
    school_id: UUID, people: sa.Select[UUID], steps_in_lesson: Mapping[str, int]
) -> Mapping[str, LessonTotal]:
    """Per lesson over the people of a subquery: how many completed it, and the mean of the best shares of points."""
    if not steps_in_lesson:
        return {}
    steps = sa.case(steps_in_lesson, value=LessonProgress.lesson_id, else_=0)
    completed = sa.and_(LessonProgress.steps_sent >= steps, LessonProgress.help_route_right)
    rows = db.session.execute(
        sa.select(
            LessonProgress.lesson_id,
            sa.func.sum(sa.case((completed, 1), else_=0)),
            sa.func.count(sa.case((LessonProgress.attempts > 0, 1))),
            sa.func.avg(
                sa.case((LessonProgress.out_of > 0, 100.0 * LessonProgress.best_points / LessonProgress.out_of))
            ),
        )
        .where(
            LessonProgress.school_id == school_id,
            LessonProgress.person_id.in_(people),
            LessonProgress.lesson_id.in_(steps_in_lesson),
        )
        .group_by(LessonProgress.lesson_id)
    )
    return {
        lesson_id: LessonTotal(completed, scored, None if average is None else int(average + Decimal("0.5")))
        for lesson_id, completed, scored, average in ((row[0], row[1], row[2], _exact(row[3])) for row in rows)
    }


def _exact(average: float | Decimal | None) -> Decimal | None:
    return None if average is None else Decimal(str(average))
