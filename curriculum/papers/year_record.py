"""Owns what a year's record says: which lessons a class was taught, for how long, and what share took part."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from curriculum.catalog.duty import Duty
from curriculum.catalog.lesson import Lesson
from curriculum.retention.term import Total, shown_percent


@dataclass(frozen=True)
class Taught:
    """A lesson that a class was taught: the share of the class that took part on a device, in whole percent, and the
    day on which it was taught without devices. At least one of them is there."""

    lesson: Lesson
    percent: int | None
    taught_on: date | None = None


@dataclass(frozen=True)
class ClassYear:
    """A class in a year, by the place it has in the school, with what it was taught."""

    level: str
    grade: int
    section: int
    lessons: Sequence[Taught]

    @property
    def minutes(self) -> int:
        """How long its lessons are in all."""
        return sum(one.lesson.minutes for one in self.lessons)

    @property
    def hours(self) -> Decimal:
        """The same in hours, to one place, halves upwards."""
        return (Decimal(self.minutes) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)


def class_year(
    level: str,
    grade: int,
    section: int,
    totals: Iterable[Total],
    lessons: Mapping[str, Lesson],
    marked: Mapping[str, date],
) -> ClassYear:
    """What a class was taught, in teaching order; a lesson that the school has no more is left out, and so is one in
    which fewer than five took part and which nobody has `marked` as taught without devices."""
    shares = {one.lesson_id: shown_percent(one.took_part, one.students) for one in totals}
    found = [Taught(lesson, shares.get(id_), marked.get(id_)) for id_, lesson in lessons.items()]
    return ClassYear(level, grade, section, [one for one in found if one.percent is not None or one.taught_on])


def duties_met(duties: Iterable[Duty], years: Iterable[ClassYear]) -> list[tuple[Duty, list[Lesson]]]:
    """Each duty to teach, with those of its lessons that some class was taught."""
    taught = {one.lesson.id: one.lesson for year in years for one in year.lessons}
    return [(duty, [taught[id_] for id_ in duty.lessons if id_ in taught]) for duty in duties]
