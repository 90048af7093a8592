"""Owns the pages of where to turn, and the quick exit."""

from flask import Blueprint, current_app, make_response, redirect, render_template, session
from flask.typing import ResponseReturnValue

from curriculum.accounts.access import Mark
from curriculum.accounts.queries import viewer
from curriculum.accounts.services import end_session_at_once
from curriculum.catalog.queries import catalog, renderer
from curriculum.localization import PREFIX, page_locale
from curriculum.security import access, same_for_everybody
from curriculum.support.contact_list import abroad, by_need
from curriculum.support.queries import navigator_page

support = Blueprint("support", __name__)


@support.get(f"{PREFIX}/help/")
@access(Mark.PUBLIC)
def navigator() -> ResponseReturnValue:
    """What somebody can do now: one page that asks in the browser, where what is chosen stays."""
    response = make_response(render_template("support/navigator.html", page=navigator_page()))
    return response if viewer() else same_for_everybody(response)


@support.get(f"{PREFIX}/help/contacts")
@access(Mark.PUBLIC)
def contacts() -> ResponseReturnValue:
    """Every place to turn to, by need. Works signed out and stores nothing."""
    found, locale, today = catalog().contacts.values(), page_locale(), renderer().today
    return render_template(
        "support/contacts.html", needs=by_need(found, locale, today), countries=abroad(found, locale, today)
    )


@support.get("/exit")
@access(Mark.PUBLIC)
def quick_exit() -> ResponseReturnValue:
    """Leave at once for a neutral page, and end the session: the one GET that changes anything."""
    person = viewer()
    if person is not None:
        end_session_at_once(viewer=person)
    elif session:
        session.clear()  # a class code on the way to a sign-in, or what is left of a session that has ended
    return redirect(current_app.config["EXIT_URL"], 303)
