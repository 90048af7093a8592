"""Owns the reads of a school's classes: how many learn and teach in each, and who can teach one."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from curriculum.accounts.models import Person
from curriculum.accounts.viewer import Role
from curriculum.classrooms.models import Classroom, Enrollment, Teaching
from curriculum.classrooms.queries import COLUMNS, OF_STUDENT
from curriculum.classrooms.roster import ClassroomRow
from curriculum.database import db


class ListedClass(NamedTuple):
    """A class in the list of all: how many learn in it, how many of them have no slip yet, how many teach it."""

    classroom: ClassroomRow
    students: int
    without_slip: int
    teachers: int


class Teacher(NamedTuple):
    """Somebody who can teach a class; `read_only` is None where they have no part in it."""

    id: UUID
    name: str
    read_only: bool | None


def classes_of(school_id: UUID) -> list[ListedClass]:
    """The classes of a school: those in use first, then by year, level, grade and section. One read."""
    people = (
        sa.select(
            Enrollment.classroom_id,
            sa.func.count().label("all"),
            sa.func.count(sa.case((Person.secret_hash == "", 1))).label("without"),
        )
        .join(Person, OF_STUDENT)
        .where(Enrollment.school_id == school_id, Person.suspended.is_(False))
        .group_by(Enrollment.classroom_id)
        .subquery()
    )
    teachers = (
        sa.select(Teaching.classroom_id, sa.func.count().label("all"))
        .where(Teaching.school_id == school_id)
        .group_by(Teaching.classroom_id)
        .subquery()
    )
    counted = (people.c.all, people.c.without, teachers.c.all)
    rows: Sequence[Any] = db.session.execute(
        sa.select(*COLUMNS, *(sa.func.coalesce(one, 0) for one in counted))
        .outerjoin(people, people.c.classroom_id == Classroom.id)
        .outerjoin(teachers, teachers.c.classroom_id == Classroom.id)
        .where(Classroom.school_id == school_id)
        .order_by(Classroom.archived_at.is_not(None), Classroom.school_year.desc())
        .order_by(Classroom.level, Classroom.grade, Classroom.section)
    ).all()
    return [ListedClass(ClassroomRow(*row[:-3]), *row[-3:]) for row in rows]


def teachers_for(classroom: ClassroomRow) -> list[Teacher]:
    """Everybody who can teach a class, by name, with the part they have in it."""
    part = sa.and_(
        Teaching.school_id == Person.school_id,
        Teaching.person_id == Person.id,
        Teaching.classroom_id == classroom.id,
    )
    rows = db.session.execute(
        sa.select(Person.id, Person.display_name, Teaching.read_only)
        .outerjoin(Teaching, part)
        .where(Person.school_id == classroom.school_id, Person.role == Role.TEACHER, Person.suspended.is_(False))
        .order_by(Person.display_name, Person.id)
    )
    return [Teacher(*row) for row in rows]
