"""Owns the private reflection: a few lines for oneself, which are never sent, and where to turn meanwhile."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from curriculum.catalog.text import LOCALES, Text
from curriculum.quizzes.item import Option, PrivatePart, Told
from curriculum.quizzes.reading import text_of

# Beside every field a learner writes in (the curriculum's rule S5).
TURN_TO = ("kr-channel-1366", "kr-channel-112")
# Nobody is asked for what happened to them or what they did (rules P2 and S6).
_EXPERIENCE = re.compile(
    r"(?:겪은|당한|받은|보낸|올린|퍼뜨린|만든|본|해 본|있었던)\s?적(?:이|은|\s)|\bhave you ever\b|\bdid you ever\b"
    r"|\bhas (?:it|this|anyone) ever\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reflection(PrivatePart):
    """A prompt, and beginnings of sentences for who wants one."""

    starters: tuple[Text, ...]

    type: ClassVar[str] = "reflection"

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> "Reflection":
        """`starters` is a list of texts and may be missing."""
        starters = tuple(text_of(starter) for starter in entry.get("starters", ()))
        return cls(id=entry["id"], prompt=text_of(entry["prompt"]), starters=starters)

    @property
    def asked(self) -> Mapping[str, Told]:
        """The beginnings, and the places to turn to."""
        starters = [Option(str(place), text) for place, text in enumerate(self.starters, start=1)]
        places = [Option(place, Text(ko=f"{{contact:{place}}}", en=f"{{contact:{place}}}")) for place in TURN_TO]
        return {"starters": starters, "turn_to": places}

    def problem(self) -> str | None:
        """It must not ask for an experience."""
        texts = (self.prompt, *self.starters)
        asks = any(_EXPERIENCE.search(text.in_(locale)) for text in texts for locale in LOCALES)
        return "reflection-asks-for-experience" if asks else None
