"""Owns a school on one page: what may be said of its classes and lessons, each figure made of what may be said alone.

Of each class and lesson a `Told` says what `disclosure` lets be said. Everything else on the page, and in its files, is
computed from those and from the sizes of the classes: nothing can follow from the page that is not in them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from curriculum.across.summary import Totals
from curriculum.catalog.lesson import Lesson
from curriculum.classrooms.roster import ClassroomRow
from curriculum.disclosure import FEWEST_LEARNERS, about, at_least
from curriculum.progress.completion import LessonTotal


@dataclass(frozen=True, slots=True)
class Told:
    """What may be said of a class in a lesson that it has taken up: how many completed it at least, 0 for too few, and
    the mean score by fives; None where nothing may be said."""

    size: int
    completed: int
    average: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolLine:
    """A class of the school. `taken_up`: how many lessons; the rest is of the latest of them. `too_few`: the class is
    so small that nothing is said."""

    classroom: ClassroomRow
    students: int
    too_few: bool
    taken_up: int
    latest: Lesson | None
    told: Told | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonLine:
    """A lesson over the classes that have taken it up: how many classes, the students in them, how many completed it at
    least, and the mean of the classes' scores by their sizes."""

    lesson: Lesson
    classes: int
    students: int
    completed: int
    average: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolFigures:
    """The whole page."""

    classes: Sequence[SchoolLine]
    lessons: Sequence[LessonLine]
    students: int

    @property
    def completed(self) -> int:
        """How many times a student has completed a lesson, at least: the sum of the lessons' figures."""
        return sum(line.completed for line in self.lessons)


def told(total: LessonTotal, size: int) -> Told | None:
    """What may be said of a class of this size in a lesson; None where it has not taken it up, or is too small."""
    if not at_least(total.began, size):
        return None
    return Told(size, at_least(total.completed, size) or 0, about(total.average, total.scored))


def school_figures(
    classrooms: Sequence[ClassroomRow],
    courses: Mapping[str, Sequence[Lesson]],
    sizes: Mapping[UUID, int],
    totals: Totals,
) -> SchoolFigures:
    """The page of these classes; `courses`: the lessons of each."""
    by_class = {
        one.id: {
            key: said for key, total in totals.get(one.id, {}).items() if (said := told(total, sizes.get(one.id, 0)))
        }
        for one in classrooms
    }
    lines = [
        _class_line(one, courses.get(one.course, ()), sizes.get(one.id, 0), by_class[one.id]) for one in classrooms
    ]
    lessons = [lesson for several in courses.values() for lesson in several]
    return SchoolFigures(
        classes=lines,
        lessons=[line for lesson in lessons if (line := _lesson_line(lesson, by_class.values()))],
        students=sum(line.students for line in lines),
    )


def _class_line(classroom: ClassroomRow, lessons: Sequence[Lesson], size: int, said: Mapping[str, Told]) -> SchoolLine:
    taken_up = [lesson for lesson in lessons if lesson.id in said]
    latest = taken_up[-1] if taken_up else None
    return SchoolLine(
        classroom=classroom,
        students=size,
        too_few=size < FEWEST_LEARNERS,
        taken_up=len(taken_up),
        latest=latest,
        told=said[latest.id] if latest else None,
    )


def _lesson_line(lesson: Lesson, classes: Iterable[Mapping[str, Told]]) -> LessonLine | None:
    said = [one[lesson.id] for one in classes if lesson.id in one]
    if not said:
        return None
    means = [(one.average, one.size) for one in said if one.average is not None]
    weight = sum(size for _, size in means)
    return LessonLine(
        lesson=lesson,
        classes=len(said),
        students=sum(one.size for one in said),
        completed=sum(one.completed for one in said),
        average=round(sum(mean * size for mean, size in means) / weight) if weight else None,
    )
