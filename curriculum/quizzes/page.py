"""Owns what the pages of a quiz show: parts without any sign of the key before the response, feedback after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from curriculum.catalog.page_text import PageText
from curriculum.catalog.page_text import Part as Words
from curriculum.catalog.rendering import Source
from curriculum.catalog.text import Text
from curriculum.quizzes.bar_chart import BarChart
from curriculum.quizzes.chart_page import shown_chart
from curriculum.quizzes.item import FULL, Explanation, Given, Item, Option, Part, Response, Told


@dataclass(frozen=True, slots=True)
class ShownOption:
    """An option or card as it is offered."""

    id: str
    parts: Sequence[Words]


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A part as it is asked, with what was given before: field -> values. Nothing here is derived from key or feedback.

    `more` holds what only this type shows, by the name its template knows.
    """

    id: str
    type: str
    prompt: Sequence[Words]
    options: Sequence[ShownOption]
    more: Mapping[str, object]
    given: Given


@dataclass(frozen=True, slots=True)
class ExplainedOption:
    """An option or card after the response; `given`, `accepted` and `place` as in `item.Explanation`."""

    parts: Sequence[Words]
    feedback: Sequence[Words]
    chosen: bool
    right: bool
    given: Sequence[Words]
    accepted: Sequence[Sequence[Words]]
    place: int | None


@dataclass(frozen=True, slots=True)
class ExplainedItem:
    """An item after the response. `verdict` is right, partly or again; `step` is the step to look at again, if any."""

    id: str
    type: str
    prompt: Sequence[Words]
    verdict: str
    help_route: bool
    step: str | None
    more: Mapping[str, object]
    options: Sequence[ExplainedOption]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a part when its page is made: what was given for it, the response whose feedback is shown,
    whether it can still be answered, how often it was. `is_told`: what a private part tells was asked for."""

    given: Given = field(default_factory=dict)
    response: Response | None = None
    is_open: bool = True
    counter: int = 0
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class QuizPart:
    """A part as it stands on a page: asked, explained, or both, with the sources its own texts cite. `help_text` is
    told where an item about a help route was missed."""

    asked: ShownItem
    explained: ExplainedItem | None
    is_private: bool
    is_open: bool
    is_told: bool
    counter: int
    help_text: Sequence[Words]
    sources: Sequence[Source]


def quiz_part(part: Part, kept: Kept, text: PageText, help_route: Text) -> QuizPart:
    """A part of the quiz as it stands on its page; `help_route` is what the lesson says about where to turn."""
    seen = explained_item(part, kept.response, text) if isinstance(part, Item) and kept.response is not None else None
    missed = seen is not None and seen.help_route and seen.verdict != "right"
    return QuizPart(
        asked=_asked(part, kept, text),
        explained=seen,
        is_private=part.is_private,
        is_open=kept.is_open,
        is_told=kept.is_told,
        counter=kept.counter,
        help_text=text.blocks(help_route) if missed else [],
        sources=text.sources,
    )


def _asked(part: Part, kept: Kept, text: PageText) -> ShownItem:
    options = shown_options(part.options, text) if isinstance(part, Item) else []
    more = _told({**part.asked, **part.told} if kept.is_told else part.asked, text)
    return ShownItem(part.id, part.type, text.inline(part.prompt), options, more, kept.given)


def shown_options(options: Sequence[Option], text: PageText) -> list[ShownOption]:
    """Options or cards as they are offered."""
    return [ShownOption(option.id, text.inline(option.text)) for option in options]


def explained_item(item: Item, response: Response, text: PageText) -> ExplainedItem:
    """One item after this response."""
    points = item.points(response)
    verdict = "right" if points == FULL else "partly" if points else "again"
    options = [_explained_option(one, text) for one in item.explain(response)]
    prompt, more = text.inline(item.prompt), _told({**item.asked, **item.told}, text)
    return ExplainedItem(item.id, item.type, prompt, verdict, item.help_route, item.step, more, options)


def _told(texts: Mapping[str, Told], text: PageText) -> dict[str, object]:
    return {name: _one_told(told, text) for name, told in texts.items()}


def _one_told(told: Told, text: PageText) -> object:
    if isinstance(told, int):
        return told
    if isinstance(told, BarChart):
        return shown_chart(told, text)
    return text.inline(told) if isinstance(told, Text) else shown_options(told, text)


def _explained_option(one: Explanation, text: PageText) -> ExplainedOption:
    return ExplainedOption(
        text.inline(one.option.text),
        text.inline(one.option.feedback) if one.option.feedback else [],
        one.chosen,
        one.right,
        text.inline(one.given.text) if one.given else [],
        [text.inline(option.text) for option in one.accepted],
        one.place,
    )
