"""Owns the worksheet of a lesson: its text in short, what is practised, and where there is room to write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curriculum.catalog.lesson import Lesson, Step
from curriculum.catalog.notes import Notes, Source
from curriculum.catalog.page_text import Part
from curriculum.catalog.rendering import Renderer
from curriculum.catalog.text import Locale, Text

# Lines to write on. A story is answered in talk, so that nobody has to write what they felt on a sheet with a desk.
LINES: Mapping[str, int] = {"practice": 3, "reflection": 3}
SHORTENED = frozenset({"learn"})  # steps of which the beginning stands for all: the lesson itself is read on screen
LEFT_OUT = frozenset({"rules", "warmup", "check", "help"})  # said aloud, or printed in a place of their own


@dataclass(frozen=True, slots=True)
class Block:
    """A step on the sheet. Of a story with another path `parts` hold what both texts end with alike, `texts` the two of
    them where they are printed: the story, then the other."""

    kind: str
    headings: Sequence[Part]
    parts: Sequence[Part]
    lines: int
    texts: Sequence[tuple[Sequence[Part], Sequence[Part]]] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: the content note, its blocks, what the lesson says of where to turn, what all of it cites."""

    note: Sequence[Part]
    blocks: Sequence[Block]
    help: Sequence[Part]
    sources: Sequence[Source]


def sheet_of(renderer: Renderer, lesson: Lesson, notes: Mapping[Locale, Notes], *, with_texts: bool) -> Sheet:
    """The worksheet of a lesson as it rests; `notes` are those of each language it is printed in."""
    writer = _Writer(renderer, notes)
    blocks = [writer.block(step, with_texts) for step in lesson.steps if step.kind not in LEFT_OUT]
    helping = next(step.body for step in lesson.steps if step.kind == "help")
    note, helps = writer.text(lesson.note), writer.text(helping)
    return Sheet(note, blocks, helps, [source for one in notes.values() for source in one.sources])


@dataclass(frozen=True, slots=True)
class _Writer:
    renderer: Renderer
    notes: Mapping[Locale, Notes]

    def text(self, text: Text) -> list[Part]:
        return [
            Part(locale, self.renderer.render(text.in_(locale), locale, notes=notes).html)
            for locale, notes in self.notes.items()
        ]

    def plain(self, text: Text) -> list[Part]:
        return [Part(locale, self.renderer.render_inline(text.in_(locale), locale).html) for locale in self.notes]

    def block(self, step: Step, with_texts: bool) -> Block:
        lines = LINES.get(step.kind, 0)
        if step.other is None:
            shown = beginning(step.body) if step.kind in SHORTENED else step.body
            return Block(step.kind, self.plain(step.heading), self.text(shown), lines)
        both = ((step.heading, step.body), (step.other.heading, step.other.body))
        texts = [(self.plain(heading), self.text(body)) for heading, body in both] if with_texts else []
        alike = ends_alike(step.body, step.other.body)
        return Block("own", self.plain(step.heading), self.text(alike) if alike else [], lines, texts)


def beginning(text: Text) -> Text:
    """A text to its first heading; all of it where it has none before that."""
    ko, en = (one.split("\n### ")[0].strip() for one in (text.ko, text.en))
    return Text(ko, en) if ko and not ko.startswith("### ") else text


def ends_alike(one: Text, other: Text) -> Text | None:
    """The last section of a text, where another ends with the same in both languages: what everybody can talk about,
    whichever of the two was read."""
    mine, theirs = _last_section(one), _last_section(other)
    return mine if mine is not None and mine == theirs else None


def _last_section(text: Text) -> Text | None:
    *before, ko = text.ko.split("\n### ")
    *_, en = text.en.split("\n### ")
    return Text(f"### {ko.strip()}", f"### {en.strip()}") if before else None
