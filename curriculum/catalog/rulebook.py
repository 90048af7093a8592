"""Owns the rules of writing that a pack carries in rules.toml: what texts avoid, must say, and how hard they may be."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

import msgspec

from curriculum.catalog.pack_reader import PackReader, line_of
from curriculum.catalog.problem import Problem
from curriculum.catalog.text import Locale

Range: TypeAlias = tuple[float, float]  # least and most


@lru_cache(maxsize=256)
def pattern(*written: str) -> re.Pattern[str]:
    """Return what finds any of the patterns, in small and capital letters; raises re.error."""
    return re.compile("|".join(written), re.IGNORECASE)


class Avoid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a sentence may not say, by patterns in each language.

    `quoted`: also in quotation marks and in what a quiz offers to be judged; `guides`: also in texts for teachers and
    families; `unless` lets a sentence pass; `courses`: in these alone; `cited`: only in files that do not cite this.
    """

    code: str
    remedy: str
    ko: tuple[str, ...]
    en: tuple[str, ...]
    unless: Mapping[Locale, str] = MappingProxyType({})
    quoted: bool = False
    guides: bool = True
    courses: tuple[str, ...] = ()
    cited: str | None = None

    def finds(self, sentence: str, locale: Locale) -> str | None:
        """Return what the sentence should not say, or None."""
        found = pattern(*(self.ko if locale == "ko" else self.en)).search(sentence)
        if found is None or (locale in self.unless and pattern(self.unless[locale]).search(sentence)):
            return None
        return found[0]

    @property
    def patterns(self) -> tuple[str, ...]:
        """Every pattern it is written with."""
        return (*self.ko, *self.en, *self.unless.values())


class Say(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the blocks of one kind must say together: `cites` a reference, or words that the patterns find.

    `named`: only where a block of this kind has a heading that the patterns find.
    """

    code: str
    file: Literal["lesson", "guide"]
    block: str
    remedy: str
    cites: str | None = None
    ko: str = ""
    en: str = ""
    named: Mapping[Locale, str] = MappingProxyType({})

    @property
    def patterns(self) -> tuple[str, ...]:
        """Every pattern it is written with."""
        return (self.ko, self.en, *self.named.values())


class Apart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """References of which no paragraph holds one of `these` and one of `those`."""

    code: str
    remedy: str
    these: tuple[str, ...]
    those: tuple[str, ...]


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of sentences, in words: the greatest mean, the longest one, and what share may have more than `long`."""

    mean: float
    longest: int
    long: int
    share: float


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a course asks of its lessons; ranges are least and most, `grade` is the Flesch-Kincaid grade of English."""

    syllables: Range
    words_per_syllable: Range
    items: Range
    types: int
    ko: Limits
    en: Limits
    grade: float
    easy_facts: bool = False


class Rulebook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules.toml."""

    avoid: tuple[Avoid, ...] = ()
    say: tuple[Say, ...] = ()
    apart: tuple[Apart, ...] = ()
    levels: Mapping[str, Level] = MappingProxyType({})


def read_rulebook(reader: PackReader, folder: Path) -> Rulebook:
    """Read the rules of a content folder; the reader notes what cannot be read, and then nothing is asked."""
    path = folder / "rules.toml"
    rules = reader.entry(path, Rulebook)
    if rules is None:
        return Rulebook()
    reader.problems.extend(_unreadable(path, reader.texts[path], rules))
    return Rulebook() if reader.problems else rules


def _unreadable(path: Path, typed: str, rules: Rulebook) -> Iterator[Problem]:
    written_down: tuple[Avoid | Say, ...] = (*rules.avoid, *rules.say)
    for one in written_down:
        for written in one.patterns:
            try:
                pattern(written)
            except re.error as error:
                remedy = "write it as a regular expression of Python"
                yield Problem(path, line_of(typed, one.code), "pattern_invalid", remedy, f"{written}: {error}")
