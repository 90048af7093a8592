"""Shows what is set for a quiz at every moment: it opens once, closes once, and follows the moment alone."""

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.assignments import assignment as rules
from curriculum.assignments.assignment import FEWEST, GRACE, MOST, Assignment, AssignmentState, Own, read_version
from curriculum.classrooms.school_year import SCHOOL_TIME

ORDER = list(AssignmentState)
MICROSECOND = timedelta(microseconds=1)
NINE, TEN = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 2, 1, tzinfo=UTC)
# Where clocks are put forward and back: what is noon there is not always the same hour of the server.
ZONES = [UTC, SCHOOL_TIME, *(ZoneInfo(name) for name in ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe"))]

# Hypothesis takes the bounds without a zone, and gives each moment one.
EARLIEST, LATEST = (datetime(year, 7, 1, tzinfo=UTC).replace(tzinfo=None) for year in (2000, 2099))
moments = st.datetimes(EARLIEST, LATEST, timezones=st.sampled_from(ZONES), allow_imaginary=False)


@st.composite
def assignments(draw: st.DrawFn) -> Assignment:
    """Anything that can be set."""
    ends = sorted(draw(st.lists(moments, min_size=3, max_size=3, unique=True)), key=lambda one: one.astimezone(UTC))
    opens, due, closes = (end if draw(st.booleans()) else None for end in ends)
    asked = draw(st.booleans())
    if due and draw(st.booleans()):
        closes = due  # it may close at the moment it is due
    limit, held = draw(st.none() | st.integers(FEWEST, MOST)), draw(st.booleans())
    return Assignment(limit, held, opens, closes, due if asked else None, asked)


owns = st.none() | st.builds(Own, st.none() | moments, st.none() | st.integers(FEWEST, MOST))


def test_where_nothing_is_set_the_quiz_is_open_without_limit_and_nothing_is_held_back() -> None:
    nothing = Assignment()
    assert nothing.state(NINE) is AssignmentState.OPEN
    assert nothing.takes_answers(NINE)
    assert nothing.allows_another(10**9)
    assert not nothing.results_held


def test_it_opens_at_its_time_and_closes_at_its_time() -> None:
    lesson = Assignment(opens_at=NINE, closes_at=TEN)
    states = [lesson.state(moment) for moment in (NINE - MICROSECOND, NINE, TEN - MICROSECOND, TEN)]
    assert states == ["upcoming", "open", "open", "closed"]


def test_what_was_on_its_way_is_taken_for_a_minute_and_not_a_moment_longer() -> None:
    lesson = Assignment(opens_at=NINE, closes_at=TEN)
    assert timedelta(seconds=60) == GRACE
    assert lesson.takes_answers(TEN + GRACE - MICROSECOND)
    assert not lesson.takes_answers(TEN + GRACE)
    assert not lesson.takes_answers(NINE - MICROSECOND)  # there is no grace before it opens


@given(assignments(), moments, moments)
def test_it_never_opens_again(lesson: Assignment, one: datetime, other: datetime) -> None:
    first, second = sorted([one, other], key=lambda moment: moment.astimezone(UTC))
    assert ORDER.index(lesson.state(first)) <= ORDER.index(lesson.state(second))
    if lesson.state(first) is not AssignmentState.UPCOMING and not lesson.takes_answers(first):
        assert not lesson.takes_answers(second)


@given(assignments(), moments)
def test_answers_are_taken_while_it_is_open_and_in_the_grace_alone(lesson: Assignment, moment: datetime) -> None:
    late = lesson.closes_at is not None and timedelta(0) <= moment - lesson.closes_at < GRACE
    assert lesson.takes_answers(moment) == (lesson.state(moment) is AssignmentState.OPEN or late)


@given(assignments(), moments, st.sampled_from(ZONES))
def test_the_zone_in_which_a_moment_is_written_makes_no_difference(
    lesson: Assignment, moment: datetime, zone: ZoneInfo
) -> None:
    assert lesson.state(moment) is lesson.state(moment.astimezone(zone)) is lesson.state(moment.astimezone(UTC))


@given(assignments(), moments, st.timedeltas(timedelta(days=-366), timedelta(days=366)))
def test_a_clock_that_was_wrong_leaves_nothing_behind(lesson: Assignment, moment: datetime, wrong: timedelta) -> None:
    """A year ahead, a day behind, a step in the middle of a quiz: once it is right again, so is the answer."""
    before = lesson.state(moment), lesson.takes_answers(moment)
    shifted = (moment.astimezone(UTC) + wrong).astimezone(moment.tzinfo)
    lesson.state(shifted)
    lesson.takes_answers(shifted)
    assert (lesson.state(moment), lesson.takes_answers(moment)) == before


def test_the_rules_look_at_no_clock_of_their_own() -> None:
    calls = [
        node for node in ast.walk(ast.parse(Path(rules.__file__).read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    assert not {ast.unparse(call.func).rpartition(".")[2] for call in calls} & {"now", "today", "utcnow", "time"}


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    """In New York half past one comes twice on this night: an assignment that opens in between knows which is meant."""
    zone = ZoneInfo("America/New_York")
    first, second = (datetime(2026, 11, 1, 1, 30, tzinfo=zone, fold=fold) for fold in (0, 1))
    lesson = Assignment(opens_at=datetime(2026, 11, 1, 6, tzinfo=UTC))
    assert [lesson.state(moment.astimezone(UTC)) for moment in (first, second)] == ["upcoming", "open"]


def test_school_time_is_that_of_korea() -> None:
    korea = ZoneInfo("Asia/Seoul")
    days = [datetime(2000, 1, 1, tzinfo=UTC) + timedelta(days=30 * place) for place in range(1200)]
    assert {day.astimezone(korea).utcoffset() for day in days} == {SCHOOL_TIME.utcoffset(None)}


@given(st.integers(FEWEST, MOST), st.integers(0, 2 * MOST))
def test_a_limit_allows_as_many_attempts_as_it_says(limit: int, closed: int) -> None:
    assert Assignment(attempt_limit=limit).allows_another(closed) == (closed < limit)


@pytest.mark.parametrize("limit", [-1, 0, MOST + 1])
def test_a_limit_out_of_range_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match=f"not {limit}"):
        Assignment(attempt_limit=limit)


@pytest.mark.parametrize("closes_at", [NINE, NINE - MICROSECOND])
def test_what_would_close_before_it_opens_is_refused(closes_at: datetime) -> None:
    with pytest.raises(ValueError, match="does not lie before"):
        Assignment(opens_at=NINE, closes_at=closes_at)


@pytest.mark.parametrize(
    "bad",
    [
        {"due_at": NINE},  # nobody is asked
        {"assigned": True, "due_at": NINE, "opens_at": NINE},
        {"assigned": True, "due_at": TEN, "closes_at": NINE},
    ],
)
def test_what_is_due_when_it_cannot_be_is_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"due|closes|after"):
        Assignment(**bad)


def test_what_is_late_is_taken_all_the_same() -> None:
    lesson = Assignment(assigned=True, due_at=NINE)
    assert [lesson.is_late(moment) for moment in (NINE - MICROSECOND, NINE)] == [False, True]
    assert lesson.takes_answers(TEN + timedelta(days=400))


# what a student has of their own


@given(assignments(), owns, moments, st.integers(0, 2 * MOST))
def test_nobody_ever_has_less_than_the_class(
    lesson: Assignment, own: Own | None, moment: datetime, closed: int
) -> None:
    holds = lesson.with_own(own)
    assert holds.takes_answers(moment) >= lesson.takes_answers(moment)
    assert holds.allows_another(closed) >= lesson.allows_another(closed)
    assert holds.is_late(moment) <= lesson.is_late(moment) or lesson.due_at is None
    assert holds.assigned >= lesson.assigned
    # What is not given stays as it is: own time opens nothing early and shows no results.
    assert (holds.opens_at, holds.results_held) == (lesson.opens_at, lesson.results_held)


@given(assignments(), owns, moments)
def test_own_time_ends_too(lesson: Assignment, own: Own | None, moment: datetime) -> None:
    last = [end for end in (lesson.closes_at, own.until if own else None) if end]
    holds = lesson.with_own(own)
    if lesson.closes_at and all(moment - end >= GRACE for end in last):
        assert not holds.takes_answers(moment)


@given(assignments(), owns)
def test_giving_the_same_twice_gives_it_once(lesson: Assignment, own: Own | None) -> None:
    holds = lesson.with_own(own)
    assert holds.with_own(own) == holds
    assert own is not None or holds == lesson


def test_who_was_absent_has_until_their_own_day_and_their_own_number_of_attempts() -> None:
    closed = Assignment(1, False, None, NINE, NINE, True)
    holds = closed.with_own(Own(TEN, 3))
    assert (holds.closes_at, holds.due_at, holds.attempt_limit) == (TEN, TEN, 3)
    assert closed.with_own(Own(NINE - GRACE, None)) == closed
    assert Assignment().with_own(Own(TEN, 3)) == Assignment(due_at=TEN, assigned=True)  # it never closed, without limit


@given(assignments())
def test_a_version_can_be_read_again(lesson: Assignment) -> None:
    assert read_version(lesson.version).version == lesson.version


@pytest.mark.parametrize("text", ["", "/////x", "21/////", "/ja////", "///2026-03-02T09:00:00//", "/" * 9, "한/////"])
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_version(text)


@given(assignments(), assignments())
def test_two_versions_are_equal_exactly_when_the_assignments_are(one: Assignment, other: Assignment) -> None:
    assert (one.version == other.version) == (one == other)
