"""What the tables of quizzes and progress hold, and what they should hold, without the program's own reads."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

from curriculum.database import begin_write, db
from curriculum.progress.completion import Progress, Result, progress_from
from curriculum.progress.models import LessonProgress, Visit
from curriculum.quizzes.models import Attempt, ItemResponse, ItemTally
from curriculum.quizzes.tally import GradedResponse, Tally, tallies_from

TABLES = (Visit, Attempt, ItemResponse, ItemTally, LessonProgress)
STEP = (Visit.school_id, Visit.person_id, Visit.lesson_id, Visit.step)
CLOSED = (
    Attempt.school_id,
    Attempt.person_id,
    Attempt.lesson_id,
    Attempt.classroom_id,
    Attempt.quiz_digest,
    Attempt.id,
    Attempt.points,
    Attempt.out_of,
    Attempt.help_route_right,
)
PROGRESS = (
    LessonProgress.school_id,
    LessonProgress.person_id,
    LessonProgress.lesson_id,
    LessonProgress.steps_sent,
    LessonProgress.last_step,
    LessonProgress.attempts,
    LessonProgress.best_points,
    LessonProgress.out_of,
    LessonProgress.help_route_right,
)
TALLY = (
    ItemTally.school_id,
    ItemTally.classroom_id,
    ItemTally.lesson_id,
    ItemTally.quiz_digest,
    ItemTally.item_id,
    ItemTally.option_id,
    ItemTally.chosen,
    ItemTally.missed,
)
Rows = dict[tuple[Any, ...], Any]
Projections = tuple[Rows, Rows]


def row_counts(app: Flask) -> dict[str, int]:
    """How many rows each table holds."""
    with app.app_context():
        return {
            str(table.__tablename__): _read(sa.select(sa.func.count()).select_from(table))[0][0] for table in TABLES
        }


def forget_everything() -> None:
    """Empty the tables, so that one example does not see another's rows."""
    begin_write()
    for table in (ItemResponse, ItemTally, LessonProgress, Attempt, Visit):
        db.session.execute(sa.delete(table))
    db.session.commit()


def projections() -> Projections:
    """The progress rows and the item tallies as they stand; ids of rows left out."""
    progress, tallies = _read(sa.select(*PROGRESS)), _read(sa.select(*TALLY))
    return {row[:3]: _progress(*row[3:]) for row in progress}, {row[:6]: Tally(*row[6:]) for row in tallies}


def recomputed() -> Projections:
    """The same computed from visits, attempts and responses."""
    steps, results = defaultdict(list), defaultdict(list)
    for *key, step in _read(sa.select(*STEP).order_by(Visit.sent_at)):
        steps[tuple(key)].append(step)
    first = _first_attempts(results)
    progress = {key: progress_from(steps[key], results[key]) for key in steps.keys() | results.keys()}
    tallies = {
        (*place, *key): tally for place, attempts in first.items() for key, tally in tallies_from(attempts).items()
    }
    return progress, tallies


def _first_attempts(results: dict[Any, list[Result]]) -> dict[Any, list[list[GradedResponse]]]:
    """The responses of each student's first attempt at a lesson, by class and version; fills in all results."""
    first: dict[Any, list[list[GradedResponse]]] = defaultdict(list)
    attempts = _read(sa.select(*CLOSED).where(Attempt.closed_at.is_not(None)).order_by(Attempt.closed_at))
    for school, person, lesson, classroom, digest, attempt, points, out_of, helped in attempts:
        if not results[school, person, lesson] and classroom is not None:
            first[school, classroom, lesson, digest].append(_responses(attempt))
        results[school, person, lesson].append(Result(points=points, out_of=out_of, help_route_right=helped))
    return first


def _responses(attempt_id: UUID) -> list[GradedResponse]:
    """What was chosen at each item before any feedback."""
    first = (ItemResponse.first_options, ItemResponse.first_points)
    columns = (ItemResponse.item_id, ItemResponse.options, ItemResponse.points, *first)
    rows = _read(sa.select(*columns).where(ItemResponse.attempt_id == attempt_id))
    return [
        GradedResponse(
            item,
            tuple(options if first_points is None else first_options),
            points if first_points is None else first_points,
        )
        for item, options, points, first_options, first_points in rows
    ]


def _progress(steps: int, last: str | None, attempts: int, points: int, out_of: int, helped: bool) -> Progress:
    return Progress(
        steps_sent=steps,
        last_step=last,
        attempts=attempts,
        best_points=points,
        out_of=out_of,
        help_route_right=helped,
    )


def _read(query: sa.Select[Any]) -> Sequence[Any]:
    rows = [tuple(row) for row in db.session.execute(query)]
    db.session.rollback()
    return rows
