"""Owns the reads of rosters: what was sent, and who there is in the classes it speaks of."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from curriculum.accounts.models import Person
from curriculum.accounts.viewer import Viewer
from curriculum.cards.models import DayCode
from curriculum.classrooms.models import Classroom, Enrollment, Teaching
from curriculum.classrooms.queries import COLUMNS
from curriculum.classrooms.roster import ClassroomRow
from curriculum.database import db, now
from curriculum.rosters.models import RosterImport

_LEARNER = sa.and_(Enrollment.school_id == Person.school_id, Enrollment.person_id == Person.id)


class SentRoster(NamedTuple):
    """A roster that somebody has sent, as it is kept."""

    id: UUID
    classroom_id: UUID | None
    content: str
    done: str | None
    expires_at: datetime


def names_in(
    school_id: UUID, *, classroom_id: UUID | None = None, level: str = "", school_year: int = 0
) -> list[tuple[ClassroomRow, dict[int, tuple[UUID, str]]]]:
    """One class, or all of a level and year, each with who has which number, whose record rests included. Two reads."""
    one = Classroom.id == classroom_id
    several = sa.and_(Classroom.level == level, Classroom.school_year == school_year)
    wanted = sa.select(*COLUMNS).where(Classroom.school_id == school_id, one if classroom_id else several)
    found = {row.id: (ClassroomRow(*row), dict[int, tuple[UUID, str]]()) for row in db.session.execute(wanted)}
    people = (
        sa.select(Enrollment.classroom_id, Enrollment.number, Person.id, Person.display_name)
        .join(Person, _LEARNER)
        .join(Classroom, sa.and_(Classroom.school_id == Enrollment.school_id, Classroom.id == Enrollment.classroom_id))
        .where(Enrollment.school_id == school_id, one if classroom_id else several)
    )
    for row in db.session.execute(people):
        found[row[0]][1][row[1]] = (row[2], row[3])
    return list(found.values())


def sent_roster(viewer: Viewer, import_id: UUID) -> SentRoster | None:
    """A roster that this person has sent, while it is kept."""
    row = db.session.execute(
        sa.select(
            RosterImport.id,
            RosterImport.classroom_id,
            RosterImport.content,
            RosterImport.done,
            RosterImport.expires_at,
        ).where(
            RosterImport.school_id == viewer.school_id,
            RosterImport.id == import_id,
            RosterImport.person_id == viewer.id,
            RosterImport.expires_at > now(),
        )
    ).one_or_none()
    return SentRoster(*row) if row else None


def untouched(school_id: UUID, added: dict[UUID, tuple[UUID, int]]) -> bool:
    """Whether these people (class and number by id) are still as a roster put them: with no way in yet, and nowhere
    else."""
    rows = db.session.execute(
        sa.select(Person.id, Enrollment.classroom_id, Enrollment.number, Person.secret_hash)
        .join(Enrollment, _LEARNER)
        .where(Enrollment.school_id == school_id, Person.id.in_(added))
    ).all()
    lent = sa.select(DayCode.id).where(DayCode.school_id == school_id, DayCode.person_id.in_(added)).limit(1)
    same = len(rows) == len(added) and all(added[row[0]] == (row[1], row[2]) and row[3] == "" for row in rows)
    return same and db.session.execute(lent).first() is None


def names_now(school_id: UUID, people: list[UUID]) -> dict[UUID, str]:
    """What these people are called now."""
    rows = sa.select(Person.id, Person.display_name).where(Person.school_id == school_id, Person.id.in_(people))
    return {row[0]: row[1] for row in db.session.execute(rows)}


def is_empty_class(school_id: UUID, classroom_id: UUID, besides: int) -> bool:
    """Whether a class has nobody in it beyond so many students, and no teacher."""
    own = {"school_id": school_id, "classroom_id": classroom_id}
    students = sa.select(sa.func.count()).select_from(Enrollment).filter_by(**own)
    teachers = sa.select(Teaching.id).filter_by(**own).limit(1)
    return db.session.scalar(students) == besides and db.session.execute(teachers).first() is None
