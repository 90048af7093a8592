"""Owns the table of what sign-ins were begun with."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.challenges.purpose import Purpose
from curriculum.database import Base, OfSchool, of_same_school

PURPOSES = ", ".join(f"'{purpose}'" for purpose in Purpose)


class Challenge(OfSchool, Base):
    """Random bytes that were given to a browser and must come back. `person_id` says for whom alone they are good; it
    is empty as long as nobody knows who is signing in."""

    __tablename__ = "challenge"
    __table_args__ = (
        of_same_school("person_id", "person"),
        sa.UniqueConstraint("school_id", "value"),
        sa.CheckConstraint(f"purpose IN ({PURPOSES})", name="known_purpose"),
    )

    purpose: Mapped[str] = mapped_column(sa.String(12))
    person_id: Mapped[UUID | None]
    value: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    expires_at: Mapped[datetime] = mapped_column(index=True)
