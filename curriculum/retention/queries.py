"""Owns the reads of school years: how a class took part, what is kept of a year, and what is to go."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from curriculum.accounts.models import Person, School
from curriculum.accounts.viewer import Role
from curriculum.administration.labels import labels
from curriculum.assignments.models import StoredAssignment, StoredOwn
from curriculum.assignments.queries import taught_in
from curriculum.classrooms.models import Classroom, Enrollment
from curriculum.classrooms.queries import COLUMNS, people_of
from curriculum.classrooms.roster import ClassroomRow
from curriculum.classrooms.school_year import end_of
from curriculum.database import Base, db
from curriculum.progress.models import LessonProgress, Visit
from curriculum.quizzes.models import Attempt, ItemResponse
from curriculum.retention.models import YearTaught, YearTotal
from curriculum.retention.term import FEWEST, Total

Counts = Counter[str]  # rows about persons, by table


class Due(NamedTuple):
    """What is to go: classes, and students who learn in no later one. `year` is the last school year that is over."""

    year: int
    classes: Sequence[UUID]
    people: Sequence[UUID]


def months_of(school_id: UUID) -> int:
    """For how many months after its end a school keeps the records of a year."""
    return db.session.scalar(sa.select(School.retention_months).where(School.id == school_id)) or 0


def classrooms_in(school_id: UUID, school_year: int) -> list[ClassroomRow]:
    """The classes of a school year."""
    of_year = (Classroom.school_id == school_id, Classroom.school_year == school_year)
    rows = db.session.execute(sa.select(*COLUMNS).where(*of_year).order_by(*_IN_ORDER))
    return [ClassroomRow(*row) for row in rows]


_IN_ORDER = (Classroom.level, Classroom.grade, Classroom.section)


def years_of(school_id: UUID) -> list[int]:
    """The school years of which anything is known, the latest first."""
    tables = (Classroom, YearTotal, YearTaught)
    years = [sa.select(table.school_year).where(table.school_id == school_id) for table in tables]
    return sorted({year for query in years for year in db.session.scalars(query.distinct())}, reverse=True)


def size_of(classroom: ClassroomRow) -> int:
    """How many students a class has."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(people_of(classroom).subquery())) or 0


def numbers_in(classroom: ClassroomRow) -> list[tuple[UUID, int]]:
    """Every student of a class with the number, those whose record is stopped too."""
    here = (Enrollment.school_id == classroom.school_id, Enrollment.classroom_id == classroom.id)
    rows = db.session.execute(sa.select(Enrollment.person_id, Enrollment.number).where(*here))
    return [(row[0], row[1]) for row in rows]


def totals_of(classroom: ClassroomRow) -> list[Total]:
    """How a class took part in each lesson in which five or more of it did, from what is recorded now. Two reads."""
    students = size_of(classroom)
    if students < FEWEST:
        return []
    began = sa.or_(LessonProgress.steps_sent > 0, LessonProgress.attempts > 0)
    count = sa.func.count(LessonProgress.person_id.distinct())
    rows = db.session.execute(
        sa.select(LessonProgress.lesson_id, count)
        .where(
            LessonProgress.school_id == classroom.school_id,
            LessonProgress.person_id.in_(people_of(classroom)),
            began,
        )
        .group_by(LessonProgress.lesson_id)
        .having(count >= FEWEST)
        .order_by(LessonProgress.lesson_id)
    )
    return [Total(lesson_id, students, took_part) for lesson_id, took_part in rows]


def kept_totals(school_id: UUID, school_year: int) -> Mapping[tuple[str, int, int], list[Total]]:
    """What is kept of a year whose records are gone, by (level, grade, section)."""
    place = (YearTotal.level, YearTotal.grade, YearTotal.section)
    rows = db.session.execute(
        sa.select(*place, YearTotal.lesson_id, YearTotal.students, YearTotal.took_part)
        .where(YearTotal.school_id == school_id, YearTotal.school_year == school_year)
        .order_by(*place, YearTotal.lesson_id)
    )
    kept: dict[tuple[str, int, int], list[Total]] = {}
    for row in rows:
        kept.setdefault((row[0], row[1], row[2]), []).append(Total(row[3], row[4], row[5]))
    return kept


