"""Owns a quiz: its items in order, read from the content, and the grading of a whole set of responses."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from curriculum.progress.completion import Result
from curriculum.quizzes.chart import ReadChart
from curriculum.quizzes.estimate import Estimate
from curriculum.quizzes.item import FULL, Item, Part, Response
from curriculum.quizzes.match import MatchCards
from curriculum.quizzes.order import OrderSteps
from curriculum.quizzes.position import PositionLine
from curriculum.quizzes.reason import TrueWithReason
from curriculum.quizzes.reflection import Reflection
from curriculum.quizzes.safe import SafeActions
from curriculum.quizzes.several import SeveralAnswers
from curriculum.quizzes.single import SingleChoice
from curriculum.quizzes.sort import SortCards
from curriculum.quizzes.tally import GradedResponse
from curriculum.quizzes.wording import BetterWording

TYPES: Mapping[str, type[Part]] = {
    kind.type: kind
    for kind in (
        SingleChoice,
        SeveralAnswers,
        SafeActions,
        OrderSteps,
        MatchCards,
        SortCards,
        BetterWording,
        TrueWithReason,
        ReadChart,
        Estimate,
        PositionLine,
        Reflection,
    )
}


@dataclass(frozen=True)
class Quiz:
    """The quiz of one lesson: `parts` as the page shows them, `items` those that are graded. `digest` names this
    version: attempts store it."""

    lesson_id: str
    digest: str
    parts: tuple[Part, ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The graded parts, in order."""
        return tuple(part for part in self.parts if isinstance(part, Item))

    def part(self, part_id: str) -> Part | None:
        """The part with this id, or None when the quiz has none."""
        return next((part for part in self.parts if part.id == part_id), None)

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
        return self.result({response.item_id: response.points for response in self.graded(responses)})

    def result(self, points: Mapping[str, int]) -> Result:
        """The result of points by item id."""
        return Result(
            points=sum(points.values()),
            out_of=FULL * len(self.items),
            help_route_right=all(points.get(item.id) == FULL for item in self.items if item.help_route),
        )


def quiz_from(lesson_id: str, digest: str, content: Mapping[str, Any]) -> Quiz:
    """The quiz written in a quiz.toml; KeyError or TypeError where its shape is wrong (the content check says so)."""
    return Quiz(lesson_id, digest, tuple(TYPES[entry["type"]].read(entry) for entry in content["items"]))


class Quizzes:
    """The quizzes of a catalog, each read once."""

    def __init__(self, lessons: Mapping[str, Any]) -> None:
        self._lessons = lessons
        self.of_lesson = lru_cache(maxsize=None)(self._read)

    def _read(self, lesson_id: str) -> Quiz:
        lesson = self._lessons[lesson_id]
        return quiz_from(lesson_id, lesson.quiz_digest, lesson.quiz)
