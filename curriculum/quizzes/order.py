"""Owns the order-the-steps item: every option is put in its place; more than one order may be safe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, ClassVar

from curriculum.quizzes.item import FULL, Item, Response, ResponseError


@dataclass(frozen=True)
class OrderSteps(Item):
    """All options in order, with partial credit for pairs that stand right."""

    key: tuple[Response, ...]

    type: ClassVar[str] = "order"

    @classmethod
    def with_key(cls, key: Any, shared: Mapping[str, Any]) -> "OrderSteps":
        """`key` is a list of accepted orders, each a list of all option ids."""
        return cls(**shared, key=tuple(tuple(order) for order in key))

    def _parse(self, values: Sequence[str]) -> Response:
        if sorted(values) != sorted(self.option_ids):
            raise ResponseError("incomplete")
        return tuple(values)

    def points(self, response: Response) -> int:
        """The share of pairs in the right order (as in Kendall's tau, 1938), by the nearest accepted order.

        Rounded down, so that only an accepted order earns FULL.
        """
        pairs = len(response) * (len(response) - 1) // 2
        return max(_pairs_in_order(response, order) for order in self.key) * FULL // pairs

    def belongs_to_key(self, option_id: str) -> bool:
        """Every step belongs to the key: it is its place that counts."""
        return True

    def misplaced(self, response: Response) -> frozenset[str]:
        """The options that stand elsewhere than in the nearest accepted order."""
        nearest = max(self.key, key=lambda order: _pairs_in_order(response, order))
        return frozenset(given for given, place in zip(response, nearest, strict=True) if given != place)

    def key_problem(self) -> str | None:
        """Each accepted order holds every option once, and the order as written is not one of them."""
        if not self.key or any(sorted(order) != sorted(self.option_ids) for order in self.key):
            return "order-must-hold-every-option"
        return "written-order-gives-it-away" if self.option_ids in self.key else None


def _pairs_in_order(response: Response, order: Response) -> int:
    place = {option: index for index, option in enumerate(order)}
    return sum(place[first] < place[second] for first, second in combinations(response, 2))
