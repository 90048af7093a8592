"""Owns the reads of who learns together. Fetching is the permission check: each read takes the person who asks."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from curriculum.accounts.models import Person
from curriculum.accounts.queries import StoredSecret
from curriculum.accounts.secret import hash_token
from curriculum.accounts.viewer import Viewer
from curriculum.cards.models import SignInCard
from curriculum.cards.queries import OF_OWNER, secret_for_today
from curriculum.classrooms.models import Classroom, Enrollment, Teaching
from curriculum.classrooms.roster import ClassroomRow, Learner, StudentRow
from curriculum.database import db, now
from curriculum.tenancy import ACROSS, Across, act_for

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
    Classroom.code_expires_at,
    Classroom.archived_at,
    Classroom.pseudonyms,
)


def classroom_with_code(code: str) -> ClassroomRow | None:
    """The class with this code, of whichever school: the code carries the school, which this request then acts for.
    None where the code has run out or the class is archived."""
    coded = sa.select(*COLUMNS).where(Classroom.code == code).limit(2)
    rows = db.session.execute(coded, execution_options={ACROSS: Across.CLASS_CODE}).all()
    if len(rows) != 1:
        return None
    classroom = ClassroomRow(*rows[0])
    if not classroom.takes_in(now()):
        return None
    act_for(classroom.school_id)
    return classroom


OF_STUDENT = sa.and_(Enrollment.school_id == Person.school_id, Enrollment.person_id == Person.id)


def learning_in(classroom: ClassroomRow) -> tuple[sa.ColumnElement[bool], ...]:
    """Who is on the roster of a class; whose record is stopped is in no list."""
    of_class = (Enrollment.school_id == classroom.school_id, Enrollment.classroom_id == classroom.id)
    return (*of_class, Person.suspended.is_(False))


def numbers_of(classroom: ClassroomRow) -> Sequence[int]:
    """The numbers that are taken in a class, in order: what the tiles of the sign-in page show, and nothing more."""
    return db.session.scalars(
        sa.select(Enrollment.number).join(Person, OF_STUDENT).where(*learning_in(classroom)).order_by(Enrollment.number)
    ).all()


def student_secret(classroom: ClassroomRow, number: int) -> StoredSecret | None:
    """The student with this number in the class, with the hash of the code: of the one for today where there is one."""
    today = secret_for_today(classroom.school_id).scalar_subquery()
    row = db.session.execute(
        sa.select(Person.school_id, Person.id, sa.func.coalesce(today, Person.secret_hash))
        .join(Enrollment, OF_STUDENT)
        .where(*learning_in(classroom), Enrollment.number == number)
    ).one_or_none()
    return StoredSecret(*row) if row else None


def card_owner(classroom: ClassroomRow, token: str) -> StoredSecret | None:
    """The student of the class whose slip carries this token; while a code for today is in force the slip rests."""
    row = db.session.execute(
        sa.select(Person.school_id, Person.id, Person.secret_hash)
        .join(SignInCard, OF_OWNER)
        .join(Enrollment, OF_STUDENT)
        .where(
            *learning_in(classroom),
            SignInCard.token_hash == hash_token(token),
            ~secret_for_today(classroom.school_id).exists(),
        )
    ).one_or_none()
    return StoredSecret(*row) if row else None


def classroom_of(student: Viewer) -> ClassroomRow | None:
    """The class a student learns in: of several the one they came in to last."""
    row = db.session.execute(
        sa.select(*COLUMNS).where(
            Classroom.school_id == student.school_id,
            Classroom.id == classroom_id_of(student.school_id, student.id),
        )
    ).one_or_none()
    return ClassroomRow(*row) if row else None


def classrooms_taught_by(teacher: Viewer) -> list[ClassroomRow]:
    """The classes a teacher has a part in, newest year first, archived ones last."""
    in_order = (Classroom.archived_at.is_not(None), Classroom.school_year.desc(), Classroom.grade, Classroom.section)
    return [ClassroomRow(*row) for row in db.session.execute(_taught_by(teacher).order_by(*in_order))]


def classroom_taught_by(teacher: Viewer, classroom_id: UUID) -> ClassroomRow | None:
    """One class, when this teacher has a part in it."""
    row = db.session.execute(_taught_by(teacher).where(Classroom.id == classroom_id)).one_or_none()
    return ClassroomRow(*row) if row else None


def part_in(teacher: Viewer, classroom_id: UUID) -> tuple[ClassroomRow, bool] | None:
    """One class, when this teacher has a part in it, and whether that part is to look and change nothing. One read."""
    taught = _taught_by(teacher).add_columns(Teaching.read_only).where(Classroom.id == classroom_id)
    row = db.session.execute(taught).one_or_none()
    return (ClassroomRow(*row[:-1]), row[-1]) if row else None


def student_in(classroom: ClassroomRow, person_id: UUID) -> StudentRow | None:
    """One student of a class; whose record is stopped is in none."""
    row = db.session.execute(
        sa.select(Person.id, Enrollment.number, Person.display_name)
        .join(Enrollment, OF_STUDENT)
        .where(*learning_in(classroom), Person.id == person_id)
    ).one_or_none()
    return StudentRow(*row) if row else None


def roster_of(classroom: ClassroomRow) -> list[StudentRow]:
    """The students of a class by number: at most as many as a class has numbers. One read."""
    rows = db.session.execute(
        sa.select(Person.id, Enrollment.number, Person.display_name)
        .join(Enrollment, OF_STUDENT)
        .where(*learning_in(classroom))
        .order_by(Enrollment.number)
    )
    return [StudentRow(*row) for row in rows]


def classroom_of_school(school_id: UUID, classroom_id: UUID) -> ClassroomRow | None:
    """One class of a school."""
    one = sa.select(*COLUMNS).where(Classroom.school_id == school_id, Classroom.id == classroom_id)
    row = db.session.execute(one).one_or_none()
    return ClassroomRow(*row) if row else None


def learners_in(classroom: ClassroomRow) -> list[Learner]:
    """The students of a class by number."""
    rows = db.session.execute(
        sa.select(Person.id, Enrollment.number, Person.display_name, Person.secret_hash != "")
        .join(Enrollment, OF_STUDENT)
        .where(*learning_in(classroom))
        .order_by(Enrollment.number)
    )
    return [Learner(*row) for row in rows]


def _taught_by(
    teacher: Viewer,
) -> sa.Select[UUID, UUID, str, int, str, int, int, str, datetime | None, datetime | None, bool]:
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
    return sa.select(Enrollment.person_id).join(Person, OF_STUDENT).where(*learning_in(classroom))


def classroom_id_of(school_id: UUID, person_id: UUID) -> sa.ScalarSelect[UUID]:
    """The id of the class a student learns in, as part of another statement: of several the one they came in to last,
    before they have come in to any the newest; none where all are archived."""
    return (
        sa.select(Enrollment.classroom_id)
        .join(Classroom, sa.and_(Classroom.school_id == Enrollment.school_id, Classroom.id == Enrollment.classroom_id))
        .where(Enrollment.school_id == school_id, Enrollment.person_id == person_id, Classroom.archived_at.is_(None))
        .order_by(Enrollment.last_used.desc(), Enrollment.id.desc())
        .limit(1)
        .scalar_subquery()
    )
