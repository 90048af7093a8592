"""Owns the writes of who learns together, and the check of a student's code with its budgets of failures."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from curriculum.accounts.queries import StoredSecret
from curriculum.accounts.services import SignInRefused, change_person, check_secret, hold_school, open_session
from curriculum.audit import Act, note
from curriculum.catalog.review_day import today_in_korea
from curriculum.classrooms.class_code import new_class_code, read_class_code
from curriculum.classrooms.models import Classroom, Enrollment, Teaching
from curriculum.classrooms.queries import card_owner, classroom_with_code, student_secret
from curriculum.classrooms.roster import ClassroomRow, pseudonym
from curriculum.classrooms.school_year import end_of, school_year_of
from curriculum.database import begin_write, db, now, upsert
from curriculum.security import Budget, count_failure, forget_failures, is_spent, spent_among

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
WRONG_CODES_OF_STUDENT = 5
WRONG_CODES_OF_CLASS = 200
# One budget for all unknown class codes, never one per address: a school is one address. 2,000 tries an hour against
# 40 bits find one of 1,000 classes with a chance of 3 in 10,000 in a week, and then a number and a code are missing.
UNKNOWN_CLASS_CODES = Budget("class-codes", 2000, HOUR)


class TooManyTries(Exception):
    """A budget of failures is spent; it fills again with time."""


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


def check_card(*, typed: str, token: str) -> tuple[ClassroomRow, StoredSecret]:
    """The class and the student of a slip whose QR was read, or SignInRefused. No budget is asked: of 128 random bits
    nobody guesses one, what is wrong always looks alike, and so nobody can lock a slip."""
    code = read_class_code(typed)
    classroom = classroom_with_code(code) if code else None
    found = card_owner(classroom, token) if classroom else None
    if classroom is None or found is None:
        raise SignInRefused
    return classroom, found


def enter(*, classroom: ClassroomRow, found: StoredSecret) -> None:
    """Begin the session of a student who came with this class's code; of several classes this one is used now."""
    open_session(found=found)
    own = (Enrollment.school_id == found.school_id, Enrollment.person_id == found.person_id)
    several = sa.select(sa.func.count()).select_from(Enrollment).where(*own).scalar_subquery()
    used = Enrollment.classroom_id == classroom.id
    db.session.execute(
        sa.update(Enrollment)
        .where(*own, Enrollment.last_used.is_distinct_from(used), several > 1)
        .values(last_used=used)
        .execution_options(synchronize_session=False)
    )


def tries_of(classroom: ClassroomRow, number: int) -> Budget:
    """The wrong codes that are counted today against a number of a class."""
    place = f"{classroom.school_id.hex}:{classroom.id.hex}"
    return Budget(f"student:{place}:{number}:{today_in_korea():%Y%m%d}", WRONG_CODES_OF_STUDENT, DAY)


def locked_among(classroom: ClassroomRow, numbers: Iterable[int]) -> set[int]:
    """The numbers whose tries of today are used up."""
    keys = {tries_of(classroom, number): number for number in numbers}
    spent = spent_among(keys)
    return {number for budget, number in keys.items() if budget.key in spent}


def forget_tries(*, classroom: ClassroomRow, numbers: Iterable[int]) -> None:
    """Begin anew with the tries of today: what they were tried with is worth nothing any more."""
    begin_write()
    for number in numbers:
        forget_failures(tries_of(classroom, number))


def give_tries_back(*, classroom: ClassroomRow, number: int) -> None:
    """Let a number be tried again today."""
    forget_tries(classroom=classroom, numbers=[number])
    note(school_id=classroom.school_id, act=Act.TRIES_GIVEN_BACK, about=classroom.id, detail=str(number))


def check_student(*, classroom: ClassroomRow, number: int, code: str) -> StoredSecret:
    """The student with this number and code, SignInRefused, or TooManyTries when the day's five are used up.

    The budget hangs on class and number, taken or not, so that it does not tell which numbers exist.
    """
    of_student = tries_of(classroom, number)
    of_class = Budget(f"class:{classroom.school_id.hex}:{classroom.id.hex}", WRONG_CODES_OF_CLASS, HOUR)
    if is_spent([of_student, of_class]):
        raise TooManyTries
    found = student_secret(classroom, number)
    return check_secret(found=found, secret=code, budgets=[of_student, of_class])


def add_classroom(
    *,
    school_id: UUID,
    code: str,
    school_year: int,
    level: str,
    grade: int,
    section: int,
    course: str,
    code_expires_at: datetime | None = None,
) -> Classroom:
    """A new class of a school. Where nothing else is said its code is good until the school year of today ends."""
    classroom = Classroom(
        school_id=school_id,
        id=uuid7(),
        code=code,
        school_year=school_year,
        level=level,
        grade=grade,
        section=section,
        course=course,
        code_expires_at=code_expires_at or end_of(max(school_year, school_year_of(now()))),
    )
    db.session.add(classroom)
    return classroom


def remove_classroom(*, school_id: UUID, classroom_id: UUID) -> None:
    """Remove a class with everything that refers to it; its students stay people of the school."""
    db.session.execute(sa.delete(Classroom).where(Classroom.school_id == school_id, Classroom.id == classroom_id))


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


