"""Shows that no look at released counts, nor any two of them, tells about fewer than ten or about all the same."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.disclosure import FEWEST, completes_batch, may_be_shown

OPTIONS = "abc"
# Runs of the same answer: what few contradict is what could give somebody away.
runs = st.builds(lambda option, length: option * length, st.sampled_from(OPTIONS), st.integers(1, 14))
sequences = st.lists(runs, max_size=9).map("".join)
View = Counter[str]


def views(answers: Sequence[str]) -> list[View]:
    """What is shown after each answer, the first before any of them."""
    shown, pending, seen = Counter[str](), Counter[str](), [Counter[str]()]
    for answer in answers:
        pending[answer] += 1
        if completes_batch(pending.values()):
            shown, pending = shown + pending, Counter[str]()
        seen.append(shown)
    return seen


def test_it_works() -> None:
    assert views("aaabbbbbba")[-2:] == [{}, {"a": 4, "b": 6}]
    assert may_be_shown([4, 6])


@pytest.mark.parametrize("counts", [[], [0, 0], [9], [4, 5], [10], [10, 0], [0, 30, 0]])
def test_fewer_than_ten_or_all_the_same_is_not_shown(counts: list[int]) -> None:
    assert not may_be_shown(counts)
    assert not completes_batch(counts)


def test_who_breaks_a_silence_of_ten_is_hidden_among_the_next_ten() -> None:
    agreed = "a" * 10
    assert views(agreed + "b")[-1] == {}
    assert views(agreed + "baaaaaaaaa")[-1] == views(agreed + "aaaaaaaaab")[-1] == {"a": 19, "b": 1}


@given(sequences)
def test_no_look_shows_fewer_than_ten_or_all_the_same(answers: str) -> None:
    assert all(not view or may_be_shown(view.values()) for view in views(answers))


@given(sequences)
def test_no_two_looks_differ_by_fewer_than_ten_or_by_answers_that_are_all_the_same(answers: str) -> None:
    """Any two: subtracting an earlier one from a later one is all that can be done with them."""
    distinct = list({tuple(sorted(view.items())): view for view in views(answers)}.values())
    for earlier, later in combinations(distinct, 2):
        difference = {option: later[option] - earlier[option] for option in OPTIONS}
        assert min(difference.values()) >= 0
        assert may_be_shown(difference.values())


@given(sequences, st.randoms(use_true_random=False))
def test_within_ten_nobody_can_tell_who_chose_what(answers: str, dice: Random) -> None:
    """However ten neighbours change places, every look at every moment is the same."""
    whole = len(answers) - len(answers) % FEWEST
    mixed: list[str] = []
    for start in range(0, whole, FEWEST):
        mixed += dice.sample(answers[start : start + FEWEST], FEWEST)
    assert views(mixed) == views(answers[:whole])


@given(sequences)
def test_nothing_is_held_back_for_ever(answers: str) -> None:
    """What is not shown is the rest of ten, or was all the same when it was judged last."""
    waiting = answers[views(answers)[-1].total() :]
    judged = waiting[: len(waiting) - len(waiting) % FEWEST]
    assert len(set(judged)) <= 1
