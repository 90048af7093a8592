"""Owns the pages of what a teacher sees: the classes, one class, its items."""

from collections.abc import Sequence
from itertools import chain
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from curriculum.accounts.access import Mark, Shown
from curriculum.accounts.queries import signed_in
from curriculum.audit import Act, note
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.page_text import PageText
from curriculum.catalog.queries import course_lessons, renderer
from curriculum.classrooms.class_code import shown_class_code
from curriculum.classrooms.queries import (
    classroom_taught_by,
    classrooms_taught_by,
    part_in,
    people_of,
    roster_of,
    student_in,
)
from curriculum.classrooms.roster import ClassroomRow, StudentRow
from curriculum.classrooms.school_year import end_of
from curriculum.dashboard.attention import FEWEST
from curriculum.dashboard.class_table import class_table, total_row
from curriculum.dashboard.grid_picture import grid_picture
from curriculum.dashboard.overview import GridRow, grid_rows
from curriculum.dashboard.queries import class_page, class_stamp
from curriculum.dashboard.student_record import SeenLesson, best_attempts, by_lesson, seen_lesson
from curriculum.dashboard.weeks import weeks_of
from curriculum.database import now
from curriculum.item_analysis.finding import FEWEST as ENOUGH
from curriculum.localization import PREFIX, page_locale
from curriculum.progress.completion import Progress, State
from curriculum.progress.queries import progress_of_people, totals_of_people
from curriculum.quizzes.queries import completions_in, points_in, quiz_of, sent_in
from curriculum.security import access
from curriculum.sheets import WRITERS

dashboard = Blueprint("dashboard", __name__, url_prefix=f"{PREFIX}/teach")
MOST_PAGES = 100  # a database takes no number of any length


@dashboard.get("/")
@access(Mark.TEACHER)
def classes() -> ResponseReturnValue:
    """The classes this teacher has a part in."""
    return render_template("dashboard/classes.html", classrooms=classrooms_taught_by(signed_in()))


@dashboard.get("/classes/<uuid:classroom_id>")
@access(Mark.TEACHER, shows=(Shown.ROSTER, Shown.PROGRESS, Shown.SCORE, Shown.CLASS_ITEMS))
def classroom(classroom_id: UUID) -> ResponseReturnValue:
    """One class: four figures, the grid of students and lessons, what to talk about next, who needs a word."""
    found, read_only = part_in(signed_in(), classroom_id) or abort(404)
    moment, page = now(), _page()
    shown = class_page(found, page, moment) or abort(404)
    return render_template(
        "dashboard/classroom.html",
        classroom=found,
        read_only=read_only,
        class_code=shown_class_code(found.code),
        shown=shown,
        moment=moment,
        fewest=FEWEST,
        enough=ENOUGH,
    )


@dashboard.get("/classes/<uuid:classroom_id>/now")
@access(Mark.TEACHER, shows=(Shown.ROSTER, Shown.PROGRESS, Shown.SCORE, Shown.CLASS_ITEMS))
def classroom_now(classroom_id: UUID) -> ResponseReturnValue:
    """The part of the class page that changes while a class works, for a page that is open; 304 while it has not."""
    found, read_only = part_in(signed_in(), classroom_id) or abort(404)
    moment, page = now(), _page()
    stamp = class_stamp(found, page, moment)
    if request.if_none_match.contains(stamp):
        response = Response(status=304)
    else:
        shown = class_page(found, page, moment) or abort(404)
        parts = render_template(
            "dashboard/now.html",
            classroom=found,
            read_only=read_only,
            shown=shown,
            moment=moment,
            fewest=FEWEST,
            enough=ENOUGH,
        )
        response = Response(parts, mimetype="text/html")
    response.set_etag(stamp)
    return response


