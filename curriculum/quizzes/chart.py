"""Owns the read-a-chart item: one option says what a chart tells, and what it does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from curriculum.catalog.reference import reference_in
from curriculum.quizzes.bar_chart import Bar, BarChart
from curriculum.quizzes.citing import cites_figure
from curriculum.quizzes.item import Told
from curriculum.quizzes.reading import options_of, shared_by_items, text_of
from curriculum.quizzes.single import SingleChoice


@dataclass(frozen=True)
class ReadChart(SingleChoice):
    """One option out of several, beside a chart; all points or none.

    Past the review day of its fact the chart gives way to the fact's safe sentence and the item stays, so that a quiz
    is the same on every day. The question is therefore about who was asked, when, and what cannot be told: it and its
    options cite no figure, which would give way too and leave options that say the same.
    """

    chart: BarChart

    type: ClassVar[str] = "chart"

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> "ReadChart":
        """As a single choice, with the chart under `chart`; the `value` of a row is such as "{fact:id.figure}"."""
        key, options = frozenset(entry["key"]), options_of(entry, "options")
        return cls(**shared_by_items(entry), options=options, key=key, chart=_chart_of(entry))

    @property
    def asked(self) -> Mapping[str, Told]:
        """The chart."""
        return {"chart": self.chart}

    def problem(self) -> str | None:
        """As for a single choice; then the chart must make sense, and outlast its figures."""
        return super().problem() or self.chart.problem() or self._problem_of_time()

    def _problem_of_time(self) -> str | None:
        texts = (self.prompt, *(option.text for option in self.options), *self.chart.lasting_texts)
        return "chart-question-cites-figure" if any(map(cites_figure, texts)) else None


def _chart_of(entry: Mapping[str, Any]) -> BarChart:
    chart = entry["chart"]
    texts = {name: text_of(chart[name]) for name in ("title", "unit", "base", "year", "limits")}
    bars = tuple(Bar(text_of(row), reference_in(row["value"])) for row in chart["rows"])
    return BarChart(**texts, most=int(chart["most"]), bars=bars)
