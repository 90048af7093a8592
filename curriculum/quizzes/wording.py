"""Owns the choose-the-better-wording item: a sentence as somebody said it, and what could be said instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from curriculum.catalog.text import Text
from curriculum.quizzes.choice import ChooseOne
from curriculum.quizzes.item import FULL, Response, Told
from curriculum.quizzes.reading import options_of, shared_by_items, text_of


@dataclass(frozen=True)
class BetterWording(ChooseOne):
    """One wording out of several, of which more than one may be better; all points or none."""

    sentence: Text

    type: ClassVar[str] = "wording"

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> "BetterWording":
        """`key` is a list of option ids, `sentence` the wording to improve."""
        options, key = options_of(entry, "options"), frozenset(entry["key"])
        return cls(**shared_by_items(entry), options=options, key=key, sentence=text_of(entry["sentence"]))

    @property
    def asked(self) -> Mapping[str, Told]:
        """The sentence to improve."""
        return {"sentence": self.sentence}

    def points(self, response: Response) -> int:
        """FULL for any wording of the key, else 0: there is nothing between one choice and another."""
        return FULL if self.key.issuperset(response) else 0

    def _problem_of_number(self) -> str | None:
        if not self.key:
            return "key-empty"
        return "key-takes-every-option" if len(self.key) == len(self.options) else None
