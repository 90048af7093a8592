"""Owns the reads of what a school has decided for itself."""

from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from curriculum.accounts.models import School
from curriculum.database import db


class Decisions(NamedTuple):
    """Whether lessons are open to everybody, whether the machine is off the internet, how long records are kept."""

    lessons_open: bool
    offline: bool
    retention_months: int


def decisions_of(school_id: UUID) -> Decisions:
    """What this school has decided."""
    columns = (School.lessons_open, School.offline, School.retention_months)
    return Decisions(*db.session.execute(sa.select(*columns).where(School.id == school_id)).one())
