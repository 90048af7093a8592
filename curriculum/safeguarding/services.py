"""Owns the writes of the safeguarding card: that somebody has read it."""

from datetime import date
from uuid import UUID

from uuid_utils.compat import uuid7

from curriculum.audit import Act, note
from curriculum.database import begin_write, db, upsert
from curriculum.safeguarding.models import CardReading


def note_reading(*, school_id: UUID, person_id: UUID, classroom_id: UUID, lesson_id: str, today: date) -> None:
    """Remember that a teacher has read the card of a lesson for a class today. Who may is asked before."""
    begin_write()
    place = {"school_id": school_id, "person_id": person_id, "classroom_id": classroom_id, "lesson_id": lesson_id}
    row = upsert(CardReading).values(**place, id=uuid7(), read_on=today)
    db.session.execute(row.on_conflict_do_update(index_elements=[*place], set_={"read_on": today}))
    note(school_id=school_id, act=Act.CARD_READ, about=classroom_id, detail=lesson_id)
