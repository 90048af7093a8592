"""Owns the sort item: cards that are put into groups."""

from dataclasses import dataclass
from typing import ClassVar

from curriculum.quizzes.placing import Placing


@dataclass(frozen=True)
class SortCards(Placing):
    """One of a few groups for every card, all groups in view."""

    type: ClassVar[str] = "sort"

    def problem(self) -> str | None:
        """As few groups as can stand beside each card, besides what holds for all cards."""
        return super().problem() or (None if 2 <= len(self.options) <= 4 else "groups-not-two-to-four")
