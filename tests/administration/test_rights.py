"""Shows that one student's record can be seen, taken out, put right, stopped and erased, and nobody else's with it."""

import json

import pytest
import sqlalchemy as sa
from flask import Flask

from curriculum.accounts.models import Person
from curriculum.audit import AuditLine
from curriculum.database import db
from curriculum.quizzes.services import rebuild
from curriculum.tenancy import acting_meanwhile
from tests.cast import Cast, Member
from tests.quizzes.sample import LESSONS, quiz_in, sent
from tests.site.rows import named, outside, rows_of
from tests.site_client import SiteClient

PEOPLE = "/ko/school/people"


def page_of(member: Member) -> str:
    return f"{PEOPLE}/{member.id}"


@pytest.fixture
def moon(app: Flask, cast: Cast) -> SiteClient:
    return SiteClient(app).sign_in(cast.moon)


def learn(app: Flask, member: Member, client: SiteClient | None = None) -> None:
    """Read a step and send a quiz in, as a student does."""
    client = client or SiteClient(app).sign_in(member)
    path = f"/ko/lessons/{LESSONS[0]}"
    client.post(f"{path}/steps/{app.extensions['catalog'].lesson(LESSONS[0]).step_ids[0]}", on=path)
    hidden = {one.attrib.get("name"): one.attrib.get("value") for one in client.get(f"{path}/quiz").all("input")}
    client.post(f"{path}/quiz", sent(quiz_in(app, LESSONS[0]), owner=str(hidden["owner"])), on=f"{path}/quiz")


def acts(app: Flask) -> list[str]:
    with outside(app) as connection:
        return list(connection.scalars(sa.select(AuditLine.act).order_by(AuditLine.number)))


def test_everything_kept_about_one_student_and_nothing_of_another_is_taken_out(
    app: Flask, cast: Cast, moon: SiteClient
) -> None:
    learn(app, cast.gaon)
    learn(app, cast.narae)
    moon.post(f"{page_of(cast.gaon)}/record", {"file": "json"}, on=page_of(cast.gaon), status=200)
    kept = json.loads(moon.last.data)
    rows = named(rows_of(app))
    own = str(cast.gaon.id)
    attempts = {str(row["id"]) for row in rows["attempt"] if str(row["person_id"]) == own}
    assert attempts
    for table in ("visit", "attempt", "lesson_progress", "enrollment"):
        assert {one["id"] for one in kept[table]} == {
            str(row["id"]) for row in rows[table] if str(row["person_id"]) == own
        }
    assert {one["id"] for one in kept["item_response"]} == {
        str(row["id"]) for row in rows["item_response"] if str(row["attempt_id"]) in attempts
    }
    assert str(cast.narae.id) not in moon.last.text
    assert "hash" not in moon.last.text
    moon.post(f"{page_of(cast.gaon)}/record", on=page_of(cast.gaon), status=200)
    assert acts(app) == ["record-exported", "record-seen"]


def test_a_name_is_put_right_and_an_empty_one_keeps_the_page(app: Flask, cast: Cast, moon: SiteClient) -> None:
    page = moon.post(f"{page_of(cast.gaon)}/name", {"name": "  "}, on=page_of(cast.gaon), status=422)
    assert "이름을 적어 주세요." in page.text
    moon.post(f"{page_of(cast.gaon)}/consent", {"how": "paper"}, on=page_of(cast.gaon))
    moon.post(f"{page_of(cast.gaon)}/name", {"name": " 새 이름 "}, on=page_of(cast.gaon))
    with outside(app) as connection:
        assert connection.scalar(sa.select(Person.display_name).where(Person.id == cast.gaon.id)) == "새 이름"


def test_a_stopped_record_is_in_no_list_and_comes_back_as_it_was(app: Flask, cast: Cast, moon: SiteClient) -> None:
    learn(app, cast.gaon)
    student, teacher = SiteClient(app).sign_in(cast.gaon), SiteClient(app).sign_in(cast.han)
    grid = f"/ko/teach/classes/{cast.classroom_id}"
    moon.post(f"{page_of(cast.gaon)}/pause", on=page_of(cast.gaon))
    assert student.client.get("/ko/class").status_code == 303
    assert cast.gaon.name not in teacher.get(grid).text
    assert "멈추어 있습니다" in moon.get(page_of(cast.gaon)).text
    moon.post(f"{page_of(cast.gaon)}/pause", on=page_of(cast.gaon))
    assert cast.gaon.name in teacher.get(grid).text
    SiteClient(app).sign_in(cast.gaon).get("/ko/class")
    assert acts(app) == ["stopped", "resumed"]


def test_erasing_needs_the_number_typed_once_more(app: Flask, cast: Cast, moon: SiteClient) -> None:
    path = f"{page_of(cast.gaon)}/erase"
    assert "번호가 다릅니다" in moon.post(path, {"number": "59"}, status=422).text
    moon.get(page_of(cast.gaon))


def test_erasing_leaves_no_row_and_the_counts_as_if_they_had_never_answered(
    app: Flask, cast: Cast, moon: SiteClient
) -> None:
    learn(app, cast.narae)
    before = rows_of(app, without=frozenset({"id"}))["item_tally"]
    learn(app, cast.gaon)
    moon.post(f"{page_of(cast.gaon)}/erase", {"number": cast.gaon.number})
    rows = named(rows_of(app))
    found = [
        table
        for table, several in rows.items()
        if table != "audit_line" and any(cast.gaon.id in row.values() for row in several)
    ]
    assert found == []
    assert rows_of(app, without=frozenset({"id"}))["item_tally"] == before
    with app.app_context(), acting_meanwhile(cast.school_id):
        rebuild(school_id=cast.school_id)
        db.session.commit()
    assert rows_of(app, without=frozenset({"id"}))["item_tally"] == before
    moon.get(page_of(cast.gaon), status=404)


@pytest.mark.parametrize("who", ["han", "yu", "gaon"])
def test_nobody_else_opens_a_record(app: Flask, cast: Cast, who: str) -> None:
    client = SiteClient(app).sign_in(getattr(cast, who))
    for path in (PEOPLE, page_of(cast.narae), f"{page_of(cast.narae)}/erase"):
        client.get(path, status=404)
    token = {"csrf_token": client.token("/ko/lessons/")}
    for step in ("record", "name", "pause", "erase"):
        assert client.client.post(f"{page_of(cast.narae)}/{step}", data=token).status_code == 404


def test_a_student_of_another_school_and_staff_are_not_found(app: Flask, cast: Cast, moon: SiteClient) -> None:
    for member in (cast.lumi, cast.han, cast.moon):
        moon.get(page_of(member), status=404)
    assert cast.lumi.name not in moon.get(PEOPLE).text
