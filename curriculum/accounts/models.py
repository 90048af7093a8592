"""Owns the tables of who someone is: school, person, session."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from curriculum.accounts.viewer import Role
from curriculum.database import Base, OfSchool, of_same_school

ROLES = ", ".join(f"'{role}'" for role in Role)


class School(Base):
    """A school: the tenant that every other row belongs to.

    `contacts` is a projection of `school_contact`: its own people as every page shows them, without a read of its own.
    """

    __tablename__ = "school"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    slug: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    contacts: Mapped[str | None] = mapped_column(sa.Text)


class Person(OfSchool, Base):
    """A student, teacher, counsellor or administrator. A student has a display name and no e-mail."""

    __tablename__ = "person"
    __table_args__ = (
        sa.UniqueConstraint("school_id", "email"),
        sa.CheckConstraint(f"role IN ({ROLES})", name="known_role"),
        sa.CheckConstraint("(role = 'student') = (email IS NULL)", name="email_is_for_staff"),
    )

    role: Mapped[str] = mapped_column(sa.String(16))
    display_name: Mapped[str] = mapped_column(sa.String(40))
    email: Mapped[str | None] = mapped_column(sa.String(254))
    secret_hash: Mapped[str] = mapped_column(sa.String(200))
    suspended: Mapped[bool] = mapped_column(default=False)


class SignInSession(OfSchool, Base):
    """A sign-in that lasts: deleting the row ends it at once, everywhere."""

    __tablename__ = "sign_in_session"
    __table_args__ = (of_same_school("person_id", "person"), sa.UniqueConstraint("school_id", "token_hash"))

    person_id: Mapped[UUID]
    token_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    expires_at: Mapped[datetime] = mapped_column(index=True)
