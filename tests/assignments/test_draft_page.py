"""Shows that several lessons are set at once as they were shown, and taken back: a route, a unit, another plan."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from curriculum.assignments.assignment import Assignment
from curriculum.classrooms.services import let_teach
from curriculum.database import begin_write, db
from tests.assignments.desk import at, lines, plan, planned
from tests.cast import Cast
from tests.inspection import Page
from tests.quizzes.sample import LESSONS
from tests.site.rows import change, named, rows_of
from tests.site_client import SiteClient

ROUTE = "?what=route&first=2026-03-02&pace=1&opens=09:00"
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)  # nine in the morning in Korea
SET = Assignment(2, True, MONDAY, MONDAY + timedelta(days=9), MONDAY + timedelta(days=2), True)


@pytest.fixture
def han(app: Flask, cast: Cast) -> SiteClient:
    return SiteClient(app).sign_in(cast.han)


def route(app: Flask) -> list[str]:
    catalog = app.extensions["catalog"]
    return [lesson.id for lesson in catalog.course("middle").lessons if lesson.id in catalog.short_route]


def test_it_works(app: Flask, cast: Cast, han: SiteClient) -> None:
    page = han.get(at(cast, f"draft{ROUTE}"))
    assert planned(app, cast) == {}  # it is shown first
    saved = han.post(at(cast, "draft"), lines(page), on=at(cast), status=200)
    stored = {lesson: one.assignment for lesson, one in planned(app, cast).items()}
    tuesday = MONDAY + timedelta(days=1)
    assert {one.opens_at for one in stored.values()} == {
        tuesday + timedelta(weeks=place) for place in range(len(route(app)))
    }
    assert stored.keys() == {*route(app)}
    assert all(one.assigned and one.closes_at is None for one in stored.values())
    han.post(at(cast, "draft"), lines(saved), on=at(cast), status=200)
    assert {one.assignment for one in planned(app, cast).values()} == {Assignment()}


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_one_press_on_the_plan_shows_a_route_and_each_unit(cast: Cast, han: SiteClient, locale: str) -> None:
    page = han.get(at(cast, locale=locale))
    drafts = [one.attrib["href"] for one in page.all("a") if "what=" in one.attrib.get("href", "")]
    assert len(drafts) == 6  # the route and five units
    for one in drafts[:2]:
        assert lines(han.get(one))["wanted"]
    text = han.get(at(cast, f"draft{ROUTE}", locale)).words().replace("\u202f", " ")
    assert ("2026년 3월 3일 (화) 오전 9:00" if locale == "ko" else "Tue, 3 Mar 2026, 9:00") in text


def test_what_was_set_before_stays_but_for_the_days(app: Flask, cast: Cast, han: SiteClient) -> None:
    lesson = route(app)[0]
    plan(app, cast, {lesson: SET})
    page = han.get(at(cast, f"draft{ROUTE}&closes=y"))
    han.post(at(cast, "draft"), lines(page), on=at(cast), status=200)
    one = planned(app, cast)[lesson].assignment
    assert (one.attempt_limit, one.results_held) == (2, True)
    assert one.closes_at == one.due_at == datetime(2026, 3, 9, 14, 59, tzinfo=UTC)


def test_all_of_it_is_one_line_in_the_log_and_nothing_is_none(app: Flask, cast: Cast, han: SiteClient) -> None:
    sent = lines(han.get(at(cast, f"draft{ROUTE}")))
    for _ in range(2):  # sent twice, saved once
        han.post(at(cast, "draft"), sent, on=at(cast), status=200)
    assert [one["act"] for one in named(rows_of(app))["audit_line"]].count("planned") == 1


def test_who_saves_second_is_told_and_nothing_is_half_done(
    app: Flask, cast: Cast, han: SiteClient, visitor: Callable[[], SiteClient]
) -> None:
    sent = lines(han.get(at(cast, f"draft{ROUTE}")))
    plan(app, cast, {route(app)[1]: SET})
    before = planned(app, cast)
    page = han.post(at(cast, "draft"), sent, on=at(cast), status=409)
    assert planned(app, cast) == before
    assert "먼저 바꾸어서" in page.words()
    # Sent once more it is saved: now they know what it replaces.
    again = lines(page)
    assert again["wanted"] == sent["wanted"]
    han.post(at(cast, "draft"), again, on=at(cast), status=200)
    assert planned(app, cast)[route(app)[1]].assignment.version in {one.split(" ")[1] for one in sent["wanted"]}


# another plan


def teach_too(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_write()
        let_teach(school_id=cast.school_id, classroom_id=cast.other_classroom_id, person_id=cast.han.id, read_only=True)
        db.session.commit()


def test_the_plan_of_another_class_comes_over_by_whole_weeks(app: Flask, cast: Cast, han: SiteClient) -> None:
    source = {LESSONS[0]: SET, LESSONS[1]: Assignment(results_held=True), "middle/gone/long-ago": SET}
    plan(app, cast, source, cast.other_classroom_id)
    teach_too(app, cast)
    page = han.get(at(cast, f"draft?what={cast.other_classroom_id}&first=2026-08-21"))
    assert "middle/gone/long-ago" in page.words()  # it is said, and left out
    han.post(at(cast, "draft"), lines(page), on=at(cast), status=200)
    stored = {lesson: one.assignment for lesson, one in planned(app, cast).items()}
    # From Monday 2 March to Monday 17 August, in whose week the 21st is.
    assert stored == {LESSONS[0]: SET.moved(timedelta(weeks=24)), LESSONS[1]: source[LESSONS[1]]}


def test_a_plan_without_a_lesson_of_this_course_has_nothing_to_bring(app: Flask, cast: Cast, han: SiteClient) -> None:
    teach_too(app, cast)
    page = han.get(at(cast, f"draft?what={cast.other_classroom_id}"))
    assert "가져올 것이 없습니다" in page.words()


def test_only_plans_that_one_may_see_are_offered(app: Flask, cast: Cast, han: SiteClient) -> None:
    plan(app, cast, {LESSONS[0]: SET}, cast.other_classroom_id)
    for other in (cast.other_classroom_id, cast.foreign_classroom_id, "nothing"):
        page = han.get(at(cast, f"draft?what={other}"), status=422)
        assert lines_of(page) == 0
    assert str(cast.other_classroom_id) not in han.get(at(cast, "draft")).text


def lines_of(page: Page) -> int:
    return len([one for one in page.all("input") if one.attrib.get("name") == "wanted"])


# who may, and what cannot be


def test_who_may_only_look_or_teaches_elsewhere_has_no_drafts(app: Flask, cast: Cast, client: SiteClient) -> None:
    client.sign_in(cast.lim)
    assert "/draft" not in client.get(at(cast)).text
    client.get(at(cast, f"draft{ROUTE}"), status=404)
    wanted = f"{LESSONS[0]} {SET.version}"
    client.post(at(cast, "draft"), {"wanted": wanted, "shown": ""}, on="/ko/teach/", status=404)
    assert planned(app, cast) == {}


def test_a_teacher_who_was_taken_off_a_minute_ago_saves_nothing(app: Flask, cast: Cast, han: SiteClient) -> None:
    sent, token = lines(han.get(at(cast, f"draft{ROUTE}"))), han.token(at(cast))
    change(app, "DELETE FROM teaching WHERE person_id = :id", id=cast.han.id)
    response = han.client.post(at(cast, "draft"), data={"csrf_token": token, **sent})
    assert response.status_code == 404
    assert planned(app, cast) == {}


BAD = [
    "first=",
    "first=2026-02-30",
    "first=0026-03-02",
    "pace=9",
    "pace=",
    "opens=25:00",
    "opens=",
    "what=x",
]


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_a_draft_that_cannot_be_made_says_why_and_keeps_what_was_typed(
    app: Flask, cast: Cast, han: SiteClient, locale: str
) -> None:
    for bad in BAD:
        name, _, typed = bad.partition("=")
        kept = ROUTE.replace("?", "&")
        page = han.get(at(cast, f"draft?{bad}{kept if name != 'what' else ''}", locale), status=422)
        assert lines_of(page) == 0
        assert [one for one in page.all("p") if "field__error" in one.attrib.get("class", "")], bad
        if name in {"first", "opens"}:
            assert typed in [one.attrib.get("value") for one in page.all("input") if one.attrib.get("name") == name]


def test_what_no_page_sends_is_refused(app: Flask, cast: Cast, han: SiteClient) -> None:
    fine = f"{LESSONS[0]} {SET.version}"
    for wanted in (
        "",
        "x",
        f"{LESSONS[0]} x",
        f"middle/no/such {SET.version}",
        f"{fine} more",
        f"{LESSONS[0]} 21/////",
    ):
        han.post(at(cast, "draft"), {"wanted": wanted, "shown": fine}, on=at(cast), status=400)
    han.post(at(cast, "draft"), {"wanted": fine, "shown": "\0"}, on=at(cast), status=400)
    han.post(at(cast, "draft"), {}, on=at(cast), status=400)
    assert planned(app, cast) == {}


def test_what_is_left_out_of_an_address_is_today(cast: Cast, client: SiteClient) -> None:
    with time_machine.travel(datetime(2026, 3, 4, 16, tzinfo=UTC)):  # in Korea it is Thursday already
        page = client.sign_in(cast.han).get(at(cast, "draft?what=route"))
    assert "2026년 3월 5일 (목) 오전 9:00" in page.words().replace("\u202f", " ")


def test_drafts_need_six_statements_at_most(cast: Cast, han: SiteClient, statements: list[str]) -> None:
    statements.clear()
    han.get(at(cast, f"draft{ROUTE}"))
    assert 0 < len([one for one in statements if not one.startswith("SET LOCAL")]) <= 6
