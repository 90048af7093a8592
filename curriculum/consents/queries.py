"""Owns the reads of guardians' consent."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from curriculum.accounts.models import Person
from curriculum.classrooms.models import Classroom, Enrollment
from curriculum.consents.models import GuardianConsent
from curriculum.consents.young import needs_consent
from curriculum.database import db


class Consent(NamedTuple):
    """That a guardian has agreed; `recorded_by` names who wrote it down, None when that is not known any more."""

    how: str
    recorded_at: datetime
    recorded_by: str | None


class YoungClass(NamedTuple):
    """A class up to 중2: how many students it has, and of how many a guardian has agreed."""

    grade: int
    section: int
    level: str
    pseudonyms: bool
    students: int
    agreed: int


def consent_of(school_id: UUID, person_id: UUID) -> Consent | None:
    """The consent that is recorded for a student."""
    by = sa.and_(Person.school_id == GuardianConsent.school_id, Person.id == GuardianConsent.recorded_by)
    row = db.session.execute(
        sa.select(GuardianConsent.how, GuardianConsent.recorded_at, Person.display_name)
        .outerjoin(Person, by)
        .where(GuardianConsent.school_id == school_id, GuardianConsent.person_id == person_id)
    ).one_or_none()
    return Consent(*row) if row else None


def is_young(school_id: UUID, person_id: UUID) -> bool:
    """Whether a student is in a class for which a guardian has to agree."""
    rows = db.session.execute(
        sa.select(Classroom.level, Classroom.grade)
        .join(Enrollment, _OF_CLASS)
        .where(Enrollment.school_id == school_id, Enrollment.person_id == person_id, Classroom.archived_at.is_(None))
    )
    return any(needs_consent(level, grade) for level, grade in rows)


def young_classes(school_id: UUID, school_year: int) -> list[YoungClass]:
    """The classes of a year for which guardians have to agree. One read."""
    agreed = sa.and_(
        GuardianConsent.school_id == Enrollment.school_id, GuardianConsent.person_id == Enrollment.person_id
    )
    columns = (Classroom.grade, Classroom.section, Classroom.level, Classroom.pseudonyms)
    rows = db.session.execute(
        sa.select(*columns, sa.func.count(Enrollment.id), sa.func.count(GuardianConsent.id))
        .outerjoin(Enrollment, _OF_CLASS)
        .outerjoin(GuardianConsent, agreed)
        .where(Classroom.school_id == school_id, Classroom.school_year == school_year)
        .group_by(*columns)
        .order_by(Classroom.level, Classroom.grade, Classroom.section)
    )
    return [YoungClass(*row) for row in rows if needs_consent(row.level, row.grade)]


_OF_CLASS = sa.and_(Enrollment.school_id == Classroom.school_id, Enrollment.classroom_id == Classroom.id)
