"""Owns what a lesson page shows: each step in the languages it is read in, with its margin and its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from curriculum.catalog.lesson import Lesson, Step
from curriculum.catalog.page import LessonPage
from curriculum.catalog.page_text import Part
from curriculum.catalog.rendering import Rendered, Source
from curriculum.catalog.text import Locale, Text


@dataclass(frozen=True, slots=True)
class TitledPart:
    """One step's text in one language, with its heading, in sections that stand beside those of the other language."""

    lang: Locale
    heading: str
    sections: Sequence[Markup]


@dataclass(frozen=True, slots=True)
class MarginWord:
    """A word explained in the margin, in one language."""

    id: str
    lang: Locale
    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step as the page shows it to everybody; `other` is empty where there is no other path."""

    id: str
    kind: str
    parts: Sequence[TitledPart]
    other: Sequence[TitledPart]
    sources: Sequence[Source]
    words: Sequence[MarginWord]
    next_id: str | None


@dataclass(frozen=True, slots=True)
class StepPlace:
    """A step in the list of steps: its heading in the page's own language, and whether the student has sent it."""

    id: str
    heading: str
    done: bool


Pages = Mapping[Locale, LessonPage]


def note_parts(pages: Pages) -> list[Part]:
    """The content note in each language of the page."""
    return [Part(locale, page.note.html) for locale, page in pages.items()]


def step_places(lesson: Lesson, locale: Locale, sent: frozenset[str]) -> list[StepPlace]:
    """The list of steps of a lesson; `sent` are the steps done."""
    return [StepPlace(step.id, step.heading.in_(locale), step.id in sent) for step in lesson.steps]


def shown_steps(lesson: Lesson, pages: Pages) -> list[ShownStep]:
    """The steps of a lesson; `pages` are its rendered pages, the page's own language first."""
    following = [*lesson.step_ids[1:], None]
    return [
        ShownStep(
            id=step.id,
            kind=step.kind,
            parts=_titled(step.heading, {locale: page.steps[step.id] for locale, page in pages.items()}),
            other=_other_parts(step, pages),
            sources=[source for page in pages.values() for one in _rendered(step, page) for source in one.sources],
            words=[word for locale in pages for word in _words(step, pages[locale], locale)],
            next_id=next_id,
        )
        for step, next_id in zip(lesson.steps, following, strict=True)
    ]


def step_to_go_on_with(lesson: Lesson, last_step: str | None) -> str | None:
    """The id of the step after the one that was sent last; None at the beginning and at the end."""
    following = dict(zip(lesson.step_ids, lesson.step_ids[1:], strict=False))
    return following.get(last_step or "")


def _other_parts(step: Step, pages: Pages) -> list[TitledPart]:
    if step.other is None:
        return []
    return _titled(step.other.heading, {locale: page.other[step.id] for locale, page in pages.items()})


def _titled(heading: Text, rendered: Mapping[Locale, Rendered]) -> list[TitledPart]:
    return [TitledPart(locale, heading.in_(locale), _sections(one.html)) for locale, one in rendered.items()]


def _sections(html: Markup) -> list[Markup]:
    """Split a text before each of its headings; both languages have as many, so that equal sections face each other."""
    first, *others = html.split("<h3>")
    return [first, *(Markup("<h3>") + other for other in others)]


def _rendered(step: Step, page: LessonPage) -> Iterator[Rendered]:
    # The content note stands before the steps and has no margin of its own.
    if step.id == next(iter(page.steps)):
        yield page.note
    yield page.steps[step.id]
    if step.id in page.other:
        yield page.other[step.id]


def _words(step: Step, page: LessonPage, locale: Locale) -> Iterator[MarginWord]:
    for rendered in _rendered(step, page):
        for word in rendered.words:
            yield MarginWord(word.id, locale, word.term.in_(locale), word.meaning.in_(locale))
