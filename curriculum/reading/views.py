"""Owns the pages of reading: front page, lesson list, lesson, teacher's guide, a student's own page."""

from functools import lru_cache

from flask import Blueprint, abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from curriculum.accounts.access import Mark
from curriculum.accounts.queries import kept_contacts, signed_in, viewer
from curriculum.accounts.viewer import Viewer
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.page_text import Part
from curriculum.catalog.queries import catalog, guide_page, lesson_page, renderer
from curriculum.catalog.rendering import Renderer
from curriculum.classrooms.queries import assignments_of, classroom_of, held_back_from
from curriculum.database import now
from curriculum.localization import PREFIX, Locale, page_locale, reading_locales, side_by_side
from curriculum.progress.completion import Progress
from curriculum.progress.queries import progress_by_lesson, progress_of, steps_sent
from curriculum.progress.services import send_step
from curriculum.reading.lesson_view import note_parts, shown_steps, step_places, step_to_go_on_with
from curriculum.security import access, same_for_everybody
from curriculum.stories.queries import story_of

reading = Blueprint("reading", __name__)
LESSON = f"{PREFIX}/lessons/<course>/<unit>/<slug>"
TO_FILL = "filled-in-for-each-student"  # stands in the kept text where each student's own token goes
PEOPLE = "the-schools-own-people"  # likewise where each school's own people go
TEXTS = 256  # every lesson of a full curriculum, in each reading mode


@reading.get("/")
@access(Mark.PUBLIC)
def root() -> ResponseReturnValue:
    """Lead to the front page in the visitor's language."""
    response = redirect(url_for("reading.home"), 302)
    response.vary.add("Accept-Language")
    return response


@reading.get(f"{PREFIX}/")
@access(Mark.PUBLIC)
def home() -> ResponseReturnValue:
    """The front page: what this is, and the three ways in."""
    return render_template("reading/home.html", courses=catalog().courses)


@reading.get(f"{PREFIX}/lessons/")
@access(Mark.PUBLIC)
def lessons() -> ResponseReturnValue:
    """Every lesson by course and unit; open to families too."""
    person = viewer()
    progress = _own_progress(person) if person and person.is_student else {}
    return render_template("reading/lessons.html", courses=catalog().courses, progress=progress, none_yet=Progress())


@reading.get(LESSON)
@access(Mark.PUBLIC)
@side_by_side
def lesson(course: str, unit: str, slug: str) -> ResponseReturnValue:
    """A lesson to read. Signed out it is the same for everybody, so a browser that has it is answered 304."""
    found = catalog().lesson(f"{course}/{unit}/{slug}")
    person = viewer()
    student = person if person and person.is_student else None
    response = make_response(_lesson_page(found, student))
    return same_for_everybody(response) if person is None else response


@reading.post(f"{LESSON}/steps/<step>")
@access(Mark.STUDENT)
@side_by_side
def send(course: str, unit: str, slug: str, step: str) -> ResponseReturnValue:
    """Remember that a step was sent, and lead to the next one."""
    found = catalog().lesson(f"{course}/{unit}/{slug}")
    if found.step(step) is None:
        abort(404)
    person = signed_in()
    send_step(school_id=person.school_id, person_id=person.id, lesson_id=found.id, step=step, moment=now())
    if step == found.step_ids[-1]:
        return redirect(url_for("reading.student_home", read=None), 303)
    following = found.step_ids[found.step_ids.index(step) + 1]
    return redirect(url_for("reading.lesson", course=course, unit=unit, slug=slug, _anchor=following), 303)


@reading.get(f"{LESSON}/guide")
@access(Mark.STAFF)
@side_by_side
def guide(course: str, unit: str, slug: str) -> ResponseReturnValue:
    """The teacher's guide of a lesson."""
    found = catalog().lesson(f"{course}/{unit}/{slug}")
    pages = {locale: guide_page(found, locale) for locale in reading_locales()}
    sections = [
        (section, [(locale, section.heading.in_(locale), page[section.id]) for locale, page in pages.items()])
        for section in found.guide
    ]
    return render_template("reading/guide.html", lesson=found, sections=sections, second=_second_title(found))


@reading.get(f"{PREFIX}/class")
@access(Mark.STUDENT)
def student_home() -> ResponseReturnValue:
    """A student's own page: the lessons of the class, how far each is, when its quiz is open."""
    person = signed_in()
    classroom = classroom_of(person)
    course = next((one for one in catalog().courses if classroom and one.id == classroom.course), None)
    return render_template(
        "reading/student_home.html",
        classroom=classroom,
        lessons=course.lessons if course else (),
        progress=_own_progress(person),
        none_yet=Progress(),
        assignments=assignments_of(classroom) if classroom else {},
        moment=now(),
    )


def _own_progress(student: Viewer) -> dict[str, Progress]:
    held = held_back_from(student)
    return {lesson: one.held_back() if lesson in held else one for lesson, one in progress_by_lesson(student).items()}


def _lesson_page(found: Lesson, student: Viewer | None) -> str:
    sent = steps_sent(student, found.id) if student else frozenset()
    progress = progress_of(student, found.id) if student else Progress()
    return render_template(
        "reading/lesson.html",
        lesson=found,
        second=_second_title(found),
        note=note_parts({locale: lesson_page(found, locale) for locale in reading_locales()}),
        other=next((step.id for step in found.steps if step.other), None),
        steps=step_places(found, page_locale(), sent),
        text=_text_for(found, student),
        go_on=step_to_go_on_with(found, progress.last_step),
        story=story_of(found.id),
        student=student,
    )


def _text_for(found: Lesson, student: Viewer | None) -> Markup:
    """The steps' text. It is the same for all students but for the token of their forms, and the same in all schools
    but for their own people: both are put in here."""
    text = _text(renderer(), found, reading_locales(), student is not None)
    filled = text.replace(TO_FILL, generate_csrf()) if student else text
    return filled.replace(PEOPLE, _people(kept_contacts() or "", page_locale()))


@lru_cache(maxsize=TEXTS)
def _people(kept: str, _locale: Locale) -> Markup:
    """The school's own people as a lesson shows them: rendered once for each list that a school keeps, and language."""
    return Markup(render_template("support/people.html") if kept else "")  # noqa: S704 - as below


@lru_cache(maxsize=TEXTS)
def _text(_today: Renderer, found: Lesson, locales: tuple[Locale, ...], for_students: bool) -> Markup:
    """Rendered once a day, lesson and reading mode: nothing in it belongs to anybody."""
    steps = shown_steps(found, {locale: lesson_page(found, locale) for locale in locales})
    token = TO_FILL if for_students else None
    text = render_template("reading/steps.html", lesson=found, steps=steps, token=token, people=PEOPLE)
    return Markup(text)  # noqa: S704 - a template made it, and templates escape what is not safe


def _second_title(found: Lesson) -> Part | None:
    others = [locale for locale in reading_locales() if locale != page_locale()]
    return Part(others[0], escape(found.title.in_(others[0]))) if others else None
