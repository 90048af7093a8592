"""Reads the catalog of the running app, and its pages rendered for today, each once a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from flask import current_app

from curriculum.catalog.catalog import Catalog
from curriculum.catalog.course import Unit
from curriculum.catalog.duty import Duty
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.page import LessonPage, render_duties, render_family, render_guide, render_lesson
from curriculum.catalog.rendering import Rendered, Renderer
from curriculum.catalog.review_day import today_in_korea
from curriculum.catalog.text import Locale

# Enough for every lesson and guide of a full curriculum in both languages.
_PAGES = 256


def catalog() -> Catalog:
    """Return the catalog that was loaded at start-up."""
    loaded: Catalog = current_app.extensions["catalog"]
    return loaded


def course_lessons(course_id: str) -> tuple[Lesson, ...]:
    """The lessons of a course in order; none where there is no such course any more."""
    found = catalog().course(course_id)
    return found.lessons if found else ()


def renderer() -> Renderer:
    """Return the renderer for today's date in Korea: the same object all day, so that it can key a cache."""
    return _renderer(catalog(), today_in_korea())


def lesson_page(lesson: Lesson, locale: Locale) -> LessonPage:
    """Return a lesson rendered in one language; it holds nothing personal."""
    return _lesson_page(renderer(), lesson, locale)


def guide_page(lesson: Lesson, locale: Locale) -> Mapping[str, Rendered]:
    """Return a teacher's guide rendered in one language, by section id."""
    return _guide_page(renderer(), lesson, locale)


def family_page(unit: Unit, locale: Locale) -> Mapping[str, Rendered]:
    """Return a unit's page for families rendered in one language, by section id."""
    return _family_page(renderer(), unit, locale)


def duty_facts(duties: Sequence[Duty], locale: Locale) -> list[Rendered]:
    """Return the facts that state these duties to teach, rendered in one language."""
    return render_duties(renderer(), duties, locale)


@lru_cache(maxsize=2)
def _renderer(catalog: Catalog, today: date) -> Renderer:
    return Renderer(catalog.facts, catalog.contacts, catalog.glossary, today)


_lesson_page = lru_cache(maxsize=_PAGES)(render_lesson)
_guide_page = lru_cache(maxsize=_PAGES)(render_guide)
_family_page = lru_cache(maxsize=_PAGES)(render_family)
