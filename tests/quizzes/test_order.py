"""Shows that an order item gives full points to accepted orders alone, and a share to what is nearly right."""

from itertools import permutations

import pytest

from curriculum.quizzes.item import FULL, ResponseError
from curriculum.quizzes.order import OrderSteps
from tests.quizzes.sample import pencil_item


def order_item(**changes: object) -> OrderSteps:
    found = pencil_item("steps", **changes)
    assert isinstance(found, OrderSteps)
    return found


def test_it_works() -> None:
    item = order_item()
    assert item.points(item.parse(["c", "a", "b"])) == FULL


def test_every_accepted_order_and_no_other_earns_full_points() -> None:
    item = order_item()
    assert {order for order in permutations("abc") if item.is_right(order)} == {("c", "a", "b"), ("c", "b", "a")}


def test_the_nearest_accepted_order_counts() -> None:
    item = order_item(key=[["c", "a", "b"]])
    assert item.points(("a", "c", "b")) == 66  # two of three pairs
    assert item.points(("b", "a", "c")) == 0
    assert order_item().points(("b", "c", "a")) == 66  # near to c, b, a


def test_a_step_is_misplaced_against_the_nearest_accepted_order() -> None:
    assert order_item().misplaced(("b", "c", "a")) == {"b", "c"}
    assert order_item().misplaced(("c", "b", "a")) == frozenset()


@pytest.mark.parametrize(
    ("values", "code"),
    [([], "missing"), (["c", "a"], "incomplete"), (["c", "a", "a"], "incomplete"), (["c", "a", "b", "z"], "unknown")],
)
def test_what_cannot_be_graded_is_refused(values: list[str], code: str) -> None:
    with pytest.raises(ResponseError) as refused:
        order_item().parse(values)
    assert refused.value.code == code


def test_the_order_given_is_the_response() -> None:
    assert order_item().parse(["b", "c", "a"]) == ("b", "c", "a")


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ([], "order-must-hold-every-option"),
        ([["a", "b"]], "order-must-hold-every-option"),
        ([["c", "a", "b"], ["c", "c", "a"]], "order-must-hold-every-option"),
        ([["c", "a", "b"], ["a", "b", "c"]], "written-order-gives-it-away"),
        ([["c", "a", "b"]], None),
    ],
)
def test_each_accepted_order_holds_every_option_and_is_not_the_written_one(
    key: list[list[str]], code: str | None
) -> None:
    assert order_item(key=key).key_problem() == code


def test_every_step_belongs_to_the_key() -> None:
    assert all(order_item().belongs_to_key(option) for option in "abc")
