"""A fact of the register: a sentence with its source, the day it was checked, and a day to check it again."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import msgspec

from curriculum.catalog.text import Locale, Style, Text

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
    """A law, figure or finding; `safe` says it without figures and without a date, so that it stays true."""

    id: str
    ko: KoreanSentence
    en: str
    safe: Text
    source: Text
    as_of: date
    review_by: date
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


def _numbers_in(words: str) -> list[float]:
    return [float(found.replace(",", "")) for found in _NUMBER.findall(words)]
