"""Owns mastery: how far a learner has come with each objective of a lesson, from one attempt."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mastery:
    """Of the items that check an objective, how many were fully right."""

    right: int
    items: int

    @property
    def is_whole(self) -> bool:
        """Whether every item was right."""
        return self.right == self.items


def mastery(objectives: Mapping[str, str], right: Collection[str]) -> dict[str, Mastery]:
    """Mastery by objective, in the order of the items: `objectives` names the objective of each item id, `right` the
    items fully right in the best attempt. The measure is the share of items right, without weights: a lesson has one to
    three items an objective, too few for more."""
    found: dict[str, Mastery] = {}
    for item_id, objective in objectives.items():
        before = found.get(objective, Mastery(0, 0))
        found[objective] = Mastery(before.right + (item_id in right), before.items + 1)
    return found
