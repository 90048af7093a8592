"""Owns the table of who has read the safeguarding card of a lesson for a class, and on which day."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool, of_same_school


class CardReading(OfSchool, Base):
    """A teacher who has read the card of a lesson for a class: when last."""

    __tablename__ = "card_reading"
    __table_args__ = (
        of_same_school("classroom_id", "classroom"),
        of_same_school("person_id", "person"),
        sa.UniqueConstraint("school_id", "person_id", "classroom_id", "lesson_id"),
    )

    person_id: Mapped[UUID]
    classroom_id: Mapped[UUID]
    lesson_id: Mapped[str] = mapped_column(sa.String(120))
    read_on: Mapped[date]
