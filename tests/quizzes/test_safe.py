"""Shows that any safe action is enough, that each safe one counts, and that a weak one beside it takes back."""

import pytest

from curriculum.quizzes.item import FULL, ONLY, ResponseError
from tests.quizzes.sample import pencil_item


def test_it_works() -> None:
    item = pencil_item("kind")
    assert item.points(item.parse({ONLY: ["c"]})) == FULL


@pytest.mark.parametrize(
    ("chosen", "points"),
    [("a", 100), ("c", 100), ("ac", 100), ("ab", 0), ("abc", 33), ("abcd", 0), ("b", 0), ("bd", 0), ("bcd", 0)],
)
def test_good_choices_alone_are_fully_right_and_weak_ones_take_back(chosen: str, points: int) -> None:
    item = pencil_item("kind")
    assert item.points(item.parse({ONLY: chosen})) == points


def test_more_good_ones_weigh_more_against_a_weak_one() -> None:
    item = pencil_item("kind", key=["a", "b", "c"])
    assert [item.points(item.parse({ONLY: chosen})) for chosen in ("ad", "abd", "abcd")] == [0, 33, 50]


@pytest.mark.parametrize(("values", "code"), [([], "missing"), (["a", "z"], "unknown"), (["a="], "unknown")])
def test_what_cannot_be_graded_is_refused(values: list[str], code: str) -> None:
    with pytest.raises(ResponseError) as refused:
        pencil_item("kind").parse({ONLY: values})
    assert refused.value.code == code


def test_every_good_action_is_told_as_good_whether_it_was_chosen_or_not() -> None:
    told = pencil_item("kind").explain(("c",))
    assert [(one.option.id, one.chosen) for one in told if one.right] == [("a", False), ("c", True)]


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ([], "key-must-leave-a-choice"),
        (["a"], "key-must-leave-a-choice"),
        (["a", "b", "c", "d"], "key-must-leave-a-choice"),
        (["a", "z"], "key-names-no-option"),
        (["a", "b", "c"], None),
    ],
)
def test_the_key_names_two_or_more_and_leaves_one_out(key: list[str], code: str | None) -> None:
    assert pencil_item("kind", key=key).problem() == code
