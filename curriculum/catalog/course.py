"""Courses and their units, in teaching order."""

from dataclasses import dataclass

from curriculum.catalog.lesson import Lesson, Objective
from curriculum.catalog.text import Text


@dataclass(frozen=True, eq=False)
class Unit:
    """A unit: lessons in order, objectives, and UNESCO topics (guidance of 2018), as "4.2"."""

    id: str
    title: Text
    objectives: tuple[Objective, ...]
    unesco: tuple[str, ...]
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, eq=False)
class Course:
    """A course for one age band; `ages` is written "12-15"."""

    id: str
    title: Text
    ages: str
    units: tuple[Unit, ...]

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """The lessons of all units, in order."""
        return tuple(lesson for unit in self.units for lesson in unit.lessons)
