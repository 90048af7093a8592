"""Owns the reads of who someone is."""

from typing import NamedTuple, cast
from uuid import UUID

import sqlalchemy as sa
from flask import current_app, g
from flask_login import current_user

from curriculum.accounts.models import Person, School, SignInSession
from curriculum.accounts.secret import hash_token
from curriculum.accounts.viewer import Role, Viewer
from curriculum.database import db, now
from curriculum.tenancy import ACROSS, Across, act_for, acting_for, acting_meanwhile


class StoredSecret(NamedTuple):
    """A person who may try to sign in, with the hash to compare."""

    school_id: UUID
    person_id: UUID
    secret_hash: str


def viewer() -> Viewer | None:
    """The person signed in on this request, or None."""
    if "cannot_know" in g or not current_user.is_authenticated:
        return None
    return cast("Viewer", current_user)


def stop_asking_who() -> None:
    """Show the rest of this request to nobody, unless it is known already who asks: the database cannot be read."""
    if "_login_user" not in g:  # where Flask-Login keeps whom it has loaded
        g.cannot_know = True


def signed_in() -> Viewer:
    """The person signed in, on pages that nobody reaches otherwise."""
    person = viewer()
    if person is None:
        raise LookupError("this page was reached without a sign-in although its mark forbids it")
    return person


def viewer_of_session(cookie: str) -> Viewer | None:
    """Who the session in a cookie belongs to; None when it has ended or the person is suspended. One read."""
    school, _, token = cookie.partition(".")
    try:
        school_id = UUID(hex=school)
    except ValueError:
        return None
    with acting_meanwhile(school_id):
        row = _owner_of(school_id, token)
    if row is None:
        return None
    if acting_for() is None:  # else this browser is signing in somewhere: the class code or home school goes first
        act_for(school_id)
    return Viewer(
        school_id=school_id,
        id=row[0],
        role=Role(row[1]),
        display_name=row[2],
        school_name=row[3],
        token=token,
        school_contacts=row[4],
    )


def _owner_of(school_id: UUID, token: str) -> sa.Row[UUID, str, str, str, str | None] | None:
    return db.session.execute(
        sa.select(Person.id, Person.role, Person.display_name, School.name, School.contacts)
        .join(
            SignInSession,
            sa.and_(SignInSession.school_id == Person.school_id, SignInSession.person_id == Person.id),
        )
        .join(School, School.id == Person.school_id)
        .where(
            Person.school_id == school_id,
            SignInSession.token_hash == hash_token(token),
            SignInSession.expires_at > now(),
            Person.suspended.is_(False),
        )
    ).one_or_none()


def home_school() -> UUID | None:
    """The school of signed-out pages: the one the settings name, else the only one there is."""
    slug = current_app.config["SCHOOL"]
    schools = sa.select(School.id).where(School.slug == slug) if slug else sa.select(School.id).limit(2)
    found = db.session.scalars(schools, execution_options={ACROSS: Across.SCHOOLS}).all()
    return found[0] if len(found) == 1 else None


def kept_contacts() -> str | None:
    """The own people of the school of this page, as `support` has written them: of the school of whoever is signed in,
    signed out of the school that the settings name. None where there are none or the database cannot be read."""
    person = viewer()
    if person is not None:
        return person.school_contacts
    if "kept_contacts" not in g:
        slug = current_app.config["SCHOOL"]
        g.kept_contacts = _contacts_signed_out(slug) if slug and "cannot_know" not in g else None
    return cast("str | None", g.kept_contacts)


def _contacts_signed_out(slug: str) -> str | None:
    kept = sa.select(School.contacts).where(School.slug == slug)
    try:
        return db.session.scalar(kept, execution_options={ACROSS: Across.SCHOOLS})
    except (sa.exc.SQLAlchemyError, OSError):
        return None  # every other place to turn to is shown, whatever the database does


def staff_secret(school_id: UUID, email: str) -> StoredSecret | None:
    """The member of staff with this e-mail in this school."""
    row = db.session.execute(
        sa.select(Person.school_id, Person.id, Person.secret_hash).where(
            Person.school_id == school_id, Person.email == email, Person.suspended.is_(False)
        )
    ).one_or_none()
    return StoredSecret(*row) if row else None


def school_ids() -> list[tuple[UUID, str]]:
    """Every school with its name, for the operator's commands."""
    schools = sa.select(School.id, School.name).order_by(School.id)
    return [(row.id, row.name) for row in db.session.execute(schools, execution_options={ACROSS: Across.SCHOOLS})]
