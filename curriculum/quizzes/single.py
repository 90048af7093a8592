"""Owns the single-choice item: one option is chosen, one is right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from curriculum.quizzes.item import FULL, Item, Response, ResponseError


@dataclass(frozen=True)
class SingleChoice(Item):
    """One option out of several; all points or none."""

    key: str

    type: ClassVar[str] = "single"

    @classmethod
    def with_key(cls, key: Any, shared: Mapping[str, Any]) -> "SingleChoice":
        """`key` is a list of one option id."""
        return cls(**shared, key=key[0] if len(key) == 1 else "")

    def _parse(self, values: Sequence[str]) -> Response:
        if len(set(values)) > 1:
            raise ResponseError("too-many")
        return (values[0],)

    def points(self, response: Response) -> int:
        """FULL for the key, else 0."""
        return FULL if response == (self.key,) else 0

    def belongs_to_key(self, option_id: str) -> bool:
        """Whether the option is the key."""
        return option_id == self.key

    def key_problem(self) -> str | None:
        """The key must be one of the options."""
        return None if self.key in self.option_ids else "key-not-one-option"
