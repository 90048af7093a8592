"""Owns the pages of stories: a story to read and to play, and how a class chose."""

from typing import NoReturn
from uuid import UUID

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from curriculum.accounts.access import Mark, Shown
from curriculum.accounts.queries import signed_in, viewer
from curriculum.accounts.viewer import Viewer
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.page_text import PageText
from curriculum.catalog.queries import catalog, renderer
from curriculum.classrooms.queries import classroom_taught_by
from curriculum.localization import PREFIX, page_locale, side_by_side
from curriculum.pauses.queries import rest_for
from curriculum.security import access, same_for_everybody
from curriculum.stories.class_choices import class_story
from curriculum.stories.forms import ChoicesForm, choices_form
from curriculum.stories.queries import Standing, shown_choices, standing_of, story_of, story_page
from curriculum.stories.services import add_choices
from curriculum.stories.story import Story

stories = Blueprint("stories", __name__, url_prefix=PREFIX)


@stories.route("/lessons/<course>/<unit>/<slug>/story", methods=["GET", "POST"])
@access(Mark.READER)
@side_by_side
def story(course: str, unit: str, slug: str) -> ResponseReturnValue:
    """A story to read; a student may add what was chosen to the class, and nobody else adds anything."""
    lesson = catalog().lesson(f"{course}/{unit}/{slug}")
    found = story_of(lesson.id) or _absent()
    person = viewer()
    student = person if person and person.is_student else None
    if rest_for(person, lesson.id).story:
        page = render_template("stories/resting.html", lesson=lesson, refused=student and request.method == "POST")
        response = make_response(page, 409 if student and request.method == "POST" else 200)
    elif request.method == "POST" and student:
        return _added(student, lesson, found)
    else:
        response = make_response(_story_page(lesson, found, student))
    return response if person or request.method == "POST" else same_for_everybody(response)


@stories.get("/teach/classes/<uuid:classroom_id>/stories")
@access(Mark.TEACHER, shows=(Shown.STORY_CHOICES,))
def class_stories(classroom_id: UUID) -> ResponseReturnValue:
    """How a class chose in the stories of its course, from ten on."""
    classroom = classroom_taught_by(signed_in(), classroom_id) or _absent()
    course = next((one for one in catalog().courses if one.id == classroom.course), None)
    told = [(lesson, one) for lesson in (course.lessons if course else ()) if (one := story_of(lesson.id))]
    shown = shown_choices(classroom.school_id, classroom.id, [one for _, one in told])
    text = PageText(renderer(), [page_locale()])
    return render_template(
        "stories/class_stories.html",
        classroom=classroom,
        stories=[class_story(lesson, one, shown, text) for lesson, one in told],
    )


def _added(student: Viewer, lesson: Lesson, found: Story) -> ResponseReturnValue:
    form = choices_form(found)
    if form.version.data != found.digest:
        return _story_page(lesson, found, student, form, "changed"), 409
    if not form.validate():
        return _story_page(lesson, found, student, form, "incomplete"), 422
    add_choices(school_id=student.school_id, person_id=student.id, story=found, chosen=form.chosen())
    return redirect(url_for("stories.story", course=lesson.course, unit=lesson.unit, slug=lesson.slug), 303)


def _story_page(
    lesson: Lesson, found: Story, student: Viewer | None, form: ChoicesForm | None = None, problem: str | None = None
) -> str:
    return render_template(
        "stories/story.html",
        lesson=lesson,
        page=story_page(found),
        standing=standing_of(student, found) if student else Standing(in_class=False, added=False),
        version=found.digest,
        chosen=form.chosen() if form else {},
        problem=problem,
    )


def _absent() -> NoReturn:
    abort(404)
