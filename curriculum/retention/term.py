"""Owns how long records are kept: the months a school has set, counted from the end of their school year."""

from datetime import datetime
from typing import NamedTuple

from curriculum.classrooms.school_year import FIRST_MONTH, SCHOOL_TIME

FEWEST = 5  # of a class: below, a figure would tell of persons


class Total(NamedTuple):
    """How many of a class's students took part in a lesson."""

    lesson_id: str
    students: int
    took_part: int


def shown_percent(took_part: int, students: int) -> int | None:
    """The share that took part, in whole percent; None where fewer than five did or are in the class."""
    return None if min(took_part, students) < FEWEST else round(100 * took_part / students)


def kept_until(school_year: int, months: int) -> datetime:
    """The moment from which on the records of a school year are to go, by the clock of the school."""
    year, month = divmod(FIRST_MONTH - 1 + months, 12)
    return datetime(school_year + 1 + year, month + 1, 1, tzinfo=SCHOOL_TIME)


def last_over(moment: datetime, months: int) -> int:
    """The last school year whose records are to go at a moment."""
    year = moment.astimezone(SCHOOL_TIME).year
    while kept_until(year, months) > moment:
        year -= 1
    return year