def marked_taught(school_id: UUID, school_year: int) -> Mapping[tuple[str, int, int], Mapping[str, date]]:
    """The lessons that the classes of a year were taught without devices, with the day: by (level, grade, section), as
    it is marked now, or once the class is gone as it is kept."""
    classes = {one.id: (one.level, one.grade, one.section) for one in classrooms_in(school_id, school_year)}
    kept: dict[tuple[str, int, int], dict[str, date]] = {}
    rows = db.session.scalars(
        sa.select(YearTaught).where(YearTaught.school_id == school_id, YearTaught.school_year == school_year)
    )
    for row in rows:
        kept.setdefault((row.level, row.grade, row.section), {})[row.lesson_id] = row.taught_on
    return kept | {classes[id_]: dict(marked) for id_, marked in taught_in(school_id, classes).items() if marked}


def due_in(school_id: UUID, year: int) -> Due:
    """What of this year and earlier ones is still there; an account in no class counts by the year it was made in."""
    over = (Classroom.school_id == school_id, Classroom.school_year <= year)
    classes = db.session.scalars(sa.select(Classroom.id).where(*over).order_by(Classroom.id)).all()
    later = (
        sa.select(Enrollment.person_id)
        .join(Classroom, sa.and_(Classroom.school_id == Enrollment.school_id, Classroom.id == Enrollment.classroom_id))
        .where(Enrollment.school_id == school_id, Classroom.school_year > year)
    )
    students = (Person.school_id == school_id, Person.role == Role.STUDENT, Person.id.not_in(later))
    people = db.session.scalars(sa.select(Person.id).where(*students).order_by(Person.id)).all()
    enrolled = set(db.session.scalars(sa.select(Enrollment.person_id).where(Enrollment.school_id == school_id)))
    return Due(year, classes, [one for one in people if one in enrolled or _made_at(one) < end_of(year)])


def _made_at(person_id: UUID) -> datetime:
    """When the id was made: the first 48 bits of a time-ordered id are milliseconds (RFC 9562, section 5.7)."""
    return datetime.fromtimestamp((person_id.int >> 80) / 1000, tz=UTC)


def rows_of_people(school_id: UUID, people: Collection[UUID]) -> Counts:
    """How many rows there are about these persons, by table, as the labels say."""
    return Counter({name: count for name in labels() if (count := _count_about(name, school_id, people))})


def _count_about(name: str, school_id: UUID, people: Collection[UUID]) -> int:
    label, table = labels()[name], Base.metadata.tables[name]
    if not label.of:
        return 0
    rows = sa.select(sa.func.count()).select_from(table).where(table.c.school_id == school_id)
    column = table.c[label.person_column]
    if label.through:
        owner = Base.metadata.tables[label.through]
        owned = owner.c[labels()[label.through].person_column].in_(people)
        return db.session.scalar(rows.where(column.in_(_ids(owner.c, school_id, owned)))) or 0
    return db.session.scalar(rows.where(column.in_(people))) or 0


def _ids(table: Any, school_id: UUID, *where: sa.ColumnElement[bool]) -> sa.Select[UUID]:
    return sa.select(table.id).where(table.school_id == school_id, *where)


def old_rows_of(school_id: UUID, due: Due) -> Iterator[tuple[Any, sa.ColumnElement[bool]]]:
    """Of students who learn in a later year: what is of the years that are over, each table with what holds of its
    rows; in an order in which they can be deleted."""
    past = end_of(due.year)
    newer = [
        sa.exists().where(
            table.school_id == school_id,
            table.person_id == LessonProgress.person_id,
            table.lesson_id == LessonProgress.lesson_id,
            moment >= past,
            LessonProgress.school_id == school_id,  # said once more: the guard judges each SELECT by itself
        )
        for table, moment in ((Visit, Visit.sent_at), (Attempt, Attempt.opened_at))
    ]
    old = sa.or_(Attempt.opened_at < past, Attempt.classroom_id.in_(due.classes))
    attempts = sa.and_(Attempt.school_id == school_id, Attempt.person_id.not_in(due.people), old)
    yield LessonProgress, sa.and_(LessonProgress.person_id.not_in(due.people), *(~one for one in newer))
    yield ItemResponse, ItemResponse.attempt_id.in_(sa.select(Attempt.id).where(attempts))
    yield Attempt, attempts
    yield Visit, sa.and_(Visit.person_id.not_in(due.people), Visit.sent_at < past)
    planned = _ids(StoredAssignment, school_id, StoredAssignment.classroom_id.in_(due.classes))
    yield StoredOwn, sa.and_(StoredOwn.person_id.not_in(due.people), StoredOwn.assignment_id.in_(planned))
    yield Enrollment, sa.and_(Enrollment.person_id.not_in(due.people), Enrollment.classroom_id.in_(due.classes))
