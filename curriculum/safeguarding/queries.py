"""Owns the reads of the safeguarding card: what it says now, and which cards a teacher has read for a class."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from curriculum.accounts.viewer import Viewer
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.notes import Notes
from curriculum.catalog.queries import catalog, renderer
from curriculum.catalog.rendering import Rendered
from curriculum.database import db
from curriculum.localization import page_locale
from curriculum.safeguarding.card import DUTIES, is_sensitive, still_counts, tonight
from curriculum.safeguarding.models import CardReading
from curriculum.support.queries import help_panel, school_people


def card_parts(notes: Notes) -> dict[str, Any]:
    """What every card says, as it holds now: the duty to report, who covers, the school's own people, whom to call.
    `notes` are those of the page."""
    people = school_people()
    return {
        "duties": _duties(notes),
        "covering": [one for one in people if one.covers],
        "others": [one for one in people if not one.covers],
        "tonight": tonight(help_panel()),
    }


def cards_read(teacher: Viewer, classroom_id: UUID) -> Mapping[str, date]:
    """When this teacher last read the card of each lesson for a class, by lesson id."""
    rows = db.session.execute(
        sa.select(CardReading.lesson_id, CardReading.read_on).where(
            CardReading.school_id == teacher.school_id,
            CardReading.person_id == teacher.id,
            CardReading.classroom_id == classroom_id,
        )
    )
    return {row[0]: row[1] for row in rows}


def must_read_first(teacher: Viewer, classroom_id: UUID, lesson: Lesson) -> bool:
    """Whether this teacher has to read the card before the lesson begins in the room."""
    if not is_sensitive(lesson):
        return False
    return not still_counts(cards_read(teacher, classroom_id).get(lesson.id), renderer().today)


def first_to_read(teacher: Viewer, classroom_id: UUID, lessons: Iterable[Lesson]) -> Lesson | None:
    """The lesson whose card this teacher has to read before these lessons are asked of a class; None once any card was
    read for it. A plan is made for months: what is asked first is to know what the card says, and before each lesson
    begins its own is read again (`must_read_first`)."""
    lesson = next((one for one in lessons if is_sensitive(one)), None)
    return lesson if lesson and not cards_read(teacher, classroom_id) else None


def _duties(notes: Notes) -> list[Rendered]:
    known = [fact for fact in DUTIES if fact in catalog().facts]
    return [renderer().render_inline(f"{{fact:{fact}}}", page_locale(), "plain", notes) for fact in known]
