"""Owns the table of the links by which staff set a password."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool, of_same_school


class Invitation(OfSchool, Base):
    """A link by which one of the staff sets a password, the first or a new one; the newest alone is good, and once."""

    __tablename__ = "invitation"
    __table_args__ = (
        of_same_school("person_id", "person"),
        sa.UniqueConstraint("school_id", "person_id"),
        sa.UniqueConstraint("school_id", "token_hash"),
    )

    person_id: Mapped[UUID]
    token_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    expires_at: Mapped[datetime]
