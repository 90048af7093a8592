"""Owns the pages of signing in and out, and the guard that judges every request by its mark."""

from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager

from curriculum.accounts.access import Mark, allows, seen_by
from curriculum.accounts.forms import SignInForm
from curriculum.accounts.idle import IDLE, UNATTENDED, WARNED, WRITTEN_EVERY, left_of
from curriculum.accounts.queries import home_school, known, lessons_are_closed, signed_in, viewer, viewer_of_session
from curriculum.accounts.services import (
    SESSION_LASTS,
    SignInRefused,
    check_staff,
    end_session,
    note_use,
    open_session,
)
from curriculum.accounts.viewer import Role, Viewer
from curriculum.audit import acted_by
from curriculum.database import CANNOT_WRITE, now
from curriculum.localization import PREFIX
from curriculum.security import access, sealed

accounts = Blueprint("accounts", __name__, url_prefix=PREFIX)
# In the order in which a student asks: my teacher first.
ROLES_SEEN = (Role.TEACHER, Role.COUNSELLOR, Role.ADMINISTRATOR, Role.STUDENT)


@accounts.route("/sign-in", methods=["GET", "POST"])
@access(Mark.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Staff sign in with e-mail and password."""
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), 422 if form.is_submitted() else 200
    school_id = home_school()
    try:
        if school_id is None:
            raise SignInRefused
        found = check_staff(school_id=school_id, email=form.email.data or "", password=form.password.data or "")
    except SignInRefused:
        return render_template("accounts/sign_in.html", form=form, refused=True), 422
    person = open_session(found=found)
    return redirect(url_for("second_factor.code" if person.half else person.first_page), 303)


@accounts.get("/privacy")
@access(Mark.PUBLIC)
def privacy() -> ResponseReturnValue:
    """What my teacher can see, made from the access table; what is kept nowhere; how long the rest is kept."""
    doors = [(door.mark, door.shows) for door in current_app.extensions["access"]]
    return render_template(
        "accounts/privacy.html",
        seen=[(role, seen_by(role, doors)) for role in ROLES_SEEN],
        student_hours=SESSION_LASTS[False],
        staff_hours=SESSION_LASTS[True],
        idle_time=IDLE,
    )


@accounts.post("/sign-out")
@access(Mark.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End this session everywhere, and let the browser forget. What a student could not send yet stays for that student
    alone when somebody else says "not me", or when nobody is there any more."""
    handed_over = request.form.get("why") in {"not-me", "idle"}
    leads_to = _way_in(signed_in()) if handed_over else url_for("reading.home")
    end_session(viewer=signed_in())
    response = redirect(leads_to, 303)
    response.headers["Clear-Site-Data"] = '"cache"' if handed_over else '"cache", "storage"'
    return response


@accounts.post("/here")
@access(Mark.SIGNED_IN)
def here() -> ResponseReturnValue:
    """Somebody is still at the page: how many seconds the session has from now on."""
    return {"left": left_of(signed_in().seen_at, now())}


def _way_in(person: Viewer) -> str:
    return url_for("classrooms.join" if person.is_student else "accounts.sign_in")


def init_accounts(app: Flask) -> None:
    """Load the viewer from the cookie, and judge every request by the mark of its URL."""
    # Templates get the viewer from the app; Flask-Login's own variable would read the database on error pages too.
    manager = LoginManager(app, add_context_processor=False)
    # Flask-Login would tie a session to the address and browser: a school is one address, and we keep neither.
    manager.session_protection = None
    manager.user_loader(viewer_of_session)
    app.before_request(guard)
    app.after_request(note_visitor)
    app.jinja_env.globals["idle"] = idle


def idle(person: Viewer) -> dict[str, Any]:
    """What the script of a page needs to know to end a session that nobody uses; times in seconds."""
    return {
        # The least that is left when a page is served: a number that ticks would tell two pages apart.
        "left": int((IDLE - WRITTEN_EVERY).total_seconds()),
        "all": int(IDLE.total_seconds()),
        "warned": int(WARNED.total_seconds()),
        "every": int(WRITTEN_EVERY.total_seconds()),
        "whose": sealed("tab", person.school_id.hex, person.id.hex),
        "way_in": _way_in(person),
    }


def note_visitor(response: Response) -> Response:
    """Write down that the session of this request is in use, unless a clock has sent it. Where nothing can be written
    the page is shown all the same."""
    person = known()
    if person is not None and UNATTENDED not in request.headers and response.status_code < 500:
        try:
            note_use(viewer=person)
        except CANNOT_WRITE as error:
            current_app.logger.warning("cannot note a session's use: %s", type(error).__name__)
    return response


def guard() -> ResponseReturnValue | None:
    """Let the request through, lead a signed-out visitor to the right sign-in, or say 404 as for what is not there."""
    view = current_app.view_functions.get(request.endpoint or "")
    mark = getattr(view, "access_mark", None)
    if mark is None or mark == Mark.PUBLIC:
        return None
    person = viewer()
    if person is not None:
        acted_by(person.id)
    if allows(mark, person):
        closed = mark == Mark.READER and person is None and lessons_are_closed()
        return redirect(url_for("classrooms.join"), 303) if closed else None
    if person is not None:
        abort(404)
    return redirect(url_for("classrooms.join" if mark == Mark.STUDENT else "accounts.sign_in"), 303)
