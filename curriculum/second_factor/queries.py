"""Owns the reads of what somebody shows beside their password."""

from typing import NamedTuple

import sqlalchemy as sa

from curriculum.accounts.models import Person, School
from curriculum.accounts.viewer import Role, Viewer
from curriculum.database import db
from curriculum.passkeys.queries import passkey_count
from curriculum.second_factor.models import RecoveryCode


class Codes(NamedTuple):
    """How somebody stands with one-time codes. `seed` without `used` is one that is being set up."""

    email: str
    seed: bytes | None
    used: int | None
    offline: bool
    recovery_left: int
    role: str
    passkeys: int

    @property
    def is_on(self) -> bool:
        """Whether a sign-in asks for a code."""
        return self.used is not None

    @property
    def is_required(self) -> bool:
        """Whether this person may not do without: an administrator who has no passkey either."""
        return self.role == Role.ADMINISTRATOR and not self.offline and not self.passkeys

    @property
    def is_asked(self) -> bool:
        """Whether half a session has something to ask for; else it is there to set something up."""
        return self.is_on or self.passkeys > 0


def codes_of(person: Viewer) -> Codes:
    """How this person stands. One read."""
    left = (
        sa.select(sa.func.count())
        .select_from(RecoveryCode)
        .where(RecoveryCode.school_id == person.school_id, RecoveryCode.person_id == person.id)
        .scalar_subquery()
    )
    columns = (sa.func.coalesce(Person.email, ""), Person.otp_seed, Person.otp_used, School.offline, left, Person.role)
    row = db.session.execute(
        sa.select(*columns, passkey_count(person.school_id))
        .join(School, School.id == Person.school_id)
        .where(Person.school_id == person.school_id, Person.id == person.id)
    ).one()
    return Codes(*row)
