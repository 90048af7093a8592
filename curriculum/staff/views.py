"""Owns the pages of who works at a school, of the links by which they set a password, and of one's own account."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from curriculum.accounts.access import Mark, Shown
from curriculum.accounts.queries import signed_in
from curriculum.accounts.services import SignInRefused, check_own
from curriculum.localization import PREFIX
from curriculum.second_factor.queries import codes_of
from curriculum.security import access
from curriculum.staff.forms import ROLES, InvitationForm, LinkForm, NewPasswordForm, OwnNewPasswordForm, RoleForm
from curriculum.staff.invitation import FIRST_LASTS, RESET_LASTS
from curriculum.staff.queries import StaffRow, member_of_staff, names_around, open_invitation, staff_of
from curriculum.staff.services import (
    AlreadyThere,
    InvitationGone,
    LastAdministrator,
    StaffGone,
    accept,
    bring_back,
    change_password,
    change_role,
    forget_codes,
    invite,
    make_link,
    remove,
    suspend,
)

staff = Blueprint("staff", __name__, url_prefix=PREFIX)
STAFF, ONE = "/school/staff", "/school/staff/<uuid:staff_id>"


@staff.get(STAFF)
@access(Mark.ADMINISTRATOR, shows=(Shown.STAFF,))
def everybody() -> ResponseReturnValue:
    """Everybody who works here."""
    return render_template("staff/staff.html", rows=staff_of(signed_in().school_id), roles=ROLES)


@staff.route(f"{STAFF}/new", methods=["GET", "POST"])
@access(Mark.ADMINISTRATOR)
def invitation() -> ResponseReturnValue:
    """Invite somebody. The link is shown once, on the page that answers."""
    form = InvitationForm()
    if not form.validate_on_submit():
        return render_template("staff/new.html", form=form), 422 if form.is_submitted() else 200
    person = {"role": form.role.data, "display_name": form.display_name.data or "", "email": form.email.data or ""}
    try:
        code = invite(school_id=signed_in().school_id, **person, sign_on=bool(form.sign_on.data))
    except AlreadyThere:
        return render_template("staff/new.html", form=form, taken=True), 422
    return _link_page(code, form.display_name.data or "", is_first=True)


@staff.get(ONE)
@access(Mark.ADMINISTRATOR, shows=(Shown.STAFF,))
def member(staff_id: UUID) -> ResponseReturnValue:
    """One of the staff, with all that can be done."""
    return _member_page(_row(staff_id))


@staff.post(f"{ONE}/link")
@access(Mark.ADMINISTRATOR, shows=(Shown.STAFF,))
def link(staff_id: UUID) -> ResponseReturnValue:
    """A new link for one of the staff, shown once."""
    row = _row(staff_id)
    return _link_page(
        make_link(school_id=signed_in().school_id, staff_id=staff_id), row.display_name, is_first=not row.has_password
    )


@staff.post(f"{ONE}/role")
@access(Mark.ADMINISTRATOR, shows=(Shown.STAFF,))
def role(staff_id: UUID) -> ResponseReturnValue:
    """Another role for one of the staff."""
    row, form = _row(staff_id), RoleForm()
    if not form.validate():
        return _member_page(row, form=form), 422
    return _done(row, lambda school_id: change_role(school_id=school_id, staff_id=staff_id, role=form.role.data))


@staff.post(f"{ONE}/suspension")
@access(Mark.ADMINISTRATOR, shows=(Shown.STAFF,))
def suspension(staff_id: UUID) -> ResponseReturnValue:
    """Let one of the staff in no more, or in again: the other of what is now."""
    row = _row(staff_id)
    act = bring_back if row.suspended else suspend
    return _done(row, lambda school_id: act(school_id=school_id, staff_id=staff_id))


@staff.post(f"{ONE}/codes")
@access(Mark.ADMINISTRATOR, shows=(Shown.STAFF,))
def codes(staff_id: UUID) -> ResponseReturnValue:
    """Take away the one-time codes and passkeys of one of the staff who has lost the telephone."""
    return _done(_row(staff_id), lambda school_id: forget_codes(school_id=school_id, staff_id=staff_id))


@staff.route(f"{ONE}/removal", methods=["GET", "POST"])
@access(Mark.ADMINISTRATOR, shows=(Shown.STAFF,))
def removal(staff_id: UUID) -> ResponseReturnValue:
    """Ask once whether one of the staff is to be removed, and do it."""
    row = _row(staff_id)
    if request.method != "POST":
        return render_template("staff/removal.html", row=row, roles=ROLES)
    try:
        remove(school_id=signed_in().school_id, staff_id=staff_id)
    except LastAdministrator:
        return _member_page(row, met="last"), 409
    except StaffGone:
        abort(404)
    return redirect(url_for("staff.everybody"), 303)


def _row(staff_id: UUID) -> StaffRow:
    found = member_of_staff(signed_in().school_id, staff_id)
    if found is None:
        abort(404)
    return found


def _done(row: StaffRow, act: Callable[[UUID], None]) -> ResponseReturnValue:
    try:
        act(signed_in().school_id)
    except LastAdministrator:
        return _member_page(row, met="last"), 409
    except StaffGone:
        abort(404)
    return redirect(url_for("staff.member", staff_id=row.id), 303)


def _member_page(row: StaffRow, *, form: RoleForm | None = None, met: str | None = None) -> str:
    """`met` is what stands in the way: last (administrator)."""
    form = form or RoleForm(formdata=None, data={"role": row.role})
    return render_template("staff/member.html", row=row, form=form, roles=ROLES, met=met)


def _link_page(code: str, name: str, *, is_first: bool) -> str:
    href = url_for("staff.enter", _external=True, _anchor=code)
    lasts = FIRST_LASTS if is_first else RESET_LASTS
    return render_template("staff/link.html", href=href, name=name, lasts=lasts, is_first=is_first)


@staff.route("/invitation", methods=["GET", "POST"])
@access(Mark.PUBLIC)
def enter() -> ResponseReturnValue:
    """Where a link leads. What stands after its # goes into the form by script or by hand, then into the cookie."""
    form = LinkForm()
    if not form.validate_on_submit():
        return render_template("staff/enter.html", form=form), 422 if form.is_submitted() else 200
    code = form.code.data or ""
    if open_invitation(code) is None:
        return render_template("staff/enter.html", form=LinkForm(formdata=None), gone=True), 422
    session["invitation"] = code.strip().rpartition("#")[2]
    return redirect(url_for("staff.accepting"), 303)


