"""Owns the pages on which a teacher plans for a class: what is asked and until when, several lessons at once, single
students, lessons taught without devices."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, get_flashed_messages, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from curriculum.accounts.access import Mark, Shown
from curriculum.accounts.queries import signed_in
from curriculum.assignments.assignment import GRACE, Assignment
from curriculum.assignments.draft import NOTHING, day_of, moved_to, spread
from curriculum.assignments.forms import AssignmentForm, DraftForm, OwnForm, TaughtForm, read_lines, sources_for
from curriculum.assignments.plan import Plan, Planned, own_version, to_catch_up
from curriculum.assignments.queries import assignments_of, plan_of
from curriculum.assignments.services import (
    ChangedMeanwhile,
    OwnChanged,
    assign,
    assign_many,
    forget_unknown,
    give,
    mark_taught,
    take_back,
)
from curriculum.catalog.course import Course
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.queries import catalog
from curriculum.classrooms.queries import classrooms_taught_by, learners_in, part_in
from curriculum.classrooms.roster import ClassroomRow, Learner
from curriculum.database import now
from curriculum.localization import PREFIX, page_locale
from curriculum.safeguarding.queries import first_to_read
from curriculum.security import access

assignments = Blueprint("assignments", __name__, url_prefix=f"{PREFIX}/teach/classes/<uuid:classroom_id>/assignments")


@assignments.get("")
@access(Mark.TEACHER)
def plan(classroom_id: UUID) -> ResponseReturnValue:
    """What a class is asked and until when; when its quizzes take answers, how often, whose results are held back."""
    classroom, read_only = _part(classroom_id)
    return _plan_page(classroom, read_only)


@assignments.post("")
@access(Mark.TEACHER)
def set_lesson(classroom_id: UUID) -> ResponseReturnValue:
    """Set one lesson of the plan."""
    classroom = _taught(classroom_id)
    if request.form.get("way") == "forget":
        forget_unknown(classroom=classroom, known=[lesson.id for lesson in _lessons(classroom)])
        return redirect(url_for("assignments.plan", classroom_id=classroom_id), 303)
    lesson = _lesson(classroom)
    form = AssignmentForm(prefix=lesson.id)
    if not form.validate():
        return _plan_page(classroom, sent={lesson.id: form}), 422
    unread = _unread(classroom, {lesson.id: form.assignment()})
    if unread:
        return _plan_page(classroom, sent={lesson.id: form}, unread=unread), 409
    try:
        assign(classroom=classroom, lesson_id=lesson.id, shown=form.shown.data, wanted=form.assignment())
    except ChangedMeanwhile as change:
        form.shown.data = change.current[lesson.id].version  # to send it once more is to know what it replaces
        return _plan_page(classroom, sent={lesson.id: form}), 409
    return _back_to(lesson, classroom_id)


@assignments.post("/taught")
@access(Mark.TEACHER)
def taught(classroom_id: UUID) -> ResponseReturnValue:
    """Note that a lesson was taught without devices, and when; or take the note away."""
    classroom = _taught(classroom_id)
    lesson = _lesson(classroom)
    form = TaughtForm(prefix=f"{lesson.id}-taught")
    if request.form.get("way") != "unmark" and not form.validate():
        return _plan_page(classroom, days={lesson.id: form}), 422
    day = None if request.form.get("way") == "unmark" else form.day.data
    mark_taught(classroom=classroom, lesson_id=lesson.id, day=day)
    return _back_to(lesson, classroom_id)


@assignments.get("/draft")
@access(Mark.TEACHER)
def draft(classroom_id: UUID) -> ResponseReturnValue:
    """Several lessons at once: a route, a unit, the plan of another class; shown before anything is saved."""
    classroom = _taught(classroom_id)
    course, current = _course(classroom), assignments_of(classroom)
    sources = sources_for(course, classrooms_taught_by(signed_in())) if course else {}
    form = DraftForm.asked(request.args, sources)
    if "what" not in request.args:
        return _draft_page(classroom, form=form)
    if not form.validate():
        return _draft_page(classroom, form=form), 422
    source = sources[form.what.data]
    if source.classroom:
        wanted = moved_to(assignments_of(source.classroom), form.first.data)
    else:
        wanted = spread([lesson.id for lesson in source.lessons], current, form.timing())
    return _draft_page(classroom, wanted, current, form=form, is_asked=True)


@assignments.post("/draft")
@access(Mark.TEACHER)
def save_draft(classroom_id: UUID) -> ResponseReturnValue:
    """Set several lessons as they were shown, all or none; the page that answers takes it back in the same way."""
    classroom = _taught(classroom_id)
    try:
        wanted, shown = (read_lines(request.form.getlist(name)) for name in ("wanted", "shown"))
    except ValueError:
        abort(400)
    if not wanted or wanted.keys() - {lesson.id for lesson in _lessons(classroom)}:
        abort(400)
    unread = _unread(classroom, wanted)
    if unread:
        return _draft_page(classroom, wanted, shown, is_asked=True, unread=unread), 409
    try:
        assign_many(classroom=classroom, shown={key: one.version for key, one in shown.items()}, wanted=wanted)
    except ChangedMeanwhile as change:
        return _draft_page(classroom, wanted, change.current, is_asked=True, problem="changed"), 409
    return _draft_page(classroom, wanted, shown, is_asked=True, is_saved=True)


@assignments.get("/students")
@access(Mark.TEACHER, shows=(Shown.ROSTER,))
def students(classroom_id: UUID) -> ResponseReturnValue:
    """What single students have of their own: lessons asked of them alone, more time, more attempts."""
    classroom, read_only = _part(classroom_id)
    return _students_page(classroom, plan_of(classroom), read_only=read_only)


@assignments.post("/students")
@access(Mark.TEACHER, shows=(Shown.ROSTER,))
def give_students(classroom_id: UUID) -> ResponseReturnValue:
    """Give students something of their own at several lessons at once, or take one of these back."""
    classroom = _taught(classroom_id)
    set_, form = plan_of(classroom), OwnForm()
    learners = learners_in(classroom)
    form.offer(*_offered(classroom, learners))
    try:
        if request.form.get("way") == "take":
            _take(classroom, form, learners)
        elif form.validate():
            people, lessons = [UUID(one) for one in form.people.data], form.lessons.data
            give(classroom=classroom, people=people, lessons=lessons, own=form.own(), shown=form.shown.data)
        else:
            return _students_page(classroom, set_, form), 422
    except OwnChanged:
        form.shown.data = own_version(set_)
        return _students_page(classroom, set_, form, problem="changed"), 409
    flash("took" if request.form.get("way") == "take" else "gave")
    return redirect(url_for("assignments.students", classroom_id=classroom_id), 303)


def _take(classroom: ClassroomRow, form: OwnForm, learners: Sequence[Learner]) -> None:
    person_id = request.form.get("student", type=UUID)
    if person_id is None or person_id not in {one.id for one in learners}:
        abort(404)
    lesson_id = request.form.get("lesson", "")
    take_back(classroom=classroom, person_id=person_id, lesson_id=lesson_id, shown=form.shown.data)


def _unread(classroom: ClassroomRow, wanted: Mapping[str, Assignment]) -> Lesson | None:
    """The lesson whose safeguarding card has to be read before these are asked of a class."""
    asked = [lesson for lesson in _lessons(classroom) if lesson.id in wanted and wanted[lesson.id].assigned]
    return first_to_read(signed_in(), classroom.id, asked)


def _part(classroom_id: UUID) -> tuple[ClassroomRow, bool]:
    part = part_in(signed_in(), classroom_id)
    if part is None:
        abort(404)
    return part


def _taught(classroom_id: UUID) -> ClassroomRow:
    """A class that one may change; for who may only look it is as if these pages were not there."""
    classroom, read_only = _part(classroom_id)
    if read_only:
        abort(404)
    return classroom


def _course(classroom: ClassroomRow) -> Course | None:
    return catalog().course(classroom.course)


def _lessons(classroom: ClassroomRow) -> tuple[Lesson, ...]:
    course = _course(classroom)
    return course.lessons if course else ()


def _lesson(classroom: ClassroomRow) -> Lesson:
    """The lesson of the class's course that a form speaks of."""
    return next((one for one in _lessons(classroom) if one.id == request.form.get("lesson")), None) or abort(400)


