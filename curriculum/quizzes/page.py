"""Owns what the pages of a quiz show: items without any sign of the key before the response, feedback after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curriculum.catalog.page_text import PageText, Part
from curriculum.quizzes.item import FULL, Item, Response
from curriculum.quizzes.order import OrderSteps
from curriculum.quizzes.quiz import Quiz


@dataclass(frozen=True, slots=True)
class ShownOption:
    """An option as it is offered; `place` is where it was put in an order item, from 1."""

    id: str
    parts: Sequence[Part]
    chosen: bool
    place: int | None


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item as it is asked. Nothing here is derived from the key or the feedback."""

    id: str
    type: str
    prompt: Sequence[Part]
    options: Sequence[ShownOption]


@dataclass(frozen=True, slots=True)
class ExplainedOption:
    """An option after the response: whether it was chosen, whether it belongs to the key, and what follows from it."""

    parts: Sequence[Part]
    feedback: Sequence[Part]
    chosen: bool
    right: bool


@dataclass(frozen=True, slots=True)
class ExplainedItem:
    """An item after the response. `verdict` is right, partly or again."""

    id: str
    type: str
    prompt: Sequence[Part]
    verdict: str
    help_route: bool
    options: Sequence[ExplainedOption]


def shown_item(item: Item, text: PageText, chosen: Sequence[str], places: Mapping[str, str]) -> ShownItem:
    """The item as it is asked, with what was chosen before kept."""
    options = [
        ShownOption(option.id, text.inline(option.text), option.id in chosen, _place(places.get(option.id, "")))
        for option in item.options
    ]
    return ShownItem(item.id, item.type, text.inline(item.prompt), options)


def explained(quiz: Quiz, responses: Mapping[str, Response], text: PageText) -> list[ExplainedItem]:
    """Every item of the quiz that has a response, explained, in the order of the quiz."""
    return [_explained_item(item, responses[item.id], text) for item in quiz.items if item.id in responses]


def _explained_item(item: Item, response: Response, text: PageText) -> ExplainedItem:
    points = item.points(response)
    verdict = "right" if points == FULL else "partly" if points else "again"
    # An order item is explained in the order that was given, so that the page reads as the student left it.
    in_order = [item.option(option) for option in response] if item.type == "order" else item.options
    wrong_place = item.misplaced(response) if isinstance(item, OrderSteps) else frozenset()
    options = [
        ExplainedOption(
            text.inline(option.text),
            text.inline(option.feedback),
            option.id in response,
            item.belongs_to_key(option.id) and option.id not in wrong_place,
        )
        for option in in_order
    ]
    return ExplainedItem(item.id, item.type, text.inline(item.prompt), verdict, item.help_route, options)


def _place(typed: str) -> int | None:
    # Three digits at most: int() refuses a number of thousands of digits.
    return int(typed) if len(typed) <= 3 and typed.isdecimal() else None
