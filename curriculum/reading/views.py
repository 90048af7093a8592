"""Owns the pages of reading: front page, lesson list, course, unit, lesson, teacher's guide, a student's own page."""

from collections.abc import Collection, Mapping

from flask import Blueprint, abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from curriculum.accounts.access import Mark
from curriculum.accounts.queries import signed_in, viewer
from curriculum.accounts.viewer import Viewer
from curriculum.assignments.queries import held_back_from, plan_for
from curriculum.catalog.course import FOR_CHILDREN, Course
from curriculum.catalog.lesson import Lesson, Section
from curriculum.catalog.page_text import PageText
from curriculum.catalog.queries import catalog, duty_facts, family_page, guide_page, renderer
from curriculum.catalog.rendering import Rendered
from curriculum.classrooms.queries import classroom_of
from curriculum.database import now
from curriculum.localization import PREFIX, Locale, page_locale, reading_locales, side_by_side
from curriculum.pauses.queries import rest_for, rest_in_school
from curriculum.pauses.rest import NOTHING
from curriculum.progress.completion import Progress
from curriculum.progress.queries import progress_by_lesson, steps_sent
from curriculum.progress.services import send_step
from curriculum.reading.course_view import duties_of, length_of
from curriculum.reading.queries import lesson_parts, place_of, second
from curriculum.reading.survey_view import survey_groups
from curriculum.reading.to_do import to_do
from curriculum.security import access, same_for_everybody

reading = Blueprint("reading", __name__)
COURSE = f"{PREFIX}/lessons/<course>"
LESSON = f"{COURSE}/<unit>/<slug>"


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
@access(Mark.READER)
def lessons() -> ResponseReturnValue:
    """Every lesson by course and unit; open to families too."""
    person = viewer()
    progress = _own_progress(person) if person and person.is_student else {}
    return render_template("reading/lessons.html", courses=catalog().courses, progress=progress, none_yet=Progress())


@reading.get(COURSE)
@access(Mark.READER)
def course(course: str) -> ResponseReturnValue:
    """A course to plan a term from: units and lessons in order, how long they take, which duties they help to meet."""
    found, route = _course(course), catalog().short_route
    duties = duties_of(found, catalog().duties)
    facts = duty_facts([one.duty for one in duties], page_locale())
    return render_template(
        "reading/course.html",
        course=found,
        whole=length_of(found.lessons),
        short=length_of([lesson for lesson in found.lessons if lesson.id in route]),
        on_route=route,
        duties=list(zip(duties, facts, strict=True)),
        sources=[source for fact in facts for source in fact.sources],
    )


@reading.get(f"{COURSE}/survey")
@access(Mark.STAFF)
@side_by_side
def survey(course: str) -> ResponseReturnValue:
    """What a course asks before and after; nobody is asked here."""
    found = _course(course)
    if not found.survey:
        abort(404)
    groups = survey_groups(found.survey, PageText(renderer(), reading_locales()))
    return render_template("reading/survey.html", course=found, groups=groups)


@reading.get(f"{COURSE}/<unit>")
@access(Mark.READER)
@side_by_side
def unit(course: str, unit: str) -> ResponseReturnValue:
    """A unit, for families: what is taught, what to talk about, what to say to a child who tells, where to turn."""
    of = _course(course)
    found = of.unit(unit) or abort(404)
    pages = {locale: family_page(found, locale) for locale in reading_locales()}
    return render_template(
        "reading/unit.html",
        course=of,
        unit=found,
        second=second(found.title),
        sections=[(section, _titled(section, pages)) for section in found.family],
        signed=of.id == FOR_CHILDREN,
    )


@reading.get(LESSON)
@access(Mark.READER)
@side_by_side
def lesson(course: str, unit: str, slug: str) -> ResponseReturnValue:
    """A lesson to read. Signed out it is the same for everybody, so a browser that has it is answered 304."""
    found = catalog().lesson(f"{course}/{unit}/{slug}")
    person = viewer()
    response = make_response(_lesson_page(found, person))
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
    return render_template(
        "reading/guide.html",
        lesson=found,
        **place_of(found),
        sections=[(section, _titled(section, pages)) for section in found.guide],
        second=second(found.title),
    )


@reading.get(f"{PREFIX}/class")
@access(Mark.STUDENT)
def student_home() -> ResponseReturnValue:
    """A student's own page: what is to be done now, then the other lessons of the class, how far each is."""
    person, moment = signed_in(), now()
    classroom = classroom_of(person)
    followed = catalog().course(classroom.course) if classroom else None
    lessons, plan = followed.lessons if followed else (), plan_for(person) if classroom else {}
    holds = {lesson_id: planned.of(person.id) for lesson_id, planned in plan.items()}
    progress = _shown(progress_by_lesson(person), {key for key, one in holds.items() if one.results_held})
    first = to_do(lessons, holds, progress, moment)
    return render_template(
        "reading/student_home.html",
        classroom=classroom,
        first=first,
        others=[lesson for lesson in lessons if lesson not in first],
        is_asked=any(one.assigned for one in holds.values()),
        progress=progress,
        none_yet=Progress(),
        assignments=holds,
        plan=plan,
        moment=moment,
    )


def _course(course_id: str) -> Course:
    return catalog().course(course_id) or abort(404)


def _titled(section: Section, pages: Mapping[Locale, Mapping[str, Rendered]]) -> list[tuple[Locale, str, Rendered]]:
    """A section in each language of the page: the language, its heading, its text."""
    return [(locale, section.heading.in_(locale), page[section.id]) for locale, page in pages.items()]


def _own_progress(student: Viewer) -> dict[str, Progress]:
    return _shown(progress_by_lesson(student), held_back_from(student))


def _shown(progress: Mapping[str, Progress], held: Collection[str]) -> dict[str, Progress]:
    """Progress as its student sees it."""
    return {lesson: one.held_back() if lesson in held else one for lesson, one in progress.items()}


def _lesson_page(found: Lesson, person: Viewer | None) -> str:
    student = person if person and person.is_student else None
    return render_template(
        "reading/lesson.html",
        **lesson_parts(
            found,
            rest_for(person, found.id),
            sent=steps_sent(student, found.id) if student else (),
            token=generate_csrf() if student else None,
        ),
        student=student,
        told=rest_in_school(found.id) if person and person.is_staff else NOTHING,
    )
