"""Owns the tables of who learns together: classroom, enrollment, teaching, assignment."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool, of_same_school


class Classroom(OfSchool, Base):
    """A class in one school year, following one course. `level` and `grade` make "중2"; `section` is 반."""

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


class Enrollment(OfSchool, Base):
    """A student's place in a class: the number on the roster."""

    __tablename__ = "enrollment"
    __table_args__ = (
        of_same_school("classroom_id", "classroom"),
        of_same_school("person_id", "person"),
        sa.UniqueConstraint("school_id", "classroom_id", "number"),
        sa.UniqueConstraint("school_id", "person_id"),
        sa.CheckConstraint("number BETWEEN 1 AND 60", name="number_in_range"),
    )

    classroom_id: Mapped[UUID]
    person_id: Mapped[UUID]
    number: Mapped[int]


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


class StoredAssignment(OfSchool, Base):
    """What a class's teachers set for the quiz of one lesson; a lesson without a row has nothing set."""

    __tablename__ = "assignment"
    __table_args__ = (
        of_same_school("classroom_id", "classroom"),
        sa.UniqueConstraint("school_id", "classroom_id", "lesson_id"),
        sa.CheckConstraint("attempt_limit BETWEEN 1 AND 20", name="attempt_limit_in_range"),
        sa.CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
    )

    classroom_id: Mapped[UUID]
    lesson_id: Mapped[str] = mapped_column(sa.String(120))
    attempt_limit: Mapped[int | None]
    results_held: Mapped[bool]
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
