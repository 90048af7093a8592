"""Owns the single-choice item: one option is chosen, one is right."""

from dataclasses import dataclass
from typing import ClassVar

from curriculum.quizzes.choice import ChooseOne
from curriculum.quizzes.item import FULL, Response


@dataclass(frozen=True)
class SingleChoice(ChooseOne):
    """One option out of several; all points or none."""

    type: ClassVar[str] = "single"

    def points(self, response: Response) -> int:
        """FULL for the key, else 0."""
        return FULL if self.key.issuperset(response) else 0

    def _problem_of_number(self) -> str | None:
        return None if len(self.key) == 1 else "key-not-one-option"
