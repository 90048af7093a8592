"""Owns the table of recovery codes."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool, of_same_school


class RecoveryCode(OfSchool, Base):
    """A code that is good once in place of a one-time code; the row goes with its use."""

    __tablename__ = "recovery_code"
    __table_args__ = (of_same_school("person_id", "person"), sa.UniqueConstraint("school_id", "person_id", "code_hash"))

    person_id: Mapped[UUID]
    code_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
