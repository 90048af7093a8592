"""Owns the table of what rests in a school and its classes."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool, of_same_school
from curriculum.pauses.rest import Reason

REASONS = ", ".join(f"'{reason}'" for reason in Reason)


class Pause(OfSchool, Base):
    """A part of a lesson that rests (`rest.Resting`), and why; without a class, for the whole school. What pages need
    of it is kept with the school (`School.pauses`)."""

    __tablename__ = "pause"
    __table_args__ = (
        of_same_school("classroom_id", "classroom"),
        sa.CheckConstraint(f"reason IN ({REASONS})", name="known_reason"),
    )

    classroom_id: Mapped[UUID | None]
    lesson_id: Mapped[str] = mapped_column(sa.String(120))
    part: Mapped[str] = mapped_column(sa.String(70))
    other: Mapped[bool]
    reason: Mapped[str] = mapped_column(sa.String(12))
    begun_on: Mapped[date]
    until: Mapped[date | None]
