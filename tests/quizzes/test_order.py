"""Shows that an order item gives full points to accepted orders alone, and a share to what is nearly right."""

from itertools import permutations
from typing import Any

import pytest

from curriculum.quizzes.item import FULL, ResponseError
from curriculum.quizzes.order import OrderSteps
from tests.quizzes.sample import pencil_item


def order_item(**changes: Any) -> OrderSteps:
    found = pencil_item("steps", **changes)
    assert isinstance(found, OrderSteps)
    return found


def places(**of_option: str) -> dict[str, list[str]]:
    return {option: [place] for option, place in of_option.items()}


def test_it_works() -> None:
    item = order_item()
    assert item.points(item.parse(places(c="1", a="2", b="3"))) == FULL


def test_every_accepted_order_and_no_other_earns_full_points() -> None:
    item = order_item()
    assert {order for order in permutations("abc") if item.is_right(order)} == {("c", "a", "b"), ("c", "b", "a")}


def test_the_nearest_accepted_order_counts() -> None:
    item = order_item(key=[["c", "a", "b"]])
    assert item.points(("a", "c", "b")) == 66  # two of three pairs
    assert item.points(("b", "a", "c")) == 0
    assert order_item().points(("b", "c", "a")) == 66  # near to c, b, a


def test_a_step_is_misplaced_against_the_nearest_accepted_order() -> None:
    told = order_item().explain(("b", "c", "a"))
    assert [(one.option.id, one.place, one.right) for one in told] == [("b", 1, False), ("c", 2, False), ("a", 3, True)]
    assert all(one.chosen for one in told)
    assert all(one.right for one in order_item().explain(("c", "b", "a")))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "missing"),
        (places(c="1", a="2"), "incomplete"),
        (places(c="1", a="2", b="2"), "incomplete"),
        (places(c="1", a="2", b="4"), "unknown"),
        (places(c="0", a="1", b="2"), "unknown"),
        (places(c="1", a="2", b="x"), "unknown"),
    ],
)
def test_what_cannot_be_graded_is_refused(values: dict[str, list[str]], code: str) -> None:
    with pytest.raises(ResponseError) as refused:
        order_item().parse(values)
    assert refused.value.code == code


def test_the_order_given_is_the_response() -> None:
    assert order_item().parse(places(a="3", b="1", c="2")) == ("b", "c", "a")


def test_ten_comes_after_nine() -> None:
    options = [{"id": one, "ko": one, "en": one, "feedback": {"ko": one, "en": one}} for one in "abcdefghij"]
    item = order_item(options=options, key=[list("jabcdefghi")])
    placed = {option: [str(place)] for place, option in enumerate("jihgfedcba", start=1)}
    assert item.parse(placed) == tuple("jihgfedcba")
    assert item.given(tuple("jihgfedcba")) == placed


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
    assert order_item(key=key).problem() == code


def test_steps_are_not_counted_as_every_response_has_them_all() -> None:
    assert order_item().counted() == ()
