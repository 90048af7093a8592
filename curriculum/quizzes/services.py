"""Owns the writes of quizzes: an attempt with its responses, progress and tallies, in one transaction."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from curriculum.accounts.services import hold_school
from curriculum.classrooms.queries import classroom_id_of
from curriculum.database import begin_write, db
from curriculum.progress.completion import Result
from curriculum.progress.services import rebuild_progress, record_result
from curriculum.quizzes.item import Response
from curriculum.quizzes.models import Attempt, ItemResponse, ItemTally
from curriculum.quizzes.quiz import Quiz
from curriculum.quizzes.tally import GradedResponse, Tally, tallies_from, tally_rows
from curriculum.security import upsert


class TokenReused(Exception):
    """A token came again with other responses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a student sends in: parsed responses by item id, under a token that the page gave out once."""

    school_id: UUID
    person_id: UUID
    token: str
    responses: Mapping[str, Response]
    moment: datetime

    @property
    def body_digest(self) -> bytes:
        """32 bytes that are equal exactly when the responses are."""
        return hashlib.sha256(json.dumps(self.responses, sort_keys=True).encode()).digest()


def submit(*, quiz: Quiz, submission: Submission) -> UUID:
    """Close an attempt and return its id. A repeated token counts once and returns the first; with other responses, or
    at another lesson, it raises TokenReused."""
    result = quiz.grade(submission.responses)
    begin_write()
    attempt_id = uuid7()
    opened = db.session.execute(_attempt(quiz, submission, result, attempt_id)).one_or_none()
    if opened is None:
        return _first_with(quiz, submission)
    graded = quiz.graded(submission.responses)
    db.session.execute(sa.insert(ItemResponse), _response_rows(submission, attempt_id, graded))
    before = record_result(
        school_id=submission.school_id,
        person_id=submission.person_id,
        lesson_id=quiz.lesson_id,
        result=result,
    )
    if before.attempts == 0 and opened.classroom_id is not None:
        _count(quiz, submission.school_id, opened.classroom_id, graded)
    return attempt_id


def _attempt(quiz: Quiz, submission: Submission, result: Result, attempt_id: UUID) -> sa.Executable:
    insert = upsert(Attempt).values(
        school_id=submission.school_id,
        id=attempt_id,
        person_id=submission.person_id,
        classroom_id=classroom_id_of(submission.school_id, submission.person_id),
        lesson_id=quiz.lesson_id,
        quiz_digest=quiz.digest,
        token=submission.token,
        body_digest=submission.body_digest,
        points=result.points,
        out_of=result.out_of,
        help_route_right=result.help_route_right,
        closed_at=submission.moment,
    )
    key = [Attempt.school_id, Attempt.person_id, Attempt.token]
    once: sa.Executable = insert.on_conflict_do_nothing(index_elements=key).returning(Attempt.classroom_id)
    return once


def _first_with(quiz: Quiz, submission: Submission) -> UUID:
    attempt_id, lesson_id, body_digest = db.session.execute(
        sa.select(Attempt.id, Attempt.lesson_id, Attempt.body_digest).where(
            Attempt.school_id == submission.school_id,
            Attempt.person_id == submission.person_id,
            Attempt.token == submission.token,
        )
    ).one()
    # Items of two lessons may have the same ids: the same responses there are another attempt.
    if (lesson_id, body_digest) != (quiz.lesson_id, submission.body_digest):
        raise TokenReused
    return attempt_id


def _response_rows(
    submission: Submission, attempt_id: UUID, graded: Sequence[GradedResponse]
) -> list[dict[str, object]]:
    return [
        {
            "school_id": submission.school_id,
            "id": uuid7(),
            "attempt_id": attempt_id,
            "item_id": response.item_id,
            "options": list(response.options),
            "points": response.points,
        }
        for response in graded
    ]


def _count(quiz: Quiz, school_id: UUID, classroom_id: UUID, graded: Sequence[GradedResponse]) -> None:
    rows = tally_values(school_id, classroom_id, quiz.lesson_id, quiz.digest, tally_rows(graded))
    insert = upsert(ItemTally).values(rows)
    key = ["school_id", "classroom_id", "lesson_id", "quiz_digest", "item_id", "option_id"]
    grown = {
        "chosen": ItemTally.chosen + insert.excluded.chosen,
        "missed": ItemTally.missed + insert.excluded.missed,
    }
    db.session.execute(insert.on_conflict_do_update(index_elements=key, set_=grown))


def tally_values(
    school_id: UUID,
    classroom_id: UUID,
    lesson_id: str,
    quiz_digest: str,
    rows: Mapping[tuple[str, str], Tally],
) -> list[dict[str, object]]:
    """Tallies by (item, option) as rows of the table."""
    return [
        {
            "school_id": school_id,
            "id": uuid7(),
            "classroom_id": classroom_id,
            "lesson_id": lesson_id,
            "quiz_digest": quiz_digest,
            "item_id": item_id,
            "option_id": option_id,
            "chosen": row.chosen,
            "missed": row.missed,
        }
        # In one order for everybody: two classmates who hold each other's next row would wait for ever.
        for (item_id, option_id), row in sorted(rows.items())
    ]


def rebuild(*, school_id: UUID) -> tuple[int, int]:
    """Write every projection of a school anew from visits, attempts and responses; returns (progress rows, tallies)."""
    begin_write()
    hold_school(school_id=school_id)
    attempts = list(db.session.scalars(_in_order_of_time(school_id)))
    results = defaultdict(list)
    for attempt in attempts:
        result = Result(points=attempt.points, out_of=attempt.out_of, help_route_right=attempt.help_route_right)
        results[attempt.person_id, attempt.lesson_id].append(result)
    progress_rows = rebuild_progress(school_id=school_id, results=results)
    db.session.execute(sa.delete(ItemTally).where(ItemTally.school_id == school_id))
    rows = [
        row for key, first in _first_attempts(school_id, attempts).items() for row in _rebuilt(school_id, key, first)
    ]
    if rows:
        db.session.execute(sa.insert(ItemTally), rows)
    return progress_rows, len(rows)


TallyKey = tuple[UUID, str, str]


def _in_order_of_time(school_id: UUID) -> sa.Select[Attempt]:
    return sa.select(Attempt).where(Attempt.school_id == school_id).order_by(Attempt.closed_at, Attempt.id)


def _first_attempts(school_id: UUID, attempts: Sequence[Attempt]) -> dict[TallyKey, list[list[GradedResponse]]]:
    responses = defaultdict(list)
    for row in db.session.scalars(sa.select(ItemResponse).where(ItemResponse.school_id == school_id)):
        responses[row.attempt_id].append(GradedResponse(row.item_id, tuple(row.options), row.points))
    first: dict[TallyKey, list[list[GradedResponse]]] = defaultdict(list)
    seen = set()
    for attempt in attempts:
        who = (attempt.person_id, attempt.lesson_id)
        if who not in seen and attempt.classroom_id is not None:
            first[attempt.classroom_id, attempt.lesson_id, attempt.quiz_digest].append(responses[attempt.id])
        seen.add(who)
    return first


def _rebuilt(school_id: UUID, key: TallyKey, first: list[list[GradedResponse]]) -> list[dict[str, object]]:
    classroom_id, lesson_id, digest = key
    return tally_values(school_id, classroom_id, lesson_id, digest, tallies_from(first))
