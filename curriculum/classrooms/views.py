"""Owns the pages by which a student joins: class code, then number and own code."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from curriculum.accounts.access import Mark
from curriculum.accounts.services import SignInRefused, open_session
from curriculum.classrooms.class_code import shown_class_code
from curriculum.classrooms.forms import ClassCodeForm, StudentForm
from curriculum.classrooms.queries import classroom_with_code, numbers_of
from curriculum.classrooms.roster import ClassroomRow
from curriculum.classrooms.services import TooManyTries, check_student, find_classroom
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
