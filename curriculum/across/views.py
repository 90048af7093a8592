"""Owns the pages across classes: a teacher's classes on one page, a school on one page, and what leaves of both."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from flask import Blueprint, Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from curriculum.accounts.access import Mark, Shown
from curriculum.accounts.queries import signed_in
from curriculum.accounts.viewer import Viewer
from curriculum.across.class_files import (
    Row,
    lines_table,
    school_lessons_table,
    school_table,
    students_table,
)
from curriculum.across.ordering import CLASS, KEYS, ordered
from curriculum.across.queries import classrooms_of_year, members_of, next_dues, sizes_of, totals_by_class
from curriculum.across.school_figures import SchoolFigures, school_figures
from curriculum.across.summary import ClassLine, class_lines
from curriculum.audit import Act, note
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.queries import catalog
from curriculum.classrooms.forms import LEVEL_NAMES
from curriculum.classrooms.queries import classrooms_taught_by
from curriculum.classrooms.roster import ClassroomRow
from curriculum.classrooms.school_year import school_year_of
from curriculum.database import now
from curriculum.localization import PREFIX, page_locale
from curriculum.progress.completion import State
from curriculum.security import access
from curriculum.sheets import WRITERS

across = Blueprint("across", __name__, url_prefix=PREFIX)


class Taught(NamedTuple):
    """The classes of a teacher that are not archived, and the lessons of their courses."""

    classrooms: Sequence[ClassroomRow]
    courses: Mapping[str, Sequence[Lesson]]


@across.get("/teach/across")
@access(Mark.TEACHER, shows=(Shown.PROGRESS, Shown.SCORE))
def teacher() -> ResponseReturnValue:
    """A teacher's classes on one page, in the order of one of its columns."""
    by, down = request.args.get("by", CLASS), request.args.get("down") == "1"
    by = by if by in KEYS else CLASS
    lines = ordered(_lines(signed_in()), by, down=down)
    return render_template("across/teacher.html", lines=lines, by=by, down=down)


@across.post("/teach/across/classes.<any(csv, xlsx):kind>")
@access(Mark.TEACHER, shows=(Shown.PROGRESS, Shown.SCORE))
def class_file(kind: str) -> ResponseReturnValue:
    """The same as a file, a row a class."""
    lines = _lines(signed_in())
    note(school_id=signed_in().school_id, act=Act.CLASSES_EXPORTED, detail=f"classes {kind}")
    heads = [
        *_place(),
        _("학생"),
        _("지금 수업"),
        _("수업 이름"),
        _("마친 학생"),
        _("점수 평균(100점 만점)"),
        _("다음 기한의 수업"),
        _("다음 기한"),
    ]
    return _file(lines_table(lines, heads, page_locale(), _levels()), "classes", kind)


@across.post("/teach/across/students.<any(csv, xlsx):kind>")
@access(Mark.TEACHER, shows=(Shown.ROSTER, Shown.PROGRESS, Shown.SCORE))
def student_file(kind: str) -> ResponseReturnValue:
    """Every student of these classes as a file, a row a student. It is read while it is sent."""
    classrooms, courses = _taught(signed_in())
    note(school_id=signed_in().school_id, act=Act.CLASSES_EXPORTED, detail=f"students {kind}")
    lessons = [lesson for several in courses.values() for lesson in several]
    heads = [*_place(), _("번호"), _("이름")]
    for lesson in lessons:
        heads += [_("%(code)s 진도", code=lesson.code), _("%(code)s 점수(%%)", code=lesson.code)]
    states = {State.DONE: _("마침"), State.PARTLY: _("하는 중"), State.NONE: _("시작 전")}
    steps = {lesson.id: len(lesson.steps) for lesson in lessons}
    return _file(students_table(members_of(classrooms), heads, steps, states, _levels()), "students", kind)


@across.get("/school/learning")
@access(Mark.ADMINISTRATOR)
def school() -> ResponseReturnValue:
    """The school on one page: what may be said of its classes and lessons, and no student."""
    return render_template("across/school.html", figures=_figures(signed_in()), levels=_levels())


@across.post("/school/learning/<any(classes, lessons):part>.<any(csv, xlsx):kind>")
@access(Mark.ADMINISTRATOR)
def school_file(part: str, kind: str) -> ResponseReturnValue:
    """One of the two tables of that page as a file, cell by cell."""
    figures = _figures(signed_in())
    note(school_id=signed_in().school_id, act=Act.SCHOOL_EXPORTED, detail=f"{part} {kind}")
    if part == "lessons":
        heads = [_("차시"), _("수업"), _("학급"), _("학생"), _("마친 횟수(적어도)"), _("점수 평균(100점 만점, 어림)")]
        table = school_lessons_table(figures.lessons, heads, page_locale(), _("너무 적음"))
        return _file(table, "school-lessons", kind)
    words = {**_levels(), "few": _("너무 적음"), "sum": _("합계")}
    heads = [
        *_place(),
        _("학생"),
        _("배운 수업"),
        _("지금 수업"),
        _("마친 학생(적어도)"),
        _("점수 평균(100점 만점, 어림)"),
    ]
    return _file(school_table(figures, heads, words), "school-classes", kind)


def _place() -> list[str]:
    return [_("학년도"), _("학교급"), _("학년"), _("반")]


def _levels() -> dict[str, str]:
    return {level: str(name) for level, name in LEVEL_NAMES.items()}


def _file(rows: Iterable[Row], name: str, kind: str) -> Response:
    write, mimetype = WRITERS[kind]
    named = f'attachment; filename="{name}.{kind}"'
    return Response(stream_with_context(write(rows)), mimetype=mimetype, headers={"Content-Disposition": named})


def _taught(teacher: Viewer) -> Taught:
    classrooms = [one for one in classrooms_taught_by(teacher) if one.archived_at is None]
    return Taught(classrooms, _courses(classrooms))


def _courses(classrooms: Sequence[ClassroomRow]) -> dict[str, Sequence[Lesson]]:
    followed = {one.course for one in classrooms}
    return {course.id: course.lessons for course in catalog().courses if course.id in followed}


def _steps(courses: Mapping[str, Sequence[Lesson]]) -> dict[str, int]:
    return {lesson.id: len(lesson.steps) for several in courses.values() for lesson in several}


def _lines(teacher: Viewer) -> list[ClassLine]:
    classrooms, courses = _taught(teacher)
    ids, school_id = [one.id for one in classrooms], teacher.school_id
    totals = totals_by_class(school_id, ids, _steps(courses))
    return class_lines(classrooms, courses, sizes_of(school_id, ids), totals, next_dues(school_id, ids, now()))


def _figures(viewer: Viewer) -> SchoolFigures:
    classrooms = classrooms_of_year(viewer.school_id, school_year_of(now()))
    ids, courses = [one.id for one in classrooms], _courses(classrooms)
    totals = totals_by_class(viewer.school_id, ids, _steps(courses))
    return school_figures(classrooms, courses, sizes_of(viewer.school_id, ids), totals)