@dashboard.post("/classes/<uuid:classroom_id>/export.<any(csv, xlsx):kind>")
@access(Mark.TEACHER, shows=(Shown.ROSTER, Shown.PROGRESS, Shown.SCORE))
def export(classroom_id: UUID, kind: str) -> ResponseReturnValue:
    """The grid as a file, in the language of the page. A form leads here, no link: that it left is written down."""
    found = _fetched(classroom_id)
    lessons = course_lessons(found.course)
    heads = [_("번호"), _("이름")]
    for lesson in lessons:
        heads += [_("%(code)s 진도", code=lesson.code), _("%(code)s 점수(%%)", code=lesson.code)]
    states = {State.DONE: _("마침"), State.PARTLY: _("하는 중"), State.NONE: _("시작 전")}
    rows = _whole_grid(found, lessons)
    totals = totals_of_people(found.school_id, people_of(found), {one.id: len(one.steps) for one in lessons})
    last = total_row(_("합계: 학생 수, 마친 학생 수, 점수 평균"), len(rows), lessons, totals)
    note(school_id=found.school_id, act=Act.CLASS_EXPORTED, about=found.id, detail=kind)
    write, mimetype = WRITERS[kind]
    named = f'attachment; filename="class-{found.school_year}-{found.grade}-{found.section}.{kind}"'
    table = chain(class_table(rows, heads, states), [last])
    return Response(write(table), mimetype=mimetype, headers={"Content-Disposition": named})


@dashboard.route("/classes/<uuid:classroom_id>/students/<uuid:student_id>", methods=["GET", "POST"])
@access(Mark.TEACHER, shows=(Shown.ROSTER, Shown.PROGRESS, Shown.SCORE, Shown.RIGHT_ITEMS))
def student(classroom_id: UUID, student_id: UUID) -> ResponseReturnValue:
    """One student of a class: how far, as on the class page; sent as a form, attempts and items too, which is written
    down. A link alone changes nothing."""
    found = _fetched(classroom_id)
    learner = student_in(found, student_id)
    if learner is None:
        abort(404)
    is_open = request.method == "POST"
    if is_open:
        note(school_id=found.school_id, act=Act.STUDENT_SEEN, about=learner.id, detail=str(found.id))
    return render_template(
        "dashboard/student.html",
        classroom=found,
        student=learner,
        is_open=is_open,
        lessons=_seen_lessons(found, learner, is_open=is_open),
    )


@dashboard.get("/classes/<uuid:classroom_id>/pictures")
@access(Mark.TEACHER, shows=(Shown.ROSTER, Shown.PROGRESS))
def pictures(classroom_id: UUID) -> ResponseReturnValue:
    """A class in two pictures, each with its table: students and lessons, and what was completed week by week."""
    found = _fetched(classroom_id)
    lessons = course_lessons(found.course)
    until = end_of(found.school_year)
    ends = completions_in(
        found.school_id,
        people_of(found),
        {one.id: len(one.steps) for one in lessons},
        end_of(found.school_year - 1),
        until,
    )
    return render_template(
        "dashboard/pictures.html",
        classroom=found,
        picture=grid_picture(_whole_grid(found, lessons), lessons),
        weeks=weeks_of(ends, min(now(), until)),
        month=lambda day: format_date(day, "LLL"),
    )


def _page() -> int:
    return min(max(1, request.args.get("page", 1, type=int)), MOST_PAGES)


def _whole_grid(classroom: ClassroomRow, lessons: Sequence[Lesson]) -> list[GridRow]:
    students = roster_of(classroom)
    progress = progress_of_people(classroom.school_id, [one.id for one in students], [one.id for one in lessons])
    return grid_rows(students, lessons, progress)


def _seen_lessons(classroom: ClassroomRow, learner: StudentRow, *, is_open: bool) -> list[SeenLesson]:
    """The lessons of a class as one student has come through them; attempts and items where they were asked for."""
    lessons, school_id = course_lessons(classroom.course), classroom.school_id
    ids = [one.id for one in lessons]
    progress = progress_of_people(school_id, [learner.id], ids)
    attempts = by_lesson(sent_in(school_id, learner.id, ids)) if is_open else {}
    best = [one.id for one in best_attempts(attempts).values()]
    points = points_in(school_id, best) if best else {}
    text = PageText(renderer(), [page_locale()])
    return [
        seen_lesson(
            one,
            quiz_of(one.id),
            progress.get((learner.id, one.id), Progress()),
            attempts.get(one.id, []),
            points,
            text,
        )
        for one in lessons
    ]


def _fetched(classroom_id: UUID) -> ClassroomRow:
    found = classroom_taught_by(signed_in(), classroom_id)
    if found is None:
        abort(404)
    return found
