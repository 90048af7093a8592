"""Owns an item's numbers as its page shows them: two figures, and the spread of the responses in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curriculum.catalog.page_text import PageText, Part
from curriculum.catalog.text import Text
from curriculum.item_analysis.difficulty import Missing, Scores, difficulty, discrimination
from curriculum.item_analysis.distribution import Bar, Spread, spreads_of, spreads_of_order
from curriculum.item_analysis.finding import FEWEST, Finding
from curriculum.progress.completion import percent
from curriculum.quizzes.item import Item
from curriculum.quizzes.order import OrderSteps
from curriculum.quizzes.quiz import Quiz
from curriculum.quizzes.tally import GradedResponse

Attempt = Mapping[str, GradedResponse]  # what one student chose first, by item id


@dataclass(frozen=True, slots=True)
class ShownBar:
    """One bar. `words`: what could be chosen, or `place`: a place in an order; `share`: its length in percent."""

    words: Sequence[Part]
    place: int | None
    count: int
    share: int
    right: bool


@dataclass(frozen=True, slots=True)
class ShownSpread:
    """Bars with what they are about, of `of` responses."""

    title: Sequence[Part]
    of: int
    bars: Sequence[ShownBar]


@dataclass(frozen=True, slots=True)
class Numbers:
    """An item's numbers. `right`: the difficulty index in percent; `tells`: the discrimination index, or `missing`: why
    there is none; `students`: whose first attempts it comes from."""

    right: int | None
    tells: float | None
    missing: Missing | None
    students: int
    spreads: Sequence[ShownSpread]


def numbers_of(
    quiz: Quiz,
    item: Item,
    finding: Finding,
    chosen: Mapping[str, int],
    attempts: Sequence[Attempt],
    text: PageText,
) -> Numbers | None:
    """The numbers of an item; None where too few have answered it. `chosen`: first responses by what was chosen;
    `attempts`: the first attempts of who learns in the class now."""
    if finding.answered < FEWEST:
        return None
    whole = [one for one in attempts if one.keys() >= {item.id for item in quiz.items}]
    found = discrimination([_scores(one, item.id) for one in whole], len(quiz.items))
    if isinstance(item, OrderSteps):
        placed = [one[item.id].options for one in whole]
        spreads = spreads_of_order(item, placed) if len(placed) >= FEWEST else []
    else:
        spreads = spreads_of(item, chosen, finding.answered)
    return Numbers(
        right=difficulty(finding.answered, finding.missed),
        tells=None if isinstance(found, Missing) else found,
        missing=found if isinstance(found, Missing) else None,
        students=len(whole),
        spreads=[_shown(one, text) for one in spreads],
    )


def _scores(attempt: Attempt, item_id: str) -> Scores:
    own = attempt[item_id].points
    return Scores(own, sum(one.points for one in attempt.values()) - own)


def _shown(spread: Spread, text: PageText) -> ShownSpread:
    title = text.inline(spread.title) if spread.title else []
    return ShownSpread(title, spread.of, [_bar(bar, spread.of, text) for bar in spread.bars])


def _bar(bar: Bar, of: int, text: PageText) -> ShownBar:
    words = text.inline(bar.words) if isinstance(bar.words, Text) else []
    place = None if isinstance(bar.words, Text) else bar.words
    return ShownBar(words, place, bar.count, percent(bar.count, of) or 0, bar.right)
