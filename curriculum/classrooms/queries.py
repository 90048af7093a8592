"""Owns the reads of who learns together. Fetching is the permission check: each read takes the person who asks."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa

from curriculum.accounts.models import Person
from curriculum.accounts.queries import StoredSecret
from curriculum.accounts.viewer import Viewer
from curriculum.classrooms.assignment import Assignment
from curriculum.classrooms.models import Classroom, Enrollment, StoredAssignment, Teaching
from curriculum.classrooms.roster import ClassroomRow, StudentRow
from curriculum.database import db
from curriculum.tenancy import ACROSS, Across, act_for, acting_meanwhile

PAGE = 50


COLUMNS = (
    Classroom.school_id,
    Classroom.id,
    Classroom.code,
    Classroom.school_year,
    Classroom.level,
    Classroom.grade,
    Classroom.section,
    Classroom.course,
)
ASSIGNED = (
    StoredAssignment.attempt_limit,
    StoredAssignment.results_held,
    StoredAssignment.opens_at,
    StoredAssignment.closes_at,
)


def classroom_with_code(code: str) -> ClassroomRow | None:
    """The class with this code, of whichever school: the code carries the school, which this request then acts for."""
    coded = sa.select(*COLUMNS).where(Classroom.code == code).limit(2)
    rows = db.session.execute(coded, execution_options={ACROSS: Across.CLASS_CODE}).all()
    if len(rows) != 1:
        return None
    classroom = ClassroomRow(*rows[0])
    act_for(classroom.school_id)
    return classroom


def numbers_of(classroom: ClassroomRow) -> Sequence[int]:
    """The numbers that are taken in a class, in order: what the tiles of the sign-in page show, and nothing more."""
    return db.session.scalars(
        sa.select(Enrollment.number)
        .where(Enrollment.school_id == classroom.school_id, Enrollment.classroom_id == classroom.id)
        .order_by(Enrollment.number)
    ).all()


def student_secret(classroom: ClassroomRow, number: int) -> StoredSecret | None:
    """The student with this number in the class, with the hash of the code."""
    row = db.session.execute(
        sa.select(Person.school_id, Person.id, Person.secret_hash)
        .join(Enrollment, sa.and_(Enrollment.school_id == Person.school_id, Enrollment.person_id == Person.id))
        .where(
            Enrollment.school_id == classroom.school_id,
            Enrollment.classroom_id == classroom.id,
            Enrollment.number == number,
            Person.suspended.is_(False),
        )
    ).one_or_none()
    return StoredSecret(*row) if row else None


def classroom_of(student: Viewer) -> ClassroomRow | None:
    """The class a student learns in."""
    row = db.session.execute(
        sa.select(*COLUMNS)
        .join(
            Enrollment,
            sa.and_(Enrollment.school_id == Classroom.school_id, Enrollment.classroom_id == Classroom.id),
        )
        .where(Enrollment.school_id == student.school_id, Enrollment.person_id == student.id)
    ).one_or_none()
    return ClassroomRow(*row) if row else None


def classrooms_taught_by(teacher: Viewer) -> list[ClassroomRow]:
    """The classes a teacher has a part in, newest year first."""
    rows = db.session.execute(
        _taught_by(teacher).order_by(Classroom.school_year.desc(), Classroom.grade, Classroom.section)
    )
    return [ClassroomRow(*row) for row in rows]


def classroom_taught_by(teacher: Viewer, classroom_id: UUID) -> ClassroomRow | None:
    """One class, when this teacher has a part in it."""
    row = db.session.execute(_taught_by(teacher).where(Classroom.id == classroom_id)).one_or_none()
    return ClassroomRow(*row) if row else None


def part_in(teacher: Viewer, classroom_id: UUID) -> tuple[ClassroomRow, bool] | None:
    """One class, when this teacher has a part in it, and whether that part is to look and change nothing. One read."""
    taught = _taught_by(teacher).add_columns(Teaching.read_only).where(Classroom.id == classroom_id)
    row = db.session.execute(taught).one_or_none()
    return (ClassroomRow(*row[:-1]), row[-1]) if row else None


def students_of(classroom: ClassroomRow, page: int) -> tuple[list[StudentRow], int]:
    """One page of a class's students by number, and how many the class has. `page` counts from 1. One read."""
    rows = db.session.execute(
        sa.select(Person.id, Enrollment.number, Person.display_name, sa.func.count().over())
        .join(Enrollment, sa.and_(Enrollment.school_id == Person.school_id, Enrollment.person_id == Person.id))
        .where(Enrollment.school_id == classroom.school_id, Enrollment.classroom_id == classroom.id)
        .order_by(Enrollment.number)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    return [StudentRow(*row[:3]) for row in rows], rows[0][3] if rows else 0


def _taught_by(teacher: Viewer) -> sa.Select[UUID, UUID, str, int, str, int, int, str]:
    return (
        sa.select(*COLUMNS)
        .join(
            Teaching,
            sa.and_(Teaching.school_id == Classroom.school_id, Teaching.classroom_id == Classroom.id),
        )
        .where(Teaching.school_id == teacher.school_id, Teaching.person_id == teacher.id)
    )


def people_of(classroom: ClassroomRow) -> sa.Select[UUID]:
    """The ids of a class's students, as part of another statement."""
    return sa.select(Enrollment.person_id).where(
        Enrollment.school_id == classroom.school_id, Enrollment.classroom_id == classroom.id
    )


def classroom_id_of(school_id: UUID, person_id: UUID) -> sa.ScalarSelect[UUID]:
    """The id of the class a student learns in, as part of another statement."""
    return (
        sa.select(Enrollment.classroom_id)
        .where(Enrollment.school_id == school_id, Enrollment.person_id == person_id)
        .scalar_subquery()
    )


def assignment_for(student: Viewer, lesson_id: str) -> Assignment:
    """What is set for a lesson in the class a student learns in; who is in no class has nothing set. One read."""
    row = db.session.execute(
        sa.select(*ASSIGNED)
        .join(
            Enrollment,
            sa.and_(
                Enrollment.school_id == StoredAssignment.school_id,
                Enrollment.classroom_id == StoredAssignment.classroom_id,
            ),
        )
        .where(
            Enrollment.school_id == student.school_id,
            Enrollment.person_id == student.id,
            StoredAssignment.lesson_id == lesson_id,
        )
    ).one_or_none()
    return Assignment(*row) if row else Assignment()


def assignments_of(classroom: ClassroomRow) -> Mapping[str, Assignment]:
    """What is set for the lessons of a class, by lesson id; a lesson that is missing has nothing set."""
    rows = db.session.execute(
        sa.select(StoredAssignment.lesson_id, *ASSIGNED).where(
            StoredAssignment.school_id == classroom.school_id, StoredAssignment.classroom_id == classroom.id
        )
    )
    return {row[0]: Assignment(*row[1:]) for row in rows}


def held_back_from(student: Viewer) -> frozenset[str]:
    """The lessons whose results are held back in the class a student learns in. One read."""
    held = sa.select(StoredAssignment.lesson_id).where(
        StoredAssignment.school_id == student.school_id,
        StoredAssignment.classroom_id == classroom_id_of(student.school_id, student.id),
        StoredAssignment.results_held,
    )
    return frozenset(db.session.scalars(held))


def is_held_in_a_class(school_id: UUID | None, lesson_id: str) -> bool:
    """Whether some class of a school has the results of a lesson held back; where there is no school there is none."""
    if school_id is None:
        return False
    held = sa.select(StoredAssignment.id).where(
        StoredAssignment.school_id == school_id,
        StoredAssignment.lesson_id == lesson_id,
        StoredAssignment.results_held,
    )
    with acting_meanwhile(school_id):
        return db.session.execute(held.limit(1)).first() is not None
