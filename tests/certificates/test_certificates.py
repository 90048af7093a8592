"""Shows that a certificate is for who completed what was asked, names the school and no score, and is written down."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import cast as typed
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from uuid_utils.compat import uuid7

from curriculum.assignments.assignment import Assignment, Own
from curriculum.assignments.models import StoredAssignment
from curriculum.assignments.plan import Plan, Planned
from curriculum.audit import AuditLine
from curriculum.catalog.lesson import Lesson
from curriculum.certificates.earned import Standing, asked_of, standing
from curriculum.classrooms.roster import StudentRow
from curriculum.progress.completion import Progress
from tests.cast import Cast
from tests.dashboard.school_day import answers, reads
from tests.dashboard.test_class_page import address
from tests.inspection import Page
from tests.quizzes.sample import LESSONS
from tests.site.rows import change, outside
from tests.site_client import SiteClient

COURSE = [typed("Lesson", SimpleNamespace(id=one, steps=("one", "two"))) for one in ("a", "b", "c")]
ROUTE = ("a", "c")
WHO, OTHER = UUID(int=1), UUID(int=2)
ASKED = Planned(Assignment(assigned=True))
DONE = Progress(steps_sent=2, attempts=1, best_points=1, out_of=1, help_route_right=True)


def ids(plan: Plan, who: UUID = WHO) -> list[str]:
    return [lesson.id for lesson in asked_of(who, plan, COURSE, ROUTE)]


def test_what_was_assigned_is_asked_in_teaching_order() -> None:
    assert ids({"c": ASKED, "b": ASKED}) == ["b", "c"]


def test_where_nothing_is_assigned_the_short_route_is_asked() -> None:
    assert ids({}) == ids({"b": Planned(Assignment(attempt_limit=3))}) == ["a", "c"]


def test_what_is_assigned_to_one_student_is_asked_of_them_alone() -> None:
    plan = {"a": ASKED, "b": Planned(own={WHO: Own()})}
    assert (ids(plan), ids(plan, OTHER)) == (["a", "b"], ["a"])


def test_a_lesson_taught_without_devices_and_one_that_is_gone_are_not_asked() -> None:
    taught = Planned(Assignment(assigned=True), taught_on=date(2026, 4, 1))
    assert ids({"a": taught, "b": ASKED, "gone": ASKED}) == ["b"]


@pytest.mark.parametrize(
    ("done", "earned"), [((), False), (("a",), False), (("a", "b"), True), (("a", "b", "c"), True)]
)
def test_it_is_earned_by_all_that_was_asked(done: tuple[str, ...], earned: bool) -> None:
    progress = {(WHO, one): DONE for one in done}
    plan = {"a": ASKED, "b": ASKED}
    assert standing(StudentRow(WHO, 1, "가온"), plan, COURSE, ROUTE, progress).has_earned is earned


def test_nothing_asked_is_nothing_to_certify() -> None:
    assert not Standing(StudentRow(WHO, 1, "가온"), [], 0).has_earned


def page_of(cast: Cast, classroom_id: object = None) -> str:
    return address(classroom_id or cast.classroom_id, "/certificates")


def sheets(page: Page) -> list[str]:
    return [page.words(one) for one in page.all("article") if one.attrib.get("class") == "certificate"]


@pytest.fixture
def han(app: Flask, cast: Cast) -> SiteClient:
    """Han, who has assigned one lesson: Gaon has completed it, Narae has begun."""
    own = {"school_id": cast.school_id, "id": uuid7(), "classroom_id": cast.classroom_id, "lesson_id": LESSONS[0]}
    with outside(app, writing=True) as connection:
        connection.execute(sa.insert(StoredAssignment).values(**own, assigned=True, results_held=False))
    reads(app, cast.gaon, LESSONS[0])
    answers(app, cast.gaon, LESSONS[0], "ways")
    reads(app, cast.narae, LESSONS[0], steps=1)
    return SiteClient(app).sign_in(cast.han)


def test_the_list_offers_who_has_earned_it_and_says_what_others_lack(cast: Cast, han: SiteClient) -> None:
    page = han.get(page_of(cast))
    boxes = [one.attrib["value"] for one in page.all("input") if one.attrib.get("type") == "checkbox"]
    assert boxes == [str(cast.gaon.id)]
    assert "1차시 가운데 0차시" in page.text


@pytest.mark.parametrize(("locale", "title"), [("ko", "수료증"), ("en", "Certificate")])
def test_it_names_school_student_and_lessons_and_no_score(
    app: Flask, cast: Cast, han: SiteClient, locale: str, title: str
) -> None:
    path = page_of(cast).replace("/ko/", f"/{locale}/")
    [sheet] = sheets(han.post(path, {"student": str(cast.gaon.id)}, status=200))
    lesson = app.extensions["catalog"].lesson(LESSONS[0])
    for words in (title, "가온", "햇살중학교", lesson.title.in_(locale), str(datetime.now(UTC).year)):
        assert words in sheet
    assert "%" not in sheet
    assert "83" not in sheet


def test_making_it_is_written_down_by_whose_it_is(app: Flask, cast: Cast, han: SiteClient) -> None:
    han.get(page_of(cast))
    han.post(page_of(cast), {"student": str(cast.gaon.id)}, status=200)
    reads(app, cast.narae, LESSONS[0])
    answers(app, cast.narae, LESSONS[0])
    both = han.post(page_of(cast), {"student": [str(cast.gaon.id), str(cast.narae.id)]}, status=200)
    assert len(sheets(both)) == 2
    with outside(app) as connection:
        lines = connection.execute(sa.select(AuditLine.act, AuditLine.about_id, AuditLine.detail)).all()
    assert lines == [
        ("certificates-made", cast.gaon.id, str(cast.classroom_id)),
        ("certificates-made", cast.classroom_id, "2"),
    ]


def test_who_has_not_earned_it_gets_none_whatever_is_sent(app: Flask, cast: Cast, han: SiteClient) -> None:
    for student in (cast.narae.id, cast.daon.id, uuid4(), "nonsense"):
        page = han.post(page_of(cast), {"student": str(student)}, status=200)
        assert sheets(page) == []
        assert "골라지지 않았습니다" in page.text
    with outside(app) as connection:
        assert connection.execute(sa.select(AuditLine)).all() == []


def test_who_may_only_look_or_teaches_another_class_is_not_let_in(cast: Cast, client: SiteClient) -> None:
    client.sign_in(cast.lim).get(page_of(cast), status=404)
    client.sign_in(cast.bae).get(page_of(cast), status=404)


def test_an_empty_class_says_what_to_do(app: Flask, cast: Cast, han: SiteClient) -> None:
    change(app, "DELETE FROM enrollment WHERE classroom_id = :id", id=cast.classroom_id)
    assert "명단을 올리면 여기에 나옵니다" in han.get(page_of(cast)).text
