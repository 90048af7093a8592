"""Owns what is said of an item in one sentence: a rule makes it from the counts of a class's first responses."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from curriculum.quizzes.item import Item
from curriculum.quizzes.mistake import Mistake
from curriculum.quizzes.tally import Tally

# Of fewer students one alone would be more than a fifth, and a count would tell what somebody answered: what one
# student answered stands on that student's page, where looking is written down.
FEWEST = 5
# A mistake is called common from a quarter on: seven of a class of twenty-six, enough for a talk with everybody.
COMMON = 4


class Said(StrEnum):
    """Which sentence it is."""

    TOO_FEW = "too-few"
    ALL_RIGHT = "all-right"
    ALL_ALIKE = "all-alike"
    COMMON = "common"
    SPREAD = "spread"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class Finding:
    """What there is to say of an item. `answered` first responses, of which `missed` were not fully right; the
    commonest `mistake`, or None where nobody made one or the parts of a response mean nothing alone, as in an order."""

    said: Said
    answered: int
    missed: int
    mistake: Mistake | None = None


def finding_of(item: Item, whole: Tally, chosen: Mapping[str, int]) -> Finding:
    """The sentence for an item: `whole` counts its first responses, `chosen` those by id of `Item.counted`."""
    answered, missed = whole.chosen, whole.missed
    if answered < FEWEST:
        return Finding(Said.TOO_FEW, answered, missed)
    if not missed:
        return Finding(Said.ALL_RIGHT, answered, missed)
    top = max(item.mistakes(chosen, answered), key=attrgetter("count"), default=None)
    if top is None or not top.count:
        return Finding(Said.UNTOLD, answered, missed)
    if _all_alike(item, answered, chosen):
        return Finding(Said.ALL_ALIKE, answered, missed, top)
    return Finding(Said.COMMON if COMMON * top.count >= answered else Said.SPREAD, answered, missed, top)


def _all_alike(item: Item, answered: int, chosen: Mapping[str, int]) -> bool:
    return all(chosen.get(one.id, 0) in (0, answered) for one in item.counted())
