"""Owns the reads of who works at a school."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from curriculum.accounts.models import Person, School
from curriculum.accounts.secret import hash_token
from curriculum.accounts.viewer import Role
from curriculum.database import db, now
from curriculum.passkeys.queries import passkey_count
from curriculum.sign_on.models import SignOnLink
from curriculum.staff.invitation import read_code
from curriculum.staff.models import Invitation
from curriculum.tenancy import acting_meanwhile

EMAIL = sa.func.coalesce(Person.email, "")  # staff have one: a check constraint says so


class StaffRow(NamedTuple):
    """One of the staff. `link_until` is until when a link of theirs is good, None where there is none; `sign_on`
    whether another organisation's account is bound to them already, None where none may be."""

    id: UUID
    role: Role
    display_name: str
    email: str
    has_password: bool
    suspended: bool
    has_codes: bool
    link_until: datetime | None
    passkeys: int
    sign_on: bool | None

    @property
    def is_in(self) -> bool:
        """Whether this person can sign in."""
        return self.has_password and not self.suspended


class OpenInvitation(NamedTuple):
    """Whom a link that is good belongs to, and the names that their password may not be made of."""

    school_id: UUID
    person_id: UUID
    display_name: str
    email: str
    school_name: str
    slug: str
    is_first: bool

    @property
    def about(self) -> tuple[str, ...]:
        """The names and addresses of the person and the school."""
        return self.display_name, self.email, self.school_name, self.slug


def staff_of(school_id: UUID) -> list[StaffRow]:
    """Everybody who works at a school, by name; administrators first. One read."""
    link = sa.and_(
        Invitation.school_id == Person.school_id, Invitation.person_id == Person.id, Invitation.expires_at > now()
    )
    rows = db.session.execute(
        sa.select(
            Person.id,
            Person.role,
            Person.display_name,
            EMAIL,
            Person.secret_hash != "",
            Person.suspended,
            Person.otp_used.is_not(None),
            Invitation.expires_at,
            passkey_count(school_id),
            sa.case((SignOnLink.id.is_not(None), SignOnLink.identity.is_not(None))),
        )
        .outerjoin(Invitation, link)
        .outerjoin(SignOnLink, sa.and_(SignOnLink.school_id == Person.school_id, SignOnLink.person_id == Person.id))
        .where(Person.school_id == school_id, Person.role != Role.STUDENT)
    )
    order = [Role.ADMINISTRATOR, Role.COUNSELLOR, Role.TEACHER]
    found = [StaffRow(row[0], Role(row[1]), *row[2:]) for row in rows]
    return sorted(found, key=lambda one: (order.index(one.role), one.display_name, one.email))


def member_of_staff(school_id: UUID, staff_id: UUID) -> StaffRow | None:
    """One of the staff of this school."""
    return next((one for one in staff_of(school_id) if one.id == staff_id), None)


def open_invitation(code: str) -> OpenInvitation | None:
    """Whom this code lets set a password; None when it was used, replaced, has run out or never was."""
    read = read_code(code)
    if read is None:
        return None
    school_id, token = read
    of_token = (
        sa.select(Person.id, Person.display_name, EMAIL, School.name, School.slug, Person.secret_hash == "")
        .join(Invitation, sa.and_(Invitation.school_id == Person.school_id, Invitation.person_id == Person.id))
        .join(School, School.id == Person.school_id)
        .where(
            Person.school_id == school_id,
            Invitation.token_hash == hash_token(token),
            Invitation.expires_at > now(),
            Person.suspended.is_(False),
        )
    )
    with acting_meanwhile(school_id):
        row = db.session.execute(of_token).one_or_none()
    return OpenInvitation(school_id, *row) if row else None


def names_around(school_id: UUID, person_id: UUID) -> tuple[str, ...]:
    """The names and addresses that somebody's password may not be made of."""
    columns = (Person.display_name, EMAIL, School.name, School.slug)
    return tuple(
        db.session.execute(
            sa.select(*columns)
            .join(School, School.id == Person.school_id)
            .where(Person.school_id == school_id, Person.id == person_id)
        ).one()
    )


def staff_with_email(school_id: UUID, email: str) -> UUID | None:
    """The one of the staff with this address, suspended or not."""
    of_email = sa.select(Person.id).where(Person.school_id == school_id, Person.email == email)
    return db.session.scalars(of_email).one_or_none()
