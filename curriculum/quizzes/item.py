"""Owns what every item type shares: what is asked, and how a response is parsed, graded and explained."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from curriculum.catalog.text import Text
from curriculum.quizzes.bar_chart import BarChart
from curriculum.quizzes.mistake import Mistake, Slip

# Points of one item, fully right. Whole numbers: shares of a point would drift between databases.
FULL = 100
# The name of the only field of an item that has one.
ONLY = ""

Response = tuple[str, ...]
Given = Mapping[str, Sequence[str]]  # what a form sends for an item: field -> values


class ResponseError(Exception):
    """A response that cannot be graded. `code` is missing, unknown, too-many or incomplete."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Option:
    """One option of an item, with what follows from choosing it; also a card that is given a place among options."""

    id: str
    text: Text
    feedback: Text | None = None


Told = Text | Sequence[Option] | BarChart | int


@dataclass(frozen=True, slots=True)
class Explanation:
    """One option or card after the response. `given`: what a card was given; `accepted`: what it may be given;
    `place`: where it was put in an order, from 1."""

    option: Option
    chosen: bool
    right: bool
    given: Option | None = None
    accepted: Sequence[Option] = ()
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """Something that can be chosen, as a class's choices are counted: `words` side by side, such as card and group."""

    id: str
    words: Sequence[Text]
    right: bool
    feedback: Text | None


@dataclass(frozen=True)
class Part(ABC):
    """One part of a quiz: an item that is graded, or one that stays with the student."""

    id: str
    prompt: Text

    type: ClassVar[str]
    is_private: ClassVar[bool] = False

    @classmethod
    @abstractmethod
    def read(cls, entry: Mapping[str, Any]) -> "Part":
        """The part as quiz.toml writes it; KeyError, TypeError or ValueError where its shape is wrong."""

    @abstractmethod
    def problem(self) -> str | None:
        """A code of `check.REMEDY` for what makes no sense in it, or None."""

    @property
    def asked(self) -> Mapping[str, Told]:
        """What stands beside the prompt before the response, by the name the type's template knows."""
        return {}

    @property
    def told(self) -> Mapping[str, Told]:
        """What is told once there is a response, likewise."""
        return {}


@dataclass(frozen=True)
class PrivatePart(Part):
    """A part whose response never leaves the browser: no field of it has a name, and no row knows of it."""

    is_private: ClassVar[bool] = True


@dataclass(frozen=True)
class Item(Part):
    """One graded item. A type is one class: it parses a response, grades it, explains it, and judges its own key.

    `step` is the step of the lesson to look at again, if any.
    """

    objective: str
    help_route: bool
    step: str | None
    options: tuple[Option, ...]

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The ids of the options in the order they are written."""
        return tuple(option.id for option in self.options)

    def option(self, option_id: str) -> Option:
        """The option with this id."""
        return next(option for option in self.options if option.id == option_id)

    @property
    def fields(self) -> Mapping[str, Sequence[str]]:
        """The fields a form has for this item, each with the values it may take."""
        return {ONLY: self.option_ids}

    def parse(self, given: Given) -> Response:
        """The response in these values, in a form that compares equal when it means the same; else ResponseError."""
        if not any(given.get(field) for field in self.fields):
            raise ResponseError("missing")
        if any(not set(given.get(field, ())) <= set(values) for field, values in self.fields.items()):
            raise ResponseError("unknown")
        return self._parse(given)

    def given(self, response: Response) -> Given:
        """What a form would send for this response: the way back from `parse`."""
        return {ONLY: response}

    def is_right(self, response: Response) -> bool:
        """Whether the response earns full points."""
        return self.points(response) == FULL

    @property
    @abstractmethod
    def right_response(self) -> Response:
        """A response that earns FULL."""

    @abstractmethod
    def _parse(self, given: Given) -> Response:
        """Parse values that may stand where they stand, at least one."""

    @abstractmethod
    def points(self, response: Response) -> int:
        """Points from 0 to FULL for a parsed response."""

    @abstractmethod
    def explain(self, response: Response) -> Sequence[Explanation]:
        """Every option or card after this response, in the order to read them."""

    @abstractmethod
    def counted(self) -> Sequence[Counted]:
        """What a class's responses are counted by; nothing where the parts of a response mean nothing alone."""

    def mistakes(self, chosen: Mapping[str, int], answered: int) -> Sequence[Mistake]:
        """What can be got wrong here, with how many of the `answered` did. `chosen`: responses by id of `counted`."""
        return [
            Mistake(Slip.PLACED if len(one.words) > 1 else Slip.CHOSEN, one.words, chosen.get(one.id, 0), one.feedback)
            for one in self.counted()
            if not one.right
        ]
