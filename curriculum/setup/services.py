"""Owns the writes of how a school begins and what it decides later."""

from typing import NamedTuple
from uuid import UUID

from curriculum.accounts.queries import StoredSecret, school_ids
from curriculum.accounts.secret import hash_secret
from curriculum.accounts.services import add_person, add_school, decide, open_session
from curriculum.accounts.viewer import Role, Viewer
from curriculum.audit import Act, acted_by, note
from curriculum.database import begin_write, db
from curriculum.setup.queries import Decisions, decisions_of
from curriculum.staff.services import invite
from curriculum.support.school_people import SchoolPerson
from curriculum.support.services import add_contact

FIRST_SLUG = "school"


class AlreadyBegun(Exception):
    """There is a school already; somebody else may have begun it a moment ago."""


class Beginner(NamedTuple):
    """The first administrator."""

    display_name: str
    email: str
    password: str


def begin(*, name: str, first: Beginner, contact: SchoolPerson, decisions: Decisions) -> Viewer:
    """Make the first school with its administrator and the first of its own people, and sign the administrator in."""
    secret_hash = hash_secret(first.password)  # slow: before the transaction
    begin_write()
    if school_ids():
        raise AlreadyBegun
    school_id = add_school(slug=FIRST_SLUG, name=name, **decisions._asdict())
    person = add_person(
        school_id=school_id,
        role=Role.ADMINISTRATOR,
        display_name=first.display_name,
        email=first.email,
        secret_hash=secret_hash,
    )
    db.session.flush()
    acted_by(person.id)
    note(school_id=school_id, act=Act.SCHOOL_ADDED, about=person.id)
    add_contact(school_id=school_id, person=contact)
    return open_session(found=StoredSecret(school_id, person.id, secret_hash))


def add_next_school(*, slug: str, name: str, admin_name: str, email: str) -> str:
    """A school from the console, with an administrator who is invited; returns the code of the link."""
    begin_write()
    school_id = add_school(slug=slug, name=name)
    note(school_id=school_id, act=Act.SCHOOL_ADDED)
    return invite(school_id=school_id, role=Role.ADMINISTRATOR, display_name=admin_name, email=email)


def decide_anew(*, school_id: UUID, decisions: Decisions) -> None:
    """Write what the school has decided, if that is anything new."""
    begin_write()
    if decisions != decisions_of(school_id):
        decide(school_id=school_id, **decisions._asdict())
        note(school_id=school_id, act=Act.DECIDED, detail=_in_short(decisions))


def _in_short(decisions: Decisions) -> str:
    lessons = "lessons-open" if decisions.lessons_open else "lessons-closed"
    return f"{lessons} {'offline' if decisions.offline else 'online'} {decisions.retention_months}-months"
