"""Owns what the page of a lesson shows to whoever reads it, and keeps the text that is the same for everybody."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from flask import render_template
from markupsafe import Markup, escape

from curriculum.accounts.queries import kept_contacts
from curriculum.catalog.course import FOR_CHILDREN
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.page_text import Part
from curriculum.catalog.queries import catalog, lesson_page, renderer
from curriculum.catalog.rendering import Renderer
from curriculum.catalog.text import Locale, Text
from curriculum.localization import page_locale, reading_locales
from curriculum.pauses.queries import rests_as_a_whole
from curriculum.pauses.rest import Rest, as_it_rests
from curriculum.reading.lesson_view import note_parts, shown_steps, step_places, step_to_go_on_with
from curriculum.stories.queries import story_of
from curriculum.support.contact_list import signpost
from curriculum.support.queries import help_for_children, help_panel

TO_FILL = "filled-in-for-each-student"  # stands in the kept text where each student's own token goes
PEOPLE = "the-schools-own-people"  # likewise where each school's own people go
TEXTS = 256  # every lesson of a full curriculum, in each reading mode


def lesson_parts(found: Lesson, rest: Rest, *, sent: Sequence[str] = (), token: str | None = None) -> dict[str, Any]:
    """What the template of a lesson's page takes. `sent`: the steps that a student has sent, the latest last; `token`
    goes into the forms of a student, and without one there are none."""
    lesson = as_it_rests(found, rest)
    last = sent[-1] if sent else None
    return {
        "lesson": lesson,
        **place_of(lesson),
        "second": second(lesson.title),
        "helpers": signpost(help_for_children()) if lesson.course == FOR_CHILDREN else (),
        "note": note_parts({locale: lesson_page(lesson, locale) for locale in reading_locales()}),
        "other": next((step.id for step in lesson.steps if step.other), None),
        "steps": step_places(lesson, page_locale(), frozenset(sent)),
        "text": _text_for(lesson, None if rest.lesson else token),
        "go_on": step_to_go_on_with(lesson, last),
        "story": None if rest.story else story_of(lesson.id),
        "rest": rest,
        "instead": _lesson_instead(found) if rest.lesson else None,
    }


def place_of(found: Lesson) -> dict[str, Any]:
    """The course and the unit that a lesson stands in, as its page names them."""
    of = catalog().course(found.course)
    return {"course": of, "unit": of.unit(found.unit) if of else None}


def second(title: Text) -> Part | None:
    """A title in the other language, where the page is read in both."""
    others = [locale for locale in reading_locales() if locale != page_locale()]
    return Part(others[0], escape(title.in_(others[0]))) if others else None


def _lesson_instead(found: Lesson) -> Lesson | None:
    """The lesson to go on with while this one rests: the next of its course that does not, else the one before."""
    of = catalog().course(found.course)
    lessons = list(of.lessons) if of else []
    here = next((place for place, one in enumerate(lessons) if one.id == found.id), 0)
    others = [*lessons[here + 1 :], *reversed(lessons[:here])]
    return next((one for one in others if not rests_as_a_whole(one.id)), None)


def _text_for(found: Lesson, token: str | None) -> Markup:
    """The steps' text. It is the same for all students but for the token of their forms, and the same in all schools
    but for their own people: both are put in here."""
    text = _text(renderer(), found, reading_locales(), token is not None)
    filled = text.replace(TO_FILL, token) if token else text
    return filled.replace(PEOPLE, _people(kept_contacts() or "", page_locale()))


@lru_cache(maxsize=TEXTS)
def _people(kept: str, _locale: Locale) -> Markup:
    """The school's own people as a lesson shows them: rendered once for each list that a school keeps, and language."""
    return Markup(render_template("support/people.html") if kept else "")  # noqa: S704 - as below


@lru_cache(maxsize=TEXTS)
def _text(_today: Renderer, found: Lesson, locales: tuple[Locale, ...], for_students: bool) -> Markup:
    """Rendered once a day, lesson as it rests, and reading mode: nothing in it belongs to anybody."""
    steps = shown_steps(found, {locale: lesson_page(found, locale) for locale in locales})
    token = TO_FILL if for_students else None
    signed = found.course == FOR_CHILDREN
    panel = help_for_children() if signed else help_panel()
    text = render_template(
        "reading/steps.html", lesson=found, steps=steps, token=token, people=PEOPLE, panel=panel, signed=signed
    )
    return Markup(text)  # noqa: S704 - a template made it, and templates escape what is not safe
