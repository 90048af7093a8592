"""Owns a class's plan as plain data: what is set for each lesson, when it was taught without devices, who has what of
their own."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from curriculum.assignments.assignment import Assignment, AssignmentState, Own


@dataclass(frozen=True)
class Planned:
    """One lesson of a plan. `taught_on`: the day on which it was taught without devices. `own`: by student."""

    assignment: Assignment = field(default_factory=Assignment)
    taught_on: date | None = None
    own: Mapping[UUID, Own] = field(default_factory=dict)

    def of(self, person_id: UUID) -> Assignment:
        """What holds for one student of the class."""
        return self.assignment.with_own(self.own.get(person_id))


# By lesson id; a lesson that is missing has nothing set.
Plan = Mapping[str, Planned]


def own_version(plan: Plan) -> str:
    """A text that two plans share exactly when students have the same of their own in both."""
    rows = sorted(
        f"{lesson_id} {person_id} {own.until} {own.attempt_limit}"
        for lesson_id, planned in plan.items()
        for person_id, own in planned.own.items()
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def to_catch_up(plan: Plan, moment: datetime) -> list[str]:
    """The lessons that somebody who comes new has missed: asked of the class, and open or closed by now."""
    return [
        lesson_id
        for lesson_id, planned in plan.items()
        if planned.assignment.assigned and planned.assignment.state(moment) is not AssignmentState.UPCOMING
    ]
