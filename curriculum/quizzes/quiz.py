"""Owns a quiz: its items in order, read from the content, and the grading of a whole set of responses."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from curriculum.catalog.text import Text
from curriculum.progress.completion import Result
from curriculum.quizzes.item import FULL, Item, Option, Response
from curriculum.quizzes.order import OrderSteps
from curriculum.quizzes.several import SeveralAnswers
from curriculum.quizzes.single import SingleChoice
from curriculum.quizzes.tally import GradedResponse

TYPES: Mapping[str, type[Item]] = {kind.type: kind for kind in (SingleChoice, SeveralAnswers, OrderSteps)}


@dataclass(frozen=True)
class Quiz:
    """The quiz of one lesson. `digest` names this version of it: attempts store it."""

    lesson_id: str
    digest: str
    items: tuple[Item, ...]

    def item(self, item_id: str) -> Item | None:
        """The item with this id, or None when the quiz no longer has it."""
        return next((item for item in self.items if item.id == item_id), None)

    def graded(self, responses: Mapping[str, Response]) -> list[GradedResponse]:
        """Each response with its points, in the order of the items."""
        return [
            GradedResponse(item.id, responses[item.id], item.points(responses[item.id]))
            for item in self.items
            if item.id in responses
        ]

    def grade(self, responses: Mapping[str, Response]) -> Result:
        """The result of parsed responses by item id; an item without a response earns nothing."""
        points = {response.item_id: response.points for response in self.graded(responses)}
        return Result(
            points=sum(points.values()),
            out_of=FULL * len(self.items),
            help_route_right=all(points.get(item.id) == FULL for item in self.items if item.help_route),
        )


def quiz_from(lesson_id: str, digest: str, content: Mapping[str, Any]) -> Quiz:
    """The quiz written in a quiz.toml; KeyError or TypeError where its shape is wrong (the content check says so)."""
    return Quiz(lesson_id, digest, tuple(_item(entry) for entry in content["items"]))


def _item(entry: Mapping[str, Any]) -> Item:
    shared = {
        "id": entry["id"],
        "objective": entry["objective"],
        "help_route": entry.get("help_route", False),
        "prompt": _text(entry["prompt"]),
        "options": tuple(_option(option) for option in entry["options"]),
    }
    return TYPES[entry["type"]].with_key(entry["key"], shared)


def _option(entry: Mapping[str, Any]) -> Option:
    return Option(entry["id"], _text(entry), _text(entry["feedback"]))


def _text(entry: Mapping[str, Any]) -> Text:
    return Text(ko=entry["ko"], en=entry["en"])


class Quizzes:
    """The quizzes of a catalog, each read once."""

    def __init__(self, lessons: Mapping[str, Any]) -> None:
        self._lessons = lessons
        self.of_lesson = lru_cache(maxsize=None)(self._read)

    def _read(self, lesson_id: str) -> Quiz:
        lesson = self._lessons[lesson_id]
        return quiz_from(lesson_id, lesson.quiz_digest, lesson.quiz)
