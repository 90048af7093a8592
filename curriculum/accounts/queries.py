"""Owns the reads of who someone is."""

from datetime import datetime
from typing import NamedTuple, cast
from uuid import UUID

import sqlalchemy as sa
from flask import current_app, g
from flask_login import current_user

from curriculum.accounts.idle import IDLE
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
    person = whoever()
    return None if person is None or person.half else person


def whoever() -> Viewer | None:
    """The person signed in on this request, wholly or by half, or None."""
    if "cannot_know" in g or not current_user.is_authenticated:
        return None
    return cast("Viewer", current_user)


def known() -> Viewer | None:
    """Whoever this request has asked for already, wholly or by half signed in: nothing is read for it."""
    person = g.get("_login_user")  # where Flask-Login keeps whom it has loaded
    return person if isinstance(person, Viewer) else None


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
        half=row[5],
        seen_at=row[6],
        school_pauses=row[7],
    )


def _owner_of(
    school_id: UUID, token: str
) -> sa.Row[UUID, str, str, str, str | None, bool, datetime, str | None] | None:
    moment = now()
    return db.session.execute(
        sa.select(
            Person.id,
            Person.role,
            Person.display_name,
            School.name,
            School.contacts,
            SignInSession.half,
            SignInSession.seen_at,
            School.pauses,
        )
        .join(
            SignInSession,
            sa.and_(SignInSession.school_id == Person.school_id, SignInSession.person_id == Person.id),
        )
        .join(School, School.id == Person.school_id)
        .where(
            Person.school_id == school_id,
            SignInSession.token_hash == hash_token(token),
            SignInSession.expires_at > moment,
            SignInSession.seen_at > moment - IDLE,
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
    signed out of the school that the settings name, else of the only one there is. None where there are none or the
    database cannot be read."""
    person = viewer()
    if person is not None:
        return person.school_contacts
    if "kept_contacts" not in g:
        g.kept_contacts = _signed_out()[0]
    return cast("str | None", g.kept_contacts)


def kept_pauses() -> str | None:
    """What rests in the school of this page, as `pauses` has written it; of which school, as for `kept_contacts`. None
    where nothing does or the database cannot be read."""
    person = viewer()
    return person.school_pauses if person is not None else _signed_out()[2]


def lessons_are_closed() -> bool:
    """Whether the school of signed-out pages keeps its lessons to who is signed in. Where the database cannot be read
    they are shown: what they say is no secret."""
    return not _signed_out()[1]


def _signed_out() -> tuple[str | None, bool, str | None]:
    """Contacts, openness and pauses of the school of signed-out pages. One read, once a request."""
    if "signed_out" not in g:
        g.signed_out = _read_signed_out() if "cannot_know" not in g else None
    return cast("tuple[str | None, bool, str | None]", g.signed_out or (None, True, None))


def _read_signed_out() -> sa.Row[str | None, bool, str | None] | None:
    slug = current_app.config["SCHOOL"]
    columns = sa.select(School.contacts, School.lessons_open, School.pauses)
    kept = columns.where(School.slug == slug) if slug else columns.limit(2)
    try:
        found = db.session.execute(kept, execution_options={ACROSS: Across.SCHOOLS}).all()
    except (sa.exc.SQLAlchemyError, OSError):
        return None  # every other place to turn to is shown, whatever the database does
    return found[0] if len(found) == 1 else None


def staff_secret(school_id: UUID, email: str) -> StoredSecret | None:
    """The member of staff with this e-mail in this school."""
    row = db.session.execute(
        sa.select(Person.school_id, Person.id, Person.secret_hash).where(
            Person.school_id == school_id, Person.email == email, Person.suspended.is_(False)
        )
    ).one_or_none()
    return StoredSecret(*row) if row else None


def own_secret(person: Viewer) -> StoredSecret:
    """The stored secret of somebody who is signed in."""
    of_person = sa.select(Person.secret_hash).where(Person.school_id == person.school_id, Person.id == person.id)
    return StoredSecret(person.school_id, person.id, db.session.scalars(of_person).one())


def school_ids() -> list[tuple[UUID, str]]:
    """Every school with its name, for the operator's commands."""
    schools = sa.select(School.id, School.name).order_by(School.id)
    return [(row.id, row.name) for row in db.session.execute(schools, execution_options={ACROSS: Across.SCHOOLS})]
