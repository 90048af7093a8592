"""Owns a bar chart: figures of one fact on one scale, with who was asked, when, and what it cannot tell."""

from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.catalog.fact import Fact
from curriculum.catalog.reference import Reference
from curriculum.catalog.text import Text


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; the figure of the register that it is as long as."""

    label: Text
    figure: Reference


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars from nothing to `most`, the end of the scale. `base` says who was asked, `limits` what the chart cannot
    tell; `year` goes with the figures when they are overdue, everything else stays."""

    title: Text
    unit: Text
    base: Text
    year: Text
    limits: Text
    most: int
    bars: tuple[Bar, ...]

    @property
    def lasting_texts(self) -> tuple[Text, ...]:
        """What still stands there when the figures have given way."""
        return (self.title, self.unit, self.base, self.limits, *(bar.label for bar in self.bars))

    def problem(self) -> str | None:
        """A code of `check.REMEDY` for bars that cannot be compared, or None."""
        if len(self.bars) < 2:
            return "chart-too-few-bars"
        return "chart-of-several-facts" if len({bar.figure.id for bar in self.bars}) > 1 else None

    def problem_with(self, facts: Mapping[str, Fact]) -> str | None:
        """A code for figures that the register has no number for, or that the scale does not hold, or None."""
        values = [_value(bar.figure, facts) for bar in self.bars]
        if None in values:
            return "chart-figure-without-value"
        return None if all(value is not None and 0 <= value <= self.most for value in values) else "chart-off-its-scale"


def _value(figure: Reference, facts: Mapping[str, Fact]) -> float | None:
    found = facts[figure.id].figures.get(figure.part or "") if figure.id in facts else None
    return found.value if found else None
