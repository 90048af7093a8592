"""Owns how a text is cut into paragraphs and sentences, and how many words of its own it has."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from curriculum.catalog.reference import Reference, without_references

_UNREAD = re.compile(r"\s*(?:\||#{1,6}\s|```)")
_MARK = re.compile(r"^\s*(?:>\s?|[-*+]\s|\d+\.\s)+|\*\*")
_END = re.compile(r"(?<=[.?!…])[”’\"')]*\s+")
_NEW = re.compile(r"\s*(?:$|[-*+]\s|\d+\.\s|\||#{1,6}\s)")
_LETTER = re.compile(r"[^\W\d_]")
_HANGUL = re.compile(r"[가-힣]")
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z’'-]*")


@dataclass(frozen=True)
class Sentence:
    """One stretch of a text; `line` (from 0) is where it begins."""

    line: int
    text: str

    @property
    def words(self) -> int:
        """How many words it has, eojeol (어절) in Korean: what stands between spaces and holds a letter."""
        return sum(1 for word in self.text.split() if _LETTER.search(word))


def sentences_in(source: str) -> Iterator[Sentence]:
    """Yield the sentences somebody reads, each line of a dialogue for itself.

    Whole facts, tables and headings are not among them: facts are written elsewhere, the others are no sentences.
    """
    prose = "\n".join("" if _UNREAD.match(line) else _MARK.sub("", line) for line in source.split("\n"))
    yield from clauses_of(without_references(prose, _read))


def clauses_of(source: str) -> Iterator[Sentence]:
    """Yield what stands between full stops, question marks, exclamation marks and ends of lines, anywhere in a text."""
    for number, line in enumerate(source.split("\n")):
        yield from (Sentence(number, one.strip()) for one in _END.split(line) if _LETTER.search(one))


def paragraphs_of(source: str) -> Iterator[Sentence]:
    """Yield the paragraphs, list items and rows of tables of a text."""
    start, lines = 0, list[str]()
    for number, line in enumerate([*source.split("\n"), ""]):
        if _NEW.match(line):
            if lines:
                yield Sentence(start, "\n".join(lines))
            start, lines = number, [line] if line.strip() else []
        else:
            start, lines = start if lines else number, [*lines, line]


def syllable_blocks(source: str) -> int:
    """Return how many Korean syllables a text has of its own, without facts and contacts."""
    return len(_HANGUL.findall(without_references(source, own_words)))


def english_words(source: str) -> list[str]:
    """Return the English words a text has of its own, without facts and contacts."""
    return _ENGLISH.findall(without_references(source, own_words))


def own_words(reference: Reference) -> str:
    """What is typed in a reference itself: the words that a glossary word explains."""
    return reference.text or ""


def _read(reference: Reference) -> str:
    # A contact or a figure counts as one word, a whole fact is a sentence of its own.
    if reference.kind == "word":
        return reference.text or reference.id
    return "" if reference.is_sentence else "X"
