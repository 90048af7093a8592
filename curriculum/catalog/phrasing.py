"""Owns the search for what a text may not say: questions about the reader, promises, blame, names of tools."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from curriculum.catalog.passage import Passage
from curriculum.catalog.problem import Problem
from curriculum.catalog.reference import Reference, cites, without_references
from curriculum.catalog.rulebook import Avoid
from curriculum.catalog.sentences import clauses_of
from curriculum.catalog.text import Locale

# A character may say it; in English a single mark is an apostrophe as well.
_QUOTED: Final[dict[Locale, re.Pattern[str]]] = {
    "ko": re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"\n]*\""),
    "en": re.compile(r"“[^”]*”|\"[^\"\n]*\""),
}


def phrasing_problems(passage: Passage, avoids: Sequence[Avoid], course: str, typed: str) -> Iterator[Problem]:
    """Yield what a passage says that it may not; `typed` is its whole file, `course` "" where it has none.

    Facts and contacts are not judged: they are written in their registers, once, with their sources.
    """
    if passage.form == "register":
        return
    source = without_references(passage.source, _shown)
    spoken, unquoted = (list(clauses_of(one)) for one in (source, _QUOTED[passage.locale].sub(_blank, source)))
    for avoid in avoids:
        if _concerns(avoid, passage, course, typed):
            for sentence in spoken if avoid.quoted else unquoted:
                found = avoid.finds(sentence.text, passage.locale)
                if found:
                    yield Problem(passage.path, passage.line + sentence.line, avoid.code, avoid.remedy, found)


def _concerns(avoid: Avoid, passage: Passage, course: str, typed: str) -> bool:
    if (passage.is_for_adults and not avoid.guides) or (passage.is_offered and not avoid.quoted):
        return False
    if avoid.courses and course not in avoid.courses:
        return False
    return avoid.cited is None or not cites(typed, avoid.cited)


def _shown(reference: Reference) -> str:
    return reference.text or "X"


def _blank(quoted: re.Match[str]) -> str:
    # What is quoted may run over lines: they are counted on.
    return "X" + "\n" * quoted[0].count("\n")
