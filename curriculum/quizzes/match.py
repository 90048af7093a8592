"""Owns the match item: situations and where to turn in each; more than one may be right."""

from dataclasses import dataclass
from typing import ClassVar

from curriculum.quizzes.placing import Placing


@dataclass(frozen=True)
class MatchCards(Placing):
    """A partner for every card, chosen from a list."""

    type: ClassVar[str] = "match"
