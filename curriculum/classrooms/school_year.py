"""Owns the school year: it begins on 1 March, by the clock in the classroom."""

from datetime import UTC, datetime, timedelta, timezone

FIRST_MONTH = 3
# Korea keeps no summer time, so that no time zone database is needed.
SCHOOL_TIME = timezone(timedelta(hours=9))


def school_year_of(moment: datetime) -> int:
    """The school year that a moment, with its zone, lies in: January and February belong to the year before."""
    here = moment.astimezone(SCHOOL_TIME)
    return here.year - (here.month < FIRST_MONTH)


def end_of(school_year: int) -> datetime:
    """The first moment after a school year, in UTC."""
    return datetime(school_year + 1, FIRST_MONTH, 1, tzinfo=SCHOOL_TIME).astimezone(UTC)


def midnight_after(moment: datetime) -> datetime:
    """The end of the day in the classroom, in UTC."""
    day = moment.astimezone(SCHOOL_TIME).replace(hour=0, minute=0, second=0, microsecond=0)
    return (day + timedelta(days=1)).astimezone(UTC)
