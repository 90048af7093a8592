"""Markdown with references turned into safe HTML in one language, together with the notes for its margin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markdown_it.token import Token
from markupsafe import Markup

from curriculum.catalog.contact import Contact
from curriculum.catalog.fact import Fact, Figure
from curriculum.catalog.glossary import Word
from curriculum.catalog.markup import clean, lesson_markdown
from curriculum.catalog.notes import Notes, Source
from curriculum.catalog.reference import Reference, UnknownReference
from curriculum.catalog.reference_html import ReferenceWriter
from curriculum.catalog.registers import Registers
from curriculum.catalog.table import name_columns
from curriculum.catalog.text import Locale, Style

__all__ = ["Notes", "Rendered", "Renderer", "Source", "UnknownReference", "Word"]

_MARKDOWN = lesson_markdown()


@dataclass(frozen=True)
class Rendered:
    """Safe HTML, and the sources and words that this text was the first on its page to use."""

    html: Markup
    sources: tuple[Source, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, eq=False)
class Renderer:
    """Renders by the facts, contacts and words of one pack as they hold on one day; it can key a cache."""

    facts: Mapping[str, Fact]
    contacts: Mapping[str, Contact]
    glossary: Mapping[str, Word]
    today: date

    def render(self, source: str, locale: Locale, style: Style = "polite", notes: Notes | None = None) -> Rendered:
        """Render blocks of Markdown; raises UnknownReference.

        Share `notes` among the texts of one page and language, so that source numbers run on.
        """
        return self._rendered(_MARKDOWN.parse(source), locale, style, notes or Notes())

    def render_inline(
        self, source: str, locale: Locale, style: Style = "polite", notes: Notes | None = None
    ) -> Rendered:
        """Render one paragraph without its <p>; raises UnknownReference."""
        return self._rendered(_MARKDOWN.parseInline(source), locale, style, notes or Notes())

    def figure(self, reference: Reference) -> Figure | None:
        """Return a figure for what is drawn from it, or None when its fact gives way; raises UnknownReference."""
        fact = Registers(self.facts, self.contacts, self.glossary).fact(reference)
        return None if reference.part is None or fact.gives_way(self.today) else fact.figures[reference.part]

    def _rendered(self, tokens: list[Token], locale: Locale, style: Style, notes: Notes) -> Rendered:
        sources, words = len(notes.sources), len(notes.words)
        registers = Registers(self.facts, self.contacts, self.glossary)
        writer = ReferenceWriter(registers, locale, style, self.today, notes)
        name_columns(tokens)
        for token in tokens:
            token.children = _resolved(token.children or [], writer)
        html = clean(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
        safe = Markup(html)  # noqa: S704 - it comes out of the allow-list just above
        return Rendered(safe, notes.sources[sources:], notes.words[words:])


def _resolved(children: Sequence[Token], writer: ReferenceWriter) -> list[Token]:
    """Resolve what one paragraph, list item or cell refers to; an overdue figure makes all of it give way."""
    references = [child.meta["reference"] for child in children if child.type == "reference"]
    safe = writer.safe_sentences(references)
    if safe:
        return [Token("text", "", 0, content=safe)]
    return [_resolved_child(child, writer) for child in children]


def _resolved_child(child: Token, writer: ReferenceWriter) -> Token:
    if child.type != "reference":
        return child
    return Token("html_inline", "", 0, content=writer.html(child.meta["reference"]))
