"""Owns the reads of how a student gets in, as parts of other statements."""

from uuid import UUID

import sqlalchemy as sa

from curriculum.accounts.models import Person
from curriculum.cards.models import DayCode, SignInCard
from curriculum.database import now

OF_OWNER = sa.and_(SignInCard.school_id == Person.school_id, SignInCard.person_id == Person.id)


def secret_for_today(school_id: UUID) -> sa.Select[str]:
    """The hash of a person's code for today, as part of another statement."""
    return (
        sa.select(DayCode.secret_hash)
        .where(
            DayCode.school_id == school_id,
            DayCode.person_id == Person.id,
            DayCode.expires_at > now(),
            Person.school_id == school_id,  # said once more: the guard judges each SELECT by itself
        )
        .correlate(Person)
    )
