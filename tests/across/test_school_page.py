"""Shows that the school's page names no student and says of classes no more than may be said."""

import re

import pytest
from flask import Flask

from tests.across.test_across_page import rows
from tests.cast import Cast
from tests.dashboard.school_day import add_students, answers, reads
from tests.quizzes.sample import LESSONS
from tests.site.rows import change
from tests.site_client import SiteClient

PAGE = "/ko/school/learning"


@pytest.fixture
def moon(app: Flask, cast: Cast) -> SiteClient:
    """Moon, whose school has a class of twelve that works, and one with a single student."""
    students = add_students(app, cast.school_id, cast.classroom_id, [f"학생{place}" for place in range(10)], 20)
    for place, student in enumerate([*students, cast.gaon]):
        reads(app, student, LESSONS[0], steps=None if place < 9 else 1)
        if place < 9:
            answers(app, student, LESSONS[0])
    reads(app, cast.daon, LESSONS[0])
    answers(app, cast.daon, LESSONS[0])
    return SiteClient(app).sign_in(cast.moon)


def test_a_class_is_told_by_fives_and_a_small_one_not_at_all(moon: SiteClient) -> None:
    large, small, lesson = rows(moon.get(PAGE))
    assert large[1:3] == ["12", "1"]
    assert large[3].startswith("B1.1")
    assert large[4:] == ["8명 이상", "95% 안팎"]  # nine of twelve: nearly all are told as all but four
    assert small[1:] == ["1", "학생이 다섯 명보다 적어서 보여 주지 않습니다."]
    assert lesson[1:] == ["1", "12", "8명 이상", "95% 안팎"]


def test_no_student_is_on_it(moon: SiteClient, cast: Cast) -> None:
    page = moon.get(PAGE)
    assert not re.search("학생[0-9]", page.text)
    assert not [one.name for one in (cast.gaon, cast.narae, cast.daon) if one.name in page.text]


def test_a_school_without_classes_is_told_what_to_do(app: Flask, cast: Cast, client: SiteClient) -> None:
    change(app, "UPDATE classroom SET school_year = 2020 WHERE school_id = :id", id=cast.school_id)
    assert "아직 학급이 없습니다" in client.sign_in(cast.moon).get(PAGE).text


def test_it_takes_as_many_statements_whatever_the_classes(moon: SiteClient, statements: list[str]) -> None:
    statements.clear()
    moon.get(PAGE)
    assert 0 < len(statements) <= 4, statements
