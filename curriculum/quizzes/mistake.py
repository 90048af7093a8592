"""Owns what can be got wrong at an item: one thing, how many of a class did it, what explains it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from curriculum.catalog.text import Text


class Slip(StrEnum):
    """In which way something was got wrong: an option was chosen, or left out, a card was given an option, a statement
    was judged."""

    CHOSEN = "chosen"
    LEFT_OUT = "left-out"
    PLACED = "placed"
    JUDGED = "judged"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing got wrong by `count` students. `words`: the option, or a card and what it was given."""

    slip: Slip
    words: Sequence[Text]
    count: int
    feedback: Text | None