def _offered(classroom: ClassroomRow, learners: Iterable[Learner]) -> tuple[list[tuple[str, str]], ...]:
    """The students and lessons there are to choose from, by id."""
    people = [(str(one.id), f"{one.number} {one.name}") for one in learners]
    return people, [(one.id, f"{one.code} {one.title.in_(page_locale())}") for one in _lessons(classroom)]


def _back_to(lesson: Lesson, classroom_id: UUID) -> ResponseReturnValue:
    flash(lesson.id)
    return redirect(url_for("assignments.plan", classroom_id=classroom_id, _anchor=lesson.id), 303)


def _plan_page(
    classroom: ClassroomRow,
    read_only: bool = False,
    sent: Mapping[str, AssignmentForm] | None = None,
    days: Mapping[str, TaughtForm] | None = None,
    unread: Lesson | None = None,
) -> str:
    """`sent`: the form that could not be saved, by its lesson; `days`: likewise of a lesson taught without devices;
    `unread`: the lesson whose card is to be read first."""
    set_, course, sent, days = plan_of(classroom), _course(classroom), sent or {}, days or {}
    rows = {}
    for lesson in _lessons(classroom):
        planned = set_.get(lesson.id, Planned())
        filled = {"shown": planned.assignment.version}
        form = sent.get(lesson.id) or AssignmentForm(None, obj=planned.assignment, prefix=lesson.id, data=filled)
        prefix, day = f"{lesson.id}-taught", planned.taught_on or day_of(now())
        rows[lesson.id] = (planned, form, days.get(lesson.id) or TaughtForm(None, prefix=prefix, data={"day": day}))
    return render_template(
        "assignments/plan.html",
        classroom=classroom,
        read_only=read_only,
        units=course.units if course else (),
        rows=rows,
        has_route=any(lesson_id in catalog().short_route for lesson_id in rows),
        sent=sent,
        days=days,
        unread=unread,
        unknown=_unknown(classroom, set_),
        saved=get_flashed_messages(),
        nothing=NOTHING,
        moment=now(),
        grace=int(GRACE.total_seconds()),
    )


