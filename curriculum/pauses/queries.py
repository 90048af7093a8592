"""Owns the reads of what rests: for whoever looks at a lesson, and for staff who keep it."""

from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from flask import current_app

from curriculum.accounts.queries import kept_pauses
from curriculum.accounts.viewer import Viewer
from curriculum.catalog.queries import renderer
from curriculum.classrooms.models import Classroom
from curriculum.classrooms.queries import classroom_id_of
from curriculum.database import db
from curriculum.pauses.models import Pause
from curriculum.pauses.rest import NOTHING, Reason, Rest, Resting, rest_of, resting_in


class PauseRow(NamedTuple):
    """A part that rests as it stands in the table, for those who keep it; grade and section are those of its class."""

    resting: Resting
    reason: Reason
    grade: int | None
    section: int | None


def rest_for(person: Viewer | None, lesson_id: str) -> Rest:
    """What of a lesson rests for whoever asks: for staff nothing, they read everything. It came with the session, or
    with the school of signed-out pages; only where a class has set something for this lesson the student's class is
    read."""
    if person is not None and not person.is_student:
        return NOTHING
    entries = _kept(lesson_id)
    in_classes = person is not None and any(one.classroom_id for one in entries)
    return rest_of(entries, lesson_id, renderer().today, _class_of(person) if in_classes and person else None)


def rest_in_school(lesson_id: str) -> Rest:
    """What of a lesson rests for the whole school of this page, as staff are told."""
    return rest_of(_kept(lesson_id), lesson_id, renderer().today)


def rest_in_class(classroom_id: UUID, lesson_id: str) -> Rest:
    """What of a lesson rests for a class of the school of this page."""
    return rest_of(_kept(lesson_id), lesson_id, renderer().today, classroom_id)


def has_story(lesson_id: str) -> bool:
    """Whether a lesson has a "what if" that can rest."""
    return lesson_id in current_app.extensions["stories"]


def rests_as_a_whole(lesson_id: str) -> bool:
    """Whether a lesson rests as a whole in the whole school of this page."""
    return rest_in_school(lesson_id).lesson


def pauses_in(school_id: UUID, classroom_id: UUID | None = None) -> list[PauseRow]:
    """What rests in a school and any of its classes, or in the school and this class; what has run out is left out."""
    held = (Pause.school_id == school_id, sa.or_(Pause.until.is_(None), Pause.until >= renderer().today))
    wanted = () if classroom_id is None else (sa.or_(Pause.classroom_id.is_(None), Pause.classroom_id == classroom_id),)
    columns = (Pause.lesson_id, Pause.part, Pause.other, Pause.until, Pause.classroom_id)
    rows = db.session.execute(
        sa.select(*columns, Pause.reason, Classroom.grade, Classroom.section)
        .outerjoin(Classroom, sa.and_(Classroom.school_id == Pause.school_id, Classroom.id == Pause.classroom_id))
        .where(*held, *wanted)
        .order_by(Pause.lesson_id, Pause.part, Pause.id)
    )
    return [PauseRow(Resting(*row[:5]), Reason(row[5]), row[6], row[7]) for row in rows]


def _kept(lesson_id: str) -> list[Resting]:
    return [one for one in resting_in(kept_pauses() or "[]") if one.lesson_id == lesson_id]


def _class_of(student: Viewer) -> UUID | None:
    return db.session.scalar(sa.select(classroom_id_of(student.school_id, student.id)))
