"""Owns the pages of the first run, to which every page leads while there is no school, and of what a school decides."""

from datetime import timedelta
from pathlib import Path

from flask import (
    Blueprint,
    Flask,
    Response,
    after_this_request,
    current_app,
    flash,
    get_flashed_messages,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from curriculum.accounts.access import Mark
from curriculum.accounts.queries import signed_in
from curriculum.localization import PREFIX
from curriculum.security import Budget, access, count_failure, is_spent
from curriculum.setup.forms import DecisionsForm, SetupForm, TokenForm
from curriculum.setup.queries import decisions_of
from curriculum.setup.services import AlreadyBegun, begin, decide_anew
from curriculum.setup.token import close_setup, is_open, is_token
from curriculum.support.forms import SchoolPersonForm
from curriculum.support.school_people import ROLES

setup = Blueprint("setup", __name__, url_prefix=PREFIX)
# One budget for whoever tries: there is one token, and who has it can read the console.
WRONG_TOKENS = Budget("setup", 5, timedelta(minutes=10))
BEFORE_A_SCHOOL = {"setup.first_run", "static", "healthz", "support.quick_exit"}


def init_setup(app: Flask) -> None:
    """Lead every page to the first run, if that waits for somebody when the server starts."""
    if is_open(app.extensions["settings"].data):
        app.before_request(_lead_there)


def _lead_there() -> ResponseReturnValue | None:
    if request.endpoint in BEFORE_A_SCHOOL or not is_open(_folder()):
        return None
    return redirect(url_for("setup.first_run"), 303)


def _folder() -> Path:
    folder: Path = current_app.extensions["settings"].data
    return folder


@setup.route("/setup", methods=["GET", "POST"])
@access(Mark.PUBLIC)
def first_run() -> ResponseReturnValue:
    """The first run: the token that the server has printed, then the school, all on one page."""
    if not is_open(_folder()):
        return redirect(url_for("accounts.sign_in"), 303)
    if not is_token(_folder(), session.get("setup", "")):
        return _token_page()
    form, contact = SetupForm(), SchoolPersonForm(prefix="help", meta={"csrf": False})
    if request.method != "POST":
        return _form_page(form, contact)
    if not all([form.validate(), contact.validate()]):
        return _form_page(form, contact, met="incomplete"), 422
    return _begun(form, contact)


def _token_page() -> ResponseReturnValue:
    form = TokenForm()
    if not form.validate_on_submit():
        return render_template("setup/token.html", form=form), 422 if form.is_submitted() else 200
    if is_spent([WRONG_TOKENS]):
        return render_template("setup/token.html", form=form, met="wait"), 429
    if not is_token(_folder(), form.token.data or ""):
        count_failure([WRONG_TOKENS])
        return render_template("setup/token.html", form=form, met="wrong"), 422
    session["setup"] = form.token.data
    return redirect(url_for("setup.first_run"), 303)


def _begun(form: SetupForm, contact: SchoolPersonForm) -> ResponseReturnValue:
    name = form.school_name.data or ""
    try:
        person = begin(name=name, first=form.beginner, contact=contact.person, decisions=form.decisions)
    except AlreadyBegun:
        close_setup(_folder())
        return redirect(url_for("accounts.sign_in"), 303)
    folder = _folder()

    @after_this_request
    def close(response: Response) -> Response:
        if response.status_code < 400:  # what was written is committed by now
            close_setup(folder)
        return response

    return redirect(url_for("second_factor.code" if person.half else person.first_page), 303)


def _form_page(form: SetupForm, contact: SchoolPersonForm, *, met: str | None = None) -> str:
    return render_template("setup/school.html", form=form, contact=contact, roles=ROLES, met=met)


@setup.route("/school/settings", methods=["GET", "POST"])
@access(Mark.ADMINISTRATOR)
def settings() -> ResponseReturnValue:
    """What the school decides for itself."""
    school_id = signed_in().school_id
    now = decisions_of(school_id)._asdict()
    form = DecisionsForm(data={**now, "lessons": "open" if now["lessons_open"] else "closed"})
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("setup/settings.html", form=form, saved=get_flashed_messages()), status
    decide_anew(school_id=school_id, decisions=form.decisions)
    flash("saved")
    return redirect(url_for("setup.settings"), 303)
