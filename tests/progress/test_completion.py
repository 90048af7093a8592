"""Shows when a lesson is complete and what its score is."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.progress.completion import Progress, Result, State, progress_from

STEPS = st.lists(st.sampled_from(["story", "learn", "check", "help"]), max_size=12)


def result(points: int, out_of: int = 300, *, helped: bool = False) -> Result:
    return Result(points=points, out_of=out_of, help_route_right=helped)


@st.composite
def results(draw: st.DrawFn) -> Result:
    out_of = 100 * draw(st.integers(1, 8))
    return result(draw(st.integers(0, out_of)), out_of, helped=draw(st.booleans()))


def test_it_works() -> None:
    progress = progress_from(["story", "learn"], [result(150, helped=True)])
    assert (progress.steps_sent, progress.last_step, progress.attempts) == (2, "learn", 1)
    assert (progress.score, progress.state(2), progress.state(3)) == (50, State.DONE, State.PARTLY)


def test_nothing_sent_is_no_progress() -> None:
    assert progress_from([], []) == Progress()
    assert Progress().state(3) is State.NONE
    assert Progress().score is None


def test_a_step_sent_twice_counts_once_and_moves_the_place() -> None:
    progress = progress_from(["story", "learn", "story"], [])
    assert (progress.steps_sent, progress.last_step) == (2, "story")


@pytest.mark.parametrize(
    ("steps", "tries", "state"),
    [
        ([], [], State.NONE),
        (["story"], [], State.PARTLY),
        (["story", "learn"], [], State.PARTLY),  # every step, no quiz
        (["story", "learn"], [result(300)], State.PARTLY),  # full points, help route wrong
        (["story"], [result(300, helped=True)], State.PARTLY),  # one step is missing
        ([], [result(0)], State.PARTLY),
        (["story", "learn"], [result(100, helped=True)], State.DONE),
        (["story", "learn"], [result(100, helped=True), result(300)], State.DONE),  # once right stays right
    ],
)
def test_complete_is_every_step_and_every_help_route_item(steps: list[str], tries: list[Result], state: State) -> None:
    assert progress_from(steps, tries).state(2) is state


def test_the_best_attempt_is_kept() -> None:
    progress = progress_from([], [result(100), result(250), result(200)])
    assert (progress.best_points, progress.out_of, progress.attempts) == (250, 300, 3)


def test_the_best_is_the_largest_share_not_the_most_points() -> None:
    progress = progress_from([], [result(250, 300), result(300, 600)])
    assert (progress.best_points, progress.out_of) == (250, 300)


@pytest.mark.parametrize(
    ("points", "out_of", "score"), [(0, 300, 0), (300, 300, 100), (483, 600, 81), (477, 600, 80), (200, 300, 67)]
)
def test_the_score_is_in_whole_percent_halves_upwards(points: int, out_of: int, score: int) -> None:
    assert progress_from([], [result(points, out_of)]).score == score


@given(STEPS, st.lists(results(), max_size=8))
def test_progress_is_what_was_sent(steps: list[str], tries: list[Result]) -> None:
    progress = progress_from(steps, tries)
    assert progress.steps_sent == len(set(steps))
    assert progress.attempts == len(tries)
    assert progress.help_route_right == any(one.help_route_right for one in tries)
    if tries:
        best = max(Fraction(one.points, one.out_of) for one in tries)
        assert Fraction(progress.best_points, progress.out_of) == best
        assert progress.score == int(100 * best + Fraction(1, 2))


@given(STEPS, st.lists(results(), max_size=8), results())
def test_one_more_attempt_never_takes_anything_away(steps: list[str], tries: list[Result], more: Result) -> None:
    before = progress_from(steps, tries)
    after = before.with_result(more)
    ranks = list(State)
    assert (after.score or 0) >= (before.score or 0)
    assert after.help_route_right >= before.help_route_right
    assert ranks.index(after.state(4)) >= ranks.index(before.state(4))
    assert (after.steps_sent, after.last_step) == (before.steps_sent, before.last_step)


@given(STEPS, st.lists(results(), max_size=5), st.integers(1, 4))
def test_done_needs_both_halves(steps: list[str], tries: list[Result], in_lesson: int) -> None:
    progress = progress_from(steps, tries)
    done = len(set(steps)) >= in_lesson and any(one.help_route_right for one in tries)
    begun = bool(steps or tries)
    assert progress.state(in_lesson) is (State.DONE if done else State.PARTLY if begun else State.NONE)
