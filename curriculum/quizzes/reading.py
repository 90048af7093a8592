"""Owns how the entries of a quiz.toml are read: texts, options, and what every graded item states."""

from collections.abc import Mapping
from typing import Any

from curriculum.catalog.text import Text
from curriculum.quizzes.item import Option


def text_of(entry: Mapping[str, Any]) -> Text:
    """A text in both languages."""
    return Text(ko=entry["ko"], en=entry["en"])


def options_of(entry: Mapping[str, Any], name: str) -> tuple[Option, ...]:
    """The options or cards under this name, each with its feedback."""
    return tuple(Option(one["id"], text_of(one), text_of(one["feedback"])) for one in entry[name])


def labels_of(entry: Mapping[str, Any], name: str) -> tuple[Option, ...]:
    """What cards are given, such as groups: the feedback is the cards'."""
    return tuple(Option(one["id"], text_of(one)) for one in entry[name])


def shared_by_items(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What every graded item states, as arguments of its class."""
    return {
        "id": entry["id"],
        "prompt": text_of(entry["prompt"]),
        "objective": entry["objective"],
        "help_route": entry.get("help_route", False),
        "step": entry.get("step"),
    }
