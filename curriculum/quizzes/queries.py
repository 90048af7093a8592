"""Owns the reads of quizzes: the quiz of a lesson, a student's attempts, the tallies of a class."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias, cast
from uuid import UUID

import sqlalchemy as sa
from flask import current_app

from curriculum.accounts.viewer import Viewer
from curriculum.database import db
from curriculum.progress.models import LessonProgress
from curriculum.quizzes.attempt import SentIn, Stored, Work, first_of
from curriculum.quizzes.item import Response
from curriculum.quizzes.models import Attempt, ItemResponse, ItemTally
from curriculum.quizzes.quiz import Quiz, Quizzes
from curriculum.quizzes.tally import WHOLE, GradedResponse, Tally

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


def sent_in(school_id: UUID, person_id: UUID, lessons: Collection[str]) -> list[SentIn]:
    """The attempts that a student has sent in at these lessons, in order. One read."""
    columns = (Attempt.id, Attempt.lesson_id, Attempt.number, Attempt.quiz_digest, Attempt.points, Attempt.out_of)
    rows: Iterable[Any] = db.session.execute(
        sa.select(*columns, Attempt.closed_at)
        .where(
            Attempt.school_id == school_id,
            Attempt.person_id == person_id,
            Attempt.lesson_id.in_(lessons),
            Attempt.closed_at.is_not(None),
        )
        .order_by(Attempt.lesson_id, Attempt.number)
    )
    return [SentIn(*row) for row in rows]


def points_in(school_id: UUID, attempts: Collection[UUID]) -> Mapping[UUID, Mapping[str, int]]:
    """The points of these attempts, by attempt and item, without what was chosen. One read."""
    columns = (ItemResponse.attempt_id, ItemResponse.item_id, ItemResponse.points)
    of_these = (ItemResponse.school_id == school_id, ItemResponse.attempt_id.in_(attempts))
    found: dict[UUID, dict[str, int]] = {one: {} for one in attempts}
    for attempt_id, item_id, points in db.session.execute(sa.select(*columns).where(*of_these)):
        found[attempt_id][item_id] = points
    return found


def completions_in(
    school_id: UUID, people: sa.Select[UUID], steps_in_lesson: Mapping[str, int], since: datetime, until: datetime
) -> list[datetime]:
    """When lessons that are complete by now were completed, from `since` up to `until`: a moment for each student of a
    subquery and lesson, that of the first attempt with every help-route item right. A step that is read once more
    moves its visit, so that visits cannot say it. One read."""
    steps = sa.case(dict(steps_in_lesson), value=LessonProgress.lesson_id, else_=0)
    same = (
        LessonProgress.school_id == Attempt.school_id,
        LessonProgress.person_id == Attempt.person_id,
        LessonProgress.lesson_id == Attempt.lesson_id,
    )
    first = sa.func.min(Attempt.closed_at, type_=Attempt.closed_at.type)
    rows = db.session.scalars(
        sa.select(first)
        .join(LessonProgress, sa.and_(*same))
        .where(
            Attempt.school_id == school_id,
            Attempt.person_id.in_(people),
            Attempt.lesson_id.in_(steps_in_lesson),
            Attempt.closed_at < until,
            Attempt.help_route_right,
            LessonProgress.steps_sent >= steps,
        )
        .group_by(Attempt.person_id, Attempt.lesson_id)
        .having(first >= since)
    )
    return [moment for moment in rows if moment is not None]


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


def earlier_answers(school_id: UUID, classroom_id: UUID, digests: Mapping[str, str]) -> Mapping[str, int]:
    """How many of a class first answered another version of a lesson's quiz than the one of this digest, by lesson."""
    rows = db.session.execute(
        sa.select(ItemTally.lesson_id, sa.func.max(ItemTally.chosen))
        .where(
            ItemTally.school_id == school_id,
            ItemTally.classroom_id == classroom_id,
            ItemTally.lesson_id.in_(digests),
            ItemTally.quiz_digest.not_in(digests.values()),
            ItemTally.option_id == WHOLE,
        )
        .group_by(ItemTally.lesson_id, ItemTally.quiz_digest)
    )
    found: Counter[str] = Counter()
    for lesson_id, answered in rows:
        found[lesson_id] += answered
    return found


def first_attempts(
    school_id: UUID, classroom_id: UUID, people: sa.Select[UUID], quiz: Quiz
) -> list[dict[str, GradedResponse]]:
    """What each of these people chose first at this version of a quiz while learning in a class, by item id. Nothing
    tells whose it is. One read, of one attempt of each."""
    first = sa.select(Attempt.id).where(
        Attempt.school_id == school_id,
        Attempt.person_id.in_(people),
        Attempt.lesson_id == quiz.lesson_id,
        Attempt.number == 1,
        Attempt.classroom_id == classroom_id,
        Attempt.quiz_digest == quiz.digest,
        Attempt.closed_at.is_not(None),
    )
    # Not as a join: SQLite would begin with every response of the school.
    rows = db.session.execute(
        sa.select(ItemResponse.attempt_id, *RESPONSE).where(
            ItemResponse.school_id == school_id, ItemResponse.attempt_id.in_(first)
        )
    )
    found: dict[UUID, dict[str, GradedResponse]] = defaultdict(dict)
    for row in rows:
        found[row.attempt_id][row.item_id] = GradedResponse(row.item_id, *first_of(stored(row)))
    return list(found.values())
