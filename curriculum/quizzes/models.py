"""Owns the tables of how it is checked: attempts and responses (the truth), item tallies (their projection)."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool, of_same_school


class Attempt(OfSchool, Base):
    """A closed attempt of a student at one version of a quiz. `token` makes a repeated submission the same attempt."""

    __tablename__ = "attempt"
    __table_args__ = (
        of_same_school("person_id", "person"),
        of_same_school("classroom_id", "classroom"),
        sa.UniqueConstraint("school_id", "person_id", "token"),
        sa.Index(None, "school_id", "person_id", "lesson_id", "closed_at"),
        sa.CheckConstraint("points BETWEEN 0 AND out_of", name="points_within_maximum"),
    )

    person_id: Mapped[UUID]
    classroom_id: Mapped[UUID | None]
    lesson_id: Mapped[str] = mapped_column(sa.String(120))
    quiz_digest: Mapped[str] = mapped_column(sa.String(12))
    token: Mapped[str] = mapped_column(sa.String(64))
    body_digest: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    points: Mapped[int]
    out_of: Mapped[int]
    help_route_right: Mapped[bool]
    closed_at: Mapped[datetime]


class ItemResponse(OfSchool, Base):
    """What a student chose at one item of an attempt, as option ids."""

    __tablename__ = "item_response"
    __table_args__ = (
        of_same_school("attempt_id", "attempt"),
        sa.UniqueConstraint("school_id", "attempt_id", "item_id"),
    )

    attempt_id: Mapped[UUID]
    item_id: Mapped[str] = mapped_column(sa.String(60))
    options: Mapped[list[str]] = mapped_column(sa.JSON)
    points: Mapped[int]


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
