"""Owns who has earned a certificate: whoever completed every lesson that was asked of them, else the short route."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from curriculum.assignments.plan import Plan
from curriculum.catalog.lesson import Lesson
from curriculum.classrooms.roster import StudentRow
from curriculum.progress.completion import Progress, State


class Standing(NamedTuple):
    """A student with the lessons that are asked for, in teaching order, and how many of them are complete."""

    student: StudentRow
    asked: Sequence[Lesson]
    completed: int

    @property
    def has_earned(self) -> bool:
        """Whether nothing is missing. Where nothing was asked there is nothing to certify."""
        return 0 < len(self.asked) == self.completed


def asked_of(person_id: UUID, plan: Plan, lessons: Sequence[Lesson], route: Sequence[str]) -> list[Lesson]:
    """What has to be completed: the lessons assigned to a student, without those that the class was taught without
    devices; where nothing is assigned to the class, the short route. A lesson that the school has no more is left out.
    """
    assigned = {lesson_id for lesson_id, planned in plan.items() if planned.of(person_id).assigned}
    if not assigned and not any(planned.assignment.assigned for planned in plan.values()):
        return [lesson for lesson in lessons if lesson.id in route]
    taught = {lesson_id for lesson_id, planned in plan.items() if planned.taught_on is not None}
    return [lesson for lesson in lessons if lesson.id in assigned - taught]


def standing(
    student: StudentRow,
    plan: Plan,
    lessons: Sequence[Lesson],
    route: Sequence[str],
    progress: Mapping[tuple[UUID, str], Progress],
) -> Standing:
    """How a student stands; `lessons`: of the course of the class, in teaching order."""
    asked = asked_of(student.id, plan, lessons, route)
    found = [progress.get((student.id, lesson.id), Progress()).state(len(lesson.steps)) for lesson in asked]
    return Standing(student, asked, sum(state is State.DONE for state in found))
