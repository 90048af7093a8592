"""Owns what every item type shares: prompt, options, key, and how a response is parsed and graded."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from curriculum.catalog.text import Text

# Points of one item, fully right. Whole numbers: shares of a point would drift between databases.
FULL = 100

Response = tuple[str, ...]


class ResponseError(Exception):
    """A response that cannot be graded. `code` is missing, unknown, too-many or incomplete."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Option:
    """One option of an item, with what follows from choosing it."""

    id: str
    text: Text
    feedback: Text


@dataclass(frozen=True)
class Item(ABC):
    """One item of a quiz. A type is one class: it parses a response, grades it, and says what is wrong with its key."""

    id: str
    objective: str
    help_route: bool
    prompt: Text
    options: tuple[Option, ...]

    type: ClassVar[str]

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The ids of the options in the order they are written."""
        return tuple(option.id for option in self.options)

    def option(self, option_id: str) -> Option:
        """The option with this id."""
        return next(option for option in self.options if option.id == option_id)

    def parse(self, values: Sequence[str]) -> Response:
        """The response in these values, in a form that compares equal when it means the same; else ResponseError."""
        if not values:
            raise ResponseError("missing")
        if not set(values) <= set(self.option_ids):
            raise ResponseError("unknown")
        return self._parse(values)

    def is_right(self, response: Response) -> bool:
        """Whether the response earns full points."""
        return self.points(response) == FULL

    @abstractmethod
    def _parse(self, values: Sequence[str]) -> Response:
        """Parse values that are options of this item, at least one."""

    @abstractmethod
    def points(self, response: Response) -> int:
        """Points from 0 to FULL for a parsed response."""

    @abstractmethod
    def belongs_to_key(self, option_id: str) -> bool:
        """Whether choosing this option is part of a fully right response."""

    @abstractmethod
    def key_problem(self) -> str | None:
        """A code for what is wrong with the answer key, or None."""

    @classmethod
    @abstractmethod
    def with_key(cls, key: Any, shared: Mapping[str, Any]) -> "Item":
        """The item with its answer key as quiz.toml writes it."""
