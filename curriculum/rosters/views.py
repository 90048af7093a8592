"""Owns the pages of rosters: read one, look at what it would change, do it, take it back."""

from uuid import UUID

from flask import Blueprint, abort, flash, get_flashed_messages, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from curriculum.accounts.access import Mark, Shown
from curriculum.accounts.queries import signed_in
from curriculum.accounts.viewer import Role
from curriculum.classrooms.forms import LEVEL_NAMES, course_for
from curriculum.classrooms.queries import classroom_of_school, part_in
from curriculum.classrooms.roster import MOST_STUDENTS, ClassroomRow
from curriculum.localization import PREFIX
from curriculum.rosters.forms import CONSENTS, ImportForm, RosterForm, SchoolRosterForm
from curriculum.rosters.name_rule import LONGEST
from curriculum.rosters.oneroster import is_oneroster, oneroster_lines
from curriculum.rosters.queries import (
    SentRoster,
    sent_roster,
)
from curriculum.rosters.roster_change import Kind
from curriculum.rosters.roster_file import NoColumns, reading_of
from curriculum.rosters.roster_line import Reading
from curriculum.rosters.services import (
    CannotUndo,
    PlanChanged,
    apply_roster,
    done_so_far,
    drop_roster,
    is_young,
    keep_roster,
    leave_rest,
    planned,
    undo_roster,
)
from curriculum.security import access, takes_files
from curriculum.sheets import MOST_ROWS, Unreadable, is_zip, rows_in, rows_of_text

rosters = Blueprint("rosters", __name__, url_prefix=PREFIX)


@rosters.route("/school/roster", methods=["GET", "POST"])
@access(Mark.ADMINISTRATOR)
@takes_files
def school_roster() -> ResponseReturnValue:
    """Read a roster of all classes of a level."""
    return _read(SchoolRosterForm(), None, url_for("rosters.school_roster"), url_for("school_classes.classes"))


@rosters.route("/school/classes/<uuid:classroom_id>/roster", methods=["GET", "POST"])
@access(Mark.ADMINISTRATOR)
@takes_files
def class_roster(classroom_id: UUID) -> ResponseReturnValue:
    """Read a roster of one class."""
    here, back = (
        url_for(one, classroom_id=classroom_id) for one in ("rosters.class_roster", "school_classes.one_class")
    )
    return _read(RosterForm(), _class(classroom_id), here, back)


@rosters.route("/teach/classes/<uuid:classroom_id>/roster", methods=["GET", "POST"])
@access(Mark.TEACHER)
@takes_files
def own_roster(classroom_id: UUID) -> ResponseReturnValue:
    """Read a roster of a class that one teaches."""
    here = url_for("rosters.own_roster", classroom_id=classroom_id)
    return _read(RosterForm(), _taught(classroom_id), here, url_for("dashboard.classroom", classroom_id=classroom_id))


@rosters.route("/rosters/<uuid:import_id>", methods=["GET", "POST"])
@access(Mark.STAFF, shows=(Shown.ROSTER,))
def roster(import_id: UUID) -> ResponseReturnValue:
    """What a roster that one has sent would change; do it, forget it, or take it back."""
    viewer, form = signed_in(), ImportForm()
    sent = sent_roster(viewer, import_id)
    if sent is None:
        abort(404)
    classroom = _class_of(sent)
    if not form.is_submitted():
        return _import_page(sent, classroom)
    try:
        _decide(sent, form)
    except PlanChanged:
        return _import_page(sent, classroom, "changed"), 409
    except CannotUndo:
        return _import_page(sent, classroom, "depends"), 409
    if form.way.data == "apply" or (form.way.data == "drop" and sent.done):
        return redirect(url_for("rosters.roster", import_id=import_id), 303)
    flash("undone" if form.way.data == "undo" else "dropped")
    return redirect(_home(classroom), 303)


