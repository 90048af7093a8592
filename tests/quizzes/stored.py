"""What the tables of quizzes and progress hold, and what they should hold, without the program's own reads."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask import Flask

from curriculum.database import begin_write, db
from curriculum.progress.completion import Progress, Result, progress_from
from curriculum.quizzes.tally import GradedResponse, Tally, tallies_from

TABLES = ("visit", "attempt", "item_response", "item_tally", "lesson_progress")
PROGRESS = "steps_sent, last_step, attempts, best_points, out_of, help_route_right"
Rows = dict[tuple[Any, ...], Any]
Projections = tuple[Rows, Rows]


def row_counts(app: Flask) -> dict[str, int]:
    """How many rows each table holds."""
    with app.app_context():
        return {table: _read(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}


def forget_everything() -> None:
    """Empty the tables, so that one example does not see another's rows."""
    begin_write()
    for table in reversed(TABLES):
        db.session.execute(sa.text(f"DELETE FROM {table}"))
    db.session.commit()


def projections() -> Projections:
    """The progress rows and the item tallies as they stand; ids of rows left out."""
    progress = _read(f"SELECT school_id, person_id, lesson_id, {PROGRESS} FROM lesson_progress")
    tallies = _read(
        "SELECT school_id, classroom_id, lesson_id, quiz_digest, item_id, option_id, chosen, missed FROM item_tally"
    )
    return {row[:3]: _progress(*row[3:]) for row in progress}, {row[:6]: Tally(*row[6:]) for row in tallies}


def recomputed() -> Projections:
    """The same computed from visits, attempts and responses."""
    steps, results = defaultdict(list), defaultdict(list)
    for *key, step in _read("SELECT school_id, person_id, lesson_id, step FROM visit ORDER BY sent_at"):
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
    attempts = _read(
        "SELECT school_id, person_id, lesson_id, classroom_id, quiz_digest, id, points, out_of, help_route_right"
        " FROM attempt ORDER BY closed_at"
    )
    for school, person, lesson, classroom, digest, attempt, points, out_of, helped in attempts:
        if not results[school, person, lesson]:
            first[school, classroom, lesson, digest].append(_responses(attempt))
        results[school, person, lesson].append(Result(points=points, out_of=out_of, help_route_right=bool(helped)))
    return first


def _responses(attempt: str) -> list[GradedResponse]:
    rows = _read("SELECT item_id, options, points FROM item_response WHERE attempt_id = :attempt", attempt=attempt)
    return [GradedResponse(item, tuple(json.loads(options)), points) for item, options, points in rows]


def _progress(steps: int, last: str | None, attempts: int, points: int, out_of: int, helped: int) -> Progress:
    return Progress(
        steps_sent=steps,
        last_step=last,
        attempts=attempts,
        best_points=points,
        out_of=out_of,
        help_route_right=bool(helped),
    )


def _read(query: str, **values: Any) -> Sequence[Any]:
    rows = [tuple(row) for row in db.session.execute(sa.text(query), values)]
    db.session.rollback()
    return rows
