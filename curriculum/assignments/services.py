"""Owns the writes of what is set for the lessons of a class, and of what single students are given beyond that."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from curriculum.assignments.assignment import Assignment, Own
from curriculum.assignments.models import StoredAssignment, StoredOwn
from curriculum.assignments.plan import own_version
from curriculum.assignments.queries import ASSIGNED, hold_class, plan_of
from curriculum.audit import Act, note
from curriculum.classrooms.roster import ClassroomRow
from curriculum.database import begin_write, db, upsert

KEY = (StoredAssignment.school_id, StoredAssignment.classroom_id, StoredAssignment.lesson_id)


class ChangedMeanwhile(Exception):
    """Somebody else has set something else since the form was shown; `current` is what is set now, by lesson."""

    def __init__(self, current: Mapping[str, Assignment]) -> None:
        super().__init__(current)
        self.current = current


class OwnChanged(Exception):
    """Somebody else has given or taken back something of students' own since the form was shown."""


def assign(*, classroom: ClassroomRow, lesson_id: str, shown: str, wanted: Assignment) -> None:
    """Set what holds for one lesson of a class. `shown` is the version that the form was filled in from:
    ChangedMeanwhile when another one is set by now, unless that is the one wanted. Who may change a class is asked
    before."""
    if _set(classroom, {lesson_id: shown}, {lesson_id: wanted}):
        note(school_id=classroom.school_id, act=Act.ASSIGNED, about=classroom.id, detail=lesson_id)


def assign_many(*, classroom: ClassroomRow, shown: Mapping[str, str], wanted: Mapping[str, Assignment]) -> None:
    """Set several lessons of a class at once, all or none, as `assign` does. Both are by lesson id."""
    if changed := _set(classroom, shown, wanted):
        note(school_id=classroom.school_id, act=Act.PLANNED, about=classroom.id, detail=str(len(changed)))


def _set(classroom: ClassroomRow, shown: Mapping[str, str], wanted: Mapping[str, Assignment]) -> list[str]:
    """The ids of the lessons that were changed."""
    begin_write()
    current = _held(classroom, wanted)
    changed = [lesson_id for lesson_id, one in wanted.items() if current[lesson_id] != one]
    if any(current[lesson_id].version != shown.get(lesson_id) for lesson_id in changed):
        raise ChangedMeanwhile(current)
    for lesson_id in changed:
        _write(classroom, lesson_id, asdict(wanted[lesson_id]))
    return changed


def _held(classroom: ClassroomRow, lessons: Collection[str]) -> Mapping[str, Assignment]:
    """What is set for these lessons, read by writing: whoever sets one of them at this moment waits here, and then
    reads what was set. In one order for everybody, so that nobody waits for ever."""
    own = {"school_id": classroom.school_id, "classroom_id": classroom.id}
    values = [{**own, "id": uuid7(), "lesson_id": lesson_id, **asdict(Assignment())} for lesson_id in sorted(lessons)]
    row = upsert(StoredAssignment).values(values)
    held = row.on_conflict_do_update(index_elements=KEY, set_={"lesson_id": row.excluded.lesson_id})
    found = db.session.execute(held.returning(StoredAssignment.lesson_id, *ASSIGNED)).all()
    return {one[0]: Assignment(*one[1:]) for one in found}


def _write(classroom: ClassroomRow, lesson_id: str, values: Mapping[str, object]) -> None:
    one = (
        StoredAssignment.school_id == classroom.school_id,
        StoredAssignment.classroom_id == classroom.id,
        StoredAssignment.lesson_id == lesson_id,
    )
    change = sa.update(StoredAssignment).where(*one).values(values)
    db.session.execute(change.execution_options(synchronize_session=False))


def mark_taught(*, classroom: ClassroomRow, lesson_id: str, day: date | None) -> None:
    """Note the day on which a lesson was taught without devices; None takes the note away."""
    begin_write()
    _held(classroom, [lesson_id])
    _write(classroom, lesson_id, {"taught_on": day})
    act = Act.TAUGHT_UNMARKED if day is None else Act.TAUGHT_MARKED
    note(school_id=classroom.school_id, act=act, about=classroom.id, detail=lesson_id)


def forget_unknown(*, classroom: ClassroomRow, known: Collection[str]) -> None:
    """Let go of what is set for lessons that the class's course does not have, or no longer."""
    begin_write()
    own = (StoredAssignment.school_id == classroom.school_id, StoredAssignment.classroom_id == classroom.id)
    db.session.execute(sa.delete(StoredAssignment).where(*own, StoredAssignment.lesson_id.not_in(known)))
    note(school_id=classroom.school_id, act=Act.PLANNED, about=classroom.id, detail="unknown")


def give(*, classroom: ClassroomRow, people: Collection[UUID], lessons: Collection[str], own: Own, shown: str) -> None:
    """Give students something of their own at lessons, in the place of what they had there before. `shown` is the
    `own_version` that the form was filled in from (OwnChanged). Who learns in the class is asked before."""
    begin_write()
    _hold_own(classroom, shown)
    _held(classroom, lessons)
    for assignment_id in _ids(classroom, lessons):
        rows = [{"school_id": classroom.school_id, "assignment_id": assignment_id, "person_id": one} for one in people]
        row = upsert(StoredOwn).values([{"id": uuid7(), **one, **asdict(own)} for one in rows])
        key = [StoredOwn.school_id, StoredOwn.assignment_id, StoredOwn.person_id]
        db.session.execute(row.on_conflict_do_update(index_elements=key, set_=asdict(own)))
    for one in people:
        note(school_id=classroom.school_id, act=Act.OWN_GIVEN, about=one, detail=str(classroom.id))


def take_back(*, classroom: ClassroomRow, person_id: UUID, lesson_id: str, shown: str) -> None:
    """Take back what a student has of their own at a lesson (OwnChanged)."""
    begin_write()
    _hold_own(classroom, shown)
    of = sa.select(StoredAssignment.id).where(
        StoredAssignment.school_id == classroom.school_id,
        StoredAssignment.classroom_id == classroom.id,
        StoredAssignment.lesson_id == lesson_id,
    )
    one = (StoredOwn.school_id == classroom.school_id, StoredOwn.person_id == person_id)
    db.session.execute(sa.delete(StoredOwn).where(*one, StoredOwn.assignment_id.in_(of)))
    note(school_id=classroom.school_id, act=Act.OWN_TAKEN_BACK, about=person_id, detail=str(classroom.id))


def _hold_own(classroom: ClassroomRow, shown: str) -> None:
    hold_class(classroom)
    if own_version(plan_of(classroom)) != shown:
        raise OwnChanged


def _ids(classroom: ClassroomRow, lessons: Collection[str]) -> list[UUID]:
    of_class = (StoredAssignment.school_id == classroom.school_id, StoredAssignment.classroom_id == classroom.id)
    found = sa.select(StoredAssignment.id).where(*of_class, StoredAssignment.lesson_id.in_(lessons))
    return list(db.session.scalars(found))
