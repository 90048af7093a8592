"""Shows that the pictures of a class say what its tables say: students and lessons, and weeks by the school's clock."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import cast
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from curriculum.catalog.lesson import Lesson
from curriculum.dashboard.grid_picture import grid_picture
from curriculum.dashboard.overview import GridRow, Mark
from curriculum.dashboard.weeks import WEEK, monday_of, weeks_of
from curriculum.progress.completion import State
from tests.cast import Cast
from tests.dashboard.school_day import add_students, answers, reads
from tests.dashboard.test_class_page import address
from tests.inspection import Page
from tests.quizzes.sample import LESSONS, quiz_in
from tests.site.rows import change
from tests.site_client import SiteClient

FIRST_DAY = datetime(2026, 3, 1, tzinfo=UTC)
moments = st.integers(0, 360 * 24).map(lambda hours: FIRST_DAY + timedelta(hours=hours))


def table(page: Page, number: int) -> list[list[str]]:
    """The rows of the first or second table."""
    body = next(page.all("table")[number].iter("tbody"))
    return [[page.words(cell) for cell in row] for row in body.iter("tr")]


def test_a_week_begins_on_monday_in_the_classroom() -> None:
    sunday_night_in_seoul = datetime(2026, 3, 8, 14, 59, tzinfo=UTC)
    assert monday_of(sunday_night_in_seoul) == date(2026, 3, 2)
    assert monday_of(sunday_night_in_seoul + timedelta(minutes=1)) == date(2026, 3, 9)


@given(st.lists(moments), moments)
def test_every_completion_stands_in_one_week_and_no_week_is_missing(ends: list[datetime], now: datetime) -> None:
    weeks = weeks_of(ends, now)
    assert sum(week.completed for week in weeks) == len(ends)
    assert all(two.monday - one.monday == WEEK for one, two in pairwise(weeks))
    assert all(week.monday.weekday() == 0 for week in weeks)
    assert bool(weeks) == bool(ends)


@given(st.lists(st.lists(st.sampled_from(State), min_size=3, max_size=3), max_size=8))
def test_the_numbers_beside_the_grid_are_those_of_its_cells(states: list[list[State]]) -> None:
    lessons = [cast("Lesson", SimpleNamespace(id=one)) for one in "abc"]
    rows = [
        GridRow(number, "", [Mark(one, None) for one in row], UUID(int=number)) for number, row in enumerate(states)
    ]
    picture = grid_picture(rows, lessons)
    for place, column in enumerate(picture.columns):
        drawn = [row[place] for _, row in picture.rows]
        assert (column.done, column.partly, column.none) == tuple(drawn.count(one) for one in reversed(State))
    assert sum(picture.width for _ in lessons) == pytest.approx(100, abs=0.01)


@pytest.fixture
def han(app: Flask, cast: Cast) -> SiteClient:
    """Han, whose class has completed one lesson twice, in two weeks; somebody has answered without reading."""
    [third] = add_students(app, cast.school_id, cast.classroom_id, ["다래"], 20)
    for student in (cast.gaon, cast.narae):
        reads(app, student, LESSONS[0])
        answers(app, student, LESSONS[0])
    answers(app, third, LESSONS[0])
    later = "UPDATE attempt SET closed_at = '2026-03-17 03:00:00' WHERE person_id = :id"
    change(app, later, id=cast.narae.id)
    return SiteClient(app).sign_in(cast.han)


def test_what_was_completed_stands_in_its_week(app: Flask, cast: Cast, han: SiteClient) -> None:
    page = han.get(address(cast.classroom_id, "/pictures"))
    assert [row[1] for row in table(page, 1)] == ["1", "1"]
    assert table(page, 1)[0][0].startswith("2026년 3월 2일")
    assert table(page, 0)[0][1:] == ["2", "1", "0"]


def test_trying_again_and_reading_again_move_nothing(app: Flask, cast: Cast, han: SiteClient) -> None:
    before = table(han.get(address(cast.classroom_id, "/pictures")), 1)
    missed = [item.id for item in quiz_in(app, LESSONS[0]).items]
    answers(app, cast.gaon, LESSONS[0], *missed)
    answers(app, cast.gaon, LESSONS[0])
    change(app, "UPDATE visit SET sent_at = '2026-09-01 00:00:00' WHERE person_id = :id", id=cast.gaon.id)
    assert table(han.get(address(cast.classroom_id, "/pictures")), 1) == before


def test_another_year_and_another_class_are_not_counted(app: Flask, cast: Cast, han: SiteClient) -> None:
    reads(app, cast.daon, LESSONS[0])
    answers(app, cast.daon, LESSONS[0])
    change(app, "UPDATE attempt SET closed_at = '2025-09-01 00:00:00' WHERE person_id = :id", id=cast.gaon.id)
    assert [row[1] for row in table(han.get(address(cast.classroom_id, "/pictures")), 1)] == ["1"]


def test_no_name_is_on_it_and_every_drawing_is_left_out_for_who_listens(cast: Cast, han: SiteClient) -> None:
    page = han.get(address(cast.classroom_id, "/pictures"))
    assert not [one.name for one in (cast.gaon, cast.narae) if one.name in page.words(page.all("main")[0])]
    drawn = [one for one in page.all("svg") if "picture" in one.attrib.get("class", "")]
    assert all(page.inherited(one, "aria-hidden") == "true" for one in drawn)


def test_an_empty_class_and_one_without_any_completion_say_so(app: Flask, cast: Cast, client: SiteClient) -> None:
    client.sign_in(cast.bae)
    assert "아직 마친 수업이 없습니다" in client.get(address(cast.other_classroom_id, "/pictures")).text
    change(app, "DELETE FROM enrollment WHERE classroom_id = :id", id=cast.other_classroom_id)
    assert "아직 학생이 없습니다" in client.get(address(cast.other_classroom_id, "/pictures")).text
    client.get(address(cast.classroom_id, "/pictures"), status=404)


def test_it_needs_few_statements(cast: Cast, han: SiteClient, statements: list[str]) -> None:
    han.get(address(cast.classroom_id, "/pictures"))
    statements.clear()
    han.get(address(cast.classroom_id, "/pictures"))
    assert 0 < len(statements) <= 6, statements
