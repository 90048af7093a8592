"""Owns who needs a word: three rules about learning alone, which the page says to the teacher as they stand here.

They know what was asked, which steps were sent, how often a quiz was sent in and its best points, and nothing else: no
answer, no story, no help, no time of day. What they name is a reason to ask, never a verdict.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from curriculum.catalog.lesson import Lesson
from curriculum.classrooms.roster import StudentRow
from curriculum.dashboard.overview import NOTHING, ByPerson
from curriculum.progress.completion import Progress
from curriculum.quizzes.item import FULL

MOST_NAMES = 5  # as many words as fit between two classes
FEWEST = 5  # a class of fewer is not compared with itself: "the others" would be somebody
TRIES = 3  # after the feedback of two attempts, reading it once more does not help


class Why(StrEnum):
    """Why a word may help, the most pressing first."""

    NOT_BEGUN = "not-begun"
    STOPPED = "stopped"
    TRIES = "tries"


@dataclass(frozen=True, slots=True)
class Word:
    """Somebody to talk with, and about which lesson."""

    student: StudentRow
    why: Why
    lesson: Lesson


@dataclass(frozen=True, slots=True)
class Attention:
    """Whom to talk with, how many more there are, and the lessons that half of the class has not begun in time: those
    are about the timetable, and name nobody."""

    words: Sequence[Word] = ()
    more: int = 0
    for_all: Sequence[Lesson] = ()


@dataclass(frozen=True, slots=True)
class Learning:
    """What the rules know of a class. `lessons` in teaching order; `overdue`: by lesson id, of whom it was asked until
    a time that has passed; `help_items`: by lesson id, how many items are about where to turn for help."""

    students: Sequence[StudentRow]
    lessons: Sequence[Lesson]
    progress: ByPerson
    overdue: Mapping[str, Collection[UUID]]
    help_items: Mapping[str, int]

    def of(self, student: StudentRow, lesson: Lesson) -> Progress:
        """How far a student is with a lesson."""
        return self.progress.get((student.id, lesson.id), NOTHING)

    def is_half(self, count: int) -> bool:
        """Whether so many are at least half of the class."""
        return 2 * count >= len(self.students)


def attention(of: Learning) -> Attention:
    """Whom to talk with: each student once, for the most pressing reason and the earliest lesson, by number."""
    late = {lesson.id: [one for one in of.students if _not_begun(of, one, lesson)] for lesson in of.lessons}
    for_all = [lesson for lesson in of.lessons if late[lesson.id] and of.is_half(len(late[lesson.id]))]
    named = {
        Why.NOT_BEGUN: {lesson.id: late[lesson.id] for lesson in of.lessons if lesson not in for_all},
        Why.STOPPED: {lesson.id: _stopped(of, place) for place, lesson in enumerate(of.lessons)},
        Why.TRIES: {lesson.id: [one for one in of.students if _tries(of, one, lesson)] for lesson in of.lessons},
    }
    words: dict[UUID, Word] = {}
    for why, by_lesson in named.items():
        for lesson in of.lessons:
            for student in by_lesson.get(lesson.id, ()):
                words.setdefault(student.id, Word(student, why, lesson))
    found = list(words.values())
    return Attention(found[:MOST_NAMES], max(0, len(found) - MOST_NAMES), for_all)


def _not_begun(of: Learning, student: StudentRow, lesson: Lesson) -> bool:
    """The lesson was asked of this student until a time that has passed, and no step of it was sent."""
    return student.id in of.overdue.get(lesson.id, ()) and not _is_begun(of.of(student, lesson))


def _stopped(of: Learning, place: int) -> list[StudentRow]:
    """Who has begun a lesson and not come through it, while half of the class has, and half has begun a later one."""
    lesson = of.lessons[place]
    if len(of.students) < FEWEST or not of.is_half(sum(_is_through(of.of(one, lesson), lesson) for one in of.students)):
        return []
    later = [any(_is_begun(of.of(one, following)) for following in of.lessons[place + 1 :]) for one in of.students]
    if not of.is_half(sum(later)):
        return []
    return [one for one in of.students if _is_begun(of.of(one, lesson)) and not _is_through(of.of(one, lesson), lesson)]


def _tries(of: Learning, student: StudentRow, lesson: Lesson) -> bool:
    """Three attempts or more, and of the items that are not about help less than half of the points even if every point
    came from them: who could not yet say where to turn is not named for that."""
    found = of.of(student, lesson)
    without_help = found.out_of - FULL * of.help_items.get(lesson.id, 0)
    return found.attempts >= TRIES and 2 * found.best_points < without_help


def _is_begun(progress: Progress) -> bool:
    return bool(progress.steps_sent or progress.attempts)


def _is_through(progress: Progress, lesson: Lesson) -> bool:
    """Every step sent and the quiz once, whatever was right in it."""
    return progress.steps_sent >= len(lesson.steps) and progress.attempts > 0
