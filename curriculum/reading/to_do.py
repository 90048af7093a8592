"""Owns what comes first on a student's own page: the lessons asked of them that are still to be done."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from curriculum.assignments.assignment import Assignment, AssignmentState
from curriculum.catalog.lesson import Lesson
from curriculum.progress.completion import Progress, State


def to_do(
    lessons: Sequence[Lesson], holds: Mapping[str, Assignment], progress: Mapping[str, Progress], moment: datetime
) -> list[Lesson]:
    """The lessons, by what is due first, that are asked of a student at a moment, open, and not done. `holds` and
    `progress` are the student's own, by lesson id, the latter as the student may see it. What is late stays: it can be
    done; what is closed or has not opened stands among the others."""
    nothing, none_yet = Assignment(), Progress()
    asked = [(lesson, holds.get(lesson.id, nothing), progress.get(lesson.id, none_yet)) for lesson in lessons]
    still = [
        (one, lesson)
        for lesson, one, far in asked
        if one.assigned and one.state(moment) is AssignmentState.OPEN and not _is_done(lesson, one, far)
    ]
    return [
        lesson for one, lesson in sorted(still, key=lambda pair: (pair[0].due_at is None, pair[0].due_at or moment))
    ]


def _is_done(lesson: Lesson, holds: Assignment, far: Progress) -> bool:
    """While results are held back nobody is told by this either whether the help route was right."""
    sent_in = holds.results_held and far.steps_sent >= len(lesson.steps) and far.attempts > 0
    return sent_in or far.state(len(lesson.steps)) is State.DONE
