"""Owns the pages of certificates: who has earned one, and the sheets to print."""

from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from curriculum.accounts.access import Mark, Shown
from curriculum.accounts.queries import signed_in
from curriculum.audit import Act, note
from curriculum.catalog.queries import catalog, renderer
from curriculum.certificates.earned import Standing
from curriculum.certificates.queries import standings_in
from curriculum.classrooms.queries import part_in
from curriculum.classrooms.roster import ClassroomRow
from curriculum.localization import PREFIX
from curriculum.security import access

certificates = Blueprint("certificates", __name__, url_prefix=f"{PREFIX}/teach/classes/<uuid:classroom_id>")


@certificates.get("/certificates")
@access(Mark.TEACHER, shows=(Shown.ROSTER, Shown.PROGRESS))
def overview(classroom_id: UUID) -> ResponseReturnValue:
    """Who has completed what was asked, to be chosen, and how many lessons the others still have."""
    classroom = _fetched(classroom_id)
    return render_template("certificates/overview.html", classroom=classroom, standings=standings_in(classroom))


@certificates.post("/certificates")
@access(Mark.TEACHER, shows=(Shown.ROSTER, Shown.PROGRESS))
def sheets(classroom_id: UUID) -> ResponseReturnValue:
    """A sheet for each student that is chosen and has earned it. A form leads here: that they were made is written
    down."""
    classroom = _fetched(classroom_id)
    standings, wanted = standings_in(classroom), set(request.form.getlist("student"))
    chosen = [one for one in standings if one.has_earned and str(one.student.id) in wanted]
    if not chosen:
        page = {"classroom": classroom, "standings": standings, "nobody": True}
        return render_template("certificates/overview.html", **page)
    _note(classroom, chosen)
    course = catalog().course(classroom.course)
    return render_template(
        "certificates/sheets.html", classroom=classroom, course=course, chosen=chosen, today=renderer().today
    )


def _note(classroom: ClassroomRow, chosen: list[Standing]) -> None:
    """Of one student by whose it is, of several by their class."""
    alone = len(chosen) == 1
    about, detail = (chosen[0].student.id, str(classroom.id)) if alone else (classroom.id, str(len(chosen)))
    note(school_id=classroom.school_id, act=Act.CERTIFICATES_MADE, about=about, detail=detail)


def _fetched(classroom_id: UUID) -> ClassroomRow:
    part = part_in(signed_in(), classroom_id)
    if part is None or part[1]:
        abort(404)  # who may only look gives out nothing
    return part[0]
