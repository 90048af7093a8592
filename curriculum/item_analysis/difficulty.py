"""Owns how hard an item was and how well it tells students apart: two figures of classical item analysis."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import correlation

# Below ten, one student more or less turns the figure over: at ten and no relation at all, it still lies beyond
# a half in either direction once in seven times.
FEWEST = 10


class Missing(StrEnum):
    """Why there is no discrimination index."""

    ONE_ITEM = "one-item"
    TOO_FEW = "too-few"
    ITEM_ALIKE = "item-alike"
    REST_ALIKE = "rest-alike"


@dataclass(frozen=True, slots=True)
class Scores:
    """What one student's first attempt earned: at the item, and at all other items of the quiz, in points."""

    item: int
    rest: int


def difficulty(answered: int, missed: int) -> int | None:
    """The share of first responses that were fully right, in whole percent, halves upwards; None of nobody.

    p = right / answered, the classical difficulty index (Crocker & Algina 1986, Introduction to Classical and Modern
    Test Theory, chapter 14): the easier the item, the higher.
    """
    return (200 * (answered - missed) + answered) // (2 * answered) if answered else None


def discrimination(scores: Sequence[Scores], items: int) -> float | Missing:
    """How far those who do well at the rest of the quiz do well at this item too, from -1 to 1, or why that cannot be
    said. `items`: how many the quiz has.

    The corrected item-total correlation: Pearson's r of the points at the item and the points at all other items. Where
    an item is right or wrong it is the corrected point-biserial. Without the correction an item would be compared with
    itself, the more the shorter the quiz (Henrysson 1963, Psychometrika 28(2), 211-218, doi 10.1007/BF02289618).
    """
    if items < 2:
        return Missing.ONE_ITEM
    if len(scores) < FEWEST:
        return Missing.TOO_FEW
    item, rest = [one.item for one in scores], [one.rest for one in scores]
    if len(set(item)) == 1:
        return Missing.ITEM_ALIKE
    if len(set(rest)) == 1:
        return Missing.REST_ALIKE
    return correlation(item, rest)
