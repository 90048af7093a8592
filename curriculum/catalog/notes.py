"""What stands in the margin of one page in one language: numbered sources and explained words."""

from dataclasses import dataclass
from datetime import date

from curriculum.catalog.fact import Fact
from curriculum.catalog.glossary import Word
from curriculum.catalog.text import Locale


@dataclass(frozen=True)
class Source:
    """Where a fact comes from; `id` carries the language: both languages can stand in one document."""

    id: str
    lang: Locale
    label: str
    as_of: date
    url: str | None
    number: int


class Notes:
    """Collects the notes of one page and language; a source keeps its first number, a word is noted once.

    A page that must leave no trace in addresses has its marks not `linked`: a link to a note is one. Words lead to
    their notes only on a page that prints those, where they are `explained`. Where a page has several places that print
    notes of their own, each has a `place` that goes before its ids.
    """

    def __init__(self, *, linked: bool = True, explained: bool = False, place: str = "") -> None:
        self.linked, self.explained, self._place = linked, explained, place
        self._sources: dict[str, Source] = {}
        self._words: dict[str, Word] = {}

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources in the order of their numbers."""
        return tuple(self._sources.values())

    @property
    def words(self) -> tuple[Word, ...]:
        """The words in the order of their first use."""
        return tuple(self._words.values())

    def cite(self, fact: Fact, locale: Locale) -> Source:
        """Return the fact's source, numbered on first use from 1."""
        if fact.id not in self._sources:
            number = len(self._sources) + 1
            label = fact.source_in(locale)
            self._sources[fact.id] = Source(
                f"{self._place}{locale}-{fact.id}", locale, label, fact.as_of, fact.url, number
            )
        return self._sources[fact.id]

    def explain(self, word: Word) -> bool:
        """Note a word; return whether it is new to this page."""
        known = len(self._words)
        self._words.setdefault(word.id, word)
        return len(self._words) > known
