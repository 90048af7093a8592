"""Owns the writes of who learns together, and the check of a student's code with its budgets of failures."""

from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from curriculum.accounts.queries import StoredSecret
from curriculum.accounts.services import SignInRefused, check_secret
from curriculum.catalog.review_day import today_in_korea
from curriculum.classrooms.assignment import Assignment
from curriculum.classrooms.class_code import read_class_code
from curriculum.classrooms.models import Classroom, Enrollment, StoredAssignment, Teaching
from curriculum.classrooms.queries import ASSIGNED, classroom_with_code, student_secret
from curriculum.classrooms.roster import ClassroomRow
from curriculum.database import begin_write, db
from curriculum.security import Budget, count_failure, is_spent, upsert

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
WRONG_CODES_OF_STUDENT = 5
WRONG_CODES_OF_CLASS = 200
# One budget for all unknown class codes, never one per address: a school is one address. 2,000 tries an hour against
# 40 bits find one of 1,000 classes with a chance of 3 in 10,000 in a week, and then a number and a code are missing.
UNKNOWN_CLASS_CODES = Budget("class-codes", 2000, HOUR)


class TooManyTries(Exception):
    """A budget of failures is spent; it fills again with time."""


class ChangedMeanwhile(Exception):
    """Somebody else has set something else since the form was shown; `current` is what is set now."""

    def __init__(self, current: Assignment) -> None:
        super().__init__(current)
        self.current = current


def find_classroom(*, typed: str) -> ClassroomRow:
    """The class a typed code means; SignInRefused when there is none, TooManyTries when too many were unknown."""
    if is_spent([UNKNOWN_CLASS_CODES]):
        raise TooManyTries
    code = read_class_code(typed)
    classroom = classroom_with_code(code) if code else None
    if classroom is None:
        count_failure([UNKNOWN_CLASS_CODES])
        raise SignInRefused
    return classroom


def check_student(*, classroom: ClassroomRow, number: int, code: str) -> StoredSecret:
    """The student with this number and code, SignInRefused, or TooManyTries when the day's five are used up.

    The budget hangs on class and number, taken or not, so that it does not tell which numbers exist.
    """
    place = f"{classroom.school_id.hex}:{classroom.id.hex}"
    of_student = Budget(f"student:{place}:{number}:{today_in_korea():%Y%m%d}", WRONG_CODES_OF_STUDENT, DAY)
    of_class = Budget(f"class:{place}", WRONG_CODES_OF_CLASS, HOUR)
    if is_spent([of_student, of_class]):
        raise TooManyTries
    found = student_secret(classroom, number)
    return check_secret(found=found, secret=code, budgets=[of_student, of_class])


def add_classroom(
    *, school_id: UUID, code: str, school_year: int, level: str, grade: int, section: int, course: str
) -> Classroom:
    """A new class of a school."""
    classroom = Classroom(
        school_id=school_id,
        id=uuid7(),
        code=code,
        school_year=school_year,
        level=level,
        grade=grade,
        section=section,
        course=course,
    )
    db.session.add(classroom)
    return classroom


def enroll(*, school_id: UUID, classroom_id: UUID, person_id: UUID, number: int) -> None:
    """Give a student a number in a class."""
    db.session.add(
        Enrollment(school_id=school_id, id=uuid7(), classroom_id=classroom_id, person_id=person_id, number=number)
    )


def let_teach(*, school_id: UUID, classroom_id: UUID, person_id: UUID, read_only: bool = False) -> None:
    """Give a teacher a part in a class."""
    db.session.add(
        Teaching(
            school_id=school_id,
            id=uuid7(),
            classroom_id=classroom_id,
            person_id=person_id,
            read_only=read_only,
        )
    )


def assign(*, classroom: ClassroomRow, lesson_id: str, shown: str, wanted: Assignment) -> None:
    """Set what holds for the quiz of a lesson in a class. `shown` is the version that the form was filled in from:
    ChangedMeanwhile when another one is set by now, unless that is the one wanted. Who may change a class is asked
    before."""
    begin_write()
    # Read by writing: whoever sets the same lesson at this moment waits here, and then reads what was set.
    place = {"school_id": classroom.school_id, "classroom_id": classroom.id, "lesson_id": lesson_id}
    row = upsert(StoredAssignment).values(**place, id=uuid7(), **asdict(Assignment()))
    held = row.on_conflict_do_update(index_elements=[*place], set_={"lesson_id": lesson_id}).returning(*ASSIGNED)
    current = Assignment(*db.session.execute(held).one())
    if current == wanted:
        return
    if current.version != shown:
        raise ChangedMeanwhile(current)
    db.session.execute(
        sa.update(StoredAssignment)
        .where(
            StoredAssignment.school_id == classroom.school_id,
            StoredAssignment.classroom_id == classroom.id,
            StoredAssignment.lesson_id == lesson_id,
        )
        .values(asdict(wanted))
        .execution_options(synchronize_session=False)
    )
