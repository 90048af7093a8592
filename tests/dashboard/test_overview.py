"""Shows how the figures of a class come about, without app or database."""

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from curriculum.classrooms.roster import StudentRow
from curriculum.dashboard.overview import Mark, grid_rows, latest_lesson, totals_from
from curriculum.progress.completion import LessonTotal, Progress, State


def lesson(lesson_id: str, steps: int = 2) -> Any:
    return SimpleNamespace(id=lesson_id, steps=(None,) * steps)


GAON, NARAE = StudentRow(uuid4(), 1, "가온"), StudentRow(uuid4(), 2, "나래")
LESSONS = [lesson("one"), lesson("two")]
DONE = Progress(steps_sent=2, attempts=1, best_points=250, out_of=300, help_route_right=True)


def test_it_works() -> None:
    rows = grid_rows([GAON, NARAE], LESSONS, {(GAON.id, "one"): DONE, (NARAE.id, "two"): Progress(steps_sent=1)})
    assert [(row.number, row.name, row.id) for row in rows] == [(1, "가온", GAON.id), (2, "나래", NARAE.id)]
    assert rows[0].marks == [Mark(State.DONE, 83), Mark(State.NONE, None)]
    assert rows[1].marks == [Mark(State.NONE, None), Mark(State.PARTLY, None)]


def test_a_score_of_nothing_is_a_score() -> None:
    progress = {(GAON.id, "one"): Progress(attempts=1, out_of=300)}
    assert grid_rows([GAON], LESSONS[:1], progress)[0].marks == [Mark(State.PARTLY, 0)]


def test_totals_count_who_began_who_completed_and_the_mean_of_the_scores() -> None:
    half = Progress(steps_sent=2, attempts=3, best_points=100, out_of=200)
    progress = {(GAON.id, "one"): DONE, (NARAE.id, "one"): half, (GAON.id, "two"): Progress(steps_sent=1)}
    assert totals_from(LESSONS, progress) == {
        "one": LessonTotal(completed=1, scored=2, average=67, began=2),  # 83.3 and 50 percent
        "two": LessonTotal(completed=0, scored=0, average=None, began=1),
    }


def test_the_class_is_at_the_last_lesson_that_a_quarter_has_begun() -> None:
    many, few = LessonTotal(0, 0, None, began=2), LessonTotal(1, 1, 50, began=1)
    assert latest_lesson(LESSONS, {"one": many}, 8) is LESSONS[0]
    assert latest_lesson(LESSONS, {"one": many, "two": few}, 8) is LESSONS[0]
    assert latest_lesson(LESSONS, {"one": many, "two": few}, 4) is LESSONS[1]


def test_where_few_have_begun_it_is_at_the_last_that_anybody_completed_or_answered() -> None:
    nobody, somebody = LessonTotal(0, 0, None), LessonTotal(0, 1, 50, began=1)
    assert latest_lesson(LESSONS, {}, 9) is None
    assert latest_lesson(LESSONS, {"one": nobody}, 9) is None
    assert latest_lesson(LESSONS, {"one": nobody}, 0) is None
    assert latest_lesson(LESSONS, {"one": somebody, "two": nobody}, 9) is LESSONS[0]
    assert latest_lesson(LESSONS, {"one": somebody, "two": LessonTotal(1, 0, None)}, 9) is LESSONS[1]
