"""Owns the reads of passkeys."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from curriculum.accounts.models import Person, School
from curriculum.accounts.viewer import Role, Viewer
from curriculum.database import db
from curriculum.passkeys.ceremony import Holder, Made
from curriculum.passkeys.models import Passkey


class PasskeyRow(NamedTuple):
    """One of somebody's passkeys, as they know it."""

    id: UUID
    name: str
    place: str
    added_at: datetime
    used_at: datetime | None


class Standing(NamedTuple):
    """How somebody stands with what is shown beside a password. `required`: an administrator may not do without."""

    passkeys: int
    has_codes: bool
    required: bool

    @property
    def may_lose_one(self) -> bool:
        """Whether a passkey can go without leaving an administrator with a password alone."""
        return self.has_codes or self.passkeys > 1 or not self.required


class KnownPasskey(NamedTuple):
    """A passkey that may sign in: whose it is, and what its answer is judged by."""

    id: UUID
    person_id: UUID
    kept: Made


def passkeys_of(person: Viewer) -> list[PasskeyRow]:
    """This person's passkeys, the newest last. One read."""
    rows = db.session.execute(
        sa.select(Passkey.id, Passkey.name, Passkey.place, Passkey.added_at, Passkey.used_at)
        .where(Passkey.school_id == person.school_id, Passkey.person_id == person.id)
        .order_by(Passkey.id)
    )
    return [PasskeyRow(*row) for row in rows]


def passkey_count(school_id: UUID) -> sa.ScalarSelect[int]:
    """How many passkeys the person of a statement around this has, in this school."""
    return (
        sa.select(sa.func.count())
        .select_from(Passkey)
        .where(Passkey.school_id == school_id, Passkey.person_id == Person.id, Person.school_id == school_id)
        .correlate(Person)
        .scalar_subquery()
    )


def standing_of(person: Viewer) -> Standing:
    """How this person stands. One read."""
    row = db.session.execute(
        sa.select(passkey_count(person.school_id), Person.otp_used.is_not(None), School.offline, Person.role)
        .join(School, School.id == Person.school_id)
        .where(Person.school_id == person.school_id, Person.id == person.id)
    ).one()
    return Standing(row[0], row[1], row[3] == Role.ADMINISTRATOR and not row[2])


def holder(person: Viewer) -> Holder:
    """How the telephone will call this person's passkey."""
    of_person = sa.select(Person.email).where(Person.school_id == person.school_id, Person.id == person.id)
    account = db.session.scalars(of_person).one() or person.display_name
    return Holder(person.id.bytes, account, person.display_name, person.school_name)


def credentials_of(person: Viewer) -> list[bytes]:
    """What this person's passkeys call themselves."""
    own = Passkey.school_id == person.school_id, Passkey.person_id == person.id
    return list(db.session.scalars(sa.select(Passkey.credential).where(*own)))


def known_passkey(school_id: UUID, credential: bytes) -> KnownPasskey | None:
    """The passkey of this school that calls itself so, of somebody who is not suspended."""
    row = db.session.execute(
        sa.select(Passkey.id, Passkey.person_id, Passkey.credential, Passkey.public_key, Passkey.counter)
        .join(Person, sa.and_(Person.school_id == Passkey.school_id, Person.id == Passkey.person_id))
        .where(
            Passkey.school_id == school_id,
            Passkey.credential == credential,
            Person.suspended.is_(False),
            Person.role != Role.STUDENT,
        )
    ).one_or_none()
    return KnownPasskey(row[0], row[1], Made(row[2], row[3], row[4])) if row else None
