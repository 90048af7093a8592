"""Owns the tables of how it is checked: attempts and responses (the truth), item tallies (their projection)."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool, of_same_school


class Attempt(OfSchool, Base):
    """An attempt of a student at one version of a quiz, the `number`th from 1. It opens with the first answer saved and
    closes once; until then it has no points, and a student has one at a lesson."""

    __tablename__ = "attempt"
    __table_args__ = (
        of_same_school("person_id", "person"),
        of_same_school("classroom_id", "classroom"),
        sa.UniqueConstraint("school_id", "person_id", "lesson_id", "number"),
        sa.Index(
            "uq_attempt_one_open",
            "school_id",
            "person_id",
            "lesson_id",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
        sa.Index(None, "school_id", "person_id", "lesson_id", "closed_at"),
        sa.CheckConstraint("number >= 1", name="number_from_one"),
        sa.CheckConstraint("points BETWEEN 0 AND out_of", name="points_within_maximum"),
    )

    person_id: Mapped[UUID]
    classroom_id: Mapped[UUID | None]
    lesson_id: Mapped[str] = mapped_column(sa.String(120))
    number: Mapped[int]
    quiz_digest: Mapped[str] = mapped_column(sa.String(12))
    points: Mapped[int]
    out_of: Mapped[int]
    help_route_right: Mapped[bool]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class ItemResponse(OfSchool, Base):
    """What a student chose at one item of an attempt, as option ids; of two writes the one with the higher `counter`
    stays. `first_…`: what was chosen when the feedback was first seen, none before."""

    __tablename__ = "item_response"
    __table_args__ = (
        of_same_school("attempt_id", "attempt"),
        sa.UniqueConstraint("school_id", "attempt_id", "item_id"),
        sa.CheckConstraint("counter >= 1", name="counter_from_one"),
        sa.CheckConstraint("(first_options IS NULL) = (first_points IS NULL)", name="first_is_whole"),
    )

    attempt_id: Mapped[UUID]
    item_id: Mapped[str] = mapped_column(sa.String(60))
    options: Mapped[list[str]] = mapped_column(sa.JSON)
    points: Mapped[int]
    counter: Mapped[int]
    first_options: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    first_points: Mapped[int | None]


class ItemTally(OfSchool, Base):
    """How the first attempts of a class spread over an item's options; option "" counts the item as a whole."""

    __tablename__ = "item_tally"
    __table_args__ = (
        of_same_school("classroom_id", "classroom"),
        sa.UniqueConstraint(
            "school_id",
            "classroom_id",
            "lesson_id",
            "quiz_digest",
            "item_id",
            "option_id",
            name="uq_item_tally_place",
        ),
        sa.CheckConstraint("missed BETWEEN 0 AND chosen", name="missed_among_chosen"),
    )

    classroom_id: Mapped[UUID]
    lesson_id: Mapped[str] = mapped_column(sa.String(120))
    quiz_digest: Mapped[str] = mapped_column(sa.String(12))
    item_id: Mapped[str] = mapped_column(sa.String(60))
    option_id: Mapped[str] = mapped_column(sa.String(60))
    chosen: Mapped[int]
    missed: Mapped[int]
