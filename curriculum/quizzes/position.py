"""Owns the position line: where a student stands on a question of policy, and two arguments. It is never sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from curriculum.catalog.text import Text
from curriculum.quizzes.citing import cites_fact
from curriculum.quizzes.item import Option, PrivatePart, Told
from curriculum.quizzes.reading import text_of

POINTS = 5


@dataclass(frozen=True)
class PositionLine(PrivatePart):
    """A line of five points between two ends; two arguments are told once they are asked for.

    Only what a school, a company or the law could do is debated (the curriculum's rule P17), never a person.
    """

    statement: Text
    left: Text
    right: Text
    arguments: tuple[Text, ...]

    type: ClassVar[str] = "position"

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> "PositionLine":
        """`left` and `right` name the ends; `arguments` is a list of texts."""
        return cls(
            id=entry["id"],
            prompt=text_of(entry["prompt"]),
            statement=text_of(entry["statement"]),
            left=text_of(entry["left"]),
            right=text_of(entry["right"]),
            arguments=tuple(text_of(argument) for argument in entry["arguments"]),
        )

    @property
    def asked(self) -> Mapping[str, Told]:
        """The statement and the line."""
        return {"statement": self.statement, "left": self.left, "right": self.right, "points": POINTS}

    @property
    def told(self) -> Mapping[str, Told]:
        """The arguments."""
        return {"arguments": [Option(str(place), text) for place, text in enumerate(self.arguments, start=1)]}

    def problem(self) -> str | None:
        """Both sides must have an argument that stands on a fact."""
        if len(self.arguments) != 2:
            return "position-needs-two-arguments"
        return None if all(map(cites_fact, self.arguments)) else "told-without-fact"
