"""Single texts of a page in the languages it is read in, one part a language, with the notes they share."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from curriculum.catalog.fact import Figure
from curriculum.catalog.notes import Notes, Source
from curriculum.catalog.reference import Reference
from curriculum.catalog.rendering import Renderer
from curriculum.catalog.text import Locale, Text


@dataclass(frozen=True)
class Part:
    """One text in one language, as safe HTML."""

    lang: Locale
    html: Markup


class PageText:
    """Renders texts for one page, or one place of it; source numbers run on through each language."""

    def __init__(self, renderer: Renderer, locales: Sequence[Locale], place: str = "") -> None:
        self._renderer = renderer
        self._notes = {locale: Notes(place=place) for locale in locales}

    def inline(self, text: Text) -> list[Part]:
        """Return a text of one paragraph, in each language of the page."""
        return [
            Part(locale, self._renderer.render_inline(text.in_(locale), locale, notes=notes).html)
            for locale, notes in self._notes.items()
        ]

    def blocks(self, text: Text) -> list[Part]:
        """Return a text of several paragraphs, in each language of the page."""
        return [
            Part(locale, self._renderer.render(text.in_(locale), locale, notes=notes).html)
            for locale, notes in self._notes.items()
        ]

    def plain(self, text: Text) -> list[Part]:
        """Return a text without markup, such as a title, in each language of the page."""
        return [Part(locale, Markup.escape(text.in_(locale))) for locale in self._notes]

    def figure(self, reference: Reference) -> Figure | None:
        """Return a figure for what is drawn from it, or None when its fact gives way; raises UnknownReference."""
        return self._renderer.figure(reference)

    @property
    def sources(self) -> tuple[Source, ...]:
        """What the texts rendered so far cite, language by language: the marks of each lead to its own."""
        return tuple(source for notes in self._notes.values() for source in notes.sources)
