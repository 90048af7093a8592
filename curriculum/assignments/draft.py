"""Owns drafts of a plan: lessons spread over the weeks from a first day on, and a plan moved by whole weeks. Days are
those of the school's clock, which no clock change abroad moves; nothing here is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from curriculum.assignments.assignment import Assignment
from curriculum.classrooms.school_year import SCHOOL_TIME

WEEK = timedelta(weeks=1)
LAST_MINUTE = time(23, 59)
NOTHING = Assignment()


@dataclass(frozen=True)
class Timing:
    """When lessons come: on a `weekday` (0 is Monday) of each week from the `first` day on, or without one all on that
    day. Each opens at a time of day and is due in the evening before the same weekday comes again; it `closes` then,
    or not at all."""

    first: date
    weekday: int | None = None
    opens: time = time(9)
    closes: bool = False


def moment_of(day: date, clock: time = LAST_MINUTE) -> datetime:
    """The moment when the clock in the classroom shows this, in UTC."""
    return datetime.combine(day, clock, SCHOOL_TIME).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """The day it is in the classroom at a moment."""
    return moment.astimezone(SCHOOL_TIME).date()


def lesson_days(timing: Timing, count: int) -> list[date]:
    """The days of so many lessons in a row."""
    if timing.weekday is None:
        return [timing.first] * count
    begins = timing.first + timedelta(days=(timing.weekday - timing.first.weekday()) % 7)
    return [begins + place * WEEK for place in range(count)]


def spread(lessons: Sequence[str], current: Mapping[str, Assignment], timing: Timing | None) -> dict[str, Assignment]:
    """These lessons asked of the class, at their times; without a timing at the times they have. Attempts and results
    that are held back stay as they are set."""
    asked = {lesson_id: replace(current.get(lesson_id, NOTHING), assigned=True) for lesson_id in lessons}
    if timing is None:
        return asked
    days = lesson_days(timing, len(lessons))
    return {lesson_id: _on(asked[lesson_id], day, timing) for lesson_id, day in zip(lessons, days, strict=True)}


def _on(asked: Assignment, day: date, timing: Timing) -> Assignment:
    due = moment_of(day + WEEK - timedelta(days=1))
    opens = moment_of(day, timing.opens)
    return replace(asked, opens_at=opens, due_at=due, closes_at=due if timing.closes else None)


def moved_to(source: Mapping[str, Assignment], first: date) -> dict[str, Assignment]:
    """What is set in a plan, moved by whole weeks so that its earliest time falls into the week of this day: each
    lesson keeps its weekday and its time of day. Weeks begin on Monday (ISO 8601)."""
    given = {lesson_id: one for lesson_id, one in source.items() if one != NOTHING}
    earliest = min((end for one in given.values() for end in one.times), default=None)
    by = timedelta() if earliest is None else _monday(first) - _monday(day_of(earliest))
    return {lesson_id: one.moved(by) for lesson_id, one in given.items()}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
