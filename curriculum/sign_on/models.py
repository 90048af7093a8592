"""Owns the table of who of the staff may sign in with another organisation's account."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool, of_same_school


class SignOnLink(OfSchool, Base):
    """That one of the staff may sign in so. `identity` is who they are to the provider, sealed with the site's key; it
    is empty until the first sign-in, which binds it: from then on the address of the account counts for nothing."""

    __tablename__ = "sign_on_link"
    __table_args__ = (
        of_same_school("person_id", "person"),
        sa.UniqueConstraint("school_id", "person_id"),
        sa.UniqueConstraint("school_id", "identity"),
    )

    person_id: Mapped[UUID]
    identity: Mapped[bytes | None] = mapped_column(sa.LargeBinary(16))
    used_at: Mapped[datetime | None]
