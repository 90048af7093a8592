"""Owns the table of rosters that were read: what they say until it is applied, and afterwards what can be undone."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool, of_same_school


class RosterImport(OfSchool, Base):
    """A roster that somebody has sent. `classroom_id` is empty for one of the whole school; `content` is what was read,
    emptied once it is applied; `done` is what was done then. Past `expires_at` the row goes."""

    __tablename__ = "roster_import"
    __table_args__ = (of_same_school("person_id", "person"), of_same_school("classroom_id", "classroom"))

    person_id: Mapped[UUID]
    classroom_id: Mapped[UUID | None]
    content: Mapped[str] = mapped_column(sa.Text)
    done: Mapped[str | None] = mapped_column(sa.Text)
    expires_at: Mapped[datetime] = mapped_column(index=True)
