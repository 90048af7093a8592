"""Owns the estimate: how many a student thinks it is, and then what a survey found. The estimate is never sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from curriculum.catalog.text import Text
from curriculum.quizzes.citing import cites_fact
from curriculum.quizzes.item import PrivatePart, Told
from curriculum.quizzes.reading import text_of


@dataclass(frozen=True)
class Estimate(PrivatePart):
    """A number from `least` to `most`; `answer` cites the fact that tells how it is, and may close with a few words."""

    unit: Text
    least: int
    most: int
    answer: Text

    type: ClassVar[str] = "estimate"

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> "Estimate":
        """`least` and `most` are whole numbers; `unit` and `answer` are texts."""
        return cls(
            id=entry["id"],
            prompt=text_of(entry["prompt"]),
            unit=text_of(entry["unit"]),
            least=int(entry["least"]),
            most=int(entry["most"]),
            answer=text_of(entry["answer"]),
        )

    @property
    def asked(self) -> Mapping[str, Told]:
        """What is counted, and between which ends."""
        return {"unit": self.unit, "least": self.least, "most": self.most}

    @property
    def told(self) -> Mapping[str, Told]:
        """What the survey found."""
        return {"answer": self.answer}

    def problem(self) -> str | None:
        """There must be something to choose from, and a fact to compare with."""
        if not 0 <= self.least < self.most:
            return "estimate-without-range"
        return None if cites_fact(self.answer) else "told-without-fact"
