"""Owns the table of guardians' consent."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool, of_same_school


class GuardianConsent(OfSchool, Base):
    """A guardian has agreed that a student's name is kept: how that was said, and who wrote it down when. The paper
    itself stays with the school. `recorded_by` is no foreign key: the record outlives whoever wrote it."""

    __tablename__ = "guardian_consent"
    __table_args__ = (
        of_same_school("person_id", "person"),
        sa.UniqueConstraint("school_id", "person_id"),
        sa.CheckConstraint("how IN ('paper', 'online', 'in_person')", name="known_way"),
    )

    person_id: Mapped[UUID]
    how: Mapped[str] = mapped_column(sa.String(12))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]
