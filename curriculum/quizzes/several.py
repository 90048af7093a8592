"""Owns the several-answers item: some options belong to the key, some do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from curriculum.quizzes.item import FULL, Item, Response


@dataclass(frozen=True)
class SeveralAnswers(Item):
    """Any number of options, with partial credit."""

    key: frozenset[str]

    type: ClassVar[str] = "several"

    @classmethod
    def with_key(cls, key: Any, shared: Mapping[str, Any]) -> "SeveralAnswers":
        """`key` is a list of option ids."""
        return cls(**shared, key=frozenset(key))

    def _parse(self, values: Sequence[str]) -> Response:
        chosen = set(values)
        return tuple(option for option in self.option_ids if option in chosen)

    def points(self, response: Response) -> int:
        """(right choices - wrong choices) / key, never below 0, rounded down: "right minus wrong" scoring as common
        for multiple-response items, so that ticking everything earns nothing extra."""
        right = len(self.key.intersection(response))
        wrong = len(response) - right
        return max(0, right - wrong) * FULL // len(self.key)

    def belongs_to_key(self, option_id: str) -> bool:
        """Whether the option is among the right ones."""
        return option_id in self.key

    def key_problem(self) -> str | None:
        """The key names two or more of the options, and leaves one out."""
        if not self.key <= set(self.option_ids):
            return "key-names-no-option"
        return None if 2 <= len(self.key) < len(self.options) else "key-must-leave-a-choice"
