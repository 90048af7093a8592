"""Owns how a class's first responses spread over what could be chosen: bars, in groups where each card has its own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curriculum.catalog.text import Text
from curriculum.quizzes.item import Counted, Item, Response
from curriculum.quizzes.order import OrderSteps


@dataclass(frozen=True, slots=True)
class Bar:
    """What could be chosen, in words or as a place in an order from 1, and how many chose it."""

    words: Text | int
    count: int
    right: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """The bars of one item, or of one of its cards; each can be as long as `of`, the number of responses."""

    title: Text | None
    of: int
    bars: Sequence[Bar]


def spreads_of(item: Item, chosen: Mapping[str, int], answered: int) -> list[Spread]:
    """How the responses spread, from counts by id of `counted`. Where several options can be chosen the bars together
    are longer than all responses; an item whose parts mean nothing alone has no bars."""
    by_title: dict[Text | None, list[Counted]] = {}
    for one in item.counted():
        by_title.setdefault(one.words[0] if len(one.words) > 1 else None, []).append(one)
    return [
        Spread(title, answered, [Bar(one.words[-1], chosen.get(one.id, 0), one.right) for one in parts])
        for title, parts in by_title.items()
    ]


def spreads_of_order(item: OrderSteps, responses: Sequence[Response]) -> list[Spread]:
    """Where each step was put, from the responses themselves. A place is right where an accepted order has the step."""
    places = Counter((option, place) for one in responses for place, option in enumerate(one, 1))
    accepted = {(option, place) for order in item.key for place, option in enumerate(order, 1)}
    return [
        Spread(
            option.text,
            len(responses),
            [
                Bar(place, places[option.id, place], (option.id, place) in accepted)
                for place in range(1, len(item.options) + 1)
            ],
        )
        for option in item.options
    ]
