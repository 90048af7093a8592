"""Owns the tables of how a class chose in a story: who has added (a mark), and what was chosen (counts), never tied."""

from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, OfSchool, of_same_school


class _Unordered(OfSchool):
    """Rows that do not tell when they were added: ids are random, and SQLite keeps no hidden number of them."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, sort_order=-9)


class StoryMark(_Unordered, Base):
    """A student has added to one version of a story, so that everybody counts once; not when, and not what."""

    __tablename__ = "story_mark"
    __table_args__ = (
        of_same_school("person_id", "person"),
        sa.UniqueConstraint("school_id", "person_id", "lesson_id", "story_digest"),
        {"sqlite_with_rowid": False},
    )

    person_id: Mapped[UUID]
    lesson_id: Mapped[str] = mapped_column(sa.String(120))
    story_digest: Mapped[str] = mapped_column(sa.String(12))


class StoryTally(_Unordered, Base):
    """How many of a class made one choice: `shown` may be seen, `pending` waits for its batch."""

    __tablename__ = "story_tally"
    __table_args__ = (
        of_same_school("classroom_id", "classroom"),
        sa.UniqueConstraint(
            "school_id",
            "classroom_id",
            "lesson_id",
            "story_digest",
            "scene_id",
            "choice_id",
            name="uq_story_tally_place",
        ),
        sa.CheckConstraint("shown >= 0 AND pending >= 0", name="not_negative"),
        {"sqlite_with_rowid": False},
    )

    classroom_id: Mapped[UUID]
    lesson_id: Mapped[str] = mapped_column(sa.String(120))
    story_digest: Mapped[str] = mapped_column(sa.String(12))
    scene_id: Mapped[str] = mapped_column(sa.String(60))
    choice_id: Mapped[str] = mapped_column(sa.String(60))
    shown: Mapped[int]
    pending: Mapped[int]
