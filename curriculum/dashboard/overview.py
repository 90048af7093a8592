"""Owns the class page's figures: the grid of students and lessons, its tiles, the lesson that the class is at."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from curriculum.catalog.lesson import Lesson
from curriculum.classrooms.roster import StudentRow
from curriculum.progress.completion import Counts, LessonTotal, Progress, State, total_of

ByPerson = Mapping[tuple[UUID, str], Progress]  # by (person, lesson)
NOTHING = Progress()
AT_LEAST = 4  # one in so many has begun the lesson that a class is at


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell of the grid: how far, and the best share of points in whole percent; None before the first attempt."""

    state: State
    percent: int | None

    @property
    def score(self) -> str | None:
        """The share as it is shown."""
        return None if self.percent is None else f"{self.percent}%"


@dataclass(frozen=True, slots=True)
class GridRow:
    """One student of the grid, with a mark for each lesson."""

    number: int
    name: str
    marks: Sequence[Mark]
    id: UUID


def grid_rows(students: Sequence[StudentRow], lessons: Sequence[Lesson], progress: ByPerson) -> list[GridRow]:
    """The grid, a row a student in the order given, a mark a lesson."""
    return [
        GridRow(
            student.number, student.display_name, [_mark(progress, student, lesson) for lesson in lessons], student.id
        )
        for student in students
    ]


def _mark(progress: ByPerson, student: StudentRow, lesson: Lesson) -> Mark:
    found = progress.get((student.id, lesson.id), NOTHING)
    return Mark(found.state(len(lesson.steps)), found.score)


def totals_from(lessons: Sequence[Lesson], progress: ByPerson) -> dict[str, LessonTotal]:
    """The total of each lesson that somebody has begun, over everybody whose progress is given."""
    steps = {lesson.id: len(lesson.steps) for lesson in lessons}
    parts: dict[str, dict[int, Counts]] = defaultdict(dict)  # by lesson and maximum, so that few shares are added up
    for (_person, lesson_id), one in progress.items():
        state = one.state(steps[lesson_id])
        before = parts[lesson_id].get(one.out_of, Counts(one.out_of, 0, 0, 0, 0))
        parts[lesson_id][one.out_of] = Counts(
            one.out_of,
            before.began + (state is not State.NONE),
            before.completed + (state is State.DONE),
            before.scored + (one.attempts > 0),
            before.points + one.best_points,
        )
    return {lesson_id: total_of(found.values()) for lesson_id, found in parts.items()}


def latest_lesson(lessons: Sequence[Lesson], totals: Mapping[str, LessonTotal], size: int) -> Lesson | None:
    """The lesson a class of this size is at: the last in order that a quarter of it has begun, for one student who has
    gone ahead does not say where the class is; where there is none, the last that anybody has completed or answered."""
    known = [(lesson, totals[lesson.id]) for lesson in lessons if lesson.id in totals]
    by_many = [lesson for lesson, total in known if total.began and AT_LEAST * total.began >= size]
    by_anybody = [lesson for lesson, total in known if total.completed or total.scored]
    return next(iter((by_many or by_anybody)[-1:]), None)
