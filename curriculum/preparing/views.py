"""Owns the pages of preparing a lesson: the card that is read first, the student's view, slides, worksheet, key."""

from typing import Any, cast, get_args
from uuid import UUID

from flask import Blueprint, abort, flash, get_flashed_messages, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from curriculum.accounts.access import Mark
from curriculum.accounts.queries import signed_in
from curriculum.accounts.viewer import Role
from curriculum.assignments.assignment import Assignment
from curriculum.assignments.queries import assignments_of
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.queries import catalog, renderer
from curriculum.classrooms.queries import classroom_taught_by, classrooms_taught_by
from curriculum.classrooms.roster import ClassroomRow
from curriculum.database import now
from curriculum.localization import PREFIX, side_by_side
from curriculum.pauses.queries import rest_in_class, rest_in_school
from curriculum.pauses.rest import NOTHING
from curriculum.preparing.queries import asked_parts, briefing, deck, sheet, told_parts
from curriculum.preparing.slides import StoryWay
from curriculum.quizzes.queries import quiz_of
from curriculum.reading.queries import lesson_parts, place_of, second
from curriculum.safeguarding.card import COUNTS_FOR, is_sensitive
from curriculum.safeguarding.queries import cards_read, must_read_first
from curriculum.safeguarding.services import note_reading
from curriculum.security import access
from curriculum.stories.queries import Standing, story_of, story_page

preparing = Blueprint("preparing", __name__, url_prefix=f"{PREFIX}/teach")
PLACE = "<course>/<unit>/<slug>"
OF_CLASS = "/classes/<uuid:classroom_id>/prepare"
ONE = f"{OF_CLASS}/{PLACE}"


@preparing.get(f"/prepare/{PLACE}")
@access(Mark.STAFF)
def lesson(course: str, unit: str, slug: str) -> ResponseReturnValue:
    """What to know before a lesson is taught, and the classes that a teacher can go on with."""
    found, person = catalog().lesson(f"{course}/{unit}/{slug}"), signed_in()
    taught = classrooms_taught_by(person) if person.role is Role.TEACHER else []
    current = [one for one in taught if one.archived_at is None]
    return _prepare_page(found, classes=current, rest=rest_in_school(found.id))


@preparing.get(OF_CLASS)
@access(Mark.TEACHER)
def of_class(classroom_id: UUID) -> ResponseReturnValue:
    """The lessons of a class's course, each with when its card was read and what of it rests."""
    classroom = _class(classroom_id)
    course = catalog().course(classroom.course)
    lessons = course.lessons if course else ()
    return render_template(
        "preparing/lessons.html",
        classroom=classroom,
        rows=[(one, is_sensitive(one), rest_in_class(classroom_id, one.id)) for one in lessons],
        read=cards_read(signed_in(), classroom_id),
    )


@preparing.route(ONE, methods=["GET", "POST"])
@access(Mark.TEACHER)
def for_class(classroom_id: UUID, course: str, unit: str, slug: str) -> ResponseReturnValue:
    """A lesson as one class will have it; the teacher says that the card was read."""
    classroom, found, person = _class(classroom_id), catalog().lesson(f"{course}/{unit}/{slug}"), signed_in()
    if request.method == "POST" and FlaskForm().validate_on_submit():
        note_reading(
            school_id=person.school_id,
            person_id=person.id,
            classroom_id=classroom_id,
            lesson_id=found.id,
            today=renderer().today,
        )
        flash("read")
        return redirect(_address("for_class", classroom, found, _anchor="card"), 303)
    return _prepare_page(
        found,
        classroom=classroom,
        rest=rest_in_class(classroom_id, found.id),
        read_on=cards_read(person, classroom_id).get(found.id),
        must_read=must_read_first(person, classroom_id, found),
        just_read=bool(get_flashed_messages()),
    )


@preparing.get(f"{ONE}/preview")
@access(Mark.TEACHER)
@side_by_side
def preview(classroom_id: UUID, course: str, unit: str, slug: str) -> ResponseReturnValue:
    """A lesson as a student of the class sees it."""
    classroom, found = _class(classroom_id), catalog().lesson(f"{course}/{unit}/{slug}")
    shown = lesson_parts(found, rest_in_class(classroom_id, found.id))
    return _preview(classroom, found, "lesson", **shown, student=None, told=NOTHING)


@preparing.get(f"{ONE}/preview/quiz")
@access(Mark.TEACHER)
@side_by_side
def preview_quiz(classroom_id: UUID, course: str, unit: str, slug: str) -> ResponseReturnValue:
    """A quiz as a student of the class sees it; it can be tried, and nothing is saved."""
    classroom, found = _class(classroom_id), catalog().lesson(f"{course}/{unit}/{slug}")
    set_for_class = assignments_of(classroom).get(found.id)
    return _preview(
        classroom,
        found,
        "quiz",
        parts=asked_parts(found),
        errors={},
        number=1,
        version=quiz_of(found.id).digest,
        owner="",
        problem="rests" if rest_in_class(classroom_id, found.id).quiz else None,
        assignment=set_for_class or Assignment(),
        attempt="",
        is_student=False,
        moment=now(),
    )


