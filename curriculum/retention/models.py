"""Owns the tables of what is kept of a school year when its records are gone."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool


class YearTotal(OfSchool, Base):
    """How many of a class took part in one lesson, once five or more did; no person can be told from it."""

    __tablename__ = "year_total"
    __table_args__ = (
        sa.UniqueConstraint(
            "school_id", "school_year", "level", "grade", "section", "lesson_id", name="uq_year_total_place"
        ),
        sa.CheckConstraint("took_part BETWEEN 5 AND students", name="enough_took_part"),
    )

    school_year: Mapped[int]
    level: Mapped[str] = mapped_column(sa.String(12))
    grade: Mapped[int]
    section: Mapped[int]
    lesson_id: Mapped[str] = mapped_column(sa.String(120))
    students: Mapped[int]
    took_part: Mapped[int]


class YearTaught(OfSchool, Base):
    """A lesson that a class was taught without devices, and when: about a class, never about a person."""

    __tablename__ = "year_taught"
    __table_args__ = (
        sa.UniqueConstraint(
            "school_id", "school_year", "level", "grade", "section", "lesson_id", name="uq_year_taught_place"
        ),
    )

    school_year: Mapped[int]
    level: Mapped[str] = mapped_column(sa.String(12))
    grade: Mapped[int]
    section: Mapped[int]
    lesson_id: Mapped[str] = mapped_column(sa.String(120))
    taught_on: Mapped[date]
