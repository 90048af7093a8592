"""Shows the page of a school year's end: classes move up once, records go when it is said twice."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from curriculum.audit import AuditLine
from curriculum.classrooms.models import Classroom, Enrollment
from curriculum.classrooms.school_year import school_year_of
from curriculum.database import now
from tests.cast import Cast
from tests.site.rows import change, outside, rows_of
from tests.site_client import SiteClient

PAGE = "/ko/school/retention"


@pytest.fixture
def moon(app: Flask, cast: Cast) -> SiteClient:
    return SiteClient(app).sign_in(cast.moon)


def acts(app: Flask) -> list[str]:
    with outside(app) as connection:
        return list(connection.scalars(sa.select(AuditLine.act).order_by(AuditLine.number)))


def test_classes_move_up_with_their_students_and_only_once(app: Flask, cast: Cast, moon: SiteClient) -> None:
    assert "2학년 1반 → 3학년 1반" in moon.get(PAGE).words()
    moon.post(f"{PAGE}/promote", {"sure": "y"}, on=PAGE)
    columns = (Classroom.school_year, Classroom.grade, Classroom.section, Enrollment.number, Enrollment.person_id)
    mine = sa.and_(Enrollment.school_id == Classroom.school_id, Enrollment.classroom_id == Classroom.id)
    with outside(app) as connection:
        moved = sa.select(*columns).join(Enrollment, mine).where(Classroom.school_year == 2027)
        assert {(2027, 3, 1, 1, cast.gaon.id), (2027, 3, 2, 1, cast.daon.id)} <= {
            *map(tuple, connection.execute(moved))
        }
        open_ones = sa.select(Classroom.school_year).where(
            Classroom.archived_at.is_(None), Classroom.school_id == cast.school_id
        )
        assert set(connection.scalars(open_ones)) == {2027}
    assert "classes-promoted" in acts(app)
    before = [row for name, row in rows_of(app).items() if name == "classroom"]
    moon.post(f"{PAGE}/promote", {"sure": "y"}, on=PAGE)
    assert [row for name, row in rows_of(app).items() if name == "classroom"] == before


def test_the_last_grade_is_closed_and_a_class_that_is_there_is_left_alone(
    app: Flask, cast: Cast, moon: SiteClient
) -> None:
    change(app, "UPDATE classroom SET grade = 3 WHERE id = :id", id=cast.classroom_id)
    moon.post(f"{PAGE}/promote", {"sure": "y"}, on=PAGE)
    with outside(app) as connection:
        mine = sa.select(Classroom.grade, Classroom.section).where(
            Classroom.school_id == cast.school_id, Classroom.school_year == 2027
        )
        assert [tuple(row) for row in connection.execute(mine)] == [(3, 2)]


@pytest.mark.parametrize("step", ["promote", "purge"])
def test_a_step_that_cannot_be_taken_back_is_said_twice(app: Flask, cast: Cast, moon: SiteClient, step: str) -> None:
    change(app, "UPDATE classroom SET school_year = 2020 WHERE id = :id", id=cast.other_classroom_id)
    before = rows_of(app)
    page = moon.post(f"{PAGE}/{step}", on=PAGE, status=422)
    assert "먼저 확인했다고 표시해 주세요." in page.words()
    assert rows_of(app) == before


def test_what_is_over_is_counted_and_goes(app: Flask, cast: Cast, moon: SiteClient) -> None:
    assert "지금 지울 기록은 없습니다." in moon.get(PAGE).words()
    change(app, "UPDATE classroom SET school_year = 2020 WHERE id = :id", id=cast.other_classroom_id)
    assert re.search(r"학급 1개와, 그 뒤 학급에 없는 학생 1명", moon.get(PAGE).words())
    assert "students who are in no later class (1)" in moon.get(PAGE.replace("ko", "en")).words()
    moon.post(f"{PAGE}/purge", {"sure": "y"}, on=PAGE)
    assert "학생: 1명" in moon.get(PAGE).words()
    assert cast.daon.name not in str(rows_of(app)["person"])
    assert acts(app) == ["year-purged"]


def test_months_are_the_schools_own(app: Flask, cast: Cast, moon: SiteClient) -> None:
    change(app, "UPDATE school SET retention_months = 24 WHERE id = :id", id=cast.school_id)
    words = moon.get(PAGE).words()
    assert "학년도가 끝나고 24개월" in words
    assert f"{school_year_of(now()) + 3}년 3월 1일까지" in words


def test_nobody_but_an_administrator_closes_a_year(app: Flask, cast: Cast) -> None:
    for member in (cast.han, cast.yu, cast.gaon):
        client = SiteClient(app).sign_in(member)
        client.get(PAGE, status=404)
        token = {"csrf_token": client.token("/ko/lessons/"), "sure": "y"}
        for step in ("promote", "purge"):
            assert client.client.post(f"{PAGE}/{step}", data=token).status_code == 404


def test_the_command_says_what_would_go_and_what_has_gone(app: Flask, cast: Cast) -> None:
    change(app, "UPDATE classroom SET school_year = 2020 WHERE id = :id", id=cast.other_classroom_id)
    run = app.test_cli_runner()
    from curriculum.retention.commands import retention_commands

    said = [run.invoke(retention_commands(), ["run", *more]).output for more in (["--dry-run"], [], [])]
    assert said[0] == said[1]
    assert "1 classes, 1 students" in said[0]
    assert "0 classes, 0 students; rows: nothing" in said[2]
