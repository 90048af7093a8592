"""Owns the table of passkeys."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool, of_same_school


class Passkey(OfSchool, Base):
    """The public half of a passkey; the other half never leaves the telephone or computer that made it. `place` is the
    name of the site that it was made under and is good for alone; `counter` is what it said last (0: it counts
    nothing)."""

    __tablename__ = "passkey"
    __table_args__ = (
        of_same_school("person_id", "person"),
        sa.UniqueConstraint("school_id", "credential"),
        sa.CheckConstraint("counter >= 0", name="counter_not_negative"),
    )

    person_id: Mapped[UUID]
    credential: Mapped[bytes] = mapped_column(sa.LargeBinary(1023))
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary(2048))
    counter: Mapped[int] = mapped_column(sa.BigInteger)  # 32 bits without a sign
    place: Mapped[str] = mapped_column(sa.String(253))
    name: Mapped[str] = mapped_column(sa.String(40))
    added_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