@preparing.get(f"{ONE}/preview/story")
@access(Mark.TEACHER)
@side_by_side
def preview_story(classroom_id: UUID, course: str, unit: str, slug: str) -> ResponseReturnValue:
    """A story as a student of the class sees it."""
    classroom, found = _class(classroom_id), catalog().lesson(f"{course}/{unit}/{slug}")
    told = story_of(found.id) or abort(404)
    if rest_in_class(classroom_id, found.id).story:
        return _preview(classroom, found, "resting", refused=False)
    standing = Standing(in_class=True, added=False)
    return _preview(
        classroom,
        found,
        "story",
        page=story_page(told),
        standing=standing,
        version=told.digest,
        chosen={},
        problem=None,
    )


@preparing.get(f"{ONE}/slides")
@access(Mark.TEACHER)
@side_by_side
def slides(classroom_id: UUID, course: str, unit: str, slug: str) -> ResponseReturnValue:
    """A lesson for the wall of the classroom: no names, no scores, no key until it is asked for item by item."""
    classroom, found = _class(classroom_id), catalog().lesson(f"{course}/{unit}/{slug}")
    rest = rest_in_class(classroom_id, found.id)
    if rest.lesson or must_read_first(signed_in(), classroom_id, found):
        return redirect(_address("for_class", classroom, found, _anchor="card"), 303)
    way, asked = request.args.get("story"), request.args.get("told")
    chosen = cast("StoryWay", way if way in get_args(StoryWay) else "own")
    return render_template(
        "preparing/slides.html",
        classroom=classroom,
        lesson=found,
        deck=deck(found, rest, chosen),
        second=second(found.title),
        way=chosen,
        parts=[] if rest.quiz else asked_parts(found),
        told={one.asked.id: one for one in told_parts(found, only=asked)} if asked and not rest.quiz else {},
        has_changed=request.args.get("version", found.digest) != found.digest,
    )


@preparing.get(f"{ONE}/worksheet")
@access(Mark.TEACHER)
@side_by_side
def worksheet(classroom_id: UUID, course: str, unit: str, slug: str) -> ResponseReturnValue:
    """A lesson on paper: short, with room to write, no name asked for, where to turn at the end."""
    classroom, found = _class(classroom_id), catalog().lesson(f"{course}/{unit}/{slug}")
    rest = rest_in_class(classroom_id, found.id)
    if rest.lesson:
        return redirect(_address("for_class", classroom, found), 303)
    with_texts = request.args.get("texts") == "both"
    return render_template(
        "preparing/worksheet.html",
        classroom=classroom,
        lesson=found,
        second=second(found.title),
        sheet=sheet(found, rest, with_texts=with_texts),
        with_texts=with_texts,
        parts=[] if rest.quiz else asked_parts(found),
    )


@preparing.get(f"{ONE}/key")
@access(Mark.TEACHER)
@side_by_side
def key(classroom_id: UUID, course: str, unit: str, slug: str) -> ResponseReturnValue:
    """What is right in a lesson's quiz and why, for the teacher alone."""
    classroom, found = _class(classroom_id), catalog().lesson(f"{course}/{unit}/{slug}")
    return render_template(
        "preparing/key.html", classroom=classroom, lesson=found, second=second(found.title), parts=told_parts(found)
    )


def _class(classroom_id: UUID) -> ClassroomRow:
    return classroom_taught_by(signed_in(), classroom_id) or abort(404)


def _address(view: str, classroom: ClassroomRow, of: Lesson, **more: Any) -> str:
    more |= {"course": of.course, "unit": of.unit, "slug": of.slug}
    return url_for(f"preparing.{view}", classroom_id=classroom.id, **more)


def _preview(classroom: ClassroomRow, of: Lesson, kind: str, **shown: Any) -> str:
    shown = {"lesson": of, "with_story": story_of(of.id) is not None, **shown}
    return render_template(f"preparing/preview_{kind}.html", classroom=classroom, preview=True, **shown)


def _prepare_page(of: Lesson, **shown: Any) -> str:
    return render_template(
        "preparing/lesson.html",
        lesson=of,
        **place_of(of),
        **briefing(of),
        sensitive=is_sensitive(of),
        story=story_of(of.id),
        days=COUNTS_FOR.days,
        moment=now(),
        **{"classroom": None, "classes": (), "read_on": None, "must_read": False, "just_read": False, **shown},
    )
