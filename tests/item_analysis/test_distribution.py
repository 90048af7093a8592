"""Shows how first responses spread over what could be chosen, for every type of item, without app or database."""

from curriculum.item_analysis.distribution import Spread, spreads_of, spreads_of_order
from curriculum.quizzes.order import OrderSteps
from tests.quizzes.sample import WRITTEN, pencil_item, pencil_quiz


def drawn(spread: Spread) -> tuple[str, list[tuple[object, int, bool]]]:
    bars = [(one.words if isinstance(one.words, int) else one.words.en, one.count, one.right) for one in spread.bars]
    return (spread.title.en if spread.title else "", bars)


def test_it_works() -> None:
    (spread,) = spreads_of(pencil_item("ask"), {"a": 4, "b": 6}, 10)
    assert drawn(spread) == ("", [("pencil a", 4, False), ("pencil b", 6, True), ("pencil c", 0, False)])
    assert spread.of == 10


def test_each_card_has_bars_of_its_own() -> None:
    spreads = spreads_of(pencil_item("tidy"), {"x=a": 9, "x=b": 1, "y=b": 10, "z=b": 10}, 10)
    assert [drawn(one) for one in spreads] == [
        ("card x", [("pencil case a", 9, True), ("pencil case b", 1, False)]),
        ("card y", [("pencil case a", 0, False), ("pencil case b", 10, True)]),
        ("card z", [("pencil case a", 0, True), ("pencil case b", 10, False)]),
    ]


def test_of_an_order_each_step_shows_where_it_was_put() -> None:
    item = pencil_item("steps")  # c first, then a and b in either order
    assert isinstance(item, OrderSteps)
    spreads = spreads_of_order(item, [("c", "a", "b"), ("c", "b", "a"), ("a", "b", "c")])
    assert drawn(spreads[0]) == ("pencil a", [(1, 1, False), (2, 1, True), (3, 1, True)])
    assert drawn(spreads[2]) == ("pencil c", [(1, 2, True), (2, 0, False), (3, 1, False)])
    assert {one.of for one in spreads} == {3}


def test_no_bar_is_longer_than_all_responses_and_every_type_has_bars_or_an_order() -> None:
    assert WRITTEN
    for item in pencil_quiz().items:
        spreads = spreads_of(item, {one.id: 7 for one in item.counted()}, 7)
        assert bool(spreads) != isinstance(item, OrderSteps)
        assert all(0 <= bar.count <= spread.of for spread in spreads for bar in spread.bars)
