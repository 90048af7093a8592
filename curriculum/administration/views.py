"""Owns the pages of how a school is run: where its staff begin, and what was done by whom."""

from uuid import UUID

import msgspec
from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from curriculum.accounts.access import Mark, Shown
from curriculum.accounts.queries import signed_in
from curriculum.administration.forms import ConsentForm, ErasureForm, NameForm, StepForm
from curriculum.administration.labels import labels
from curriculum.administration.queries import (
    PER_PAGE,
    Record,
    StudentFound,
    audit_lines,
    classrooms_of,
    student_found,
    students_found,
)
from curriculum.administration.services import NoSuchStudent, correct_name, erase, resume, see_record, stop
from curriculum.audit import broken_at
from curriculum.catalog.due import due
from curriculum.catalog.queries import catalog, renderer
from curriculum.classrooms.roster import pseudonym
from curriculum.consents.queries import consent_of, is_young
from curriculum.consents.services import record as record_consent
from curriculum.consents.services import withdraw
from curriculum.localization import PREFIX
from curriculum.security import access

administration = Blueprint("administration", __name__, url_prefix=f"{PREFIX}/school")
MOST_PAGES = 10_000  # a database takes no number of any length


@administration.get("/")
@access(Mark.SUPPORT)
def school() -> ResponseReturnValue:
    """Where administrators and counsellors begin."""
    return render_template("administration/school.html")


