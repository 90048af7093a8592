"""Owns the reads of quizzes: the quiz of a lesson, a student's attempts, the tallies of a class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast
from uuid import UUID

import sqlalchemy as sa
from flask import current_app

from curriculum.accounts.viewer import Viewer
from curriculum.database import db
from curriculum.quizzes.attempt import Stored, Work
from curriculum.quizzes.item import Response
from curriculum.quizzes.models import Attempt, ItemResponse, ItemTally
from curriculum.quizzes.quiz import Quiz, Quizzes
from curriculum.quizzes.tally import Tally

RESPONSE = (
    ItemResponse.item_id,
    ItemResponse.options,
    ItemResponse.points,
    ItemResponse.counter,
    ItemResponse.first_options,
    ItemResponse.first_points,
)


@dataclass(frozen=True, slots=True)
class ClosedAttempt:
    """An attempt as the result page shows it; `responses` by item id."""

    id: UUID
    number: int
    quiz_digest: str
    points: int
    out_of: int
    responses: Mapping[str, Response]


def quiz_of(lesson_id: str) -> Quiz:
    """The quiz of a lesson."""
    return cast("Quizzes", current_app.extensions["quizzes"]).of_lesson(lesson_id)


def work_of(student: Viewer, quiz: Quiz) -> Work:
    """The attempt a student is at: the open one with what is kept of it, else the next, with nothing yet. Two reads."""
    last = db.session.execute(
        sa.select(Attempt.number, Attempt.closed_at)
        .where(*_at(student.school_id, student.id, quiz.lesson_id))
        .order_by(Attempt.number.desc())
        .limit(1)
    ).one_or_none()
    if last is None or last.closed_at is not None:
        return Work(number=last.number + 1 if last else 1, quiz_digest=quiz.digest)
    return work_at(student.school_id, student.id, quiz, last.number)


def work_at(school_id: UUID, person_id: UUID, quiz: Quiz, number: int) -> Work:
    """A student's attempt of this number as it stands. One read."""
    query = (
        sa.select(Attempt.id, Attempt.quiz_digest, Attempt.closed_at, *RESPONSE)
        .outerjoin(
            ItemResponse,
            sa.and_(ItemResponse.school_id == Attempt.school_id, ItemResponse.attempt_id == Attempt.id),
        )
        .where(*_at(school_id, person_id, quiz.lesson_id), Attempt.number == number)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return Work(number=number, quiz_digest=quiz.digest)
    return Work(
        number=number,
        quiz_digest=rows[0].quiz_digest,
        attempt_id=rows[0].id,
        is_closed=rows[0].closed_at is not None,
        responses={row.item_id: stored(row) for row in rows if row.item_id is not None},
    )


def attempts_closed(school_id: UUID, person_id: UUID, lesson_id: str) -> int:
    """How many attempts a student has sent in at a lesson: the number of the last."""
    closed = (*_at(school_id, person_id, lesson_id), Attempt.closed_at.is_not(None))
    last = sa.select(Attempt.number).where(*closed).order_by(Attempt.number.desc()).limit(1)
    return db.session.execute(last).scalar() or 0


def attempt_of(student: Viewer, lesson_id: str, attempt_id: UUID | None) -> ClosedAttempt | None:
    """One attempt that this student sent in at a lesson's quiz: the one named, else the latest."""
    query = _closed(student, lesson_id).order_by(Attempt.number.desc()).limit(1)
    return _with_responses(student, query.where(Attempt.id == attempt_id) if attempt_id else query)


def best_attempt_of(student: Viewer, lesson_id: str) -> ClosedAttempt | None:
    """The attempt with the largest share of points; of equal ones the first, as progress keeps it."""
    share = Attempt.points * 1.0 / Attempt.out_of
    query = _closed(student, lesson_id).order_by(share.desc(), Attempt.number).limit(1)
    return _with_responses(student, query)


def _at(school_id: UUID, person_id: UUID, lesson_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    return Attempt.school_id == school_id, Attempt.person_id == person_id, Attempt.lesson_id == lesson_id


Closed: TypeAlias = sa.Select[UUID, int, str, int, int]


def _closed(student: Viewer, lesson_id: str) -> Closed:
    return sa.select(Attempt.id, Attempt.number, Attempt.quiz_digest, Attempt.points, Attempt.out_of).where(
        *_at(student.school_id, student.id, lesson_id), Attempt.closed_at.is_not(None)
    )


def _with_responses(student: Viewer, query: Closed) -> ClosedAttempt | None:
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    responses = db.session.execute(
        sa.select(ItemResponse.item_id, ItemResponse.options).where(
            ItemResponse.school_id == student.school_id, ItemResponse.attempt_id == row.id
        )
    )
    chosen = {item: tuple(options) for item, options in responses}
    return ClosedAttempt(row.id, row.number, row.quiz_digest, row.points, row.out_of, chosen)


def stored(row: Any) -> Stored:
    """A row with the columns of a response, as it is judged."""
    first = None if row.first_options is None else (tuple(row.first_options), row.first_points)
    return Stored(tuple(row.options), row.points, row.counter, first)


def tallies_of(school_id: UUID, classroom_id: UUID, digests: Sequence[str]) -> Mapping[tuple[str, str, str], Tally]:
    """The tallies of a class for these versions of quizzes, by (lesson, item, option)."""
    rows = db.session.execute(
        sa.select(
            ItemTally.lesson_id, ItemTally.item_id, ItemTally.option_id, ItemTally.chosen, ItemTally.missed
        ).where(
            ItemTally.school_id == school_id,
            ItemTally.classroom_id == classroom_id,
            ItemTally.quiz_digest.in_(digests),
        )
    )
    return {(row.lesson_id, row.item_id, row.option_id): Tally(row.chosen, row.missed) for row in rows}
