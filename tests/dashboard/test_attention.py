"""Shows who is named as needing a word and who is never named, without app or database."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from curriculum.classrooms.roster import StudentRow
from curriculum.dashboard.attention import FEWEST, MOST_NAMES, Attention, Learning, Why, attention
from curriculum.progress.completion import Progress

SIZE = 10
LESSONS: list[Any] = [SimpleNamespace(id=one, steps=(None,) * 3) for one in ("one", "two", "three")]
NOTHING, BEGUN = Progress(), Progress(steps_sent=1)
THROUGH = Progress(
    steps_sent=3, attempts=1, best_points=300, out_of=600
)  # no help route right: not complete, yet through


def pupils(count: int) -> list[StudentRow]:
    return [StudentRow(UUID(int=number), number, f"학생{number}") for number in range(1, count + 1)]


def named(
    progress: dict[tuple[int, str], Progress],
    *,
    late: tuple[str, ...] = (),
    size: int = SIZE,
    help_items: int = 1,
) -> Attention:
    """Who is named in a class; `progress` by (number, lesson), `late`: lessons whose time has passed."""
    students = pupils(size)
    known = {(UUID(int=number), lesson): one for (number, lesson), one in progress.items()}
    overdue = {lesson: [one.id for one in students] for lesson in late}
    return attention(Learning(students, LESSONS, known, overdue, {one.id: help_items for one in LESSONS}))


def words(found: Attention) -> list[tuple[int, Why, str]]:
    return [(one.student.number, one.why, one.lesson.id) for one in found.words]


def all_of(lesson: str, progress: Progress, *, but: tuple[int, ...] = (), size: int = SIZE) -> dict[Any, Progress]:
    return {(number, lesson): progress for number in range(1, size + 1) if number not in but}


def test_it_works() -> None:
    found = named(all_of("one", BEGUN, but=(3,)), late=("one",))
    assert words(found) == [(3, Why.NOT_BEGUN, "one")]
    assert (found.more, found.for_all) == (0, [])


def test_an_empty_class_and_one_without_a_plan_name_nobody() -> None:
    assert named({}, size=0, late=("one",)) == Attention([], 0, [])
    assert named({}) == Attention([], 0, [])


def test_what_half_of_the_class_has_not_begun_is_said_of_the_lesson_alone() -> None:
    found = named(all_of("one", BEGUN, but=(1, 2, 3, 4, 5)), late=("one",))
    assert (found.words, found.for_all) == ([], [LESSONS[0]])
    assert len(named(all_of("one", BEGUN, but=(1, 2, 3, 4)), late=("one",)).words) == 4


def test_a_class_of_one_is_told_of_the_lesson_and_not_of_its_student() -> None:
    found = named({}, late=("one",), size=1)
    assert (found.words, found.for_all) == ([], [LESSONS[0]])


def test_what_is_not_yet_late_names_nobody() -> None:
    assert named(all_of("one", BEGUN, but=(3,))).words == []


def test_who_stopped_while_half_of_the_class_went_on_is_named() -> None:
    went_on = all_of("one", THROUGH, but=(4,)) | all_of("two", BEGUN, but=(4,)) | {(4, "one"): BEGUN}
    assert words(named(went_on)) == [(4, Why.STOPPED, "one")]


def test_who_stopped_is_not_named_while_the_class_is_still_there() -> None:
    still = all_of("one", THROUGH, but=(4,)) | {(4, "one"): BEGUN}
    assert named(still).words == []


def test_a_small_class_is_not_compared_with_itself() -> None:
    size = FEWEST - 1
    went_on = all_of("one", THROUGH, but=(1,), size=size) | all_of("two", BEGUN, but=(1,), size=size)
    assert named(went_on | {(1, "one"): BEGUN}, size=size).words == []
    went_on |= {(FEWEST, "one"): THROUGH, (FEWEST, "two"): BEGUN}
    assert words(named(went_on | {(1, "one"): BEGUN}, size=FEWEST)) == [(1, Why.STOPPED, "one")]


def test_who_tried_often_and_has_less_than_half_is_named() -> None:
    def tried(attempts: int, points: int) -> list[tuple[int, Why, str]]:
        progress = Progress(steps_sent=3, attempts=attempts, best_points=points, out_of=600)
        return words(named({(2, "one"): progress}, help_items=0))

    assert tried(3, 299) == [(2, Why.TRIES, "one")]
    assert tried(3, 300) == []
    assert tried(2, 0) == []


@given(st.integers(0, 500), st.integers(0, 100), st.integers(3, 9))
def test_nobody_is_named_for_what_they_answered_about_help(others: int, helping: int, attempts: int) -> None:
    """Six items, one of them about help: who has half of the points of the other five is never named, and no
    help-route item that is got right or wrong changes that; nor does completion, which hangs on it."""
    for right in (True, False):
        progress = Progress(
            steps_sent=3, attempts=attempts, best_points=others + helping, out_of=600, help_route_right=right
        )
        if words(named({(2, "one"): progress})):
            assert 2 * others < 500


@given(st.booleans())
def test_a_help_route_that_is_not_right_yet_is_no_lesson_stopped(right: bool) -> None:
    mine = Progress(steps_sent=3, attempts=1, best_points=0, out_of=600, help_route_right=right)
    went_on = all_of("one", THROUGH, but=(4,)) | all_of("two", BEGUN, but=(4,)) | {(4, "one"): mine}
    assert named(went_on).words == []


def test_each_student_is_named_once_for_the_most_pressing_reason() -> None:
    tried = Progress(steps_sent=3, attempts=4, best_points=0, out_of=600)
    found = named(all_of("two", BEGUN, but=(2,)) | {(2, "one"): tried}, late=("two",))
    assert words(found) == [(2, Why.NOT_BEGUN, "two")]


def test_at_most_five_names_stand_there_and_the_rest_is_counted() -> None:
    tried = Progress(steps_sent=3, attempts=4, best_points=0, out_of=600)
    found = named({(number, "one"): tried for number in range(1, 9)})
    assert [one.student.number for one in found.words] == list(range(1, MOST_NAMES + 1))
    assert found.more == 3
