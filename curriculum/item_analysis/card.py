"""Owns an item worth talking about as a page shows it: what was asked, the sentence, what explains the mistake."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curriculum.catalog.lesson import Lesson
from curriculum.catalog.page_text import PageText, Part
from curriculum.catalog.text import Text
from curriculum.item_analysis.finding import FEWEST, Finding, finding_of
from curriculum.quizzes.item import Item
from curriculum.quizzes.tally import WHOLE, MissedItem, Tally, most_missed

Tallies = Mapping[tuple[str, str, str], Tally]  # by (lesson, item, option)


@dataclass(frozen=True, slots=True)
class ItemCard:
    """An item in words. `told`: what the prompt is about, such as the statement to judge; `words`: the commonest
    mistake; `advice`: what explains it. All in the languages of the page."""

    lesson: Lesson
    item_id: str
    step: str | None
    prompt: Sequence[Part]
    told: Sequence[Sequence[Part]]
    finding: Finding
    words: Sequence[Sequence[Part]]
    advice: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Counts:
    """How a class's first responses to each answered item spread, by (lesson, item): whole, and by what was chosen."""

    whole: Mapping[tuple[str, str], Tally]
    chosen: Mapping[tuple[str, str], Mapping[str, int]]

    def worth_a_talk(self) -> list[MissedItem]:
        """The items that at least a quarter missed, among those that enough have answered; most missed first."""
        enough = [
            MissedItem(*place, one.chosen, one.missed) for place, one in self.whole.items() if one.chosen >= FEWEST
        ]
        return most_missed(enough, limit=len(enough))

    @property
    def waiting(self) -> int:
        """How many items somebody has answered, but too few to say anything about."""
        return sum(0 < one.chosen < FEWEST for one in self.whole.values())


def counts_from(tallies: Tallies) -> Counts:
    """The counts, item by item."""
    chosen: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    whole = {}
    for (lesson_id, item_id, option_id), tally in tallies.items():
        if option_id == WHOLE:
            whole[lesson_id, item_id] = tally
        else:
            chosen[lesson_id, item_id][option_id] = tally.chosen
    return Counts(whole, chosen)


def item_card(lesson: Lesson, item: Item, counts: Counts, text: PageText) -> ItemCard:
    """An item in words; one that nobody has answered has had too few responses."""
    place = lesson.id, item.id
    finding = finding_of(item, counts.whole.get(place, Tally(0, 0)), counts.chosen.get(place, {}))
    mistake = finding.mistake
    return ItemCard(
        lesson=lesson,
        item_id=item.id,
        step=item.step,
        prompt=text.inline(item.prompt),
        told=[text.inline(told) for told in item.asked.values() if isinstance(told, Text)],
        finding=finding,
        words=[text.inline(words) for words in mistake.words] if mistake else [],
        advice=text.inline(mistake.feedback) if mistake and mistake.feedback else [],
    )
