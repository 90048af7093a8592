"""Owns when a lesson is complete, and how far it is: plain arithmetic on what was sent."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class State(StrEnum):
    """How far a student is with a lesson."""

    NONE = "none"
    PARTLY = "partly"
    DONE = "done"


def percent(points: int, out_of: int) -> int | None:
    """A share of points in whole percent, halves upwards; None out of nothing."""
    return (200 * points + out_of) // (2 * out_of) if out_of else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one closed attempt came to: points out of a maximum, and whether every help-route item was fully right."""

    points: int
    out_of: int
    help_route_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far one student is with one lesson: a projection of steps sent and attempts closed."""

    steps_sent: int = 0
    last_step: str | None = None
    attempts: int = 0
    best_points: int = 0
    out_of: int = 0
    help_route_right: bool = False

    def with_result(self, result: Result) -> "Progress":
        """This progress after one more closed attempt: the best share of points and a help route once right stay."""
        best = (self.best_points, self.out_of)
        if not self.attempts or result.points * self.out_of > self.best_points * result.out_of:
            best = (result.points, result.out_of)
        return Progress(
            steps_sent=self.steps_sent,
            last_step=self.last_step,
            attempts=self.attempts + 1,
            best_points=best[0],
            out_of=best[1],
            help_route_right=self.help_route_right or result.help_route_right,
        )

    def held_back(self) -> "Progress":
        """This progress as a student sees it while the teacher holds results back: nothing tells what was right."""
        return replace(self, best_points=0, out_of=0, help_route_right=False)

    def state(self, steps_in_lesson: int) -> State:
        """Complete = every step sent once and every help-route item right; anything less that was begun is partly."""
        if self.steps_sent >= steps_in_lesson and self.help_route_right:
            return State.DONE
        return State.PARTLY if self.steps_sent or self.attempts else State.NONE

    @property
    def score(self) -> int | None:
        """The best attempt's share of points in whole percent, halves upwards; None before the first attempt."""
        return percent(self.best_points, self.out_of)


@dataclass(frozen=True, slots=True)
class LessonTotal:
    """A lesson over the whole class: how many completed it, how many have a score, and the mean of those in percent."""

    completed: int
    scored: int
    average: int | None
    began: int = 0


class Counts(NamedTuple):
    """Some progress rows of one lesson whose attempts have the same maximum: how many began it, completed it and have a
    score, and their best points in all."""

    out_of: int
    began: int
    completed: int
    scored: int
    points: int


def total_of(parts: Iterable[Counts]) -> LessonTotal:
    """The total of a lesson from its rows by maximum: a quiz that was edited has several. Exact, halves upwards."""
    found = list(parts)
    scored = sum(one.scored for one in found)
    shares = sum((Fraction(100 * one.points, one.out_of) for one in found if one.out_of), Fraction(0))
    average = math.floor(shares / scored + Fraction(1, 2)) if scored else None
    return LessonTotal(sum(one.completed for one in found), scored, average, sum(one.began for one in found))


def progress_from(steps: Sequence[str], results: Sequence[Result]) -> Progress:
    """Recompute progress from the truth: the distinct steps sent and the results, each in order of time."""
    progress = Progress(steps_sent=len(set(steps)), last_step=steps[-1] if steps else None)
    for result in results:
        progress = progress.with_result(result)
    return progress
