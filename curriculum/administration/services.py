"""Owns the writes of how a school is run: a student's name put right, a student stopped, let in again, or erased."""

from uuid import UUID

from curriculum.accounts.services import change_person, end_sessions, remove_person
from curriculum.administration.queries import Record, record_of, student_found
from curriculum.audit import Act, note
from curriculum.database import begin_write, leave_nothing_behind
from curriculum.quizzes.services import uncount
from curriculum.rosters.services import forget_rosters


class NoSuchStudent(Exception):
    """There is no such student in this school, or not any more."""


def see_record(*, school_id: UUID, student_id: UUID, exported: bool) -> Record:
    """Everything that is kept about a student; that it was opened or taken out is written down."""
    note(school_id=school_id, act=Act.RECORD_EXPORTED if exported else Act.RECORD_SEEN, about=student_id)
    return record_of(school_id, student_id)


def correct_name(*, school_id: UUID, student_id: UUID, name: str) -> None:
    """Give a student another display name; raises NoSuchStudent."""
    _change(school_id, student_id, display_name=name)
    note(school_id=school_id, act=Act.NAME_CORRECTED, about=student_id)


def stop(*, school_id: UUID, student_id: UUID) -> None:
    """Stop using what is kept about a student: no sign-in from the next request on, and no place in any list."""
    _change(school_id, student_id, suspended=True)
    end_sessions(school_id=school_id, person_id=student_id)
    note(school_id=school_id, act=Act.STOPPED, about=student_id)


def resume(*, school_id: UUID, student_id: UUID) -> None:
    """Let a student in again, with everything as it was."""
    _change(school_id, student_id, suspended=False)
    note(school_id=school_id, act=Act.RESUMED, about=student_id)


def erase(*, school_id: UUID, student_id: UUID) -> None:
    """Erase a student with everything that is kept about them; what is counted of a class loses their part.
    Rosters that were read may name them: they go as well, and can no longer be taken back.

    The counts of stories stay: nothing tells whose they were. Once the transaction is committed, the database file and
    its log hold no byte of it on SQLite; PostgreSQL frees the space with its next vacuum. Backups end in their time.
    """
    _require(school_id, student_id)
    uncount(school_id=school_id, person_id=student_id)
    forget_rosters(school_id=school_id)
    remove_person(school_id=school_id, person_id=student_id)
    note(school_id=school_id, act=Act.ERASED, about=student_id)
    leave_nothing_behind()


def _change(school_id: UUID, student_id: UUID, **values: object) -> None:
    _require(school_id, student_id)
    change_person(school_id=school_id, person_id=student_id, **values)


def _require(school_id: UUID, student_id: UUID) -> None:
    # Asked again inside the writing transaction: somebody else may have erased the student since the page was made.
    begin_write()
    if student_found(school_id, student_id) is None:
        raise NoSuchStudent
