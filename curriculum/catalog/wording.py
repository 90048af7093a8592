"""Words Dongui does not use: found in any text of a pack, however they are spaced or marked up."""

import re
from collections.abc import Iterator, Sequence

from curriculum.catalog.entry import AvoidedWord
from curriculum.catalog.passage import Passage
from curriculum.catalog.problem import Problem


def wording_problems(passage: Passage, avoided: Sequence[AvoidedWord]) -> Iterator[Problem]:
    """Yield the avoided words of a passage, with what to say instead."""
    for word in avoided:
        for found in _pattern(word).finditer(_without_names(passage.source, word)):
            line = passage.line + passage.source.count("\n", 0, found.start())
            remedy = f"say instead: {word.say_instead}. {word.reason}"
            yield Problem(passage.path, line, "word_avoided", remedy, found[0])


def _without_names(source: str, word: AvoidedWord) -> str:
    for name in word.official_names:
        # The same length, so that what is found still stands where it stood.
        source = source.replace(name, " " * len(name))
    return source


def _pattern(word: AvoidedWord) -> re.Pattern[str]:
    # Korean compounds are written with or without a space, and a line may break or be marked up within them.
    between = r"[\s*_]*" if word.language == "ko" else r"[\s*_-]+"
    written = between.join(re.escape(part) for part in word.term.split())
    return re.compile(written if word.language == "ko" else rf"\b{written}", re.IGNORECASE)
