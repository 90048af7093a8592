"""Owns the writes of quizzes: answers saved as they are given, feedback asked for, and attempts closed, with their
progress and tallies in one transaction."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from curriculum.accounts.services import hold_school
from curriculum.classrooms.queries import classroom_id_of
from curriculum.database import begin_write, db, upsert
from curriculum.progress.completion import Result
from curriculum.progress.services import rebuild_progress, record_result
from curriculum.quizzes.attempt import Answer, Fate, Stored, Work, carried_over, first_of
from curriculum.quizzes.item import Item, Response
from curriculum.quizzes.models import Attempt, ItemResponse, ItemTally
from curriculum.quizzes.queries import attempts_closed, stored, work_at
from curriculum.quizzes.quiz import Quiz
from curriculum.quizzes.tally import GradedResponse, Tally, tallies_from, tally_rows

# What makes a row of the tallies the one it is.
_PLACE = ("school_id", "classroom_id", "lesson_id", "quiz_digest", "item_id", "option_id")


class AttemptRefused(Exception):
    """An answer that cannot be taken. `code`: closed (the attempt was sent in with other answers), ahead (it is not the
    next one), locked (its feedback was seen), stale (a later answer is kept, of this `counter`), incomplete (an item
    has no answer)."""

    def __init__(self, code: str, counter: int | None = None) -> None:
        super().__init__(code)
        self.code, self.counter = code, counter


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """Whose attempt it is: the `number`th, from 1, of a student at a quiz. The number makes everything that is sent for
    it belong to one attempt, however often it is sent."""

    school_id: UUID
    person_id: UUID
    quiz: Quiz
    number: int
    moment: datetime


def save(*, of: Try, answers: Mapping[Item, Answer]) -> Work:
    """Keep answers, opening the attempt where there is none, and return it as it stands now. What is kept already is
    kept once. What cannot be kept raises AttemptRefused, and then nothing of it is."""
    work = _held(of)
    new = []
    for item, answer in answers.items():
        fate = work.fate(item, answer)
        if fate is Fate.NEW:
            new.append(item)
        elif fate is not Fate.SAME:
            raise AttemptRefused(fate, work.responses[item.id].counter)
    if not new:
        return work
    if work.is_closed:
        raise AttemptRefused("closed")
    kept = {item.id: work.kept(item, answers[item]) for item in new}
    _write(of, work, kept)
    return replace(work, responses={**work.responses, **kept})


def check(*, of: Try, work: Work, item_id: str) -> Work:
    """Note that the feedback of an answered item is seen now: what was chosen first stays, whatever is chosen later."""
    stored = work.responses[item_id]
    if stored.first is not None:
        return work
    seen = {item_id: replace(stored, first=(stored.response, stored.points))}
    _write(of, work, seen)
    return replace(work, responses={**work.responses, **seen})


def submit(*, of: Try, responses: Mapping[str, Response]) -> UUID:
    """Keep these responses, close the attempt and return its id. Sent again it counts once and returns the first; with
    other responses, or with an item left out, it raises AttemptRefused."""
    work = save(of=of, answers={item: Answer(responses[item.id]) for item in of.quiz.items if item.id in responses})
    if work.attempt_id is None or len(work.responses) < len(of.quiz.items):
        raise AttemptRefused("incomplete")
    if not work.is_closed:
        _close(of, work)
    return work.attempt_id


def _held(of: Try) -> Work:
    """The attempt, opened where it is not yet there, and held until the transaction ends."""
    begin_write()
    work = _hold(of)
    if work.attempt_id is None:
        attempt_id = _open(of)
        if attempt_id is not None:
            return replace(work, attempt_id=attempt_id)
        # Whoever opened it at the same moment may have kept answers in it by now, and closed it.
        work = _hold(of)
        if work.attempt_id is None:
            raise AttemptRefused("ahead")
    if work.is_closed or work.quiz_digest == of.quiz.digest:
        return work
    return _of_today(of, work)


def _hold(of: Try) -> Work:
    """The attempt as it stands once nobody else writes it. On PostgreSQL it is held by a statement of its own: what is
    read by the one that waits is what stood before it waited. On SQLite there is one writer at a time."""
    if db.engine.dialect.name == "postgresql":
        own = (Attempt.school_id == of.school_id, Attempt.person_id == of.person_id)
        this = (Attempt.lesson_id == of.quiz.lesson_id, Attempt.number == of.number)
        if db.session.execute(sa.select(Attempt.id).where(*own, *this).with_for_update()).first() is None:
            return Work(number=of.number, quiz_digest=of.quiz.digest)  # what is not held is not looked at
    return work_at(of.school_id, of.person_id, of.quiz, of.number)


def _open(of: Try) -> UUID | None:
    """Open the attempt and return its id; None where it is not the next, or somebody else has just opened it."""
    if attempts_closed(of.school_id, of.person_id, of.quiz.lesson_id) != of.number - 1:
        return None
    new = upsert(Attempt).values(
        school_id=of.school_id,
        id=uuid7(),
        person_id=of.person_id,
        lesson_id=of.quiz.lesson_id,
        number=of.number,
        quiz_digest=of.quiz.digest,
        points=0,
        out_of=0,
        help_route_right=False,
        opened_at=of.moment,
    )
    opened: UUID | None = db.session.execute(new.on_conflict_do_nothing().returning(Attempt.id)).scalar_one_or_none()
    return opened


def _of_today(of: Try, work: Work) -> Work:
    """The open attempt brought to the quiz as it is now."""
    kept = carried_over(of.quiz, work.responses)
    own = (ItemResponse.school_id == of.school_id, ItemResponse.attempt_id == work.attempt_id)
    db.session.execute(sa.delete(ItemResponse).where(*own))
    _set(of, work, {"quiz_digest": of.quiz.digest})
    work = replace(work, quiz_digest=of.quiz.digest, responses=kept)
    _write(of, work, kept)
    return work


def _write(of: Try, work: Work, responses: Mapping[str, Stored]) -> None:
    if not responses:
        return
    rows = [_row(of.school_id, work, item_id, stored) for item_id, stored in sorted(responses.items())]
    insert = upsert(ItemResponse)
    key = [ItemResponse.school_id, ItemResponse.attempt_id, ItemResponse.item_id]
    written = {
        name: insert.excluded[name] for name in ("options", "points", "counter", "first_options", "first_points")
    }
    # The rows beside the statement, not in it: it is compiled once, however many there are.
    db.session.execute(insert.on_conflict_do_update(index_elements=key, set_=written), rows)


def _row(school_id: UUID, work: Work, item_id: str, stored: Stored) -> dict[str, object]:
    first_options, first_points = stored.first or (None, None)
    return {
        "school_id": school_id,
        "id": uuid7(),
        "attempt_id": work.attempt_id,
        "item_id": item_id,
        "options": list(stored.response),
        "points": stored.points,
        "counter": stored.counter,
        "first_options": None if first_options is None else list(first_options),
        "first_points": first_points,
    }


def _set(of: Try, work: Work, values: Mapping[str, object]) -> UUID | None:
    """Write these values into the attempt; returns the class it counts for."""
    change = sa.update(Attempt).where(Attempt.school_id == of.school_id, Attempt.id == work.attempt_id).values(values)
    return db.session.execute(change.returning(Attempt.classroom_id)).scalar_one()


def _close(of: Try, work: Work) -> None:
    result = of.quiz.result({item_id: stored.points for item_id, stored in work.responses.items()})
    closed = {
        "points": result.points,
        "out_of": result.out_of,
        "help_route_right": result.help_route_right,
        "closed_at": of.moment,
        "classroom_id": classroom_id_of(of.school_id, of.person_id),
    }
    classroom_id = _set(of, work, closed)
    attempts = record_result(school_id=of.school_id, person_id=of.person_id, lesson_id=of.quiz.lesson_id, result=result)
    if attempts == 1 and classroom_id is not None:
        _count(of.quiz, of.school_id, classroom_id, work.first_responses())


def _count(quiz: Quiz, school_id: UUID, classroom_id: UUID, graded: Sequence[GradedResponse]) -> None:
    rows = tally_values(school_id, classroom_id, quiz.lesson_id, quiz.digest, tally_rows(graded))
    insert = upsert(ItemTally)
    grown = {
        "chosen": ItemTally.chosen + insert.excluded.chosen,
        "missed": ItemTally.missed + insert.excluded.missed,
    }
    db.session.execute(insert.on_conflict_do_update(index_elements=_PLACE, set_=grown), rows)


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
        row
        for key, first in _first_attempts(attempts, _responses(school_id)).items()
        for row in tally_values(school_id, *key, tallies_from(first))
    ]
    if rows:
        db.session.execute(sa.insert(ItemTally), rows)
    return progress_rows, len(rows)


def uncount(*, school_id: UUID, person_id: UUID) -> None:
    """Take a student's first attempts out of the counts of the classes, before the attempts themselves are erased."""
    begin_write()
    attempts = list(db.session.scalars(_in_order_of_time(school_id).where(Attempt.person_id == person_id)))
    rows = _responses(school_id).where(ItemResponse.attempt_id.in_([attempt.id for attempt in attempts]))
    less = {
        "chosen": ItemTally.chosen - sa.bindparam("chosen_less"),
        "missed": ItemTally.missed - sa.bindparam("missed_less"),
    }
    for key, first in _first_attempts(attempts, rows).items():
        for row in tally_values(school_id, *key, tallies_from(first)):
            place = [getattr(ItemTally, name) == row[name] for name in _PLACE]
            taken = {"chosen_less": row["chosen"], "missed_less": row["missed"]}
            db.session.execute(sa.update(ItemTally).where(*place).values(less), taken)
    db.session.execute(sa.delete(ItemTally).where(ItemTally.school_id == school_id, ItemTally.chosen <= 0))


TallyKey = tuple[UUID, str, str]


def _in_order_of_time(school_id: UUID) -> sa.Select[Attempt]:
    closed = sa.select(Attempt).where(Attempt.school_id == school_id, Attempt.closed_at.is_not(None))
    return closed.order_by(Attempt.closed_at, Attempt.id)


def _responses(school_id: UUID) -> sa.Select[ItemResponse]:
    return sa.select(ItemResponse).where(ItemResponse.school_id == school_id)


def _first_attempts(
    attempts: Sequence[Attempt], rows: sa.Select[ItemResponse]
) -> dict[TallyKey, list[list[GradedResponse]]]:
    responses = defaultdict(list)
    for row in db.session.scalars(rows):
        responses[row.attempt_id].append(GradedResponse(row.item_id, *first_of(stored(row))))
    first: dict[TallyKey, list[list[GradedResponse]]] = defaultdict(list)
    seen = set()
    for attempt in attempts:
        who = (attempt.person_id, attempt.lesson_id)
        if who not in seen and attempt.classroom_id is not None:
            first[attempt.classroom_id, attempt.lesson_id, attempt.quiz_digest].append(responses[attempt.id])
        seen.add(who)
    return first
