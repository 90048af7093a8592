"""The same words in Korean and in English."""

from typing import Final, Literal, TypeAlias

import msgspec

Locale: TypeAlias = Literal["ko", "en"]
Style: TypeAlias = Literal["polite", "plain"]  # Korean only: 해요체 for students, plain (-다) for guides

LOCALES: Final[tuple[Locale, ...]] = ("ko", "en")


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text in both languages."""

    ko: str
    en: str

    def in_(self, locale: Locale) -> str:
        """Return the words in one language."""
        return self.ko if locale == "ko" else self.en
