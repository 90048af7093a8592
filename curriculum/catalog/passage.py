"""Every text of a pack that someone will read, as passages the checks can go through."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

from curriculum.catalog.block import Document
from curriculum.catalog.pack import LessonFolder, Pack
from curriculum.catalog.pack_reader import line_of
from curriculum.catalog.text import LOCALES, Locale

# prose: blocks of Markdown; line: one paragraph of Markdown; plain: no Markdown and no references;
# register: a fact or contact, the only place where digits are typed.
Form: TypeAlias = Literal["prose", "line", "plain", "register"]

_REGISTERS = ("facts.toml", "contacts.toml")


@dataclass(frozen=True)
class Passage:
    """One text in one language; `line` (from 1) is where it begins; `is_guide`: for teachers."""

    path: Path
    line: int
    locale: Locale
    source: str
    form: Form
    is_guide: bool = False


def passages(pack: Pack) -> Iterator[Passage]:
    """Yield every text of a pack: blocks, headings, titles, and the texts of its TOML files."""
    for lesson in pack.lessons:
        for name, document in lesson.documents.items():
            yield from _document_passages(pack, lesson, name, document)
    for path, table in pack.tables.items():
        if path.name == "words.toml":
            continue
        for locale, source in texts_of(table):
            yield Passage(path, line_of(pack.texts[path], source), locale, source, _form(path))


def texts_of(table: object) -> Iterator[tuple[Locale, str]]:
    """Yield the texts of decoded TOML: strings under the keys ko and en, or one level deeper (ko.polite)."""
    if isinstance(table, list):
        for entry in table:
            yield from texts_of(entry)
    elif isinstance(table, dict):
        for key, value in table.items():
            if key in LOCALES:
                strings = value.values() if isinstance(value, dict) else [value]
                yield from ((cast("Locale", key), one) for one in strings if isinstance(one, str))
            else:
                yield from texts_of(value)


def _form(path: Path) -> Form:
    if path.name in _REGISTERS:
        return "register"
    return "line" if path.name == "quiz.toml" else "plain"


def _document_passages(pack: Pack, lesson: LessonFolder, name: str, document: Document) -> Iterator[Passage]:
    path, locale = lesson.path / name, cast("Locale", name.split(".")[-2])
    is_guide = name.startswith("guide.")
    for title in _front_texts(document.front):
        yield Passage(path, line_of(pack.texts[path], title), locale, title, "plain", is_guide)
    for block in document.blocks:
        if block.heading:
            yield Passage(path, block.line - 1, locale, block.heading, "plain", is_guide)
        yield Passage(path, block.line, locale, block.source, "prose", is_guide)


def _front_texts(front: Mapping[str, Any]) -> list[str]:
    return [value for key, value in front.items() if key != "original" and isinstance(value, str)]
