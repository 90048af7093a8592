"""A fact of the register: a sentence with its source, the day it was checked, and a day to check it again."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

import msgspec

from curriculum.catalog.text import Locale, Style, Text

Jurisdiction: TypeAlias = Literal["KR", "US", "UK", "EU", "AU", "FR", "INT"]

# Where a fact holds or was counted, when that is not Korea: it stands with the source.
_ABROAD: Final[Mapping[Jurisdiction, Text]] = {
    "US": Text(ko="미국", en="US"),
    "UK": Text(ko="영국", en="UK"),
    "EU": Text(ko="유럽연합", en="EU"),
    "AU": Text(ko="호주", en="Australia"),
    "FR": Text(ko="프랑스", en="France"),
    "INT": Text(ko="국제", en="International"),
}
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


class KoreanSentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sentence in 해요체 (for students) and in plain style (for guides)."""

    polite: str
    plain: str


class Figure(Text, frozen=True, forbid_unknown_fields=True):
    """One figure as it is printed; `value` is the same number again, where something is drawn from it."""

    value: float | None = None

    @property
    def says_its_value(self) -> bool:
        """Whether the words of both languages hold the value, if there is one."""
        return self.value is None or all(self.value in _numbers_in(words) for words in (self.ko, self.en))


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A law, figure or finding; `safe` says it without figures and without a date, so that it stays true.

    `easy` says it to nine- to twelve-year-olds, without figures too; a text refers to it as {fact:id.easy}.
    `jurisdiction` is where it holds, or where it was counted.
    """

    id: str
    ko: KoreanSentence
    en: str
    safe: Text
    source: Text
    jurisdiction: Jurisdiction
    as_of: date
    review_by: date
    easy: Text | None = None
    figures: Mapping[str, Figure] = MappingProxyType({})
    url: str | None = None

    @property
    def has_figures(self) -> bool:
        """Whether anything it says can go out of date: a figure of its own or a digit in its sentence."""
        return bool(self.figures) or bool(_DIGIT.search(self.ko.polite + self.ko.plain + self.en))

    def is_overdue(self, today: date) -> bool:
        """Whether its review day has passed; on the day itself it still holds."""
        return today > self.review_by

    def gives_way(self, today: date) -> bool:
        """Whether the safe sentence stands in for the sentence on this day."""
        return self.has_figures and self.is_overdue(today)

    def sentence(self, locale: Locale, style: Style, today: date) -> str:
        """Return the sentence; past the review day one with figures gives way to the safe sentence."""
        if self.gives_way(today):
            return self.safe.in_(locale)
        if locale == "en":
            return self.en
        return self.ko.polite if style == "polite" else self.ko.plain

    def source_in(self, locale: Locale) -> str:
        """Return the source as it is printed; one that is not Korean names its country, unless it does so itself."""
        source, abroad = self.source.in_(locale), _ABROAD.get(self.jurisdiction)
        if abroad is None or abroad.in_(locale) in source:
            return source
        return f"{source} ({abroad.in_(locale)})"


def _numbers_in(words: str) -> list[float]:
    return [float(found.replace(",", "")) for found in _NUMBER.findall(words)]
