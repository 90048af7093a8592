"""Owns what the page of a course shows: how long its lessons take, and which duties to teach it helps to meet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from curriculum.catalog.course import Course
from curriculum.catalog.duty import Duty
from curriculum.catalog.lesson import Lesson


@dataclass(frozen=True, slots=True)
class Length:
    """How many lessons there are, and how long they take: whole hours, and the minutes over them."""

    lessons: int
    hours: int
    minutes: int


@dataclass(frozen=True, slots=True)
class CourseDuty:
    """A duty as one course helps to meet it; `codes` are those of its lessons, empty where all of them do."""

    duty: Duty
    codes: Sequence[str]


def length_of(lessons: Sequence[Lesson]) -> Length:
    """The length of some lessons."""
    hours, minutes = divmod(sum(lesson.minutes for lesson in lessons), 60)
    return Length(len(lessons), hours, minutes)


def duties_of(course: Course, duties: Iterable[Duty]) -> list[CourseDuty]:
    """The duties that at least one lesson of the course helps to meet, in their order."""
    found = []
    for duty in duties:
        covered = [lesson.code for lesson in course.lessons if lesson.id in duty.lessons]
        if covered:
            found.append(CourseDuty(duty, [] if len(covered) == len(course.lessons) else covered))
    return found
