"""Owns the pages of a school's classes: the list, one class, who teaches and learns in it, a student's move."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, get_flashed_messages, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from curriculum.accounts.access import Mark, Shown
from curriculum.accounts.queries import signed_in
from curriculum.classrooms.class_code import shown_class_code
from curriculum.classrooms.forms import LEVEL_NAMES, course_for
from curriculum.classrooms.queries import classroom_of_school, learners_in
from curriculum.classrooms.roster import ClassroomRow, Learner
from curriculum.classrooms.services import (
    ClassTaken,
    NotThere,
    NumberTaken,
    archive,
    open_class,
    place_student,
    renew_code,
    set_part,
)
from curriculum.database import now
from curriculum.localization import PREFIX
from curriculum.school_classes.forms import PARTS, ClassForm, ClassWayForm, MoveForm, TeacherForm
from curriculum.school_classes.queries import classes_of, teachers_for
from curriculum.school_classes.services import use_names
from curriculum.security import access
from curriculum.sheets import csv_of, xlsx_of

school_classes = Blueprint("school_classes", __name__, url_prefix=f"{PREFIX}/school/classes")
ONE = "/<uuid:classroom_id>"
KINDS = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@school_classes.get("")
@access(Mark.ADMINISTRATOR)
def classes() -> ResponseReturnValue:
    """Every class of the school."""
    rows, moment = classes_of(signed_in().school_id), now()
    return render_template("school_classes/classes.html", rows=rows, levels=LEVEL_NAMES, moment=moment)


@school_classes.route("/new", methods=["GET", "POST"])
@access(Mark.ADMINISTRATOR)
def new_class() -> ResponseReturnValue:
    """Make a class."""
    form = ClassForm()
    if not form.validate_on_submit():
        return render_template("school_classes/new_class.html", form=form), 422 if form.is_submitted() else 200
    place = {"level": form.level.data, "grade": form.grade.data, "section": form.section.data}
    course = form.course.data or course_for(form.level.data)
    more = {"course": course, "pseudonyms": form.pseudonyms.data}
    try:
        made = open_class(school_id=signed_in().school_id, school_year=int(form.school_year.data), **place, **more)
    except ClassTaken:
        return render_template("school_classes/new_class.html", form=form, taken=True), 422
    return redirect(url_for("school_classes.one_class", classroom_id=made), 303)


@school_classes.get(ONE)
@access(Mark.ADMINISTRATOR, shows=(Shown.ROSTER, Shown.STAFF))
def one_class(classroom_id: UUID) -> ResponseReturnValue:
    """One class: its code, who teaches it, who learns in it."""
    return _class_page(_class(classroom_id))


@school_classes.post(ONE)
@access(Mark.ADMINISTRATOR, shows=(Shown.ROSTER, Shown.STAFF))
def change_class(classroom_id: UUID) -> ResponseReturnValue:
    """A new code; close it or open it again; without names or with them."""
    classroom, way = _class(classroom_id), ClassWayForm().way.data
    if way == "code":
        renew_code(classroom=classroom)
    elif way in {"archive", "reopen"}:
        archive(classroom=classroom, archived=way == "archive")
    elif way in {"numbers", "names"}:
        use_names(classroom=classroom, used=way == "names")
    else:
        abort(400)
    flash(way)
    return redirect(url_for("school_classes.one_class", classroom_id=classroom_id), 303)


@school_classes.get(f"{ONE}/roster.<any(csv, xlsx):kind>")
@access(Mark.ADMINISTRATOR, shows=(Shown.ROSTER,))
def download(classroom_id: UUID, kind: str) -> ResponseReturnValue:
    """The roster of a class as a file, which can be read again as it is."""
    classroom = _class(classroom_id)
    place = (classroom.grade, classroom.section)
    heads = [gettext("학년"), gettext("반"), gettext("번호"), gettext("이름")]
    rows: list[list[str | int | float | None]] = [[*heads]]
    rows += [[*place, one.number, one.name] for one in learners_in(classroom)]
    name = f"class-{classroom.school_year}-{classroom.grade}-{classroom.section}.{kind}"
    response = Response((csv_of if kind == "csv" else xlsx_of)(rows), mimetype=KINDS[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@school_classes.post(f"{ONE}/teachers")
@access(Mark.ADMINISTRATOR, shows=(Shown.ROSTER, Shown.STAFF))
def teachers(classroom_id: UUID) -> ResponseReturnValue:
    """What part a teacher has in a class."""
    classroom = _class(classroom_id)
    form = _teacher_form(classroom)
    if not form.validate_on_submit():
        return _class_page(classroom, form), 422
    set_part(classroom=classroom, person_id=UUID(form.teacher.data), part=form.part.data)
    flash("teacher")
    return redirect(url_for("school_classes.one_class", classroom_id=classroom_id, _anchor="teachers"), 303)


@school_classes.route(f"{ONE}/students/<int:number>", methods=["GET", "POST"])
@access(Mark.ADMINISTRATOR, shows=(Shown.ROSTER,))
def student(classroom_id: UUID, number: int) -> ResponseReturnValue:
    """Move a student to another class, to one more, or off this one."""
    classroom = _class(classroom_id)
    learner = next((one for one in learners_in(classroom) if one.number == number), None)
    if learner is None:
        abort(404)
    form = MoveForm()
    others = {
        one.classroom.id: one.classroom for one in classes_of(classroom.school_id) if _is_target(one[0], classroom)
    }
    form.offer((id_, _label(one)) for id_, one in others.items())
    if not form.validate_on_submit():
        return _student_page(classroom, learner, form), 422 if form.is_submitted() else 200
    target = None if form.way.data == "leave" else others[UUID(form.target.data)]
    stays = form.way.data == "add"
    try:
        place_student(source=classroom, person_id=learner.id, target=target, number=form.number.data or 0, stays=stays)
    except NumberTaken:
        return _student_page(classroom, learner, form, "taken"), 409
    except NotThere:
        abort(404)
    flash(form.way.data)
    return redirect(url_for("school_classes.one_class", classroom_id=classroom_id, _anchor="students"), 303)


def _class(classroom_id: UUID) -> ClassroomRow:
    found = classroom_of_school(signed_in().school_id, classroom_id)
    if found is None:
        abort(404)
    return found


def _label(classroom: ClassroomRow) -> str:
    """A class in a list to choose from."""
    place = {"grade": classroom.grade, "section": classroom.section}
    return gettext("%(year)d학년도 %(grade)d학년 %(section)d반", year=classroom.school_year, **place)


def _is_target(one: ClassroomRow, classroom: ClassroomRow) -> bool:
    return one.id != classroom.id and one.archived_at is None


def _teacher_form(classroom: ClassroomRow) -> TeacherForm:
    form = TeacherForm()
    form.offer((one.id, one.name) for one in teachers_for(classroom))
    return form


def _class_page(classroom: ClassroomRow, form: TeacherForm | None = None) -> str:
    return render_template(
        "school_classes/one_class.html",
        classroom=classroom,
        class_code=shown_class_code(classroom.code),
        level=LEVEL_NAMES[classroom.level],
        teachers=[one for one in teachers_for(classroom) if one.read_only is not None],
        students=learners_in(classroom),
        form=form or _teacher_form(classroom),
        parts=PARTS,
        just_done=get_flashed_messages(),
        moment=now(),
    )


def _student_page(classroom: ClassroomRow, learner: Learner, form: MoveForm, met: str | None = None) -> str:
    return render_template("school_classes/student.html", classroom=classroom, student=learner, form=form, met=met)
