"""Every text of a pack that someone will read, as passages the checks can go through."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

from curriculum.catalog.block import Document
from curriculum.catalog.pack import LessonFolder, Pack, UnitFolder
from curriculum.catalog.pack_reader import line_of
from curriculum.catalog.text import LOCALES, Locale

# prose: blocks of Markdown; line: one paragraph of Markdown; plain: no Markdown and no references;
# register: a fact or contact, the only place where digits are typed.
Form: TypeAlias = Literal["prose", "line", "plain", "register"]

_REGISTERS = ("facts.toml", "contacts.toml")
_ASKING = ("quiz.toml", "survey.toml")


@dataclass(frozen=True)
class Passage:
    """One text in one language; `line` (from 1) is where it begins; `is_guide`: for teachers.

    `is_offered`: by a quiz or survey, to be judged, so that it may be wrong on purpose.
    """

    path: Path
    line: int
    locale: Locale
    source: str
    form: Form
    is_guide: bool = False
    is_offered: bool = False

    @property
    def is_for_adults(self) -> bool:
        """Whether teachers or families read it, not students."""
        return self.is_guide or self.path.name.startswith("family.")


def passages(pack: Pack) -> Iterator[Passage]:
    """Yield every text of a pack: blocks, headings, titles, and the texts of its TOML files."""
    folders: Sequence[LessonFolder | UnitFolder] = (*pack.units, *pack.lessons)
    for folder in folders:
        for name, document in folder.documents.items():
            yield from _document_passages(pack, folder, name, document)
    for path, table in pack.tables.items():
        if path.name == "words.toml":
            continue
        offered = set(_offered(table)) if path.name in _ASKING else set()
        for locale, source in texts_of(table):
            line, is_offered = line_of(pack.texts[path], source), source in offered
            yield Passage(path, line, locale, source, _form(path), is_offered=is_offered)


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


def _offered(asking: Mapping[str, Any]) -> Iterator[object]:
    """Yield what is to be judged: options, cards and rows, a sentence to improve, a claim that holds or fails."""
    for item in _tables(asking.get("items")):
        # Steps to put in order are all right: only their order is asked.
        kinds = () if item.get("type") == "order" else ("options", "cards", "sentence")
        claims = _tables(item.get("prompt")) if item.get("type") == "reason" else []
        bars = [row for chart in _tables(item.get("chart")) for row in _tables(chart.get("rows"))]
        for one in (*claims, *bars, *(entry for kind in kinds for entry in _tables(item.get(kind)))):
            yield from (one[locale] for locale in LOCALES if isinstance(one.get(locale), str))


def _tables(found: object) -> list[dict[str, Any]]:
    """The tables in decoded TOML, whatever was written there: what it should be is said elsewhere."""
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]


def _form(path: Path) -> Form:
    if path.name in _REGISTERS:
        return "register"
    return "line" if path.name == "quiz.toml" else "plain"


def _document_passages(
    pack: Pack, folder: LessonFolder | UnitFolder, name: str, document: Document
) -> Iterator[Passage]:
    path, locale = folder.path / name, cast("Locale", name.split(".")[-2])
    is_guide = name.startswith("guide.")
    for title in _front_texts(document.front):
        yield Passage(path, line_of(pack.texts[path], title), locale, title, "plain", is_guide)
    for block in document.blocks:
        if block.heading:
            yield Passage(path, block.line - 1, locale, block.heading, "plain", is_guide)
        yield Passage(path, block.line, locale, block.source, "prose", is_guide)


def _front_texts(front: Mapping[str, Any]) -> list[str]:
    return [value for key, value in front.items() if key != "original" and isinstance(value, str)]
