"""Owns the several-good-answers item: every safe action counts, and nobody has to name them all."""

from dataclasses import dataclass
from typing import ClassVar

from curriculum.quizzes.choice import Choice
from curriculum.quizzes.item import FULL, Response


@dataclass(frozen=True)
class SafeActions(Choice):
    """One or more options; full points for good ones alone, however many they are."""

    type: ClassVar[str] = "safe"

    def points(self, response: Response) -> int:
        """(good choices - weak choices) / choices, never below 0, rounded down.

        "Right minus wrong" as for several answers ("plus/minus" in Betts et al. 2022, doi 10.1177/0013164421994636),
        with one rule of our own: shared by what was chosen, not by the key. One safe action is enough to be safe.
        """
        good = len(self.key.intersection(response))
        weak = len(response) - good
        return max(0, good - weak) * FULL // len(response)

    def _problem_of_number(self) -> str | None:
        return None if 2 <= len(self.key) < len(self.options) else "key-must-leave-a-choice"
