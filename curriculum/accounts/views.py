"""Owns the pages of signing in and out, and the guard that judges every request by its mark."""

from flask import Blueprint, Flask, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager

from curriculum.accounts.access import Mark, allows, seen_by
from curriculum.accounts.forms import SignInForm
from curriculum.accounts.queries import home_school, signed_in, viewer, viewer_of_session
from curriculum.accounts.services import SESSION_LASTS, SignInRefused, check_staff, end_session, open_session
from curriculum.accounts.viewer import Role
from curriculum.localization import PREFIX
from curriculum.security import access

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
    return redirect(url_for("dashboard.classes" if person.role is Role.TEACHER else "support.school_contacts"), 303)


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
    )


@accounts.post("/sign-out")
@access(Mark.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End this session everywhere."""
    end_session(viewer=signed_in())
    return redirect(url_for("reading.home"), 303)


def init_accounts(app: Flask) -> None:
    """Load the viewer from the cookie, and judge every request by the mark of its URL."""
    # Templates get the viewer from the app; Flask-Login's own variable would read the database on error pages too.
    manager = LoginManager(app, add_context_processor=False)
    # Flask-Login would tie a session to the address and browser: a school is one address, and we keep neither.
    manager.session_protection = None
    manager.user_loader(viewer_of_session)
    app.before_request(guard)


def guard() -> ResponseReturnValue | None:
    """Let the request through, lead a signed-out visitor to the right sign-in, or say 404 as for what is not there."""
    view = current_app.view_functions.get(request.endpoint or "")
    mark = getattr(view, "access_mark", None)
    if mark is None or mark == Mark.PUBLIC:
        return None
    person = viewer()
    if allows(mark, person):
        return None
    if person is not None:
        abort(404)
    return redirect(url_for("classrooms.join" if mark == Mark.STUDENT else "accounts.sign_in"), 303)
