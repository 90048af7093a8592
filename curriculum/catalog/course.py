"""Courses and their units, in teaching order."""

from dataclasses import dataclass
from typing import Final

from curriculum.catalog.lesson import Lesson, Objective, Section
from curriculum.catalog.survey import SurveyItem
from curriculum.catalog.text import Text

# The course for nine- to twelve-year-olds, who are shown by signs, too, who helps (the curriculum's rule P13).
FOR_CHILDREN: Final = "elementary"


@dataclass(frozen=True, eq=False)
class Unit:
    """A unit: lessons in order, objectives, and UNESCO topics (guidance of 2018), as "4.2".

    `family` is its page for families, empty where that is not written yet. Two units are the same only when they were
    loaded once, so that one can key a cache.
    """

    id: str
    course: str
    title: Text
    objectives: tuple[Objective, ...]
    unesco: tuple[str, ...]
    lessons: tuple[Lesson, ...]
    family: tuple[Section, ...]


@dataclass(frozen=True, eq=False)
class Course:
    """A course for one age band; `ages` is written "12-15", `survey` is what is asked before and after."""

    id: str
    title: Text
    ages: str
    units: tuple[Unit, ...]
    survey: tuple[SurveyItem, ...]

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """The lessons of all units, in order."""
        return tuple(lesson for unit in self.units for lesson in unit.lessons)

    def unit(self, unit_id: str) -> Unit | None:
        """Return the unit with this id, or None."""
        return next((unit for unit in self.units if unit.id == unit_id), None)
