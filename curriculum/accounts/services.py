"""Owns the writes of who someone is: sign-in, sign-out, new people."""

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import g, session
from flask_login import login_user, logout_user
from uuid_utils.compat import uuid7

from curriculum.accounts.access import needs_code
from curriculum.accounts.idle import is_to_be_written
from curriculum.accounts.models import RETENTION_MONTHS, Person, School, SignInSession
from curriculum.accounts.queries import StoredSecret, own_secret, school_ids, staff_secret, whoever
from curriculum.accounts.secret import hash_token, new_token, secret_matches
from curriculum.accounts.viewer import Role, Viewer
from curriculum.database import begin_write, db, now, writing_apart
from curriculum.security import Budget, count_failure, is_spent
from curriculum.tenancy import act_for, acting_meanwhile

SESSION_LASTS = {
    True: timedelta(hours=10),
    False: timedelta(hours=4),
}  # staff: a working day; students: a morning
HALF_LASTS = timedelta(minutes=15)  # to look for the telephone with the codes
WRONG_PASSWORDS = 10


class SignInRefused(Exception):
    """Something about the sign-in was wrong; nobody is told which part."""


def check_secret(*, found: StoredSecret | None, secret: str, budgets: list[Budget]) -> StoredSecret:
    """The person, when the secret is theirs and no budget of failures is spent; else SignInRefused.

    The same work is done whether or not there is such a person. No transaction is open while the hash is computed.
    """
    spent = is_spent(budgets)
    db.session.rollback()
    matches = secret_matches(found.secret_hash if found else None, secret)
    if spent or found is None or not matches:
        if not spent:
            count_failure(budgets)
        raise SignInRefused
    return found


def check_staff(*, school_id: UUID, email: str, password: str) -> StoredSecret:
    """The member of staff with this e-mail and password, or SignInRefused."""
    act_for(school_id)
    email = email.strip().lower()
    # The key must exist for unknown e-mails too, else the throttle would tell who works here; hashed, it tells no name.
    digest = hashlib.sha256(f"{school_id}:{email}".encode()).hexdigest()
    budget = Budget(f"staff:{digest}", WRONG_PASSWORDS, timedelta(hours=1))
    # No text in PostgreSQL can hold a NUL, so nobody has such an e-mail.
    found = None if "\0" in email else staff_secret(school_id, email)
    return check_secret(found=found, secret=password, budgets=[budget])


def check_own(*, person: Viewer, password: str) -> None:
    """Whether this is the password of who is signed in already, asked for once more; else SignInRefused."""
    budget = Budget(f"own:{person.school_id.hex}:{person.id.hex}", WRONG_PASSWORDS, timedelta(hours=1))
    check_secret(found=own_secret(person), secret=password, budgets=[budget])


def open_session(*, found: StoredSecret, code_given: bool = False) -> Viewer:
    """Begin a new session for a person whose secret was checked; the one before it in this browser ends, and sessions
    of the school that have run out are dropped. It is half a session as long as a one-time code is needed and was not
    given."""
    before = whoever()
    act_for(found.school_id)
    begin_write()
    opened, moment = _in_new_session(found, code_given=code_given), now()
    db.session.execute(_dropping_expired(found.school_id, moment))
    db.session.execute(
        sa.insert(SignInSession).values(
            school_id=opened.school_id,
            id=uuid7(),
            person_id=opened.id,
            token_hash=hash_token(opened.token),
            expires_at=moment + (HALF_LASTS if opened.half else SESSION_LASTS[opened.is_staff]),
            half=opened.half,
            seen_at=moment,
        )
    )
    if before is not None:
        with acting_meanwhile(before.school_id):
            db.session.execute(_ending(before))
    opened = replace(opened, seen_at=moment)
    _put_into_cookie(opened)
    return opened


def _in_new_session(found: StoredSecret, *, code_given: bool) -> Viewer:
    """The person as a new session knows them."""
    of_person = (
        sa.select(
            Person.role,
            Person.display_name,
            School.name,
            School.contacts,
            Person.otp_used.is_not(None),
            School.offline,
        )
        .join(School, School.id == Person.school_id)
        .where(Person.school_id == found.school_id, Person.id == found.person_id)
    )
    person = db.session.execute(of_person).one()
    role = Role(person[0])
    return Viewer(
        school_id=found.school_id,
        id=found.person_id,
        role=role,
        display_name=person[1],
        school_name=person[2],
        token=new_token(),
        school_contacts=person[3],
        half=not code_given and needs_code(role, has_codes=person[4], offline=person[5]),
    )


def _dropping_expired(school_id: UUID, moment: datetime) -> sa.Delete:
    # What another sign-in is dropping at the same moment is left to it: a class signs in together, and nobody waits.
    expired = sa.select(SignInSession.id).where(
        SignInSession.school_id == school_id, SignInSession.expires_at <= moment
    )
    return sa.delete(SignInSession).where(
        SignInSession.school_id == school_id, SignInSession.id.in_(expired.with_for_update(skip_locked=True))
    )


def _put_into_cookie(viewer: Viewer) -> None:
    # Emptied first: nothing an earlier visitor left in it, nor a token planted there, lives on.
    session.clear()
    g.pop("csrf_token", None)  # made for a form that was read before: a page that answers would send it in vain
    login_user(viewer)
    session.pop("_id", None)  # a digest of address and browser that Flask-Login adds and nothing here reads


