"""Shows that a several-answers item counts right minus wrong, whatever order the boxes were ticked in."""

import pytest

from curriculum.quizzes.item import FULL, ResponseError
from tests.quizzes.sample import pencil_item


def test_it_works() -> None:
    item = pencil_item("reasons")
    assert item.points(item.parse(["a", "c"])) == FULL


@pytest.mark.parametrize(
    ("chosen", "points"),
    [("a", 50), ("ab", 0), ("abc", 50), ("abcd", 0), ("b", 0), ("bd", 0), ("ac", 100), ("acd", 50)],
)
def test_a_wrong_choice_takes_back_a_right_one(chosen: str, points: int) -> None:
    item = pencil_item("reasons")
    assert item.points(item.parse(chosen)) == points


def test_a_share_is_rounded_down() -> None:
    item = pencil_item("reasons", key=["a", "b", "c"])
    assert [item.points(item.parse(chosen)) for chosen in ("a", "ab", "abc")] == [33, 66, FULL]


def test_the_order_of_ticking_and_repeats_do_not_matter() -> None:
    item = pencil_item("reasons")
    assert item.parse(["c", "a", "c"]) == item.parse(["a", "c"]) == ("a", "c")


@pytest.mark.parametrize(("values", "code"), [([], "missing"), (["a", "z"], "unknown")])
def test_what_cannot_be_graded_is_refused(values: list[str], code: str) -> None:
    with pytest.raises(ResponseError) as refused:
        pencil_item("reasons").parse(values)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (["a", "z"], "key-names-no-option"),
        (["a"], "key-must-leave-a-choice"),
        (["a", "b", "c", "d"], "key-must-leave-a-choice"),
        (["a", "c"], None),
    ],
)
def test_the_key_names_two_or_more_and_leaves_one_out(key: list[str], code: str | None) -> None:
    assert pencil_item("reasons", key=key).key_problem() == code


def test_an_option_belongs_to_the_key_or_does_not() -> None:
    item = pencil_item("reasons")
    assert [option for option in item.option_ids if item.belongs_to_key(option)] == ["a", "c"]
