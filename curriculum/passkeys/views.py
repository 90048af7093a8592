"""Owns the pages of passkeys: signing in with one, and one's own."""

from uuid import UUID

from flask import Blueprint, Flask, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from curriculum.accounts.access import Mark
from curriculum.accounts.queries import home_school, whoever
from curriculum.accounts.services import SignInRefused, check_own
from curriculum.accounts.viewer import Viewer
from curriculum.audit import acted_by
from curriculum.challenges.services import TooMany
from curriculum.localization import PREFIX
from curriculum.passkeys.ceremony import PasskeyRefused, Place, place_of
from curriculum.passkeys.forms import AnswerForm, MadeForm, NewPasskeyForm, RemovalForm
from curriculum.passkeys.queries import passkeys_of, standing_of
from curriculum.passkeys.services import (
    LastOne,
    NoSuchPasskey,
    add_passkey,
    begin_passkey,
    begin_sign_in,
    remove_passkey,
    sign_in_with_passkey,
)
from curriculum.security import access

passkeys = Blueprint("passkeys", __name__, url_prefix=PREFIX)


def passkey_place() -> Place | None:
    """The place of this request, where passkeys work; the host was judged before (security.init_security)."""
    scheme = "https" if current_app.config["SESSION_COOKIE_SECURE"] else request.scheme
    return place_of(scheme, request.host)


def init_passkeys(app: Flask) -> None:
    """Let the page of signing in know whether passkeys work under the address that it was opened with."""
    app.jinja_env.globals["passkey_place"] = passkey_place


@passkeys.post("/sign-in/passkey")
@access(Mark.PUBLIC)
def enter() -> ResponseReturnValue:
    """Sign in with a passkey: without an answer what the browser is to ask it, with one the sign-in."""
    school_id, place = home_school(), passkey_place()
    if school_id is None or place is None:
        return _refused()
    form = AnswerForm()
    try:
        if request.form.get("do") == "options":
            return begin_sign_in(school_id=school_id, place=place)
        if not form.validate():
            return _refused()
        person = sign_in_with_passkey(school_id=school_id, place=place, answer=form.answer.data or "")
    except (PasskeyRefused, TooMany):
        return _refused()
    return redirect(url_for(person.first_page), 303)


def _refused() -> ResponseReturnValue:
    return redirect(url_for("accounts.sign_in", why="passkey"), 303)


@passkeys.route("/account/passkeys", methods=["GET", "POST"])
@access(Mark.PUBLIC)
def own() -> ResponseReturnValue:
    """One's own passkeys; on the way in as well, where an administrator has nothing beside the password yet."""
    person = whoever()
    if person is None or person.is_student:
        return redirect(url_for("accounts.sign_in"), 303)
    standing = standing_of(person)
    if person.half and (standing.has_codes or standing.passkeys):
        return redirect(url_for("second_factor.code"), 303)
    if request.method != "POST":
        return _page(person)
    acted_by(person.id)
    wanted = request.form.get("do")
    if wanted == "remove" and not person.half:
        return _removed(person)
    place = passkey_place()
    if place is None or wanted not in {"options", "add"}:
        abort(400)
    return _asked(person, place) if wanted == "options" else _added(person, place)


def _asked(person: Viewer, place: Place) -> ResponseReturnValue:
    """What the browser is to ask, for the script; what stands in the way as a sentence."""
    form = NewPasskeyForm()
    if not form.validate():
        return {"problem": _first_error(form)}, 422
    try:
        check_own(person=person, password=form.password.data or "")
    except SignInRefused:
        return {"problem": _("비밀번호가 맞지 않아 아무것도 바꾸지 않았습니다.")}, 422
    return begin_passkey(person=person, place=place)


def _first_error(form: FlaskForm) -> str:
    return str(next(error for errors in form.errors.values() for error in errors))


def _added(person: Viewer, place: Place) -> ResponseReturnValue:
    form = MadeForm()
    if not form.validate():
        return _page(person, met="refused"), 422
    try:
        add_passkey(person=person, place=place, answer=form.answer.data or "", name=form.name.data or "")
    except PasskeyRefused:
        return _page(person, met="refused", named=form.name.data), 422
    return redirect(url_for("passkeys.own"), 303)


def _removed(person: Viewer) -> ResponseReturnValue:
    form = RemovalForm()
    if not form.validate():
        return _page(person, removal=form), 422
    try:
        check_own(person=person, password=form.present.data or "")
        remove_passkey(person=person, passkey_id=_id(form.passkey.data))
    except SignInRefused:
        return _page(person, removal=form, met="password"), 422
    except LastOne:
        return _page(person, removal=form, met="last"), 409
    except NoSuchPasskey:
        pass  # it is gone, which was what was wanted
    return redirect(url_for("passkeys.own"), 303)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NoSuchPasskey from error


def _page(
    person: Viewer, *, met: str | None = None, named: str | None = None, removal: RemovalForm | None = None
) -> str:
    """`met` is what stands in the way: refused, password, last."""
    return render_template(
        "passkeys/passkeys.html",
        rows=passkeys_of(person),
        half=person.half,
        place=passkey_place(),
        form=NewPasskeyForm(formdata=None, data={"name": named}),
        removal=removal or RemovalForm(formdata=None),
        met=met,
    )