@administration.get("/audit")
@access(Mark.ADMINISTRATOR, shows=(Shown.AUDIT_LOG,))
def audit() -> ResponseReturnValue:
    """What staff did, newest first, and whether the log is whole."""
    school_id = signed_in().school_id
    page = min(max(1, request.args.get("page", 1, type=int)), MOST_PAGES)
    lines, count = audit_lines(school_id, page)
    if page > 1 and not lines:
        abort(404)
    pages = -(-count // PER_PAGE)
    # The first page alone: the whole log is read to say so.
    broken = broken_at(school_id) if page == 1 else None
    return render_template("administration/audit.html", lines=lines, page=page, pages=pages, count=count, broken=broken)


@administration.get("/facts")
@access(Mark.ADMINISTRATOR)
def facts() -> ResponseReturnValue:
    """Which facts and contacts are to be read again soon, and what lessons show meanwhile."""
    today = renderer().today
    found = due(catalog().facts, catalog().contacts, today)
    overdue = [one for one in found if one.is_overdue(today)]
    return render_template("administration/facts.html", overdue=overdue, soon=found[len(overdue) :], today=today)


@administration.get("/people")
@access(Mark.ADMINISTRATOR, shows=(Shown.STUDENTS,))
def people() -> ResponseReturnValue:
    """The classes, and the students of the one that is asked for."""
    school_id = signed_in().school_id
    chosen = request.args.get("classroom", type=UUID)
    classrooms = classrooms_of(school_id)
    return render_template(
        "administration/people.html",
        classrooms=classrooms,
        chosen=next((one for one in classrooms if one.id == chosen), None),
        students=students_found(school_id, chosen),
    )


@administration.get("/people/<uuid:student_id>")
@access(Mark.ADMINISTRATOR, shows=(Shown.STUDENTS,))
def student(student_id: UUID) -> ResponseReturnValue:
    """What can be done for one student: see, take out, correct, stop, erase. Nothing that is kept stands here yet."""
    found = _student(student_id)
    return _student_page(found, _name_form(found))


@administration.post("/people/<uuid:student_id>/record")
@access(Mark.ADMINISTRATOR, shows=(Shown.RECORD,))
def record(student_id: UUID) -> ResponseReturnValue:
    """Everything that is kept about one student. A form leads here, no link: that it was opened is written down."""
    found, form = _student(student_id), StepForm()
    if not form.validate_on_submit():
        abort(400)
    kept = see_record(school_id=signed_in().school_id, student_id=student_id, exported="file" in request.form)
    if "file" in request.form:
        return _as_file(kept, student_id)
    return render_template(
        "administration/record.html",
        student=found,
        record=kept,
        labels=labels(),
        lesson=catalog().lessons.get,
    )


@administration.post("/people/<uuid:student_id>/name")
@access(Mark.ADMINISTRATOR)
def rename(student_id: UUID) -> ResponseReturnValue:
    """Put a student's display name right."""
    found, form = _student(student_id), NameForm()
    school_id = signed_in().school_id
    form.number = pseudonym(found.number or 0)
    form.lacks_consent = is_young(school_id, student_id) and consent_of(school_id, student_id) is None
    if not form.validate_on_submit():
        return _student_page(found, form, 422)
    correct_name(school_id=signed_in().school_id, student_id=student_id, name=form.name.data or "")
    return redirect(url_for("administration.student", student_id=student_id), 303)


@administration.post("/people/<uuid:student_id>/consent")
@access(Mark.ADMINISTRATOR)
def consent(student_id: UUID) -> ResponseReturnValue:
    """Write down how a guardian has agreed to the student's name being kept, or that they do not any more."""
    found, form = _student(student_id), ConsentForm()
    if not form.validate_on_submit():
        return _student_page(found, _name_form(found), 422, form)
    of = {"school_id": signed_in().school_id, "person_id": student_id}
    if form.withdraws:
        withdraw(**of, number=found.number or 0)
    else:
        record_consent(**of, how=form.how.data, by=signed_in().id)
    return redirect(url_for("administration.student", student_id=student_id), 303)


@administration.post("/people/<uuid:student_id>/pause")
@access(Mark.ADMINISTRATOR)
def pause(student_id: UUID) -> ResponseReturnValue:
    """Stop a student's record from being used, or let the student in again."""
    found, form = _student(student_id), StepForm()
    if not form.validate_on_submit():
        abort(400)
    (resume if found.suspended else stop)(school_id=signed_in().school_id, student_id=student_id)
    return redirect(url_for("administration.student", student_id=student_id), 303)


@administration.route("/people/<uuid:student_id>/erase", methods=["GET", "POST"])
@access(Mark.ADMINISTRATOR, shows=(Shown.STUDENTS,))
def erasure(student_id: UUID) -> ResponseReturnValue:
    """Ask once, with the student's number to be typed, whether everything is to be erased, and do it."""
    found, form = _student(student_id), ErasureForm()
    form.expected = str(found.number or 0)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("administration/erasure.html", student=found, form=form), status
    erase(school_id=signed_in().school_id, student_id=student_id)
    return redirect(url_for("administration.people", classroom=found.classroom_id), 303)


@administration.errorhandler(NoSuchStudent)
def gone_meanwhile(_error: NoSuchStudent) -> ResponseReturnValue:
    """Somebody else has erased the student since the page was made."""
    return render_template("error.html", code=404), 404


def _student(student_id: UUID) -> StudentFound:
    found = student_found(signed_in().school_id, student_id)
    if found is None:
        abort(404)
    return found


def _as_file(kept: Record, student_id: UUID) -> ResponseReturnValue:
    name = f"student-{student_id.hex[:8]}.json"
    body = msgspec.json.format(msgspec.json.encode(kept), indent=2)
    return Response(
        body, mimetype="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _name_form(found: StudentFound) -> NameForm:
    return NameForm(formdata=None, data={"name": found.display_name})


def _student_page(
    found: StudentFound, form: NameForm, status: int = 200, sent: ConsentForm | None = None
) -> ResponseReturnValue:
    school_id = signed_in().school_id
    return render_template(
        "administration/student.html",
        student=found,
        form=form,
        step=StepForm(formdata=None),
        young=is_young(school_id, found.id),
        consent=consent_of(school_id, found.id),
        consent_form=sent or ConsentForm(formdata=None),
    ), status
