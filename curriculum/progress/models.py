"""Owns the tables of how far someone is: steps sent (the truth) and progress rows (their projection)."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool, of_same_school


class Visit(OfSchool, Base):
    """A step of a lesson that a student sent by "next", and when last."""

    __tablename__ = "visit"
    __table_args__ = (
        of_same_school("person_id", "person"),
        sa.UniqueConstraint("school_id", "person_id", "lesson_id", "step"),
    )

    person_id: Mapped[UUID]
    lesson_id: Mapped[str] = mapped_column(sa.String(120))
    step: Mapped[str] = mapped_column(sa.String(60))
    sent_at: Mapped[datetime]


class LessonProgress(OfSchool, Base):
    """How far a student is with a lesson. Written in the same transaction as what it is computed from."""

    __tablename__ = "lesson_progress"
    __table_args__ = (
        of_same_school("person_id", "person"),
        sa.UniqueConstraint("school_id", "person_id", "lesson_id"),
        sa.CheckConstraint("steps_sent >= 0 AND attempts >= 0", name="not_negative"),
        sa.CheckConstraint("best_points BETWEEN 0 AND out_of", name="points_within_maximum"),
        sa.CheckConstraint("(attempts = 0) = (out_of = 0)", name="score_needs_an_attempt"),
    )

    person_id: Mapped[UUID]
    lesson_id: Mapped[str] = mapped_column(sa.String(120))
    steps_sent: Mapped[int] = mapped_column(default=0)
    last_step: Mapped[str | None] = mapped_column(sa.String(60))
    attempts: Mapped[int] = mapped_column(default=0)
    best_points: Mapped[int] = mapped_column(default=0)
    out_of: Mapped[int] = mapped_column(default=0)
    help_route_right: Mapped[bool] = mapped_column(default=False)
