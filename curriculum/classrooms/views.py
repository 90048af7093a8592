"""Owns the pages of a class: by which a student joins (class code, then number and own code), and on which a teacher
opens and closes its quizzes."""

from uuid import UUID

from flask import Blueprint, abort, flash, get_flashed_messages, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from curriculum.accounts.access import Mark
from curriculum.accounts.queries import signed_in
from curriculum.accounts.services import SignInRefused, open_session
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.queries import catalog
from curriculum.classrooms.assignment import GRACE, Assignment
from curriculum.classrooms.class_code import shown_class_code
from curriculum.classrooms.forms import AssignmentForm, ClassCodeForm, StudentForm
from curriculum.classrooms.queries import assignments_of, classroom_with_code, numbers_of, part_in
from curriculum.classrooms.roster import ClassroomRow
from curriculum.classrooms.services import ChangedMeanwhile, TooManyTries, assign, check_student, find_classroom
from curriculum.database import now
from curriculum.localization import PREFIX
from curriculum.security import access

classrooms = Blueprint("classrooms", __name__, url_prefix=PREFIX)


@classrooms.route("/join", methods=["GET", "POST"])
@access(Mark.PUBLIC)
def join() -> ResponseReturnValue:
    """First the class code. It is kept in the cookie, never in an address that stays in the history."""
    form = ClassCodeForm()
    if not form.validate_on_submit():
        return render_template("classrooms/join.html", form=form), 422 if form.is_submitted() else 200
    try:
        session["class_code"] = find_classroom(typed=form.code.data or "").code
    except SignInRefused:
        return render_template("classrooms/join.html", form=form, problem="unknown"), 422
    except TooManyTries:
        return render_template("classrooms/join.html", form=form, problem="wait"), 429
    return redirect(url_for("classrooms.join_as"), 303)


@classrooms.route("/join/number", methods=["GET", "POST"])
@access(Mark.PUBLIC)
def join_as() -> ResponseReturnValue:
    """Then the student's number and code. Names are not shown before the code is right."""
    classroom = classroom_with_code(session.get("class_code", ""))
    if classroom is None:
        return redirect(url_for("classrooms.join"), 303)
    form = StudentForm()
    form.number.choices = [SelectChoice(str(number)) for number in numbers_of(classroom)]
    if not form.validate_on_submit():
        return _student_page(classroom, form, None), 422 if form.is_submitted() else 200
    try:
        found = check_student(classroom=classroom, number=form.number.data, code=form.code.data or "")
    except SignInRefused:
        return _student_page(classroom, form, "refused"), 422
    except TooManyTries:
        return _student_page(classroom, form, "wait"), 429
    open_session(found=found)
    return redirect(url_for("reading.student_home"), 303)


def _student_page(classroom: ClassroomRow, form: StudentForm, problem: str | None) -> str:
    return render_template(
        "classrooms/join_as.html",
        classroom=classroom,
        class_code=shown_class_code(classroom.code),
        form=form,
        problem=problem,
    )


@classrooms.route("/teach/classes/<uuid:classroom_id>/assignments", methods=["GET", "POST"])
@access(Mark.TEACHER)
def assignments(classroom_id: UUID) -> ResponseReturnValue:
    """From when until when the quizzes of a class take answers, how often, and whose results are held back."""
    part = part_in(signed_in(), classroom_id)
    if part is None:
        abort(404)
    classroom, read_only = part
    if request.method != "POST":
        return _assignments_page(classroom, read_only)
    if read_only:
        abort(404)  # as from what is not there: the page has no form for them
    lesson = next((one for one in _lessons(classroom) if one.id == request.form.get("lesson")), None)
    if lesson is None:
        abort(400)
    form = AssignmentForm(prefix=lesson.id)
    if not form.validate():
        return _assignments_page(classroom, read_only, {lesson.id: form}), 422
    try:
        assign(classroom=classroom, lesson_id=lesson.id, shown=form.shown.data, wanted=form.assignment())
    except ChangedMeanwhile as change:
        form.shown.data = change.current.version  # to send it once more is to know what it replaces
        return _assignments_page(classroom, read_only, {lesson.id: form}), 409
    flash(lesson.id)
    return redirect(url_for("classrooms.assignments", classroom_id=classroom_id, _anchor=lesson.id), 303)


def _lessons(classroom: ClassroomRow) -> list[Lesson]:
    return [lesson for course in catalog().courses if course.id == classroom.course for lesson in course.lessons]


def _assignments_page(classroom: ClassroomRow, read_only: bool, sent: dict[str, AssignmentForm] | None = None) -> str:
    """`sent`: the form that could not be saved, by its lesson."""
    stored = assignments_of(classroom)
    rows = []
    for lesson in _lessons(classroom):
        assignment = stored.get(lesson.id, Assignment())
        form = (sent or {}).get(lesson.id) or AssignmentForm(
            None, obj=assignment, prefix=lesson.id, data={"shown": assignment.version}
        )
        rows.append((lesson, assignment, form))
    return render_template(
        "classrooms/assignments.html",
        classroom=classroom,
        read_only=read_only,
        rows=rows,
        sent=sent or {},
        saved=get_flashed_messages(),
        moment=now(),
        grace=int(GRACE.total_seconds()),
    )
