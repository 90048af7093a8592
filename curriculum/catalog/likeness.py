"""Owns the search for paragraphs that two lessons share, word for word or nearly so."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from curriculum.catalog.pack import LessonFolder
from curriculum.catalog.problem import Problem
from curriculum.catalog.reference import without_references
from curriculum.catalog.sentences import Sentence, own_words, paragraphs_of
from curriculum.catalog.text import LOCALES, Locale

# Steps whose promises are the same in every lesson: there only a whole block that is equal is too much.
_FIXED = frozenset({"note", "rules", "check", "reflection"})
_RUN = 3  # words in a row that two paragraphs have in common
_SHORTEST = 10  # words: shorter ones are turns of phrase
_MOST_ALIKE = 0.6  # of the runs of both together
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, eq=False)
class _Paragraph:
    lesson: str
    path: Path
    line: int
    kind: str
    words: tuple[str, ...]

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Every run of words in a row."""
        return frozenset(self.words[at : at + _RUN] for at in range(len(self.words) - _RUN + 1))


def likeness_problems(lessons: Sequence[LessonFolder]) -> Iterator[Problem]:
    """Yield paragraphs of one lesson that stand in an earlier one too: a story, a warm-up or a task is told once."""
    for locale in LOCALES:
        known: dict[tuple[str, ...], list[_Paragraph]] = defaultdict(list)
        for lesson in lessons:
            found = list(_paragraphs(lesson, locale))
            for one in found:
                twin = _twin(one, known)
                if twin:
                    remedy = f"write it anew: it stands in {twin.lesson}, line {twin.line}"
                    yield Problem(one.path, one.line, "paragraph_shared", remedy, " ".join(one.words[:6]))
            for one in found:
                for run in one.runs:
                    known[run].append(one)


def _paragraphs(lesson: LessonFolder, locale: Locale) -> Iterator[_Paragraph]:
    for name in (f"{locale}.md", f"other.{locale}.md"):
        for block in lesson.documents[name].blocks if name in lesson.documents else ():
            whole = [Sentence(0, block.source)]
            for one in whole if block.kind in _FIXED else paragraphs_of(block.source):
                words = tuple(_WORD.findall(without_references(one.text, own_words).lower()))
                if len(words) >= _SHORTEST:
                    yield _Paragraph(lesson.id, lesson.path / name, block.line + one.line, block.kind, words)


def _twin(one: _Paragraph, known: dict[tuple[str, ...], list[_Paragraph]]) -> _Paragraph | None:
    """The earlier paragraph most like this one, if they are alike; blocks of fixed promises must be equal."""
    common = Counter(other for run in one.runs for other in known.get(run, ()))
    for other, shared in common.most_common(3):
        alike = shared / (len(one.runs) + len(other.runs) - shared)
        if one.words == other.words or (alike >= _MOST_ALIKE and one.kind not in _FIXED):
            return other
    return None
