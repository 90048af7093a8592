"""Owns the class page's figures: the grid of students and lessons, its four tiles, the items to talk about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from uuid import UUID

from curriculum.catalog.lesson import Lesson
from curriculum.catalog.page_text import PageText, Part
from curriculum.catalog.text import Text
from curriculum.classrooms.roster import StudentRow
from curriculum.progress.completion import LessonTotal, Progress, State
from curriculum.quizzes.item import Counted
from curriculum.quizzes.quiz import Quiz
from curriculum.quizzes.tally import WHOLE, MissedItem, Tally

MOST_CARDS = 2  # of one item: more than these nobody talks about in a lesson


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell of the grid: how far, and the best share of points as text."""

    state: State
    score: str | None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One student of the grid, with a mark for each lesson."""

    number: int
    name: str
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen at a missed item, with the number of first responses that did. `words`: one text, or several
    side by side such as a card and its group, each in the languages of the page."""

    words: Sequence[Sequence[Part]]
    count: int
    right: bool


@dataclass(frozen=True, slots=True)
class ItemCard:
    """An item worth talking about: what was asked, how the class spread over it, what explains the common mistake.
    `said`: what the prompt is about, such as the statement to judge."""

    lesson: Lesson
    prompt: Sequence[Part]
    said: Sequence[Sequence[Part]]
    answered: int
    missed: int
    choices: Sequence[Choice]
    advice: Sequence[Part]


def grid_rows(
    students: Sequence[StudentRow], lessons: Sequence[Lesson], progress: Mapping[tuple[UUID, str], Progress]
) -> list[GridRow]:
    """The grid, a row a student in the order given, a mark a lesson."""
    return [
        GridRow(student.number, student.display_name, [_mark(progress, student, lesson) for lesson in lessons])
        for student in students
    ]


def _mark(progress: Mapping[tuple[UUID, str], Progress], student: StudentRow, lesson: Lesson) -> Mark:
    found = progress.get((student.id, lesson.id), Progress())
    score = found.score
    return Mark(found.state(len(lesson.steps)), None if score is None else f"{score}%")


def latest_lesson(lessons: Sequence[Lesson], totals: Mapping[str, LessonTotal]) -> Lesson | None:
    """The lesson the class is at: the last in order that anybody has completed or answered."""
    begun = [
        lesson
        for lesson in lessons
        if lesson.id in totals and (totals[lesson.id].completed or totals[lesson.id].scored)
    ]
    return begun[-1] if begun else None


def missed_items(tallies: Mapping[tuple[str, str, str], Tally]) -> list[MissedItem]:
    """Every item that was answered, from the tallies by (lesson, item, option)."""
    return [
        MissedItem(lesson_id, item_id, tally.chosen, tally.missed)
        for (lesson_id, item_id, option_id), tally in tallies.items()
        if option_id == WHOLE
    ]


def item_card(
    missed: MissedItem,
    lesson: Lesson,
    quiz: Quiz,
    tallies: Mapping[tuple[str, str, str], Tally],
    text: PageText,
) -> ItemCard | None:
    """A missed item in words; None when the quiz has it no longer. `advice`: the feedback of the commonest mistake."""
    item = quiz.item(missed.item_id)
    if item is None:
        return None
    counted = [(one, _chosen(tallies, missed, one.id)) for one in item.counted()]
    mistakes = [(count, one.feedback) for one, count in counted if count and not one.right and one.feedback]
    _, advice = max(mistakes, key=itemgetter(0), default=(0, None))
    return ItemCard(
        lesson=lesson,
        prompt=text.inline(item.prompt),
        said=[text.inline(told) for told in item.asked.values() if isinstance(told, Text)],
        answered=missed.answered,
        missed=missed.missed,
        choices=[
            Choice([text.inline(words) for words in one.words], count, one.right) for one, count in _telling(counted)
        ],
        advice=text.inline(advice) if advice else [],
    )


def _telling(counted: Sequence[tuple[Counted, int]]) -> list[tuple[Counted, int]]:
    """What is worth a line: every option; of an item with cards the ones misplaced most, with what fits them and what
    somebody chose instead. All pairs of a card and a place would be a wall of lines."""
    missed: Counter[Text] = Counter()
    for one, count in counted:
        if len(one.words) > 1 and not one.right:
            missed[one.words[0]] += count
    most = {card for card, count in missed.most_common(MOST_CARDS) if count}
    return [
        (one, count)
        for one, count in counted
        if len(one.words) == 1 or one.words[0] not in missed or (one.words[0] in most and (count or one.right))
    ]


def _chosen(tallies: Mapping[tuple[str, str, str], Tally], missed: MissedItem, option_id: str) -> int:
    tally = tallies.get((missed.lesson_id, missed.item_id, option_id))
    return tally.chosen if tally else 0
