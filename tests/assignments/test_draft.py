"""Shows that drafts fall on the days asked for, by the school's clock, and that a moved plan keeps its shape."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from curriculum.assignments.assignment import Assignment
from curriculum.assignments.draft import Timing, day_of, lesson_days, moment_of, moved_to, spread
from curriculum.classrooms.school_year import SCHOOL_TIME
from tests.assignments.test_assignment import assignments

WEEK = timedelta(weeks=1)
days = st.dates(date(2001, 1, 1), date(2098, 12, 31))
timings = st.builds(Timing, days, st.none() | st.integers(0, 6), st.times(), st.booleans())
plans = st.dictionaries(st.sampled_from("abcdef"), assignments())


def test_a_route_of_three_lessons_on_tuesdays() -> None:
    made = spread(["a", "b", "c"], {"b": Assignment(2, True)}, Timing(date(2026, 3, 2), 1, time(9), closes=True))
    assert [one.opens_at for one in made.values()] == [datetime(2026, 3, day, 0, tzinfo=UTC) for day in (3, 10, 17)]
    assert [one.due_at for one in made.values()] == [datetime(2026, 3, day, 14, 59, tzinfo=UTC) for day in (9, 16, 23)]
    assert [one.closes_at for one in made.values()] == [one.due_at for one in made.values()]
    assert [(one.attempt_limit, one.results_held) for one in made.values()] == [(None, False), (2, True), (None, False)]


@given(timings, st.integers(1, 40))
def test_lessons_stand_on_their_weekday_a_week_apart_from_the_first_day_on(timing: Timing, count: int) -> None:
    found = lesson_days(timing, count)
    if timing.weekday is None:
        assert found == [timing.first] * count
        return
    assert {day.weekday() for day in found} == {timing.weekday}
    assert timing.first <= found[0] < timing.first + WEEK
    assert [later - day for day, later in pairwise(found)] == [WEEK] * (count - 1)


@given(plans, timings)
def test_a_draft_asks_all_of_its_lessons_and_keeps_what_else_is_set(
    current: dict[str, Assignment], timing: Timing
) -> None:
    made = spread([*"abc"], current, timing)
    assert [*made] == [*"abc"]
    for lesson, one in made.items():
        before = current.get(lesson, Assignment())
        assert one.assigned
        assert (one.attempt_limit, one.results_held) == (before.attempt_limit, before.results_held)
        assert one.opens_at is not None
        assert one.opens_at.astimezone(SCHOOL_TIME).time() == timing.opens


@given(plans)
def test_without_days_times_stay_as_they_are(current: dict[str, Assignment]) -> None:
    for lesson, one in spread([*"abc"], current, None).items():
        before = current.get(lesson, Assignment())
        assert [*one.times] == [*before.times]
        assert one.assigned


@given(plans, days)
def test_a_moved_plan_begins_in_its_week_and_keeps_weekdays_times_and_distances(
    source: dict[str, Assignment], first: date
) -> None:
    made = moved_to(source, first)
    assert made.keys() == {lesson for lesson, one in source.items() if one != Assignment()}
    pairs = [(was, now) for lesson in made for was, now in zip(source[lesson].times, made[lesson].times, strict=True)]
    shifts = {now - was for was, now in pairs}
    assert len(shifts) <= 1
    assert all(shift % WEEK == timedelta() for shift in shifts)
    if pairs:
        begins = day_of(min(now for _, now in pairs))
        assert begins.isocalendar()[:2] == first.isocalendar()[:2]
    for lesson, one in made.items():
        assert (one.assigned, one.attempt_limit) == (source[lesson].assigned, source[lesson].attempt_limit)


@given(days, st.times().filter(lambda one: not one.fold))
def test_a_day_of_the_school_is_the_same_day_on_the_way_back(day: date, clock: time) -> None:
    assert day_of(moment_of(day, clock)) == day
    assert moment_of(day, clock).astimezone(SCHOOL_TIME).time() == clock