def _unknown(classroom: ClassroomRow, found: Mapping[str, Any]) -> list[str]:
    """Lessons of a plan that the class's course does not have: renamed, removed, or of another course."""
    return sorted(found.keys() - {lesson.id for lesson in _lessons(classroom)})


def _draft_page(
    classroom: ClassroomRow,
    wanted: Mapping[str, Assignment] | None = None,
    before: Mapping[str, Assignment] | None = None,
    **more: Any,
) -> str:
    """What several lessons would be, or are by now, and what they were `before`."""
    wanted, before = wanted or {}, before or {}
    rows = [(one, before.get(one.id, NOTHING), wanted[one.id]) for one in _lessons(classroom) if one.id in wanted]
    unknown = _unknown(classroom, wanted)
    return render_template("assignments/draft.html", classroom=classroom, rows=rows, unknown=unknown, **more)


def _students_page(
    classroom: ClassroomRow,
    plan: Plan,
    form: OwnForm | None = None,
    read_only: bool = False,
    problem: str | None = None,
) -> str:
    learners, lessons = learners_in(classroom), _lessons(classroom)
    if form is None:
        form = OwnForm(None, data={"shown": own_version(plan), "lessons": to_catch_up(plan, now())})
        form.offer(*_offered(classroom, learners))
    rows = [
        (learner, lesson, own, plan[lesson.id].of(learner.id))
        for learner in learners
        for lesson in lessons
        if lesson.id in plan and (own := plan[lesson.id].own.get(learner.id, None)) is not None
    ]
    return render_template(
        "assignments/students.html",
        classroom=classroom,
        read_only=read_only,
        form=form,
        rows=rows,
        has_learners=bool(learners),
        just_done=get_flashed_messages(),
        problem=problem,
    )
