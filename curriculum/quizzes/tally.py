"""Owns item tallies: how a class's first responses spread over the options, and which items are missed most."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from curriculum.quizzes.item import FULL, Response

# The row of a tally that counts the item as a whole; no option can have this id.
WHOLE = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often an option was chosen (or an item answered), and how often in a response that was not fully right."""

    chosen: int
    missed: int


@dataclass(frozen=True, slots=True)
class GradedResponse:
    """What was chosen at one item and the points it earned, as it is stored: it outlives an edited quiz."""

    item_id: str
    options: Response
    points: int


def tally_rows(responses: Iterable[GradedResponse]) -> dict[tuple[str, str], Tally]:
    """What one student's first attempt adds, by (item, option)."""
    rows: dict[tuple[str, str], Tally] = {}
    for response in responses:
        missed = int(response.points < FULL)
        rows |= {(response.item_id, option): Tally(1, missed) for option in (WHOLE, *response.options)}
    return rows


def tallies_from(first_attempts: Iterable[Iterable[GradedResponse]]) -> dict[tuple[str, str], Tally]:
    """Recompute the tallies of a class at one version of a quiz from the first attempts of its students."""
    chosen: Counter[tuple[str, str]] = Counter()
    missed: Counter[tuple[str, str]] = Counter()
    for responses in first_attempts:
        for key, row in tally_rows(responses).items():
            chosen[key] += row.chosen
            missed[key] += row.missed
    return {key: Tally(chosen[key], missed[key]) for key in chosen}


@dataclass(frozen=True, slots=True)
class MissedItem:
    """An item that a class missed: out of `answered` first responses `missed` were not fully right."""

    lesson_id: str
    item_id: str
    answered: int
    missed: int


def most_missed(items: Iterable[MissedItem], limit: int) -> list[MissedItem]:
    """The items with the largest share missed, at least a quarter; ties by more misses, then by id."""
    worth_a_talk = [item for item in items if 4 * item.missed >= item.answered > 0]
    worth_a_talk.sort(key=lambda item: (-item.missed / item.answered, -item.missed, item.lesson_id, item.item_id))
    return worth_a_talk[:limit]
