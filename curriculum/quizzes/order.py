"""Owns the order-the-steps item: every option is put in its place; more than one order may be safe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, ClassVar

from curriculum.quizzes.item import FULL, Counted, Explanation, Given, Item, Response, ResponseError
from curriculum.quizzes.reading import options_of, shared_by_items


@dataclass(frozen=True)
class OrderSteps(Item):
    """All options in order, with partial credit for pairs that stand right."""

    key: tuple[Response, ...]

    type: ClassVar[str] = "order"

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> "OrderSteps":
        """`key` is a list of accepted orders, each a list of all option ids."""
        orders = tuple(tuple(order) for order in entry["key"])
        return cls(**shared_by_items(entry), options=options_of(entry, "options"), key=orders)

    @property
    def fields(self) -> Mapping[str, Sequence[str]]:
        """A place from 1 for each option."""
        places = [str(place) for place in range(1, len(self.options) + 1)]
        return dict.fromkeys(self.option_ids, places)

    def _parse(self, given: Given) -> Response:
        placed = {option: given.get(option, ("",))[0] for option in self.option_ids if given.get(option)}
        if len(placed) < len(self.options) or len(set(placed.values())) < len(placed):
            raise ResponseError("incomplete")
        return tuple(sorted(placed, key=lambda option: int(placed[option])))

    def given(self, response: Response) -> Given:
        """The place of each option."""
        return {option: [str(place)] for place, option in enumerate(response, start=1)}

    @property
    def right_response(self) -> Response:
        """The first of the accepted orders."""
        return self.key[0]

    def points(self, response: Response) -> int:
        """The share of pairs in the right order (as in Kendall's tau, 1938), by the nearest accepted order.

        Rounded down, so that only an accepted order earns FULL.
        """
        pairs = len(response) * (len(response) - 1) // 2
        return max(_pairs_in_order(response, order) for order in self.key) * FULL // pairs

    def explain(self, response: Response) -> Sequence[Explanation]:
        """The options as they were put, so that the page reads as the student left it; right = where the nearest
        accepted order has it."""
        nearest = max(self.key, key=lambda order: _pairs_in_order(response, order))
        return [
            Explanation(self.option(given), chosen=True, right=given == meant, place=place)
            for place, (given, meant) in enumerate(zip(response, nearest, strict=True), start=1)
        ]

    def counted(self) -> Sequence[Counted]:
        """Nothing: every response has every option."""
        return ()

    def problem(self) -> str | None:
        """Each accepted order holds every option once, and the order as written is not one of them."""
        if not self.key or any(sorted(order) != sorted(self.option_ids) for order in self.key):
            return "order-must-hold-every-option"
        return "written-order-gives-it-away" if self.option_ids in self.key else None


def _pairs_in_order(response: Response, order: Response) -> int:
    place = {option: index for index, option in enumerate(order)}
    return sum(place[first] < place[second] for first, second in combinations(response, 2))
