"""Owns progress over weeks: how many lessons a class completed in each week of its year, by the school’s clock."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from curriculum.classrooms.school_year import SCHOOL_TIME

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """A week from its Monday, and how many times a student completed a lesson in it."""

    monday: date
    completed: int


def monday_of(moment: datetime) -> date:
    """The Monday of the week that a moment lies in, in the classroom."""
    day = moment.astimezone(SCHOOL_TIME).date()
    return day - timedelta(days=day.weekday())


def weeks_of(moments: Iterable[datetime], until: datetime) -> list[Week]:
    """Every week from the first in which something was completed up to that of `until`, empty ones too; nothing where
    nothing was."""
    counts = Counter(map(monday_of, moments))
    if not counts:
        return []
    first, last = min(counts), max(*counts, monday_of(until))
    return [Week(first + WEEK * place, counts[first + WEEK * place]) for place in range((last - first) // WEEK + 1)]