def note_use(*, viewer: Viewer) -> None:
    """Write down that a session is being used, in a transaction of its own, once a minute at most."""
    moment = now()
    if not is_to_be_written(viewer.seen_at, moment):
        return
    used = sa.update(SignInSession).where(*_of_session(viewer)).values(seen_at=moment)
    with acting_meanwhile(viewer.school_id), writing_apart() as connection:
        connection.execute(used)


def end_session(*, viewer: Viewer) -> None:
    """End the session of this viewer and empty the cookie; every copy of it is worthless from the commit on."""
    begin_write()
    db.session.execute(_ending(viewer))
    _empty_cookie()


def end_session_at_once(*, viewer: Viewer) -> None:
    """The same for the quick exit, which is a plain link: committed apart, since a GET commits nothing."""
    with writing_apart() as connection:
        connection.execute(_ending(viewer))
    _empty_cookie()


def _ending(viewer: Viewer) -> sa.Delete:
    return sa.delete(SignInSession).where(*_of_session(viewer))


def _of_session(viewer: Viewer) -> tuple[sa.ColumnElement[bool], ...]:
    return SignInSession.school_id == viewer.school_id, SignInSession.token_hash == hash_token(viewer.token)


def _empty_cookie() -> None:
    logout_user()
    session.clear()


def add_person(*, school_id: UUID, role: Role, display_name: str, secret_hash: str, email: str | None = None) -> Person:
    """A new person of a school. The secret comes hashed: hashing is slow and belongs before the transaction."""
    person = Person(
        school_id=school_id,
        id=uuid7(),
        role=role,
        display_name=display_name,
        email=email,
        secret_hash=secret_hash,
    )
    db.session.add(person)
    return person


def change_person(*, school_id: UUID, person_id: UUID, **values: Any) -> None:
    """Write columns of a person anew. What changes who somebody is or how they get in ends their sessions as well."""
    db.session.execute(
        sa.update(Person)
        .where(Person.school_id == school_id, Person.id == person_id)
        .values(values)
        .execution_options(synchronize_session=False)
    )


def remove_people(*, school_id: UUID, people: Collection[UUID]) -> None:
    """Remove persons with everything that refers to them."""
    db.session.execute(sa.delete(Person).where(Person.school_id == school_id, Person.id.in_(people)))


def remove_person(*, school_id: UUID, person_id: UUID) -> None:
    """Remove a person with everything that refers to them."""
    db.session.execute(sa.delete(Person).where(Person.school_id == school_id, Person.id == person_id))


def end_sessions(*, school_id: UUID, person_id: UUID) -> None:
    """End every session of a person, everywhere: the next request of each finds nobody signed in."""
    db.session.execute(
        sa.delete(SignInSession).where(SignInSession.school_id == school_id, SignInSession.person_id == person_id)
    )


def take_step(*, school_id: UUID, person_id: UUID, step: int) -> bool:
    """Note the time step of a one-time code as used; False when it or a later one was used before. Of two who send the
    same code at the same moment one is told so: the row decides."""
    unused = sa.or_(Person.otp_used.is_(None), Person.otp_used < step)
    taken = db.session.execute(
        sa.update(Person)
        .where(Person.school_id == school_id, Person.id == person_id, unused)
        .values(otp_used=step)
        .returning(Person.id)
        .execution_options(synchronize_session=False)
    )
    return taken.one_or_none() is not None


def add_school(
    *,
    slug: str,
    name: str,
    lessons_open: bool = True,
    offline: bool = False,
    retention_months: int = RETENTION_MONTHS,
) -> UUID:
    """A new school; returns its id. From here on this request or command acts for it."""
    decided = {"lessons_open": lessons_open, "offline": offline, "retention_months": retention_months}
    school = School(id=uuid7(), slug=slug, name=name, **decided)
    act_for(school.id)
    db.session.add(school)
    db.session.flush()
    return school.id


def remove_schools() -> None:
    """Remove every school with all that belongs to it."""
    for school_id, _ in school_ids():
        with acting_meanwhile(school_id):
            db.session.execute(sa.delete(School).where(School.id == school_id))


def decide(*, school_id: UUID, lessons_open: bool, offline: bool, retention_months: int) -> None:
    """Write what a school decides for itself."""
    decided = {"lessons_open": lessons_open, "offline": offline, "retention_months": retention_months}
    db.session.execute(
        sa.update(School).where(School.id == school_id).values(decided).execution_options(synchronize_session=False)
    )


def keep_contacts(*, school_id: UUID, text: str) -> None:
    """Keep with a school what `support` has written of its own people."""
    db.session.execute(sa.update(School).where(School.id == school_id).values(contacts=text))


def keep_pauses(*, school_id: UUID, text: str | None) -> None:
    """Keep with a school what `pauses` has written of what rests."""
    db.session.execute(sa.update(School).where(School.id == school_id).values(pauses=text))


def hold_school(*, school_id: UUID) -> None:
    """Let nobody add a row to this school until the transaction ends: every row that is added refers to its school."""
    db.session.execute(sa.select(School.id).where(School.id == school_id).with_for_update())


def hold_person(*, school_id: UUID, person_id: UUID) -> None:
    """Let nobody else change how this person signs in until the transaction ends."""
    own = Person.school_id == school_id, Person.id == person_id
    db.session.execute(sa.select(Person.id).where(*own).with_for_update())
