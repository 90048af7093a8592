"""Owns the reads of quizzes: the quiz of a lesson, a student's attempts, the tallies of a class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

import sqlalchemy as sa
from flask import current_app

from curriculum.accounts.viewer import Viewer
from curriculum.database import db
from curriculum.quizzes.item import Response
from curriculum.quizzes.models import Attempt, ItemResponse, ItemTally
from curriculum.quizzes.quiz import Quiz, Quizzes
from curriculum.quizzes.tally import Tally


@dataclass(frozen=True, slots=True)
class ClosedAttempt:
    """An attempt as the result page shows it; `responses` by item id."""

    id: UUID
    quiz_digest: str
    points: int
    out_of: int
    responses: Mapping[str, Response]


def quiz_of(lesson_id: str) -> Quiz:
    """The quiz of a lesson."""
    return cast("Quizzes", current_app.extensions["quizzes"]).of_lesson(lesson_id)


def attempt_of(student: Viewer, lesson_id: str, attempt_id: UUID | None) -> ClosedAttempt | None:
    """One attempt of this student at a lesson's quiz: the one named, else the latest."""
    query = (
        sa.select(Attempt.id, Attempt.quiz_digest, Attempt.points, Attempt.out_of)
        .where(
            Attempt.school_id == student.school_id,
            Attempt.person_id == student.id,
            Attempt.lesson_id == lesson_id,
        )
        .order_by(Attempt.closed_at.desc(), Attempt.id.desc())
        .limit(1)
    )
    row = db.session.execute(query.where(Attempt.id == attempt_id) if attempt_id else query).one_or_none()
    if row is None:
        return None
    responses = db.session.execute(
        sa.select(ItemResponse.item_id, ItemResponse.options).where(
            ItemResponse.school_id == student.school_id, ItemResponse.attempt_id == row.id
        )
    )
    return ClosedAttempt(*row, {item: tuple(options) for item, options in responses})


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
