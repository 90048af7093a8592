"""Owns the figures: what many requests took, three rounds as a median with its range, the table of goals."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

HEAD = ("what", "goal", "measured", "beside it", "ratio", "met")


class WrongAnswer(Exception):
    """An answer was not the one expected: a benchmark of errors says nothing, so it ends here."""


@dataclass(frozen=True, slots=True)
class Took:
    """What a stretch of requests took: the seconds of each, and those of the whole stretch."""

    each: Sequence[float]
    whole: float

    def __add__(self, other: "Took") -> "Took":
        """Two stretches after one another."""
        return Took([*self.each, *other.each], self.whole + other.whole)

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.each) / self.whole

    def within(self, share: float) -> float:
        """The milliseconds within which this share of the requests was answered (nearest rank: the least time that
        at least this share kept to)."""
        ordered = sorted(self.each)
        rank = max(1, -int(-share * len(ordered) // 1))
        return 1000 * ordered[rank - 1]


@dataclass(frozen=True, slots=True)
class Rounds:
    """The same figure from several rounds."""

    values: Sequence[float]

    @property
    def median(self) -> float:
        """The middle one: what counts."""
        return statistics.median(self.values)

    def said(self, unit: str = "", digits: int = 0) -> str:
        """The median with its range, as "0.64 (0.61–0.66)"."""
        middle, least, most = (f"{one:,.{digits}f}" for one in (self.median, min(self.values), max(self.values)))
        return f"{middle}{unit}" if least == most else f"{middle}{unit} ({least}–{most})"


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound for a figure, as words and as a number."""

    words: str
    side: Literal["at least", "at most"]
    bound: float

    def met_by(self, figure: float) -> bool:
        """Whether a figure keeps the bound."""
        return figure >= self.bound if self.side == "at least" else figure <= self.bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table. `met` is None where nothing was promised or nothing could be measured."""

    what: str
    measured: str
    goal: str = "–"
    beside: str = "–"
    ratio: str = "–"
    met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        """The line's cells, in the order of HEAD."""
        verdict = {True: "yes", False: "**no**", None: "–"}[self.met]
        return (self.what, self.goal, self.measured, self.beside, self.ratio, verdict)


def row(what: str, goal: Goal, figure: Rounds, *, measured: str, beside: str = "–", ratio: str = "–") -> Row:
    """A line whose goal is judged by the median of a figure."""
    met = goal.met_by(figure.median)
    return Row(what=what, goal=goal.words, measured=measured, beside=beside, ratio=ratio, met=met)


def ratios(ours: Sequence[Took], theirs: Sequence[Took]) -> Rounds:
    """Our rate as a share of theirs, round by round: both of a round ran side by side."""
    return Rounds([one.rate / other.rate for one, other in zip(ours, theirs, strict=True)])


def line(cells: Sequence[str]) -> str:
    """A line of the Markdown table."""
    return f"| {' | '.join(cells)} |"


def head() -> str:
    """The two lines with which the table begins."""
    return f"{line(HEAD)}\n{line(['---'] * len(HEAD))}"
