"""Shows that a single-choice item takes one of its options and gives all points or none."""

import pytest

from curriculum.quizzes.item import FULL, ResponseError
from tests.quizzes.sample import pencil_item


def test_it_works() -> None:
    item = pencil_item("ask")
    assert item.points(item.parse(["b"])) == FULL
    assert item.is_right(("b",))


@pytest.mark.parametrize("option", ["a", "c"])
def test_another_option_earns_nothing(option: str) -> None:
    item = pencil_item("ask")
    assert item.points(item.parse([option])) == 0
    assert not item.is_right((option,))
    assert not item.belongs_to_key(option)


@pytest.mark.parametrize(
    ("values", "code"),
    [([], "missing"), (["z"], "unknown"), (["b", "z"], "unknown"), ([""], "unknown"), (["a", "b"], "too-many")],
)
def test_what_cannot_be_graded_is_refused(values: list[str], code: str) -> None:
    with pytest.raises(ResponseError) as refused:
        pencil_item("ask").parse(values)
    assert refused.value.code == code


def test_the_same_option_twice_is_one_choice() -> None:
    assert pencil_item("ask").parse(["b", "b"]) == ("b",)


@pytest.mark.parametrize("key", [[], ["z"], ["a", "b"]])
def test_the_key_must_be_one_of_the_options(key: list[str]) -> None:
    assert pencil_item("ask", key=key).key_problem() == "key-not-one-option"


def test_a_good_key_has_no_problem() -> None:
    assert pencil_item("ask").key_problem() is None
