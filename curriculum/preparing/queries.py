"""Owns what the pages of preparing show of a lesson, in the languages they are read in; nothing of it is personal."""

from functools import lru_cache
from typing import Any

from curriculum.catalog.lesson import Lesson
from curriculum.catalog.notes import Notes
from curriculum.catalog.page_text import PageText
from curriculum.catalog.queries import renderer
from curriculum.catalog.rendering import Renderer
from curriculum.catalog.text import Locale
from curriculum.localization import page_locale, reading_locales
from curriculum.pauses.rest import Rest, as_it_rests
from curriculum.preparing.slides import Deck, StoryWay, deck_of
from curriculum.preparing.worksheet import Sheet, sheet_of
from curriculum.quizzes.item import Item, Part
from curriculum.quizzes.page import Kept, QuizPart, quiz_part
from curriculum.quizzes.queries import quiz_of
from curriculum.safeguarding.queries import card_parts

_PAGES = 128  # lessons in each reading mode


def briefing(lesson: Lesson) -> dict[str, Any]:
    """What a teacher reads before a lesson: the card, and of the guide what is to be planned, had ready and said."""
    locale, notes = page_locale(), Notes()
    card = card_parts(notes)
    shown = [section for section in lesson.guide if section.kind in {"plan", "prepare", "disclosure"}]
    guide = {
        section.kind: (
            section.heading.in_(locale),
            renderer().render(section.body.in_(locale), locale, "plain", notes).html,
        )
        for section in sorted(shown, key=lambda one: one.kind == "disclosure")
    }
    return {**card, "guide": guide, "sources": notes.sources}


def deck(lesson: Lesson, rest: Rest, way: StoryWay) -> Deck:
    """The slides of a lesson as it rests for a class, in the languages of this page."""
    return _deck(renderer(), as_it_rests(lesson, rest), reading_locales(), way)


def sheet(lesson: Lesson, rest: Rest, *, with_texts: bool) -> Sheet:
    """The worksheet of a lesson as it rests for a class, in the languages of this page."""
    return _sheet(renderer(), as_it_rests(lesson, rest), reading_locales(), with_texts)


def asked_parts(lesson: Lesson) -> list[QuizPart]:
    """The parts of a lesson's quiz as they are asked: without any sign of the key."""
    return [_part(lesson, part, Kept()) for part in quiz_of(lesson.id).parts]


def told_parts(lesson: Lesson, *, only: str | None = None) -> list[QuizPart]:
    """The graded items of a lesson's quiz with what is right and why; or one of them."""
    items = [item for item in quiz_of(lesson.id).items if only in {None, item.id}]
    return [_told(lesson, item) for item in items]


def _told(lesson: Lesson, item: Item) -> QuizPart:
    return _part(lesson, item, Kept(response=item.right_response, is_open=False))


def _part(lesson: Lesson, part: Part, kept: Kept) -> QuizPart:
    text = PageText(renderer(), reading_locales(), place=f"{part.id}-")
    return quiz_part(part, kept, text, lesson.note)  # what is told to who missed an item: nobody does here


@lru_cache(maxsize=_PAGES)
def _deck(of: Renderer, lesson: Lesson, locales: tuple[Locale, ...], way: StoryWay) -> Deck:
    return deck_of(of, lesson, locales, way)


@lru_cache(maxsize=_PAGES)
def _sheet(of: Renderer, lesson: Lesson, locales: tuple[Locale, ...], with_texts: bool) -> Sheet:
    return sheet_of(of, lesson, {locale: Notes(linked=False) for locale in locales}, with_texts=with_texts)
