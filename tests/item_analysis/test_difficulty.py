"""Shows that the two figures of an item are what their formulas say, and that a reason stands where there is none."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.item_analysis.difficulty import FEWEST, Missing, Scores, difficulty, discrimination
from curriculum.quizzes.item import FULL

points = st.integers(0, FULL)
classes = st.lists(st.builds(Scores, points, st.integers(0, 5 * FULL)), min_size=FEWEST, max_size=60)


@pytest.mark.parametrize(
    ("answered", "missed", "percent"), [(10, 3, 70), (8, 1, 88), (3, 1, 67), (1, 1, 0), (0, 0, None)]
)
def test_the_difficulty_is_the_share_of_those_who_were_right(answered: int, missed: int, percent: int | None) -> None:
    assert difficulty(answered, missed) == percent


def test_it_works() -> None:
    """By hand: five who were right have 4 of 5 in the rest, five who were not have 2; within each all are alike."""
    scores = [Scores(FULL, 400)] * 5 + [Scores(0, 200)] * 5
    assert discrimination(scores, 6) == pytest.approx(1)
    assert discrimination([Scores(FULL - one.item, one.rest) for one in scores], 6) == pytest.approx(-1)


@given(classes)
def test_where_an_item_is_right_or_wrong_it_is_the_point_biserial(scores: list[Scores]) -> None:
    """M1 and M0: the mean rest of those right and of the others, s: the deviation of all: (M1 - M0) / s * sqrt(p q)."""
    graded = [Scores(FULL * (one.item > FULL // 2), one.rest) for one in scores]
    right, wrong = ([one.rest for one in graded if one.item == full] for full in (FULL, 0))
    found = discrimination(graded, 6)
    if not right or not wrong:
        assert found is Missing.ITEM_ALIKE
        return
    rest, size = right + wrong, len(graded)
    mean = sum(rest) / size
    deviation = math.sqrt(sum((one - mean) ** 2 for one in rest) / size)
    if not deviation:
        assert found is Missing.REST_ALIKE
        return
    between = sum(right) / len(right) - sum(wrong) / len(wrong)
    assert found == pytest.approx(between / deviation * math.sqrt(len(right) * len(wrong)) / size, abs=1e-9)


@given(classes)
def test_it_lies_between_minus_one_and_one_whatever_the_order_of_the_students(scores: list[Scores]) -> None:
    found = discrimination(scores, 6)
    if not isinstance(found, Missing):
        assert abs(found) <= 1 + 1e-9
        assert discrimination(scores[::-1], 6) == pytest.approx(found)


@pytest.mark.parametrize(
    ("scores", "items", "why"),
    [
        ([Scores(FULL, 0)] * 20, 1, Missing.ONE_ITEM),
        ([], 6, Missing.TOO_FEW),
        ([Scores(0, 100)], 6, Missing.TOO_FEW),
        ([Scores(0, place) for place in range(FEWEST - 1)], 6, Missing.TOO_FEW),
        ([Scores(50, place) for place in range(20)], 6, Missing.ITEM_ALIKE),
        ([Scores(place, 300) for place in range(20)], 6, Missing.REST_ALIKE),
    ],
)
def test_where_it_cannot_be_computed_it_says_why(scores: list[Scores], items: int, why: Missing) -> None:
    assert discrimination(scores, items) is why
