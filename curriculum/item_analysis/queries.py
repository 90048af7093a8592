"""Owns the reads of item analysis: the cards of a class, and one item with its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from curriculum.catalog.lesson import Lesson
from curriculum.catalog.page_text import PageText
from curriculum.catalog.queries import catalog, renderer
from curriculum.classrooms.queries import people_of
from curriculum.classrooms.roster import ClassroomRow
from curriculum.item_analysis.card import ItemCard, counts_from, item_card
from curriculum.item_analysis.item_view import Numbers, numbers_of
from curriculum.localization import page_locale
from curriculum.quizzes.queries import earlier_answers, first_attempts, quiz_of, tallies_of


@dataclass(frozen=True, slots=True)
class Cards:
    """The items of a class worth a talk: the first few in words, how many there are, and how many items somebody has
    answered, but too few to say anything about."""

    shown: Sequence[ItemCard]
    in_all: int
    waiting: int


@dataclass(frozen=True, slots=True)
class AnalysedItem:
    """One item: in words, with its numbers where enough have answered, and how many answered an earlier version of the
    quiz, which is not counted here."""

    card: ItemCard
    numbers: Numbers | None
    earlier: int


def cards_of(classroom: ClassroomRow, lessons: Sequence[Lesson], limit: int | None = None) -> Cards:
    """What to talk about with a class, most missed first. One read."""
    counts = counts_from(tallies_of(classroom.school_id, classroom.id, [lesson.quiz_digest for lesson in lessons]))
    text = PageText(renderer(), [page_locale()])
    found = [(one.lesson_id, quiz_of(one.lesson_id).item(one.item_id)) for one in counts.worth_a_talk()]
    known = [(catalog().lesson(lesson_id), item) for lesson_id, item in found if item is not None]
    cards = [item_card(lesson, item, counts, text) for lesson, item in known[:limit]]
    return Cards(cards, len(known), counts.waiting)


def earlier_by_lesson(classroom: ClassroomRow, lessons: Sequence[Lesson]) -> dict[Lesson, int]:
    """The lessons whose quiz has changed since some of the class answered it, with how many did before. One read."""
    found = earlier_answers(classroom.school_id, classroom.id, {lesson.id: lesson.quiz_digest for lesson in lessons})
    return {lesson: found[lesson.id] for lesson in lessons if found.get(lesson.id)}


def analysed_item(classroom: ClassroomRow, lesson: Lesson, item_id: str) -> AnalysedItem | None:
    """One item of a lesson; None when the quiz has no such item. Three reads, of this class and lesson alone."""
    quiz = quiz_of(lesson.id)
    item = quiz.item(item_id)
    if item is None:
        return None
    text = PageText(renderer(), [page_locale()])
    counts = counts_from(tallies_of(classroom.school_id, classroom.id, [quiz.digest]))
    card = item_card(lesson, item, counts, text)
    attempts = first_attempts(classroom.school_id, classroom.id, people_of(classroom), quiz)
    numbers = numbers_of(quiz, item, card.finding, counts.chosen.get((lesson.id, item.id), {}), attempts, text)
    return AnalysedItem(card, numbers, earlier_by_lesson(classroom, [lesson]).get(lesson, 0))