class ClassTaken(Exception):
    """There is such a class in this school year already."""


class NumberTaken(Exception):
    """Somebody else has this number in the class. What was done before in this transaction is not to be kept."""


class NotThere(Exception):
    """Somebody else has changed it meanwhile, or it never was there."""


def open_class(
    *, school_id: UUID, school_year: int, level: str, grade: int, section: int, course: str, pseudonyms: bool
) -> UUID:
    """A new class with a code of its own, in the school year once (ClassTaken); returns its id."""
    begin_write()
    hold_school(school_id=school_id)
    place: dict[str, Any] = {"school_year": school_year, "level": level, "grade": grade, "section": section}
    same = sa.select(Classroom.id).where(Classroom.school_id == school_id).filter_by(**place)
    if db.session.execute(same).first():
        raise ClassTaken
    made = add_classroom(school_id=school_id, code=new_class_code(), course=course, **place)
    made.pseudonyms = pseudonyms
    db.session.flush()
    note(school_id=school_id, act=Act.CLASS_ADDED, about=made.id)
    return made.id


def change_class(*, classroom: ClassroomRow, act: Act, **values: Any) -> None:
    """Write columns of a class anew, as what is noted."""
    begin_write()
    one = (Classroom.school_id == classroom.school_id, Classroom.id == classroom.id)
    db.session.execute(sa.update(Classroom).where(*one).values(values).execution_options(synchronize_session=False))
    note(school_id=classroom.school_id, act=act, about=classroom.id)


def renew_code(*, classroom: ClassroomRow) -> None:
    """A new code, good until the school year ends; the old one lets nobody in any more."""
    ends = end_of(max(classroom.school_year, school_year_of(now())))
    change_class(classroom=classroom, act=Act.CLASS_CODE_RENEWED, code=new_class_code(), code_expires_at=ends)


def archive(*, classroom: ClassroomRow, archived: bool) -> None:
    """Close a class, so that nobody joins it, or open it again."""
    act = Act.CLASS_ARCHIVED if archived else Act.CLASS_REOPENED
    change_class(classroom=classroom, act=act, archived_at=now() if archived else None)


def keep_names(*, classroom: ClassroomRow, kept: bool) -> None:
    """Let a class have names from now on, or take away those it has: students are numbers then, for good."""
    change_class(classroom=classroom, act=Act.NAMES_ALLOWED if kept else Act.NAMES_TAKEN_OFF, pseudonyms=not kept)
    own = (Enrollment.school_id == classroom.school_id, Enrollment.classroom_id == classroom.id)
    for person_id, number in db.session.execute(sa.select(Enrollment.person_id, Enrollment.number).where(*own)).all():
        if not kept:
            change_person(school_id=classroom.school_id, person_id=person_id, display_name=pseudonym(number))


def set_part(*, classroom: ClassroomRow, person_id: UUID, part: str) -> None:
    """Give a teacher a part in a class: full, read or none. Who may be given one is asked before."""
    begin_write()
    own = {"school_id": classroom.school_id, "classroom_id": classroom.id, "person_id": person_id}
    if part == "none":
        db.session.execute(sa.delete(Teaching).filter_by(**own))
    else:
        row = upsert(Teaching).values(**own, id=uuid7(), read_only=part == "read")
        key = [Teaching.school_id, Teaching.person_id, Teaching.classroom_id]
        db.session.execute(row.on_conflict_do_update(index_elements=key, set_={"read_only": part == "read"}))
    act = Act.TEACHER_TAKEN_OFF if part == "none" else Act.TEACHER_PUT
    note(school_id=classroom.school_id, act=act, about=person_id, detail=str(classroom.id))


def place_student(
    *, source: ClassroomRow, person_id: UUID, target: ClassroomRow | None, number: int, stays: bool
) -> None:
    """Move a student to another class under a number, add that class where the student `stays` in this one, or without
    a target take them off it. Records stay with the student. NumberTaken; NotThere when they are not in this class."""
    begin_write()
    hold_school(school_id=source.school_id)
    own = {"school_id": source.school_id, "person_id": person_id}
    here = sa.delete(Enrollment).filter_by(**own, classroom_id=source.id).returning(Enrollment.id)
    stay = sa.select(Enrollment.id).filter_by(**own, classroom_id=source.id)
    if db.session.execute(stay if stays else here).first() is None:
        raise NotThere
    if target is not None:
        _put_in(target, person_id, number)
    act = Act.STUDENT_MOVED if target else Act.STUDENT_TAKEN_OFF
    note(school_id=source.school_id, act=act, about=person_id, detail=str((target or source).id))


def _put_in(target: ClassroomRow, person_id: UUID, number: int) -> None:
    place = {"school_id": target.school_id, "classroom_id": target.id}
    taken = sa.or_(Enrollment.number == number, Enrollment.person_id == person_id)
    if db.session.execute(sa.select(Enrollment.id).filter_by(**place).where(taken)).first():
        raise NumberTaken
    enroll(**place, person_id=person_id, number=number)
    if target.pseudonyms:
        change_person(school_id=target.school_id, person_id=person_id, display_name=pseudonym(number))
