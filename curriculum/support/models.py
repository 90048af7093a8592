"""Owns the table of a school's own people to turn to: role, room and hours; there is no place for a name."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool


class SchoolContact(OfSchool, Base):
    """Somebody of a school to turn to. `place` orders them, from 1; `version` counts the changes of the texts, from 1.

    English is empty where nobody has written it. `covers`: they can be reached while a lesson is taught that may bring
    something up. What pages show is kept with the school (`School.contacts`).
    """

    __tablename__ = "school_contact"
    __table_args__ = (
        sa.CheckConstraint("place >= 1", name="place_from_one"),
        sa.CheckConstraint("version >= 1", name="version_from_one"),
        sa.CheckConstraint("role_ko <> '' AND room_ko <> '' AND hours_ko <> ''", name="korean_is_there"),
    )

    place: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    role_ko: Mapped[str] = mapped_column(sa.String(60))
    room_ko: Mapped[str] = mapped_column(sa.String(60))
    hours_ko: Mapped[str] = mapped_column(sa.String(60))
    reach_ko: Mapped[str] = mapped_column(sa.String(120))
    role_en: Mapped[str] = mapped_column(sa.String(60))
    room_en: Mapped[str] = mapped_column(sa.String(60))
    hours_en: Mapped[str] = mapped_column(sa.String(60))
    reach_en: Mapped[str] = mapped_column(sa.String(120))
    covers: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
