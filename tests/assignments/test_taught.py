"""Shows that a lesson taught without devices counts as taught, on its day, and never as answered."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask

from curriculum.retention.services import purge
from curriculum.retention.term import kept_until
from curriculum.tenancy import acting_meanwhile
from tests.assignments.desk import at, planned
from tests.cast import Cast
from tests.quizzes.sample import LESSONS
from tests.site.rows import change, named, rows_of
from tests.site_client import SiteClient

LESSON = LESSONS[0]
NOW = datetime(2026, 3, 20, 16, tzinfo=UTC)  # in Korea it is the 21st already


@pytest.fixture(autouse=True)
def then() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def han(app: Flask, cast: Cast) -> SiteClient:
    return SiteClient(app).sign_in(cast.han)


def mark(client: SiteClient, cast: Cast, day: str = "2026-03-21", status: int = 303, locale: str = "ko") -> str:
    form = {"lesson": LESSON, f"{LESSON}-taught-day": day}
    page = client.post(at(cast, "taught", locale), form, on=at(cast, "", locale), status=status)
    return page.words() if status != 303 else client.location


def test_it_works(app: Flask, cast: Cast, han: SiteClient) -> None:
    assert mark(han, cast) == f"{at(cast)}#{LESSON}"
    assert planned(app, cast)[LESSON].taught_on == date(2026, 3, 21)
    assert "2026년 3월 21일에 기기 없이 가르침" in han.get(at(cast)).words()
    han.post(at(cast, "taught"), {"lesson": LESSON, "way": "unmark"}, on=at(cast))
    assert planned(app, cast)[LESSON].taught_on is None
    acts = [one["act"] for one in named(rows_of(app))["audit_line"]]
    assert acts[-2:] == ["taught-marked", "taught-unmarked"]


def test_it_is_nobodys_answer(app: Flask, cast: Cast, han: SiteClient) -> None:
    mark(han, cast)
    rows = rows_of(app)
    assert rows["attempt"] == rows["lesson_progress"] == rows["item_tally"] == []
    assert "2026년 3월 21일에 교실에서 함께 배웠어요" in SiteClient(app).sign_in(cast.gaon).get("/ko/class").words()


def test_the_years_record_has_it_with_its_day_and_keeps_it_when_the_class_is_gone(
    app: Flask, cast: Cast, han: SiteClient
) -> None:
    mark(han, cast)
    moon, lesson = SiteClient(app).sign_in(cast.moon), app.extensions["catalog"].lesson(LESSON)
    said = f"{lesson.title.ko}{lesson.minutes}2026년 3월 21일에 기기 없이 가르침"
    assert said in moon.get("/ko/school/papers/record?year=2026").words()
    for _ in range(2):  # the second run finds nothing more to do
        with app.app_context(), acting_meanwhile(cast.school_id):
            purge(school_id=cast.school_id, moment=kept_until(2026, 12))
    assert rows_of(app)["assignment"] == []
    assert said in moon.get("/ko/school/papers/record?year=2026").words()


@pytest.mark.parametrize(
    ("day", "ko", "en"),
    [
        ("", "가르친 날을", "day it was taught"),
        ("2026-03-22", "아직 오지 않은", "has not come"),
        ("2026-02-30", "날짜를", "Choose a date"),
        ("0026-03-02", "연도를", "the year"),
    ],
)
def test_a_day_that_cannot_be_is_said_and_kept(
    app: Flask, cast: Cast, han: SiteClient, day: str, ko: str, en: str
) -> None:
    assert ko in mark(han, cast, day, 422)
    assert en in mark(han, cast, day, 422, "en")
    assert planned(app, cast) == {}


def test_who_may_not_change_the_class_marks_nothing(app: Flask, cast: Cast, client: SiteClient) -> None:
    client.sign_in(cast.lim)
    form = {"lesson": LESSON, f"{LESSON}-taught-day": "2026-03-02"}
    client.post(at(cast, "taught"), form, on="/ko/teach/", status=404)
    han = SiteClient(app).sign_in(cast.han)
    han.post(at(cast, "taught"), {**form, "lesson": "middle/no/such"}, on=at(cast), status=400)
    assert planned(app, cast) == {}


def test_lessons_that_the_course_has_no_more_are_said_and_can_be_let_go(
    app: Flask, cast: Cast, han: SiteClient
) -> None:
    mark(han, cast)
    change(app, "UPDATE assignment SET lesson_id = 'middle/help/renamed' WHERE lesson_id = :one", one=LESSON)
    assert "middle/help/renamed" in han.get(at(cast)).words()
    assert "middle/help/renamed" in SiteClient(app).sign_in(cast.lim).get(at(cast, locale="en")).words()
    SiteClient(app).sign_in(cast.gaon).get("/ko/class")
    han.post(at(cast), {"way": "forget"})
    assert planned(app, cast) == {}
