"""Owns the reads of who may sign in with another organisation's account."""

from uuid import UUID

import sqlalchemy as sa

from curriculum.accounts.models import Person
from curriculum.accounts.viewer import Role
from curriculum.database import db
from curriculum.sign_on.models import SignOnLink


def bound_to(school_id: UUID, identity: bytes) -> UUID | None:
    """Whom of the staff this identity is bound to; None as well for who is suspended."""
    return _person(school_id, SignOnLink.identity == identity)


def waiting_for(school_id: UUID, email: str) -> UUID | None:
    """Who of the staff has this address and may sign in so, and has not yet; None as well for who is suspended."""
    return _person(school_id, SignOnLink.identity.is_(None), Person.email == email)


def _person(school_id: UUID, *conditions: sa.ColumnElement[bool]) -> UUID | None:
    of_person = sa.and_(SignOnLink.school_id == Person.school_id, SignOnLink.person_id == Person.id)
    return db.session.scalar(
        sa.select(Person.id)
        .join(SignOnLink, of_person)
        .where(Person.school_id == school_id, Person.suspended.is_(False), Person.role != Role.STUDENT, *conditions)
    )


def is_linked(school_id: UUID, staff_id: UUID) -> bool | None:
    """Whether one of the staff may sign in so; None where nobody of the staff has this id."""
    link = sa.and_(SignOnLink.school_id == Person.school_id, SignOnLink.person_id == Person.id)
    row = db.session.execute(
        sa.select(SignOnLink.id)
        .select_from(Person)
        .outerjoin(SignOnLink, link)
        .where(Person.school_id == school_id, Person.id == staff_id, Person.role != Role.STUDENT)
    ).one_or_none()
    return None if row is None else row[0] is not None
