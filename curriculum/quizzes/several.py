"""Owns the several-answers item: some options belong to the key, some do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from curriculum.quizzes.choice import Choice
from curriculum.quizzes.item import FULL, Response
from curriculum.quizzes.mistake import Mistake, Slip


@dataclass(frozen=True)
class SeveralAnswers(Choice):
    """Any number of options, with partial credit."""

    type: ClassVar[str] = "several"

    def points(self, response: Response) -> int:
        """(right choices - wrong choices) / key, never below 0, rounded down: "right minus wrong" scoring as common
        for multiple-response items, so that ticking everything earns nothing extra."""
        right = len(self.key.intersection(response))
        wrong = len(response) - right
        return max(0, right - wrong) * FULL // len(self.key)

    def mistakes(self, chosen: Mapping[str, int], answered: int) -> Sequence[Mistake]:
        """Besides what was chosen: an option of the key that was left out, because every one of them belongs."""
        left_out = [
            Mistake(Slip.LEFT_OUT, one.words, answered - chosen.get(one.id, 0), one.feedback)
            for one in self.counted()
            if one.right
        ]
        return [*super().mistakes(chosen, answered), *left_out]

    def _problem_of_number(self) -> str | None:
        return None if 2 <= len(self.key) < len(self.options) else "key-must-leave-a-choice"
