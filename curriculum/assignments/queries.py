"""Owns the reads of what is set for the lessons of a class. Each read takes the person who asks or their class."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from curriculum.accounts.viewer import Viewer
from curriculum.assignments.assignment import Assignment, Own
from curriculum.assignments.models import StoredAssignment, StoredOwn
from curriculum.assignments.plan import Plan, Planned
from curriculum.classrooms.models import Classroom
from curriculum.classrooms.queries import classroom_id_of
from curriculum.classrooms.roster import ClassroomRow
from curriculum.database import db
from curriculum.tenancy import acting_meanwhile

ASSIGNED = (
    StoredAssignment.attempt_limit,
    StoredAssignment.results_held,
    StoredAssignment.opens_at,
    StoredAssignment.closes_at,
    StoredAssignment.due_at,
    StoredAssignment.assigned,
)
OWN = (StoredOwn.person_id, StoredOwn.until, StoredOwn.attempt_limit)
_OF_ASSIGNMENT = sa.and_(
    StoredOwn.school_id == StoredAssignment.school_id, StoredOwn.assignment_id == StoredAssignment.id
)


def assignment_for(student: Viewer, lesson_id: str) -> Assignment:
    """What holds for a student at a lesson in the class they learn in; who is in no class has nothing set. One read."""
    row = db.session.execute(_for(student).where(StoredAssignment.lesson_id == lesson_id)).one_or_none()
    return _planned(row).of(student.id) if row else Assignment()


def plan_for(student: Viewer) -> Plan:
    """The plan of the class a student learns in, with nobody's own but theirs. One read."""
    return {row.lesson_id: _planned(row) for row in db.session.execute(_for(student))}


def _for(student: Viewer) -> Any:
    own = sa.and_(_OF_ASSIGNMENT, StoredOwn.person_id == student.id)
    return (
        sa.select(StoredAssignment.lesson_id, StoredAssignment.taught_on, *ASSIGNED, *OWN)
        .select_from(StoredAssignment)
        .outerjoin(StoredOwn, own)
        .where(
            StoredAssignment.school_id == student.school_id,
            StoredAssignment.classroom_id == classroom_id_of(student.school_id, student.id),
        )
    )


def plan_of(classroom: ClassroomRow) -> Plan:
    """The plan of a class, with what students have of their own. One read."""
    rows = db.session.execute(
        sa.select(StoredAssignment.lesson_id, StoredAssignment.taught_on, *ASSIGNED, *OWN)
        .select_from(StoredAssignment)
        .outerjoin(StoredOwn, _OF_ASSIGNMENT)
        .where(StoredAssignment.school_id == classroom.school_id, StoredAssignment.classroom_id == classroom.id)
    ).all()
    plan: dict[str, Planned] = {}
    for row in rows:
        one = _planned(row)
        before = plan.get(row.lesson_id, one)
        plan[row.lesson_id] = replace(one, own={**before.own, **one.own})
    return plan


def _planned(row: Any) -> Planned:
    """A lesson of a plan with what one student has of their own, if anybody has."""
    _, taught_on, *values = row
    assigned, (person_id, *own) = values[: len(ASSIGNED)], values[len(ASSIGNED) :]
    return Planned(Assignment(*assigned), taught_on, {person_id: Own(*own)} if person_id else {})


def assignments_of(classroom: ClassroomRow) -> Mapping[str, Assignment]:
    """What is set for the lessons of a class, by lesson id; a lesson that is missing has nothing set."""
    rows = db.session.execute(
        sa.select(StoredAssignment.lesson_id, *ASSIGNED).where(
            StoredAssignment.school_id == classroom.school_id, StoredAssignment.classroom_id == classroom.id
        )
    )
    return {row[0]: Assignment(*row[1:]) for row in rows}


def taught_in(school_id: UUID, classes: Collection[UUID]) -> Mapping[UUID, Mapping[str, date]]:
    """The lessons that these classes of a school were taught without devices, with the day, by class."""
    taught: dict[UUID, dict[str, date]] = defaultdict(dict)
    rows = db.session.execute(
        sa.select(StoredAssignment.classroom_id, StoredAssignment.lesson_id, StoredAssignment.taught_on).where(
            StoredAssignment.school_id == school_id,
            StoredAssignment.classroom_id.in_(classes),
        )
    )
    for classroom_id, lesson_id, day in rows:
        taught[classroom_id] |= {lesson_id: day} if day else {}
    return taught


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


def hold_class(classroom: ClassroomRow) -> None:
    """Let others who give students something of their own in this class wait until the transaction ends."""
    one = sa.select(Classroom.id).where(Classroom.school_id == classroom.school_id, Classroom.id == classroom.id)
    db.session.execute(one.with_for_update(key_share=True))