def _decide(sent: SentRoster, form: ImportForm) -> None:
    viewer, way = signed_in(), form.way.data
    if way == "apply" and sent.content:
        level = planned(viewer.school_id, sent)[2].level
        consent = form.consent.data if form.consent.data in CONSENTS else None
        apply_roster(viewer=viewer, sent=sent, shown=form.shown.data or "", course=course_for(level), consent=consent)
    elif way == "undo" and sent.done is not None:
        undo_roster(viewer=viewer, sent=sent)
    elif way == "drop" and sent.content:
        (leave_rest if sent.done else drop_roster)(viewer=viewer, sent=sent)
    elif way != "apply":
        abort(400)


def _read(form: RosterForm, classroom: ClassroomRow | None, here: str, back: str) -> ResponseReturnValue:
    """The form of a roster; what was sent is read, kept, and shown before anything is done."""

    def page(problem: str | None = None) -> str:
        shown = {"problem": problem, "most": MOST_ROWS, "just_done": get_flashed_messages()}
        return render_template("rosters/roster.html", form=form, classroom=classroom, here=here, back=back, **shown)

    if not form.is_submitted():
        return page()
    if not form.validate():
        return page(), 422
    try:
        reading = _reading(form, whole_school=classroom is None)
    except Unreadable as error:
        return page(error.fault), 422
    except NoColumns:
        return page("no-columns"), 422
    kept = keep_roster(viewer=signed_in(), classroom_id=classroom.id if classroom else None, reading=reading)
    return redirect(url_for("rosters.roster", import_id=kept), 303)


def _reading(form: RosterForm, *, whole_school: bool) -> Reading:
    data = form.file.data.read() if form.file.data else b""
    if is_zip(data) and is_oneroster(data):
        found = oneroster_lines(data)
    elif data:
        found = reading_of(rows_in(data), whole_school=whole_school)
    else:
        found = reading_of(rows_of_text(form.text.data or ""), whole_school=whole_school)
    if not isinstance(form, SchoolRosterForm):
        return found
    return Reading(found.lines, found.troubles, form.level.data, int(form.school_year.data))


def _class(classroom_id: UUID) -> ClassroomRow:
    found = classroom_of_school(signed_in().school_id, classroom_id)
    if found is None:
        abort(404)
    return found


def _taught(classroom_id: UUID) -> ClassroomRow:
    part = part_in(signed_in(), classroom_id)
    if part is None or part[1]:
        abort(404)
    return part[0]


def _class_of(sent: SentRoster) -> ClassroomRow | None:
    """The class of a roster: whoever has sent it may have lost their part in it since."""
    if signed_in().role is Role.ADMINISTRATOR:
        return _class(sent.classroom_id) if sent.classroom_id else None
    return _taught(sent.classroom_id or UUID(int=0))


def _home(classroom: ClassroomRow | None) -> str:
    if classroom is None:
        return url_for("rosters.school_roster")
    own = signed_in().role is not Role.ADMINISTRATOR
    return url_for("rosters.own_roster" if own else "rosters.class_roster", classroom_id=classroom.id)


def _import_page(sent: SentRoster, classroom: ClassroomRow | None, met: str | None = None) -> str:
    page = {"sent": sent, "classroom": classroom, "home": _home(classroom), "met": met}
    if not sent.content:
        return render_template("rosters/applied.html", **page)
    plan, classes, reading = planned(signed_in().school_id, sent)
    done = done_so_far(sent)
    if done and done.left == plan.digest:
        return render_template("rosters/saving.html", lines=done.lines, left=len(plan.people), **page)
    level = reading.level or next(iter(classes.values())).level
    may_need_consent = [one for kind in (Kind.ADD, Kind.RENAME) for one in plan.of(kind)]
    page["met"] = "changed" if done else met
    return render_template(
        "rosters/plan.html",
        plan=plan,
        kinds={kind.name.lower(): plan.of(kind) for kind in Kind},
        level=LEVEL_NAMES.get(reading.level),
        most=MOST_STUDENTS,
        longest=LONGEST,
        # What was answered with the first batch holds for the others.
        is_young=not done and any(is_young(one, level) for one in may_need_consent),
        consents=CONSENTS,
        **page,
    )
