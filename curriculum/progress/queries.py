"""Owns the reads of how far someone is."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from curriculum.accounts.viewer import Viewer
from curriculum.database import db
from curriculum.progress.completion import Counts, LessonTotal, Progress, total_of
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


def steps_sent(student: Viewer, lesson_id: str) -> Sequence[str]:
    """The steps of a lesson that a student has sent, the one sent last at the end."""
    return db.session.scalars(
        sa.select(Visit.step)
        .where(
            Visit.school_id == student.school_id,
            Visit.person_id == student.id,
            Visit.lesson_id == lesson_id,
        )
        .order_by(Visit.sent_at, Visit.id)
    ).all()


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
    rows = db.session.execute(
        sa.select(LessonProgress.lesson_id, *counted(steps_in_lesson))
        .where(
            LessonProgress.school_id == school_id,
            LessonProgress.person_id.in_(people),
            LessonProgress.lesson_id.in_(steps_in_lesson),
        )
        .group_by(LessonProgress.lesson_id, LessonProgress.out_of)
    )
    parts = defaultdict(list)
    for lesson_id, *part in rows:
        parts[lesson_id].append(Counts(*part))
    return {lesson_id: total_of(found) for lesson_id, found in parts.items()}


def counted(steps_in_lesson: Mapping[str, int]) -> tuple[sa.SQLColumnExpression[int], ...]:
    """The columns of `Counts` over progress rows that are grouped by lesson and maximum, as part of a statement."""
    steps = sa.case(dict(steps_in_lesson), value=LessonProgress.lesson_id, else_=0)
    completed = sa.and_(LessonProgress.steps_sent >= steps, LessonProgress.help_route_right)
    began = sa.or_(LessonProgress.steps_sent > 0, LessonProgress.attempts > 0)
    return (
        LessonProgress.out_of,
        sa.func.count(sa.case((began, 1))),
        sa.func.count(sa.case((completed, 1))),
        sa.func.count(sa.case((LessonProgress.attempts > 0, 1))),
        sa.func.sum(LessonProgress.best_points),
    )
