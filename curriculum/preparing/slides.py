"""Owns the slides of a lesson: its steps cut into what fits a screen, without anything that belongs to somebody."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from markupsafe import Markup

from curriculum.catalog.lesson import Lesson, Step
from curriculum.catalog.notes import Notes, Source
from curriculum.catalog.rendering import Renderer
from curriculum.catalog.text import Locale, Text
from curriculum.preparing.worksheet import ends_alike

# A story that is projected leaves nobody a way round it. So students read for themselves, whichever text they choose,
# and the wall shows what both texts end with alike; or all of them read the other text together.
StoryWay: TypeAlias = Literal["own", "other"]
# How many lines stand on one slide decides how large it can be: at the middle size so many fit a screen, and of Korean
# syllable blocks so many a line, of English twice as many letters. A point of a list takes a line, however short.
SHORT, LONG = 5, 10
WIDE, HALF = 40, 18  # a line alone on the wall, and beside the other language
TAG = re.compile(r"<[^>]*>")
END_OF_LINE = re.compile(r"</(?:p|li|tr|h3)>")


@dataclass(frozen=True, slots=True)
class Panel:
    """What a slide says in one language; `heading` is that of its step."""

    lang: Locale
    heading: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Slide:
    """One screen. `kind` is that of its step, or note, own (to be read by each for themselves) or other."""

    kind: str
    parts: Sequence[Panel]

    @property
    def size(self) -> str:
        """How large it is set: large, middle or small."""
        room = WIDE if len(self.parts) == 1 else HALF
        lines = max(_lines(part, room) for part in self.parts)
        return "large" if lines <= SHORT else "middle" if lines <= LONG else "small"


@dataclass(frozen=True, slots=True)
class Deck:
    """The slides of a lesson in order, and what they cite."""

    slides: Sequence[Slide]
    sources: Sequence[Source]


def deck_of(renderer: Renderer, lesson: Lesson, locales: Sequence[Locale], way: StoryWay) -> Deck:
    """The slides of a lesson as it rests; source marks are numbers, for a wall is not clicked."""
    notes = {locale: Notes(linked=False) for locale in locales}
    cutter = _Cutter(renderer, notes)
    slides = list(cutter.cut("note", None, lesson.note))
    for step in lesson.steps:
        slides += cutter.of_step(step, way)
    return Deck(slides, [source for one in notes.values() for source in one.sources])


@dataclass(frozen=True, slots=True)
class _Cutter:
    renderer: Renderer
    notes: Mapping[Locale, Notes]

    def of_step(self, step: Step, way: StoryWay) -> Iterator[Slide]:
        if step.other is None:
            yield from self.cut(step.kind, step.heading, step.body)
        elif way == "other":
            yield from self.cut("other", step.other.heading, step.other.body)
        else:
            alike = ends_alike(step.body, step.other.body)
            yield from self.cut("own", step.heading, alike or Text("", ""))

    def cut(self, kind: str, heading: Text | None, body: Text) -> list[Slide]:
        """A text cut before each of its headings; both languages have as many."""
        cut = {locale: self._sections(body.in_(locale), locale) for locale in self.notes}
        rows = zip(*cut.values(), strict=True)
        names = {locale: heading.in_(locale) if heading else "" for locale in cut}
        slides = [
            Slide(kind, [Panel(one, names[one], part) for one, part in zip(cut, row, strict=True)]) for row in rows
        ]
        # A step that begins with a heading has nothing before it.
        return [one for one in slides if any(part.html.strip() for part in one.parts)] or slides[:1]

    def _sections(self, body: str, locale: Locale) -> list[Markup]:
        html = self.renderer.render(body, locale, notes=self.notes[locale]).html
        first, *others = html.split("<h3>")
        return [first, *(Markup("<h3>") + other for other in others)]


def _lines(part: Panel, room: int) -> int:
    letters = (len(TAG.sub("", one).strip()) for one in END_OF_LINE.split(part.html))
    return sum(-(-one // (room if part.lang == "ko" else 2 * room)) for one in letters)
