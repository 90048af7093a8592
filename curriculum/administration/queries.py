"""Owns the reads of how a school is run: its audit log with the names that are still known, and a student's record."""

from datetime import datetime
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from curriculum.accounts.models import Person
from curriculum.accounts.viewer import Role
from curriculum.administration.labels import labels
from curriculum.audit import AuditLine
from curriculum.classrooms.models import Classroom, Enrollment
from curriculum.classrooms.queries import COLUMNS
from curriculum.classrooms.roster import ClassroomRow
from curriculum.database import Base, db

PER_PAGE = 50
Record: TypeAlias = dict[str, list[dict[str, Any]]]  # table -> its rows, each by column


class LoggedAct(NamedTuple):
    """A line as a page shows it. Names are None for the console, for what is no person and for who was erased."""

    number: int
    at: datetime
    act: str
    detail: str
    actor: str | None
    by_somebody: bool
    about: str | None


def audit_lines(school_id: UUID, page: int) -> tuple[list[LoggedAct], int]:
    """One page of the log, newest first, counted from 1, and how many lines there are in all. Two reads."""
    actor, about = aliased(Person), aliased(Person)
    lines = (
        sa.select(
            AuditLine.number,
            AuditLine.at,
            AuditLine.act,
            AuditLine.detail,
            actor.display_name,
            AuditLine.actor_id.is_not(None),
            about.display_name,
        )
        .outerjoin(actor, sa.and_(actor.school_id == AuditLine.school_id, actor.id == AuditLine.actor_id))
        .outerjoin(about, sa.and_(about.school_id == AuditLine.school_id, about.id == AuditLine.about_id))
        .where(AuditLine.school_id == school_id)
        .order_by(AuditLine.number.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    count = sa.select(sa.func.count()).select_from(AuditLine).where(AuditLine.school_id == school_id)
    return [LoggedAct(*row) for row in db.session.execute(lines)], db.session.scalar(count) or 0


class StudentFound(NamedTuple):
    """A student of the school, whether in a class or in none any more."""

    id: UUID
    display_name: str
    suspended: bool
    number: int | None
    classroom_id: UUID | None


def classrooms_of(school_id: UUID) -> list[ClassroomRow]:
    """Every class of a school, newest year first."""
    rows = db.session.execute(
        sa.select(*COLUMNS)
        .where(Classroom.school_id == school_id)
        .order_by(Classroom.school_year.desc(), Classroom.level, Classroom.grade, Classroom.section)
    )
    return [ClassroomRow(*row) for row in rows]


def students_found(school_id: UUID, classroom_id: UUID | None) -> list[StudentFound]:
    """The students of a class by number; without a class those who are in none."""
    where = Enrollment.classroom_id == classroom_id if classroom_id else Enrollment.id.is_(None)
    return _students(Person.school_id == school_id, where)


def student_found(school_id: UUID, student_id: UUID) -> StudentFound | None:
    """One student of this school."""
    return next(iter(_students(Person.school_id == school_id, Person.id == student_id)), None)


def _students(*where: sa.ColumnElement[bool]) -> list[StudentFound]:
    rows = db.session.execute(
        sa.select(Person.id, Person.display_name, Person.suspended, Enrollment.number, Enrollment.classroom_id)
        .outerjoin(Enrollment, sa.and_(Enrollment.school_id == Person.school_id, Enrollment.person_id == Person.id))
        .where(*where, Person.role == Role.STUDENT)
        .order_by(Enrollment.number, Person.id)
    )
    return [StudentFound(*row) for row in rows]


def record_of(school_id: UUID, person_id: UUID) -> Record:
    """Everything that is kept about one person, by table and column as `labels` names them; secrets are left out."""
    tables = Base.metadata.tables
    return {
        name: [dict(row) for row in db.session.execute(_rows_about(tables[name], school_id, person_id)).mappings()]
        for name, label in labels().items()
        if label.of
    }


def _rows_about(table: sa.Table, school_id: UUID, person_id: UUID) -> sa.Select[Any]:
    label = labels()[table.name]
    rows = sa.select(*(table.c[name] for name in label.shown)).where(table.c.school_id == school_id)
    column = table.c[label.person_column]
    if not label.through:
        return rows.where(column == person_id).order_by(table.c.id)
    owner = Base.metadata.tables[label.through]
    owned = owner.c[labels()[label.through].person_column] == person_id
    through = sa.select(owner.c.id).where(owner.c.school_id == school_id, owned)
    return rows.where(column.in_(through)).order_by(table.c.id)
