"""Owns which part of a roster is done next: whole classes, so that none is ever half done, and few enough at once that
nobody else waits for long."""

from collections import Counter

from msgspec import structs

from curriculum.rosters.roster_change import Place, Plan
from curriculum.rosters.roster_line import Reading

AT_ONCE = 500  # lines of a batch; a class more where the last one goes beyond


def next_places(plan: Plan) -> frozenset[Place]:
    """The classes of the next batch, in the order in which the roster names them."""
    sizes = Counter((step.grade, step.section) for step in plan.steps)
    chosen, size = set[Place](), 0
    for place in sizes:
        if size >= AT_ONCE:
            break
        chosen.add(place)
        size += sizes[place]
    return frozenset(chosen)


def parted(plan: Plan, places: frozenset[Place]) -> tuple[Plan, Plan]:
    """What is done in these classes, and what is left: classes do not depend on each other."""
    now = tuple(step for step in plan.steps if (step.grade, step.section) in places)
    later = tuple(step for step in plan.steps if (step.grade, step.section) not in places)
    return Plan(now, plan.troubles), Plan(later, ())


def left_over(reading: Reading, plan: Plan) -> Reading:
    """The lines of a roster from which the rest of its plan was made, and no others."""
    rows = {step.row for step in plan.steps}
    lines = tuple(line for line in reading.lines if line.row in rows)
    return structs.replace(reading, lines=lines, troubles=())
