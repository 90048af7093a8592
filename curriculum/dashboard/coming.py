"""Owns what a class has before it: which lessons of its plan are asked now, and which open next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from curriculum.assignments.assignment import Assignment, AssignmentState
from curriculum.assignments.plan import Plan
from curriculum.catalog.lesson import Lesson

SHOWN = 3  # what fits between two classes; the plan has the rest
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Coming:
    """A lesson that is asked of the class, and what is set for it."""

    lesson: Lesson
    assignment: Assignment

    def opens(self, moment: datetime) -> datetime | None:
        """When its quiz opens, where it has not."""
        return self.assignment.opens_at if self.assignment.state(moment) is AssignmentState.UPCOMING else None

    @property
    def until(self) -> datetime | None:
        """Until when it is asked; where nothing is due, when its quiz closes."""
        return self.assignment.due_at or self.assignment.closes_at


def coming_of(lessons: Sequence[Lesson], plan: Plan, moment: datetime) -> list[Coming]:
    """The next few, by the time that comes first; neither what is over nor what was taught without devices."""
    found = [
        Coming(lesson, planned.assignment)
        for lesson in lessons
        if (planned := plan.get(lesson.id)) and planned.taught_on is None and _is_before(planned.assignment, moment)
    ]
    return sorted(found, key=lambda one: one.opens(moment) or one.until or NEVER)[:SHOWN]


def _is_before(assignment: Assignment, moment: datetime) -> bool:
    over = assignment.is_late(moment) or assignment.state(moment) is AssignmentState.CLOSED
    return assignment.assigned and not over
