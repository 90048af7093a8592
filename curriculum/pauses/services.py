"""Owns the writes of what rests: each with what pages see of it, in one transaction."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from curriculum.accounts.services import hold_school, keep_pauses
from curriculum.audit import Act, note
from curriculum.database import begin_write, db
from curriculum.pauses.models import Pause
from curriculum.pauses.rest import Reason, Resting, written


def pause(*, school_id: UUID, wanted: Resting, reason: Reason, today: date) -> None:
    """Let a part rest from now on. Where it rests already, for the same people, what is wanted now holds."""
    _hold(school_id)
    db.session.execute(sa.delete(Pause).where(*_place(school_id, wanted.classroom_id, wanted.lesson_id, wanted.part)))
    values = {"classroom_id": wanted.classroom_id, "lesson_id": wanted.lesson_id, "part": wanted.part}
    row = {"other": wanted.other, "reason": str(reason), "begun_on": today, "until": wanted.until}
    db.session.execute(sa.insert(Pause).values(school_id=school_id, id=uuid7(), **values, **row))
    _show(school_id, today)
    _note(school_id, Act.PAUSED, wanted.classroom_id, wanted.lesson_id, wanted.part)


def lift(*, school_id: UUID, classroom_id: UUID | None, lesson_id: str, part: str, today: date) -> None:
    """Let a part be there again; nothing happens where it is there already."""
    _hold(school_id)
    here = _place(school_id, classroom_id, lesson_id, part)
    found = db.session.execute(sa.delete(Pause).where(*here).returning(Pause.id)).all()
    if found:
        _show(school_id, today)
        _note(school_id, Act.LIFTED, classroom_id, lesson_id, part)


def _hold(school_id: UUID) -> None:
    begin_write()
    hold_school(school_id=school_id)


def _place(school_id: UUID, classroom_id: UUID | None, lesson_id: str, part: str) -> tuple[sa.ColumnElement[bool], ...]:
    # IS NOT DISTINCT FROM: of the whole school where there is no class.
    of_whom = Pause.classroom_id.is_not_distinct_from(classroom_id)
    return Pause.school_id == school_id, of_whom, Pause.lesson_id == lesson_id, Pause.part == part


def _show(school_id: UUID, today: date) -> None:
    """Keep with the school what holds today or later; what has run out goes for good."""
    db.session.execute(sa.delete(Pause).where(Pause.school_id == school_id, Pause.until < today))
    columns = (Pause.lesson_id, Pause.part, Pause.other, Pause.until, Pause.classroom_id)
    rows = db.session.execute(sa.select(*columns).where(Pause.school_id == school_id).order_by(Pause.id))
    keep_pauses(school_id=school_id, text=written(Resting(*row) for row in rows))


def _note(school_id: UUID, act: Act, classroom_id: UUID | None, lesson_id: str, part: str) -> None:
    note(school_id=school_id, act=act, about=classroom_id, detail=f"{lesson_id} {part}"[:120])
