"""Owns a bar chart as a page shows it: bars in shares of the scale, or the safe sentence once they are overdue."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal

from curriculum.catalog.page_text import PageText
from curriculum.catalog.page_text import Part as Words
from curriculum.catalog.reference import Reference
from curriculum.catalog.text import Text
from curriculum.quizzes.bar_chart import Bar, BarChart

QUARTERS = (0, 25, 50, 75, 100)  # percent of the scale


@dataclass(frozen=True, slots=True)
class ShownBar:
    """One bar: `share` is its length in percent of the scale, `number` what stands beside it, `value` the same
    with its source."""

    label: Sequence[Words]
    share: float
    number: Sequence[Words]
    value: Sequence[Words]


@dataclass(frozen=True, slots=True)
class ShownChart:
    """A chart; without bars, and with a sentence `instead` of them, once its figures are overdue. `marks`: what is
    written on the scale, by the place in percent."""

    title: Sequence[Words]
    unit: Sequence[Words]
    base: Sequence[Words]
    year: Sequence[Words]
    limits: Sequence[Words]
    marks: Sequence[tuple[int, str]]
    bars: Sequence[ShownBar]
    instead: Sequence[Words]


def shown_chart(chart: BarChart, text: PageText) -> ShownChart:
    """The chart as its figures hold today; raises UnknownReference."""
    bars = [bar for bar in (_shown_bar(bar, chart.most, text) for bar in chart.bars) if bar is not None]
    return ShownChart(
        title=text.inline(chart.title),
        unit=text.inline(chart.unit),
        base=text.inline(chart.base),
        year=text.inline(chart.year) if bars else [],
        limits=text.inline(chart.limits),
        marks=[(place, _written(chart.most * place / 100)) for place in QUARTERS],
        bars=bars,
        instead=[] if bars else text.inline(_cited(chart.bars[0].figure)),
    )


def _shown_bar(bar: Bar, most: int, text: PageText) -> ShownBar | None:
    figure = text.figure(bar.figure)
    if figure is None or figure.value is None:
        return None
    share = round(100 * figure.value / most, 2)
    number = text.plain(figure)[:1] if figure.ko == figure.en else text.plain(figure)
    return ShownBar(text.inline(bar.label), share, number, text.inline(_cited(bar.figure)))


def _cited(figure: Reference) -> Text:
    """The reference as prose writes it: past the review day it becomes the safe sentence."""
    return Text(ko=f"{{{figure}}}", en=f"{{{figure}}}")


def _written(number: float) -> str:
    # The same in both languages, which can stand side by side.
    return format_decimal(number, locale="ko")
