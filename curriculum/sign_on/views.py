"""Owns the pages of signing in with another organisation's account: going there, coming back, who may."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from curriculum.accounts.access import Mark, Shown
from curriculum.accounts.queries import home_school, signed_in
from curriculum.challenges.services import TooMany
from curriculum.config import SignOn
from curriculum.localization import DEFAULT, LOCALES, PREFIX, page_locale
from curriculum.security import access
from curriculum.sign_on.forms import ReturnForm
from curriculum.sign_on.identity import IdentityRefused
from curriculum.sign_on.provider import ProviderDown
from curriculum.sign_on.queries import is_linked
from curriculum.sign_on.services import NotLinked, allow, begin, come_back, end

sign_on = Blueprint("sign_on", __name__)
PAGE = f"{PREFIX}/sign-in/account"


def init_sign_on(app: Flask) -> None:
    """Let pages know with whom staff may sign in: None where the operator has set nobody up."""
    app.jinja_env.globals["sign_on"] = app.extensions["settings"].sign_on


def _provider() -> SignOn | None:
    found: SignOn | None = current_app.extensions["settings"].sign_on
    return found


def _back() -> str:
    """The one address that the provider knows, whatever the language."""
    scheme = "https" if current_app.config["SESSION_COOKIE_SECURE"] else request.scheme
    return f"{scheme}://{request.host}{url_for('sign_on.back')}"


@sign_on.get("/sign-in/back")
@access(Mark.PUBLIC)
def back() -> ResponseReturnValue:
    """Where the provider sends the browser back to: on to the page in the language in which it went."""
    told: dict[str, Any] = {name: request.args[name] for name in ("code", "state", "error") if name in request.args}
    locale = session.get("sign_on_locale")
    return redirect(url_for("sign_on.account", locale=locale if locale in LOCALES else DEFAULT, **told), 303)


@sign_on.route(PAGE, methods=["GET", "POST"])
@access(Mark.PUBLIC)
def account() -> ResponseReturnValue:
    """By POST the way there and the way in; between them the page that a browser comes back to, which changes nothing
    and goes on by itself where there is a script."""
    school_id, provider = home_school(), _provider()
    if school_id is None or provider is None:
        return redirect(url_for("accounts.sign_in"), 303)
    return _way(school_id, provider) if request.method == "POST" else _came_back(provider)


def _way(school_id: UUID, provider: SignOn) -> ResponseReturnValue:
    go = _leave if request.form.get("do") == "begin" else _enter
    try:
        return go(school_id, provider)
    except (ProviderDown, TooMany):
        return _sign_in("down")
    except NotLinked:
        return _sign_in("unlinked")
    except IdentityRefused:
        return _sign_in("account")


def _leave(school_id: UUID, provider: SignOn) -> ResponseReturnValue:
    state, href = begin(school_id=school_id, provider=provider, back=_back())
    session["sign_on"], session["sign_on_locale"] = state, page_locale()
    return render_template("sign_on/leaving.html", href=href, provider=provider)


def _came_back(provider: SignOn) -> ResponseReturnValue:
    form = ReturnForm(request.args)
    if not form.code.data or not form.state.data:
        return _sign_in("stopped" if "error" in request.args else None)
    return render_template("sign_on/coming.html", form=form, provider=provider)


def _enter(school_id: UUID, provider: SignOn) -> ResponseReturnValue:
    form = ReturnForm()
    expected = session.pop("sign_on", None)
    if not form.validate() or form.state.data != expected:
        raise IdentityRefused
    person = come_back(
        school_id=school_id, provider=provider, state=form.state.data or "", code=form.code.data or "", back=_back()
    )
    return redirect(url_for("second_factor.code" if person.half else person.first_page), 303)


def _sign_in(why: str | None) -> ResponseReturnValue:
    return redirect(url_for("accounts.sign_in", why=why), 303)


@sign_on.post(f"{PREFIX}/school/staff/<uuid:staff_id>/sign-on")
@access(Mark.ADMINISTRATOR, shows=(Shown.STAFF,))
def link(staff_id: UUID) -> ResponseReturnValue:
    """Let one of the staff sign in so, or no more: the other of what is now."""
    school_id = signed_in().school_id
    linked = is_linked(school_id, staff_id)
    if linked is None:
        abort(404)
    (end if linked else allow)(school_id=school_id, staff_id=staff_id)
    return redirect(url_for("staff.member", staff_id=staff_id), 303)