@staff.route("/invitation/password", methods=["GET", "POST"])
@access(Mark.PUBLIC)
def accepting() -> ResponseReturnValue:
    """Set the password of who has the link, and come in."""
    code = session.get("invitation", "")
    found = open_invitation(code)
    if found is None:
        session.pop("invitation", None)
        return redirect(url_for("staff.enter"), 303)
    form = NewPasswordForm(about=found.about)
    if not form.validate_on_submit():
        return render_template("staff/accepting.html", form=form, found=found), 422 if form.is_submitted() else 200
    try:
        person = accept(code=code, password=form.password.data or "")
    except InvitationGone:
        return render_template("staff/enter.html", form=LinkForm(formdata=None), gone=True), 422
    return redirect(url_for("second_factor.code" if person.half else person.first_page), 303)


@staff.get("/account")
@access(Mark.STAFF)
def account() -> ResponseReturnValue:
    """What one can change about the own sign-in."""
    return render_template("staff/account.html", codes=codes_of(signed_in()))


@staff.route("/account/password", methods=["GET", "POST"])
@access(Mark.STAFF)
def password() -> ResponseReturnValue:
    """Another password for who is signed in."""
    person = signed_in()
    form = OwnNewPasswordForm(about=names_around(person.school_id, person.id))
    if not form.validate_on_submit():
        return render_template("staff/password.html", form=form), 422 if form.is_submitted() else 200
    try:
        check_own(person=person, password=form.present.data or "")
    except SignInRefused:
        return render_template("staff/password.html", form=form, refused=True), 422
    change_password(person=person, password=form.password.data or "")
    return redirect(url_for("staff.account"), 303)
