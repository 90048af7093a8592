"""Shows when records are to go, and which shares may be shown."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.classrooms.school_year import SCHOOL_TIME, end_of, school_year_of
from curriculum.retention.term import kept_until, last_over, shown_percent

MOMENTS = st.integers(1_600_000_000, 2_800_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, tz=UTC))
MONTHS = st.integers(1, 60)


@pytest.mark.parametrize(
    ("months", "day"),
    [(1, (2027, 4, 1)), (9, (2027, 12, 1)), (10, (2028, 1, 1)), (12, (2028, 3, 1)), (60, (2032, 3, 1))],
)
def test_months_count_from_the_end_of_the_school_year(months: int, day: tuple[int, int, int]) -> None:
    assert kept_until(2026, months) == datetime(*day, tzinfo=SCHOOL_TIME)


@given(MOMENTS, MONTHS)
def test_the_last_year_that_is_over_is_over_and_the_next_is_not(moment: datetime, months: int) -> None:
    year = last_over(moment, months)
    assert kept_until(year, months) <= moment < kept_until(year + 1, months)
    assert year < school_year_of(moment)


@given(MONTHS)
def test_nothing_goes_while_its_year_lasts(months: int) -> None:
    assert last_over(end_of(2026) - timedelta(seconds=1), months) < 2026


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_share_of_fewer_than_five_is_not_shown(took_part: int, more: int) -> None:
    shown = shown_percent(took_part, took_part + more)
    assert (shown is None) == (took_part < 5)
    assert shown is None or 0 <= shown <= 100
