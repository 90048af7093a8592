"""Shows that single students are asked lessons, given time and attempts of their own, and what that does for them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from curriculum.assignments.assignment import Assignment, Own
from tests.assignments.desk import at, hidden, holds, plan, planned
from tests.cast import Cast, Member
from tests.quizzes.sample import LESSONS, quiz_in
from tests.site.rows import change, named, rows_of
from tests.site_client import SiteClient

LESSON, OTHER = LESSONS[:2]
NOW = datetime(2026, 3, 20, 3, tzinfo=UTC)
PAST = NOW - timedelta(days=8)
CLOSED = Assignment(1, False, PAST - timedelta(days=7), PAST, PAST, True)
FRIDAY = datetime(2026, 3, 27, 14, 59, tzinfo=UTC)  # the last minute of the day in Korea


@pytest.fixture
def han(app: Flask, cast: Cast) -> SiteClient:
    return SiteClient(app).sign_in(cast.han)


@pytest.fixture(autouse=True)
def then() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


def given(cast: Cast, *people: Member, **fields: Any) -> dict[str, Any]:
    chosen = {"people": [str(one.id) for one in people], "lessons": [LESSON, OTHER]}
    return chosen | {"until": "2026-03-27", "attempt_limit": "3"} | fields


def send(client: SiteClient, cast: Cast, form: dict[str, Any], status: int = 303, locale: str = "ko") -> Any:
    shown = hidden(client.get(at(cast, "students", locale)), "shown")
    return client.post(at(cast, "students", locale), {"shown": shown, **form}, status=status)


def test_it_works(app: Flask, cast: Cast, han: SiteClient) -> None:
    plan(app, cast, {LESSON: CLOSED})
    send(han, cast, given(cast, cast.narae))
    assert holds(app, cast.narae, LESSON) == Assignment(3, False, CLOSED.opens_at, FRIDAY, FRIDAY, True)
    assert holds(app, cast.narae, OTHER) == Assignment(due_at=FRIDAY, assigned=True)
    assert holds(app, cast.gaon, LESSON) == CLOSED
    page = han.get(at(cast, "students"))
    assert "나래" in page.words()
    assert planned(app, cast)[LESSON].own == {cast.narae.id: Own(FRIDAY, 3)}
    shown = hidden(page, "shown")
    taken = {"way": "take", "shown": shown, "student": str(cast.narae.id), "lesson": LESSON}
    han.post(at(cast, "students"), taken)
    assert holds(app, cast.narae, LESSON) == CLOSED
    acts = [(one["act"], one["about_id"]) for one in named(rows_of(app))["audit_line"]]
    assert acts[-2:] == [("own-given", cast.narae.id), ("own-taken-back", cast.narae.id)]


def test_a_closed_quiz_takes_their_answers_and_nobody_elses_until_their_own_day(
    app: Flask, cast: Cast, han: SiteClient
) -> None:
    plan(app, cast, {LESSON: CLOSED})
    send(han, cast, given(cast, cast.narae))
    address = f"/ko/lessons/{LESSON}/quiz"
    for member, moment, status in (
        (cast.narae, NOW, 422),  # taken, but nothing was chosen
        (cast.gaon, NOW, 403),
        (cast.narae, FRIDAY + timedelta(seconds=59), 422),
        (cast.narae, FRIDAY + timedelta(seconds=61), 403),
    ):
        with time_machine.travel(moment, tick=False):
            client = SiteClient(app).sign_in(member)
            client.get(address)
            sent = {"version": quiz_in(app, LESSON).digest, "number": "1", "owner": ""}
            client.post(address, sent, on="/ko/class", status=status)


def test_who_has_something_of_their_own_finds_it_first(app: Flask, cast: Cast, han: SiteClient) -> None:
    send(han, cast, given(cast, cast.narae))
    page = SiteClient(app).sign_in(cast.narae).get("/ko/class")
    assert "이번에 할 것" in page.words()
    assert "3월 27일" in page.words()
    assert "이번에 할 것" not in SiteClient(app).sign_in(cast.gaon).get("/ko/class").words()


def test_who_moves_to_another_class_leaves_it_behind_and_finds_it_again(
    app: Flask, cast: Cast, han: SiteClient
) -> None:
    send(han, cast, given(cast, cast.narae))
    move = "UPDATE enrollment SET classroom_id = :to WHERE person_id = :id"
    change(app, move, to=cast.other_classroom_id, id=cast.narae.id)
    assert holds(app, cast.narae, LESSON) == Assignment()
    assert "나래" not in han.get(at(cast, "students")).words()
    change(app, move, to=cast.classroom_id, id=cast.narae.id)
    assert holds(app, cast.narae, LESSON).due_at == FRIDAY


def test_lessons_that_the_class_has_had_are_ticked_beforehand(app: Flask, cast: Cast, han: SiteClient) -> None:
    later = Assignment(opens_at=NOW + timedelta(days=1), assigned=True)
    plan(app, cast, {LESSON: CLOSED, OTHER: later, LESSONS[2]: Assignment(attempt_limit=2)})
    page = han.get(at(cast, "students"))
    assert [one.attrib["value"] for one in page.all("input") if "checked" in one.attrib] == [LESSON]


def test_giving_once_more_replaces_what_was_given(app: Flask, cast: Cast, han: SiteClient) -> None:
    send(han, cast, given(cast, cast.narae, cast.gaon))
    send(han, cast, given(cast, cast.narae, until="", attempt_limit=""))
    assert planned(app, cast)[OTHER].own == {cast.narae.id: Own(), cast.gaon.id: Own(FRIDAY, 3)}


def test_who_sends_second_is_told_and_nothing_is_half_done(
    app: Flask, cast: Cast, han: SiteClient, visitor: Callable[[], SiteClient]
) -> None:
    change(app, "UPDATE teaching SET read_only = false WHERE person_id = :id", id=cast.lim.id)
    old = hidden(han.get(at(cast, "students")), "shown")
    send(visitor().sign_in(cast.lim), cast, given(cast, cast.narae))
    before = planned(app, cast)
    page = han.post(at(cast, "students"), {**given(cast, cast.gaon), "shown": old}, status=409)
    assert planned(app, cast) == before
    assert "먼저 바꾸어서" in page.words()
    ticked = [one.attrib["value"] for one in page.all("input") if "checked" in one.attrib]
    assert ticked == [str(cast.gaon.id), LESSON, OTHER]  # nothing has to be chosen once more
    han.post(at(cast, "students"), {**given(cast, cast.gaon), "shown": hidden(page, "shown")})
    assert {*planned(app, cast)[LESSON].own} == {cast.narae.id, cast.gaon.id}


def test_what_cannot_be_given_is_said_and_kept(app: Flask, cast: Cast, han: SiteClient) -> None:
    before = rows_of(app)
    for locale, fields, said in (
        ("ko", {"people": []}, "학생을 한 명 이상"),
        ("en", {"lessons": []}, "at least one lesson"),
        ("ko", {"people": [str(cast.daon.id)]}, "지금 이 학급에 없는 학생"),
        ("en", {"people": [str(cast.lumi.id)]}, "not in this class now"),
        ("ko", {"people": ["\0"]}, "지금 이 학급에 없는 학생"),
        ("en", {"lessons": ["middle/no/such"]}, "not in this course"),
        ("ko", {"until": "2026-03-19"}, "이미 지난 날"),
        ("en", {"until": "2026-02-30"}, "Choose a date"),
        ("ko", {"until": "9999-12-31"}, "연도를"),
    ):
        page = send(han, cast, given(cast, cast.narae, **fields), 422, locale)
        assert said in page.words(), fields
        assert str(fields.get("until", "2026-03-27")) in page.text
    send(han, cast, given(cast, cast.narae, attempt_limit="21"), 422)
    assert rows_of(app) == before


def test_who_may_only_look_sees_it_and_changes_nothing(app: Flask, cast: Cast, han: SiteClient) -> None:
    send(han, cast, given(cast, cast.narae))
    lim = SiteClient(app).sign_in(cast.lim)
    page = lim.get(at(cast, "students"))
    assert "나래" in page.words()
    assert [one for one in page.all("form") if at(cast) in one.attrib["action"]] == []
    lim.post(at(cast, "students"), given(cast, cast.gaon), on="/ko/teach/", status=404)
    for other in (cast.bae, cast.moon):
        client = SiteClient(app).sign_in(other)
        client.get(at(cast, "students"), status=404)
        client.post(at(cast, "students"), given(cast, cast.gaon), on="/ko/", status=404)
    assert {*planned(app, cast)[LESSON].own} == {cast.narae.id}


def test_nobody_elses_is_taken_back(app: Flask, cast: Cast, han: SiteClient) -> None:
    send(han, cast, given(cast, cast.narae))
    shown = hidden(han.get(at(cast, "students")), "shown")
    for person in (cast.daon.id, cast.lumi.id, "x", ""):
        form = {"way": "take", "shown": shown, "student": str(person), "lesson": LESSON}
        han.post(at(cast, "students"), form, on=at(cast), status=404)


def test_an_empty_class_says_what_to_do(app: Flask, cast: Cast, han: SiteClient) -> None:
    change(app, "DELETE FROM enrollment WHERE classroom_id = :id", id=cast.classroom_id)
    assert "아직 학생이 없습니다" in han.get(at(cast, "students")).words()


def test_it_goes_with_the_student(app: Flask, cast: Cast, han: SiteClient) -> None:
    send(han, cast, given(cast, cast.narae))
    change(app, "DELETE FROM person WHERE id = :id", id=cast.narae.id)
    assert rows_of(app)["own_assignment"] == []


def test_the_page_needs_six_statements_at_most(cast: Cast, han: SiteClient, statements: list[str]) -> None:
    send(han, cast, given(cast, cast.narae, cast.gaon))
    statements.clear()
    han.get(at(cast, "students"))
    assert 0 < len([one for one in statements if not one.startswith("SET LOCAL")]) <= 6


def test_what_holds_for_a_student_is_found_in_one_statement(
    app: Flask, cast: Cast, han: SiteClient, statements: list[str]
) -> None:
    send(han, cast, given(cast, cast.gaon))
    statements.clear()
    holds(app, cast.gaon, LESSON)
    assert len([one for one in statements if not one.startswith("SET LOCAL")]) == 1
