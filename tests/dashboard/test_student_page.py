"""Shows that a student's page says how far and what was right, what it leaves out, and that opening it is noted."""

import re
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from curriculum.audit import AuditLine
from tests.cast import Cast
from tests.dashboard.school_day import answers, reads
from tests.dashboard.test_class_page import address
from tests.inspection import Page
from tests.quizzes.sample import LESSONS, quiz_in
from tests.site.rows import change, outside
from tests.site_client import SiteClient


def of(cast: Cast, student_id: object, classroom_id: object = None) -> str:
    return address(classroom_id or cast.classroom_id, f"/students/{student_id}")


def acts(app: Flask) -> list[tuple[str, object]]:
    """What was written down, about whom."""
    with outside(app) as connection:
        return [(row[0], row[1]) for row in connection.execute(sa.select(AuditLine.act, AuditLine.about_id))]


def items(page: Page) -> tuple[int, int]:
    """How many items are listed as right, and as missed."""
    lists = [one for one in page.all("ul") if one.attrib.get("class") == "student__items"]
    right = [one for one in lists if page.parents[one].tag == "details"]
    return sum(map(len, right)), sum(len(one) for one in lists if one not in right)


@pytest.fixture
def han(app: Flask, cast: Cast) -> SiteClient:
    """Han, whose student Gaon has tried twice, the second time with one item missed less."""
    first, second, *_ = [item.id for item in quiz_in(app, LESSONS[0]).items if item.type == "single"]
    reads(app, cast.gaon, LESSONS[0])
    answers(app, cast.gaon, LESSONS[0], first, second)
    answers(app, cast.gaon, LESSONS[0], first)
    answers(app, cast.narae, LESSONS[0])
    return SiteClient(app).sign_in(cast.han)


def test_a_link_shows_progress_and_changes_nothing(app: Flask, cast: Cast, han: SiteClient) -> None:
    page = han.get(of(cast, cast.gaon.id))
    assert page.h1 == "가온"
    assert "83%" in page.words()
    assert "None" not in page.words()  # of what has no score, none is shown
    assert items(page) == (0, 0)
    assert acts(app) == []


def test_opening_it_shows_attempts_and_items_and_is_written_down(app: Flask, cast: Cast, han: SiteClient) -> None:
    page = han.post(of(cast, cast.gaon.id), status=200)
    [table] = [one for one in page.all("table") if one.attrib.get("class") == "student__attempts"]
    tries = [[page.words(cell) for cell in row] for body in table.iter("tbody") for row in body.iter("tr")]
    assert [(one[0], one[2]) for one in tries] == [("1", "67%"), ("2", "83% 가장 좋은 풀이")]
    assert items(page) == (len(quiz_in(app, LESSONS[0]).items) - 1, 1)
    assert acts(app) == [("student-seen", cast.gaon.id)]


def test_mastery_counts_the_items_of_each_objective(app: Flask, cast: Cast, han: SiteClient) -> None:
    page = han.post(of(cast, cast.gaon.id), status=200)
    shares = re.findall(r"(\d+)문항 가운데 (\d+)문항", page.words())
    total = len(quiz_in(app, LESSONS[0]).items)
    assert (sum(int(one) for one, _ in shares), sum(int(one) for _, one in shares)) == (total, total - 1)


def test_what_was_chosen_and_what_is_private_is_not_there(app: Flask, cast: Cast, han: SiteClient) -> None:
    page = han.post(of(cast, cast.gaon.id), status=200)
    options = [option.text.ko for item in quiz_in(app, LESSONS[0]).items for option in item.options]
    assert not [one for one in options if one in page.words()]
    assert "다른 길로 배웠는지" in page.text


def test_of_a_quiz_that_was_changed_no_item_is_shown(app: Flask, cast: Cast, han: SiteClient) -> None:
    change(app, "UPDATE attempt SET quiz_digest = 'another' WHERE person_id = :id", id=cast.gaon.id)
    page = han.post(of(cast, cast.gaon.id), status=200)
    assert items(page) == (0, 0)
    assert "문항이 바뀌어서" in page.text
    assert "67%" in page.text


def test_many_attempts_are_cut_to_the_latest_and_say_so(app: Flask, cast: Cast, han: SiteClient) -> None:
    for _ in range(11):
        answers(app, cast.gaon, LESSONS[0])
    page = han.post(of(cast, cast.gaon.id), status=200)
    assert "앞의 3번은 줄였습니다" in page.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_and_nobody_of_another_class_is_there(app: Flask, cast: Cast, han: SiteClient, method: str) -> None:
    token = {"csrf_token": han.token(of(cast, cast.gaon.id))}
    absent = [
        of(cast, cast.suspended.id),
        of(cast, cast.daon.id),
        of(cast, cast.daon.id, cast.other_classroom_id),
        of(cast, cast.lumi.id, cast.foreign_classroom_id),
        of(cast, cast.han.id),
        of(cast, uuid4()),
    ]
    for path in absent:
        found = han.client.get(path) if method == "get" else han.client.post(path, data=token)
        assert found.status_code == 404, path
    assert acts(app) == []


def test_a_teacher_taken_off_the_class_a_minute_ago_opens_nothing(app: Flask, cast: Cast, han: SiteClient) -> None:
    token = {"csrf_token": han.token(of(cast, cast.gaon.id))}
    change(app, "DELETE FROM teaching WHERE person_id = :id", id=cast.han.id)
    assert han.client.post(of(cast, cast.gaon.id), data=token).status_code == 404
    assert acts(app) == []


def test_a_student_without_anything_yet_is_told_so_and_reads_in_english(cast: Cast, han: SiteClient) -> None:
    page = han.post(of(cast, cast.narae.id).replace("/ko/", "/en/"), status=200)
    assert "best attempt" in page.text
    assert "아직 낸 풀이가 없습니다" not in page.text


def test_it_needs_few_statements(cast: Cast, han: SiteClient, statements: list[str]) -> None:
    han.get(of(cast, cast.gaon.id))
    statements.clear()
    han.get(of(cast, cast.gaon.id))
    assert 0 < len(statements) <= 4, statements
