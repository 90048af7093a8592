"""Shows what comes first on a student's own page: what is asked, open and not done, by what is due first."""

from datetime import UTC, datetime, timedelta

from curriculum.assignments.assignment import Assignment
from curriculum.catalog.catalog import load_catalog
from curriculum.config import LESSONS
from curriculum.progress.completion import Progress
from curriculum.reading.to_do import to_do

A, B, C = [*load_catalog(LESSONS).lessons.values()][:3]
NOW = datetime(2026, 3, 10, tzinfo=UTC)
DAY = timedelta(days=1)
ASKED = Assignment(assigned=True)


def first(holds: dict[str, Assignment], progress: dict[str, Progress] | None = None) -> list[str]:
    return [lesson.id for lesson in to_do([A, B, C], holds, progress or {}, NOW)]


def through(steps: int, *, right: bool = True) -> Progress:
    return Progress(steps_sent=steps, attempts=1, best_points=1, out_of=1, help_route_right=right)


def test_nothing_asked_is_nothing_first() -> None:
    assert first({A.id: Assignment(attempt_limit=2)}) == []


def test_what_is_due_first_stands_first_and_what_is_never_due_last() -> None:
    due = {B.id: Assignment(assigned=True, due_at=NOW + DAY), C.id: Assignment(assigned=True, due_at=NOW + 2 * DAY)}
    assert first({A.id: ASKED, **due}) == [B.id, C.id, A.id]


def test_late_stays_and_closed_or_unopened_does_not() -> None:
    late, closed = Assignment(assigned=True, due_at=NOW - DAY), Assignment(assigned=True, closes_at=NOW - DAY)
    assert first({A.id: late, B.id: closed, C.id: Assignment(assigned=True, opens_at=NOW + DAY)}) == [A.id]


def test_what_is_done_goes() -> None:
    done, half = through(len(A.steps)), through(len(B.steps) - 1)
    wrong = through(len(C.steps), right=False)
    assert first({A.id: ASKED, B.id: ASKED, C.id: ASKED}, {A.id: done, B.id: half, C.id: wrong}) == [B.id, C.id]


def test_while_results_are_held_back_it_does_not_tell_whether_the_help_route_was_right() -> None:
    held = Assignment(assigned=True, results_held=True)
    for right in (True, False):
        shown = through(len(A.steps), right=right).held_back()
        assert first({A.id: held}, {A.id: shown}) == []
