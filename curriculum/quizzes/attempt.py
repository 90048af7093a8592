"""Owns what becomes of an answer: kept, the same as before, too late, or locked because its feedback was seen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from curriculum.progress.completion import percent
from curriculum.quizzes.item import FULL, Item, Response, ResponseError
from curriculum.quizzes.quiz import Quiz
from curriculum.quizzes.tally import GradedResponse


class Fate(StrEnum):
    """What becomes of an answer that arrives."""

    NEW = "new"
    SAME = "same"
    LOCKED = "locked"
    STALE = "stale"


class SentIn(NamedTuple):
    """An attempt that was sent in, without what was chosen in it."""

    id: UUID
    lesson_id: str
    number: int
    quiz_digest: str
    points: int
    out_of: int
    closed_at: datetime

    @property
    def percent(self) -> int | None:
        """Its share of points in whole percent."""
        return percent(self.points, self.out_of)


def best_of(attempts: Iterable[SentIn]) -> SentIn | None:
    """The attempt with the largest share of points; of equal ones the first, as progress keeps it."""
    return min(attempts, key=lambda one: (-Fraction(one.points, one.out_of or 1), one.number), default=None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a student gives for an item. `counter` rises with each answer a page gives for it; None is the latest."""

    response: Response
    counter: int | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """What is kept for an item. `first`: options and points when its feedback was first seen, None before."""

    response: Response
    points: int
    counter: int
    first: tuple[Response, int] | None = None

    def is_locked(self, item: Item) -> bool:
        """Whether it can be changed no more in this attempt: its feedback was seen. A help route can be taken again
        until it is right, because everybody has to get there."""
        return self.first is not None and (not item.help_route or self.points == FULL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A student's attempt as it stands, the `number`th from 1; without `attempt_id` nothing of it is kept yet."""

    number: int
    quiz_digest: str
    attempt_id: UUID | None = None
    is_closed: bool = False
    responses: Mapping[str, Stored] = field(default_factory=dict)

    def fate(self, item: Item, answer: Answer) -> Fate:
        """What becomes of this answer. Of two that cross on their way the one with the higher counter stays."""
        stored = self.responses.get(item.id)
        if stored is None:
            return Fate.NEW
        if stored.response == answer.response and (answer.counter or 0) <= stored.counter:
            return Fate.SAME
        if stored.is_locked(item):
            return Fate.LOCKED
        is_late = answer.counter is not None and answer.counter <= stored.counter
        return Fate.STALE if is_late else Fate.NEW

    def kept(self, item: Item, answer: Answer) -> Stored:
        """What is kept once this answer is."""
        stored = self.responses.get(item.id)
        counter = answer.counter or (stored.counter if stored else 0) + 1
        return Stored(answer.response, item.points(answer.response), counter, stored.first if stored else None)

    def first_responses(self) -> Sequence[GradedResponse]:
        """What was answered before any feedback: what a class's tallies count."""
        return [GradedResponse(item_id, *first_of(stored)) for item_id, stored in self.responses.items()]


def first_of(stored: Stored) -> tuple[Response, int]:
    """What was chosen before any feedback, with its points."""
    return stored.first or (stored.response, stored.points)


def carried_over(quiz: Quiz, responses: Mapping[str, Stored]) -> dict[str, Stored]:
    """The answers of an open attempt that still make sense at a quiz that has changed, with their points of today; that
    a feedback was seen is forgotten with the feedback."""
    kept = {}
    for item in quiz.items:
        stored = responses.get(item.id)
        if stored is not None and _still_possible(item, stored.response):
            kept[item.id] = Stored(stored.response, item.points(stored.response), stored.counter)
    return kept


def _still_possible(item: Item, response: Response) -> bool:
    try:
        return item.parse(item.given(response)) == response
    except (ResponseError, ValueError, KeyError, IndexError):
        return False  # written for other options, or for another type
