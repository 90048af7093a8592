"""Owns the pages on which staff let a situation, a story or a lesson rest: for the whole school, or for one class."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from curriculum.accounts.access import Mark
from curriculum.accounts.queries import signed_in
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.queries import catalog, renderer
from curriculum.classrooms.queries import part_in
from curriculum.classrooms.roster import ClassroomRow
from curriculum.localization import PREFIX, page_locale
from curriculum.pauses.forms import OTHER, REASONS, LiftForm, PauseForm
from curriculum.pauses.queries import has_story, pauses_in
from curriculum.pauses.rest import LESSON, STEP, STORY, Reason, Resting, can_be_replaced, parts_of
from curriculum.pauses.services import lift, pause
from curriculum.security import access

pauses = Blueprint("pauses", __name__, url_prefix=PREFIX)


@pauses.route("/school/pauses", methods=["GET", "POST"])
@access(Mark.SUPPORT)
def of_school() -> ResponseReturnValue:
    """What rests in the whole school and in its classes; let something rest for everybody, or be there again."""
    lessons = [lesson for course in catalog().courses for lesson in course.lessons]
    return _answered(lessons, None) if request.method == "POST" else _page(lessons, None)


@pauses.route("/teach/classes/<uuid:classroom_id>/pauses", methods=["GET", "POST"])
@access(Mark.TEACHER)
def of_class(classroom_id: UUID) -> ResponseReturnValue:
    """What rests for a class; its teachers let something rest for it, or be there again."""
    found = part_in(signed_in(), classroom_id)
    if found is None:
        abort(404)
    classroom, read_only = found
    course = catalog().course(classroom.course)
    lessons = list(course.lessons) if course else []
    if request.method != "POST":
        return _page(lessons, classroom, read_only=read_only)
    if read_only:
        abort(404)  # as from what is not there: the page has no form for them
    return _answered(lessons, classroom)


def _answered(lessons: Sequence[Lesson], classroom: ClassroomRow | None) -> ResponseReturnValue:
    lesson = next((one for one in lessons if one.id == request.form.get("lesson")), None)
    if request.form.get("way") == "lift":
        return _lifted(classroom)
    if lesson is None:
        abort(400)
    form = PauseForm()
    form.offer(_choices(lesson))
    if not form.validate_on_submit():
        return _page(lessons, classroom, lesson=lesson, form=form), 422
    wanted = Resting(lesson.id, form.part, form.other, form.until.data, classroom.id if classroom else None)
    reason, today = Reason(form.reason.data), renderer().today
    pause(school_id=signed_in().school_id, wanted=wanted, reason=reason, today=today)
    return _back(classroom)


def _lifted(classroom: ClassroomRow | None) -> ResponseReturnValue:
    form = LiftForm()  # of a lesson that is in no pack any more, too
    if not form.validate_on_submit():
        abort(400)
    lift(
        school_id=signed_in().school_id,
        classroom_id=classroom.id if classroom else None,
        lesson_id=form.lesson.data,
        part=form.part.data,
        today=renderer().today,
    )
    return _back(classroom)


def _back(classroom: ClassroomRow | None) -> ResponseReturnValue:
    if classroom:
        return redirect(url_for("pauses.of_class", classroom_id=classroom.id), 303)
    return redirect(url_for("pauses.of_school"), 303)


def _choices(lesson: Lesson) -> list[tuple[str, str]]:
    """What can be done with the parts of a lesson, in words."""
    found = []
    for part in parts_of(lesson, has_story=has_story(lesson.id)):
        name = part_name(lesson, part)
        if can_be_replaced(lesson, part):
            found.append((f"{part}{OTHER}", gettext("%(part)s: 모두 다른 길의 글로 배우기", part=name)))
        found.append((part, gettext("%(part)s: 쉬기", part=name)))
    return found


def part_name(lesson: Lesson | None, part: str) -> str:
    """A part as staff call it; by its id where the lesson has it no longer."""
    if part in {LESSON, STORY}:
        return gettext("수업 전체") if part == LESSON else gettext("만약에 이야기")
    step = lesson.step(part.removeprefix(STEP)) if lesson else None
    return gettext("‘%(step)s’ 단계", step=step.heading.in_(page_locale()) if step else part.removeprefix(STEP))


def _page(
    lessons: Sequence[Lesson],
    classroom: ClassroomRow | None,
    *,
    read_only: bool = False,
    lesson: Lesson | None = None,
    form: PauseForm | None = None,
) -> str:
    known = catalog().lessons
    rows = pauses_in(signed_in().school_id, classroom.id if classroom else None)
    chosen = lesson or next((one for one in lessons if one.id == request.args.get("lesson")), None)
    if chosen and form is None:
        form = PauseForm(formdata=None, data={"lesson": chosen.id})
        form.offer(_choices(chosen))
    return render_template(
        "pauses/pauses.html",
        classroom=classroom,
        read_only=read_only,
        rows=[(one, known.get(one.resting.lesson_id)) for one in rows],
        part_name=part_name,
        reasons=REASONS,
        lessons=[] if read_only else lessons,
        chosen=None if read_only else chosen,
        form=form,
        today=renderer().today,
    )
