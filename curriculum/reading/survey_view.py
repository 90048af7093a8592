"""Owns what the page of a survey shows: its items by kind, in the languages of the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from curriculum.catalog.page_text import PageText, Part
from curriculum.catalog.survey import KINDS, Kind, SurveyItem


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item; `options` are its answers, each with whether it is right, empty where it is asked on the scale."""

    prompt: Sequence[Part]
    options: Sequence[tuple[Sequence[Part], bool]]


def survey_groups(items: Sequence[SurveyItem], text: PageText) -> list[tuple[Kind, list[ShownItem]]]:
    """The items of each kind there is, kinds in their order."""
    groups = [(kind, [_shown(item, text) for item in items if item.kind == kind]) for kind in KINDS]
    return [(kind, shown) for kind, shown in groups if shown]


def _shown(item: SurveyItem, text: PageText) -> ShownItem:
    return ShownItem(text.plain(item.prompt), [(text.plain(option), option.id == item.key) for option in item.options])
