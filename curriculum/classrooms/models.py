"""Owns the tables of who learns together: classroom, enrollment, teaching."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool, of_same_school


class Classroom(OfSchool, Base):
    """A class in one school year, following one course. `level` and `grade` make "중2"; `section` is 반.

    Past `code_expires_at` nobody joins with the code (empty: past the school year); nobody joins an archived class.
    With `pseudonyms` no names of students are kept: they are numbers.
    """

    __tablename__ = "classroom"
    __table_args__ = (
        sa.UniqueConstraint("school_id", "code"),
        sa.UniqueConstraint("school_id", "school_year", "level", "grade", "section"),
        sa.CheckConstraint("level IN ('elementary', 'middle', 'high')", name="known_level"),
        sa.CheckConstraint("grade BETWEEN 1 AND 6", name="grade_in_range"),
        sa.CheckConstraint("section BETWEEN 1 AND 40", name="section_in_range"),
    )

    code: Mapped[str] = mapped_column(sa.String(8), index=True)
    school_year: Mapped[int]
    level: Mapped[str] = mapped_column(sa.String(12))
    grade: Mapped[int]
    section: Mapped[int]
    course: Mapped[str] = mapped_column(sa.String(40))
    code_expires_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    pseudonyms: Mapped[bool] = mapped_column(default=False, server_default=sa.false())


class Enrollment(OfSchool, Base):
    """A student's place in a class: the number on the roster. `last_used` is true of the class whose card a student in
    several of them came in with last."""

    __tablename__ = "enrollment"
    __table_args__ = (
        of_same_school("classroom_id", "classroom"),
        of_same_school("person_id", "person"),
        sa.UniqueConstraint("school_id", "classroom_id", "number"),
        sa.UniqueConstraint("school_id", "person_id", "classroom_id"),
        sa.CheckConstraint("number BETWEEN 1 AND 60", name="number_in_range"),
    )

    classroom_id: Mapped[UUID]
    person_id: Mapped[UUID]
    number: Mapped[int]
    last_used: Mapped[bool] = mapped_column(default=False, server_default=sa.false())


class Teaching(OfSchool, Base):
    """A teacher's part in a class: `read_only` may look and change nothing."""

    __tablename__ = "teaching"
    __table_args__ = (
        of_same_school("classroom_id", "classroom"),
        of_same_school("person_id", "person"),
        sa.UniqueConstraint("school_id", "person_id", "classroom_id"),
    )

    classroom_id: Mapped[UUID]
    person_id: Mapped[UUID]
    read_only: Mapped[bool] = mapped_column(default=False)
