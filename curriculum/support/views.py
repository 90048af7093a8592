"""Owns the pages of where to turn, those where a school writes down its own people, and the quick exit."""

from uuid import UUID

from flask import Blueprint, abort, current_app, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from curriculum.accounts.access import Mark
from curriculum.accounts.queries import signed_in, viewer
from curriculum.accounts.services import end_session_at_once
from curriculum.catalog.queries import catalog, renderer
from curriculum.localization import PREFIX, page_locale
from curriculum.security import access, same_for_everybody
from curriculum.support.contact_list import abroad, by_need
from curriculum.support.forms import RemovalForm, SchoolPersonForm
from curriculum.support.queries import ContactRow, contact_of_school, contacts_of_school, navigator_page
from curriculum.support.school_people import MOST, ROLES
from curriculum.support.services import (
    ContactChanged,
    ContactGone,
    TooManyContacts,
    move_contact,
    remove_contact,
    save,
)

support = Blueprint("support", __name__)
SCHOOL = f"{PREFIX}/school/contacts"
WAYS = {"up": -1, "down": 1}


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


@support.get(SCHOOL)
@access(Mark.SUPPORT)
def school_contacts() -> ResponseReturnValue:
    """The school's own people, in the order in which students see them."""
    return render_template("support/school_contacts.html", rows=contacts_of_school(signed_in().school_id), most=MOST)


@support.get(f"{SCHOOL}/new")
@access(Mark.SUPPORT)
def new_contact() -> ResponseReturnValue:
    """The form of somebody more."""
    return _entry_page(SchoolPersonForm(formdata=None), status=200)


@support.get(f"{SCHOOL}/<uuid:contact_id>")
@access(Mark.SUPPORT)
def school_contact(contact_id: UUID) -> ResponseReturnValue:
    """The form of one of them, to be written anew."""
    found = contact_of_school(signed_in().school_id, contact_id)
    if found is None:
        abort(404)
    form = SchoolPersonForm(formdata=None, data={"entry": found.id, "version": found.version, **found.texts})
    return _entry_page(form, status=200)


@support.post(SCHOOL)
@access(Mark.SUPPORT)
def save_contact() -> ResponseReturnValue:
    """Write an entry, or a new one. What was typed is kept, whatever somebody else has done meanwhile."""
    form = SchoolPersonForm()
    if not form.validate_on_submit():
        return _entry_page(form, status=422)
    try:
        save(school_id=signed_in().school_id, entry=form.written_entry, seen=form.version.data, person=form.person)
    except TooManyContacts:
        return _entry_page(form, met="full", status=422)
    except ContactGone:
        return _entry_page(form.as_new(), met="gone", status=409)
    except ContactChanged as error:
        return _entry_page(form.after(error.present.version), met="changed", present=error.present, status=409)
    return redirect(url_for("support.school_contacts"), 303)


@support.post(f"{SCHOOL}/<uuid:contact_id>/move")
@access(Mark.SUPPORT)
def move(contact_id: UUID) -> ResponseReturnValue:
    """One place up or down."""
    by = WAYS.get(request.form.get("way", ""))
    if by is None:
        abort(400)
    try:
        move_contact(school_id=signed_in().school_id, contact_id=contact_id, by=by)
    except ContactGone:
        abort(404)
    return redirect(url_for("support.school_contacts", _anchor=f"contact-{contact_id}"), 303)


@support.route(f"{SCHOOL}/<uuid:contact_id>/remove", methods=["GET", "POST"])
@access(Mark.SUPPORT)
def removal(contact_id: UUID) -> ResponseReturnValue:
    """Ask once whether somebody is to be taken off the list, and do it."""
    found = contact_of_school(signed_in().school_id, contact_id)
    if found is None:
        abort(404)
    form = RemovalForm(data={"version": found.version})
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("support/contact_removal.html", row=found, form=form), status
    try:
        remove_contact(school_id=signed_in().school_id, contact_id=contact_id, seen=form.version.data)
    except ContactChanged as error:
        form = RemovalForm(formdata=None, data={"version": error.present.version})
        return render_template("support/contact_removal.html", row=error.present, form=form, changed=True), 409
    except ContactGone:
        abort(404)
    return redirect(url_for("support.school_contacts"), 303)


def _entry_page(
    form: SchoolPersonForm, *, status: int, met: str | None = None, present: ContactRow | None = None
) -> ResponseReturnValue:
    """The form of an entry; `met` is what stands in the way: full, changed or gone."""
    page = "support/school_contact.html"
    return render_template(page, form=form, met=met, present=present, roles=ROLES, most=MOST), status


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
