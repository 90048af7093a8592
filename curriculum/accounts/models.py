"""Owns the tables of who someone is: school, person, session."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from curriculum.accounts.viewer import Role
from curriculum.database import Base, OfSchool, of_same_school

RETENTION_MONTHS = 12  # until a school decides otherwise
ROLES = ", ".join(f"'{role}'" for role in Role)


class School(Base):
    """A school: the tenant that every other row belongs to.

    `contacts` is a projection of `school_contact`: its own people as every page shows them, without a read of its own;
    `pauses` is one of `pause`: what rests.
    `lessons_open` lets everybody read, `offline` lets administrators in by password alone, `retention_months` is how
    long records are kept after a school year has ended.
    """

    __tablename__ = "school"
    __table_args__ = (sa.CheckConstraint("retention_months BETWEEN 1 AND 60", name="retention_in_range"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    slug: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    contacts: Mapped[str | None] = mapped_column(sa.Text)
    pauses: Mapped[str | None] = mapped_column(sa.Text)
    lessons_open: Mapped[bool] = mapped_column(default=True, server_default=sa.true())
    offline: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    retention_months: Mapped[int] = mapped_column(default=RETENTION_MONTHS, server_default=str(RETENTION_MONTHS))


class Person(OfSchool, Base):
    """A student, teacher, counsellor or administrator. A student has a display name and no e-mail.

    An empty `secret_hash` is that of somebody invited, who has no password yet. `otp_seed` is what one-time codes come
    from, `otp_used` the time step of the last one that was taken: empty until the first one was.
    """

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
    otp_seed: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32))
    otp_used: Mapped[int | None]


class SignInSession(OfSchool, Base):
    """A sign-in that lasts: deleting the row ends it at once, everywhere. `half` is one whose password was right and
    whose one-time code is awaited: it opens no page but that one. `seen_at` is when it was last used, to the minute:
    nobody who has gone away stays signed in (accounts/idle.py)."""

    __tablename__ = "sign_in_session"
    __table_args__ = (of_same_school("person_id", "person"), sa.UniqueConstraint("school_id", "token_hash"))

    person_id: Mapped[UUID]
    token_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    expires_at: Mapped[datetime] = mapped_column(index=True)
    half: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    seen_at: Mapped[datetime] = mapped_column(server_default="1970-01-01 00:00:00")
