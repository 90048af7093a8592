"""Owns the tables of what a class's teachers set for its lessons, and what they gave single students beyond that."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool, of_same_school


class StoredAssignment(OfSchool, Base):
    """What a class's teachers set for one lesson; a lesson without a row has nothing set. `assigned`: asked of the
    whole class. `taught_on`: the day on which it was taught without devices."""

    __tablename__ = "assignment"
    __table_args__ = (
        of_same_school("classroom_id", "classroom"),
        sa.UniqueConstraint("school_id", "classroom_id", "lesson_id"),
        sa.CheckConstraint("attempt_limit BETWEEN 1 AND 20", name="attempt_limit_in_range"),
        sa.CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
        sa.CheckConstraint("opens_at < due_at", name="opens_before_it_is_due"),
        sa.CheckConstraint("due_at <= closes_at", name="due_before_it_closes"),
        sa.CheckConstraint("due_at IS NULL OR assigned", name="due_where_it_is_assigned"),
    )

    classroom_id: Mapped[UUID]
    lesson_id: Mapped[str] = mapped_column(sa.String(120))
    attempt_limit: Mapped[int | None]
    results_held: Mapped[bool]
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    assigned: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    taught_on: Mapped[date | None]


class StoredOwn(OfSchool, Base):
    """What one student has of their own at a lesson of a class. A row alone asks the lesson of them; it counts in this
    class only, and goes with it."""

    __tablename__ = "own_assignment"
    __table_args__ = (
        of_same_school("assignment_id", "assignment"),
        of_same_school("person_id", "person"),
        sa.UniqueConstraint("school_id", "assignment_id", "person_id"),
        sa.Index(None, "school_id", "person_id"),
        sa.CheckConstraint("attempt_limit BETWEEN 1 AND 20", name="attempt_limit_in_range"),
    )

    assignment_id: Mapped[UUID]
    person_id: Mapped[UUID]
    until: Mapped[datetime | None]
    attempt_limit: Mapped[int | None]
