"""Owns the pages of one-time codes: asking for one at the sign-in, setting them up, recovery codes."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from curriculum.accounts.access import Mark
from curriculum.accounts.queries import viewer, whoever
from curriculum.accounts.services import SignInRefused, check_own
from curriculum.accounts.viewer import Viewer
from curriculum.audit import acted_by
from curriculum.localization import PREFIX
from curriculum.qr import qr_of
from curriculum.second_factor.forms import CodeForm, OwnPasswordForm
from curriculum.second_factor.one_time import address_of
from curriculum.second_factor.queries import Codes, codes_of
from curriculum.second_factor.recovery import shown
from curriculum.second_factor.services import (
    CodeRefused,
    begin_codes,
    confirm_codes,
    enter_with_code,
    remove_codes,
    renew_recovery_codes,
    secret_now,
)
from curriculum.security import access

second_factor = Blueprint("second_factor", __name__, url_prefix=PREFIX)


@second_factor.route("/sign-in/code", methods=["GET", "POST"])
@access(Mark.PUBLIC)
def code() -> ResponseReturnValue:
    """After the password: the one-time code or a passkey, or setting one up where it is required and not there yet."""
    person = whoever()
    if person is None or not person.half:
        return redirect(url_for("accounts.sign_in"), 303)
    now = codes_of(person)
    if not now.is_asked:
        return redirect(url_for("second_factor.codes"), 303)
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("second_factor/code.html", form=form, codes=now), 422 if form.is_submitted() else 200
    try:
        enter_with_code(person=person, typed=form.code.data or "")
    except CodeRefused:
        return render_template("second_factor/code.html", form=form, codes=now, refused=True), 422
    return redirect(url_for(person.first_page), 303)


@second_factor.route("/account/codes", methods=["GET", "POST"])
@access(Mark.PUBLIC)
def codes() -> ResponseReturnValue:
    """Set up one's own one-time codes; on the way in as well, where they are required. Nobody else gets here."""
    person = whoever()
    if person is None or person.is_student:
        return redirect(url_for("accounts.sign_in"), 303)
    now = codes_of(person)
    if person.half and now.is_asked:
        return redirect(url_for("second_factor.code"), 303)
    if request.method != "POST":
        return _codes_page(person, now)
    acted_by(person.id)
    if now.is_on:
        return _guarded(person, now)
    wanted = request.form.get("do")
    if wanted == "confirm":
        return _confirmed(person, now)
    if wanted != "begin":
        abort(400)
    begin_codes(person=person)
    return redirect(url_for("second_factor.codes"), 303)


def _confirmed(person: Viewer, now: Codes) -> ResponseReturnValue:
    form = CodeForm()
    if not form.validate():
        return _codes_page(person, now, form=form), 422
    try:
        fresh = confirm_codes(person=person, typed=form.code.data or "")
    except CodeRefused:
        return _codes_page(person, now, form=form, met="refused"), 422
    return _recovery_page(person, fresh)


def _guarded(person: Viewer, now: Codes) -> ResponseReturnValue:
    """What is changed about codes that are on takes the password: a page that was left open must not do."""
    form = OwnPasswordForm()
    if not form.validate():
        return _codes_page(person, now, own=form), 422
    try:
        check_own(person=person, password=form.password.data or "")
    except SignInRefused:
        return _codes_page(person, now, own=form, met="password"), 422
    wanted = request.form.get("do")
    if wanted == "renew":
        return _recovery_page(person, renew_recovery_codes(person=person))
    if wanted == "off" and not now.is_required:
        remove_codes(school_id=person.school_id, person_id=person.id)
    elif wanted == "anew":
        begin_codes(person=person)
    else:
        abort(400)
    return redirect(url_for("second_factor.codes"), 303)


def _recovery_page(person: Viewer, fresh: list[str]) -> str:
    go_on = url_for((viewer() or person).first_page)
    return render_template("second_factor/recovery.html", codes=[shown(code) for code in fresh], go_on=go_on)


def _codes_page(
    person: Viewer,
    now: Codes,
    *,
    form: CodeForm | None = None,
    own: OwnPasswordForm | None = None,
    met: str | None = None,
) -> str:
    """`met` is what stands in the way: refused (the code), password."""
    secret = secret_now(person, now) if now.seed and not now.is_on else None
    address = address_of(secret, account=now.email, school=person.school_name) if secret else None
    return render_template(
        "second_factor/codes.html",
        codes=now,
        half=person.half,
        secret=secret,
        qr=qr_of(address) if address else None,
        form=form or CodeForm(formdata=None),
        own=own or OwnPasswordForm(formdata=None),
        met=met,
    )
