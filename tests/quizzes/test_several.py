"""Shows that a several-answers item counts right minus wrong, whatever order the boxes were ticked in."""

import pytest

from curriculum.quizzes.item import FULL, ONLY, ResponseError
from tests.quizzes.sample import pencil_item


def test_it_works() -> None:
    item = pencil_item("reasons")
    assert item.points(item.parse({ONLY: ["a", "c"]})) == FULL


@pytest.mark.parametrize(
    ("chosen", "points"),
    [("a", 50), ("ab", 0), ("abc", 50), ("abcd", 0), ("b", 0), ("bd", 0), ("ac", 100), ("acd", 50)],
)
def test_a_wrong_choice_takes_back_a_right_one(chosen: str, points: int) -> None:
    item = pencil_item("reasons")
    assert item.points(item.parse({ONLY: chosen})) == points


def test_a_share_is_rounded_down() -> None:
    item = pencil_item("reasons", key=["a", "b", "c"])
    assert [item.points(item.parse({ONLY: chosen})) for chosen in ("a", "ab", "abc")] == [33, 66, FULL]


def test_the_order_of_ticking_and_repeats_do_not_matter() -> None:
    item = pencil_item("reasons")
    assert item.parse({ONLY: ["c", "a", "c"]}) == item.parse({ONLY: ["a", "c"]}) == ("a", "c")


@pytest.mark.parametrize(("values", "code"), [([], "missing"), (["a", "z"], "unknown")])
def test_what_cannot_be_graded_is_refused(values: list[str], code: str) -> None:
    with pytest.raises(ResponseError) as refused:
        pencil_item("reasons").parse({ONLY: values})
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
    assert pencil_item("reasons", key=key).problem() == code


def test_an_option_is_right_to_choose_or_is_not() -> None:
    item = pencil_item("reasons")
    assert [one.option.id for one in item.explain(("a",)) if one.right] == ["a", "c"]
    assert [one.id for one in item.counted() if one.right] == ["a", "c"]
