"""Shows that the school year turns on 1 March by the clock in the classroom, and a day at its midnight."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from curriculum.classrooms.school_year import SCHOOL_TIME, end_of, midnight_after, school_year_of

moments = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


def test_it_turns_at_midnight_in_korea() -> None:
    assert school_year_of(datetime(2027, 2, 28, 14, 59, tzinfo=UTC)) == 2026
    assert school_year_of(datetime(2027, 2, 28, 15, 0, tzinfo=UTC)) == 2027
    assert end_of(2026) == datetime(2027, 2, 28, 15, tzinfo=UTC)


@given(moments)
def test_every_moment_lies_in_its_year(moment: datetime) -> None:
    year = school_year_of(moment)
    assert end_of(year - 1) <= moment < end_of(year)


@given(moments)
def test_midnight_is_the_next_one(moment: datetime) -> None:
    midnight = midnight_after(moment)
    assert timedelta(0) < midnight - moment <= timedelta(days=1)
    assert midnight.astimezone(SCHOOL_TIME).time().isoformat() == "00:00:00"
