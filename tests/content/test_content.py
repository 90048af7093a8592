"""The lessons as they are taught: they pass the check, and every page of them renders in both languages."""

from pathlib import Path

import pytest

from curriculum.catalog.catalog import Catalog, load_catalog
from curriculum.catalog.check import check_content
from curriculum.catalog.due import due
from curriculum.catalog.page import render_guide, render_lesson
from curriculum.catalog.passage import texts_of
from curriculum.catalog.rendering import Renderer
from curriculum.catalog.text import LOCALES, Locale

LESSONS = Path(__file__).parents[2] / "lessons"


@pytest.fixture(scope="module")
def taught() -> Catalog:
    return load_catalog(LESSONS)


@pytest.fixture(scope="module")
def renderer(taught: Catalog) -> Renderer:
    return Renderer(taught.facts, taught.contacts, taught.glossary, taught.as_of)


def test_the_lessons_pass_the_content_check() -> None:
    assert [str(problem) for problem in check_content(LESSONS)] == []


def test_nothing_was_overdue_on_the_day_of_the_sequence(taught: Catalog) -> None:
    listed = due(taught.facts, taught.contacts, taught.as_of)
    assert [one.id for one in listed if one.is_overdue(taught.as_of)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_lesson_and_guide_renders(taught: Catalog, renderer: Renderer, locale: Locale) -> None:
    for lesson in taught.lessons.values():
        page = render_lesson(renderer, lesson, locale)
        assert page.note.html
        assert list(page.steps) == list(lesson.step_ids)
        assert all(rendered.html for rendered in [*page.steps.values(), *page.other.values()])
        assert all(section.html for section in render_guide(renderer, lesson, locale).values())


def test_every_text_of_a_quiz_renders(taught: Catalog, renderer: Renderer) -> None:
    for lesson in taught.lessons.values():
        for locale, text in texts_of(dict(lesson.quiz)):
            assert renderer.render_inline(text, locale).html


def test_every_lesson_ends_with_somewhere_to_turn(taught: Catalog) -> None:
    assert taught.panel
    for lesson in taught.lessons.values():
        assert lesson.steps[-1].kind == "help"
        assert "{contact:" in lesson.steps[-1].body.ko
        assert "{contact:" in lesson.steps[-1].body.en
