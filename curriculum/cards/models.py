"""Owns the tables of how a student gets in: slips with a QR, codes for a day."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool, of_same_school


class SignInCard(OfSchool, Base):
    """What the QR of a student's slip carries, hashed; the six digits are the student's secret itself."""

    __tablename__ = "sign_in_card"
    __table_args__ = (
        of_same_school("person_id", "person"),
        sa.UniqueConstraint("school_id", "person_id"),
        sa.UniqueConstraint("school_id", "token_hash"),
    )

    person_id: Mapped[UUID]
    token_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32))


class DayCode(OfSchool, Base):
    """A code for today, for a student without the slip: until it expires the slip itself lets nobody in."""

    __tablename__ = "day_code"
    __table_args__ = (of_same_school("person_id", "person"), sa.UniqueConstraint("school_id", "person_id"))

    person_id: Mapped[UUID]
    secret_hash: Mapped[str] = mapped_column(sa.String(200))
    expires_at: Mapped[datetime]
