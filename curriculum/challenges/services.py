"""Owns the writes of what sign-ins are begun with: giving out, taking back once."""

import secrets
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from curriculum.challenges.models import Challenge
from curriculum.challenges.purpose import Purpose
from curriculum.database import begin_write, db, now, writing_apart
from curriculum.tenancy import act_for

LASTS = timedelta(minutes=5)
BYTES = 32
AT_ONCE = 500  # of a school: more than a school has staff, and few enough that a flood fills no disk


class TooMany(Exception):
    """So many sign-ins are begun and not ended that somebody is playing; in five minutes it is over."""


def give(*, school_id: UUID, purpose: Purpose, person_id: UUID | None = None) -> bytes:
    """New random bytes that are good once, for five minutes, for this purpose and person; raises TooMany. What has run
    out is dropped."""
    act_for(school_id)
    begin_write()
    own = Challenge.school_id == school_id
    db.session.execute(sa.delete(Challenge).where(own, Challenge.expires_at <= now()))
    # Who is signed in has given a password: the limit is for those whom nobody knows.
    if person_id is None and (_open_now(school_id) or 0) >= AT_ONCE:
        raise TooMany
    value = secrets.token_bytes(BYTES)
    row = {"school_id": school_id, "id": uuid7(), "purpose": purpose, "person_id": person_id}
    db.session.execute(sa.insert(Challenge).values(**row, value=value, expires_at=now() + LASTS))
    return value


def _open_now(school_id: UUID) -> int | None:
    unknown = (Challenge.school_id == school_id, Challenge.person_id.is_(None))
    return db.session.scalar(sa.select(sa.func.count()).select_from(Challenge).where(*unknown))


def take(*, school_id: UUID, purpose: Purpose, value: bytes, person_id: UUID | None = None) -> bool:
    """Whether these bytes were given out for this purpose and person, and are still good. From here on they are not,
    whatever becomes of the request: a second try begins anew."""
    act_for(school_id)
    given = sa.delete(Challenge).where(
        Challenge.school_id == school_id,
        Challenge.purpose == purpose,
        Challenge.value == value,
        Challenge.person_id.is_(None) if person_id is None else Challenge.person_id == person_id,
    )
    with writing_apart() as connection:
        until = connection.execute(given.returning(Challenge.expires_at)).scalar_one_or_none()
    return until is not None and until > now()
