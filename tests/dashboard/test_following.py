"""Shows that an open class page hears of every change, and of nothing where nothing has changed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from curriculum.accounts.idle import UNATTENDED
from curriculum.classrooms.queries import classroom_of_school
from curriculum.dashboard.queries import class_stamp
from curriculum.tenancy import acting_meanwhile
from tests.cast import Cast
from tests.dashboard.school_day import add_students, answers, reads
from tests.inspection import header_faults
from tests.quizzes.sample import LESSONS, quiz_in
from tests.site.rows import change
from tests.site_client import SiteClient

LATE = datetime.now(UTC) - timedelta(hours=1)
NAMES = [f"학생{number:02}" for number in range(1, 41)]


def address(cast: Cast, more: str = "") -> str:
    return f"/ko/teach/classes/{cast.classroom_id}/now{more}"


class Desk:
    """Han's open page: asks as the page's script asks."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.client, self.cast, self.stamp = SiteClient(app).sign_in(cast.han), cast, ""

    def asks(self, more: str = "") -> bool:
        """Whether there was something new; the answer is kept in `text`."""
        headers = {UNATTENDED: "1", **({"If-None-Match": self.stamp} if self.stamp else {})}
        reply = self.client.client.get(address(self.cast, more), headers=headers)
        assert reply.status_code in {200, 304}
        assert list(header_faults(reply)) == []
        assert reply.headers["Cache-Control"] == "no-store"
        assert bool(reply.data) == (reply.status_code == 200)
        self.stamp, self.text = reply.headers["ETag"], reply.text
        return reply.status_code == 200


@pytest.fixture
def desk(app: Flask, cast: Cast) -> Desk:
    return Desk(app, cast)


def test_it_works(app: Flask, cast: Cast, desk: Desk) -> None:
    assert desk.asks()
    assert not desk.asks()
    reads(app, cast.gaon, LESSONS[0], steps=1)
    assert desk.asks()
    assert "mark--partly" in desk.text
    assert not desk.asks()


def plans(app: Flask, cast: Cast, **values: object) -> None:
    """What a teacher sets for the first lesson."""
    row = {"assigned": True, "results_held": False, "due_at": None, "taught_on": None, **values}
    names = ", ".join(row)
    change(
        app,
        f"INSERT INTO assignment (school_id, id, classroom_id, lesson_id, {names})"
        f" VALUES (:school, :id, :classroom, :lesson, {', '.join(f':{name}' for name in row)})",
        school=cast.school_id,
        id=uuid4(),
        classroom=cast.classroom_id,
        lesson=LESSONS[0],
        **row,
    )


Act = Callable[[Flask, Cast], object]
CHANGES: dict[str, Act] = {
    "a step": lambda app, cast: reads(app, cast.gaon, LESSONS[0], steps=1),
    "an attempt": lambda app, cast: answers(app, cast.narae, LESSONS[0]),
    "a student who comes": lambda app, cast: add_students(app, cast.school_id, cast.classroom_id, ["새봄"], 33),
    "a student who moves away": lambda app, cast: change(
        app,
        "UPDATE enrollment SET classroom_id = :there, number = 44 WHERE person_id = :id",
        there=cast.other_classroom_id,
        id=cast.narae.id,
    ),
    "another number": lambda app, cast: change(
        app, "UPDATE enrollment SET number = 7 WHERE person_id = :id", id=cast.narae.id
    ),
    "another name": lambda app, cast: change(
        app, "UPDATE person SET display_name = '다른 이름' WHERE id = :id", id=cast.narae.id
    ),
    "a record that is stopped": lambda app, cast: change(
        app, "UPDATE person SET suspended = :yes WHERE id = :id", yes=True, id=cast.narae.id
    ),
    "a lesson that was due": lambda app, cast: plans(app, cast, due_at=LATE.replace(tzinfo=None).isoformat(" ")),
    "a lesson that is asked": plans,
    "a lesson that will open": lambda app, cast: plans(app, cast, opens_at="2036-11-20 03:00:00.000000"),
    "a lesson that will close": lambda app, cast: plans(app, cast, closes_at="2036-11-20 03:00:00.000000"),
    "a lesson taught without devices": lambda app, cast: plans(app, cast, taught_on="2026-11-20"),
}


@pytest.mark.parametrize("act", CHANGES.values(), ids=CHANGES)
def test_every_change_of_the_page_is_heard_of_once(app: Flask, cast: Cast, desk: Desk, act: Act) -> None:
    desk.asks()
    before = desk.text
    act(app, cast)
    assert desk.asks()
    assert desk.text != before
    assert not desk.asks()


def test_that_a_time_passes_is_a_change_without_anybody_doing_anything(app: Flask, cast: Cast) -> None:
    due = datetime(2026, 11, 20, 3, tzinfo=UTC)
    plans(app, cast, due_at=due.replace(tzinfo=None).isoformat(" "))
    with app.test_request_context("/ko/"), acting_meanwhile(cast.school_id):
        found = classroom_of_school(cast.school_id, cast.classroom_id)
        assert found is not None
        before, still, after = (class_stamp(found, 1, due + timedelta(seconds=late)) for late in (-9, -1, 0))
    assert before == still != after


def test_the_same_attempt_again_is_a_change_since_the_tries_count(app: Flask, cast: Cast, desk: Desk) -> None:
    answers(app, cast.gaon, LESSONS[0])
    desk.asks()
    answers(app, cast.gaon, LESSONS[0])
    assert desk.asks()


def test_what_happens_in_another_class_is_no_news(app: Flask, cast: Cast, desk: Desk) -> None:
    desk.asks()
    reads(app, cast.daon, LESSONS[0])
    answers(app, cast.daon, LESSONS[0])
    answers(app, cast.lumi, LESSONS[0])
    assert not desk.asks()


def test_a_student_who_moves_in_brings_what_they_have_done(app: Flask, cast: Cast, desk: Desk) -> None:
    reads(app, cast.daon, LESSONS[0])
    desk.asks()
    assert "다온" not in desk.text
    change(
        app,
        "UPDATE enrollment SET classroom_id = :here, number = 40 WHERE person_id = :id",
        here=cast.classroom_id,
        id=cast.daon.id,
    )
    assert desk.asks()
    assert "다온" in desk.text
    assert "mark--partly" in desk.text


def test_a_stamp_is_of_its_language_and_its_page(app: Flask, cast: Cast, desk: Desk) -> None:
    add_students(app, cast.school_id, cast.classroom_id, [f"학생{place}" for place in range(50)], 10)
    desk.asks()
    headers = {"If-None-Match": desk.stamp}
    assert desk.client.client.get(address(cast).replace("/ko/", "/en/"), headers=headers).status_code == 200
    assert desk.client.client.get(address(cast, "?page=2"), headers=headers).status_code == 200
    assert desk.client.client.get(address(cast, "?page=3")).status_code == 404


def test_an_empty_class_can_be_followed_until_somebody_comes(app: Flask, cast: Cast, desk: Desk) -> None:
    change(app, "DELETE FROM enrollment WHERE classroom_id = :id", id=cast.classroom_id)
    assert desk.asks()
    assert "아직 학생이 없습니다" in desk.text
    assert not desk.asks()
    add_students(app, cast.school_id, cast.classroom_id, ["처음이"], 1)
    assert desk.asks()


def test_it_holds_what_the_page_holds(app: Flask, cast: Cast, desk: Desk) -> None:
    for student in add_students(app, cast.school_id, cast.classroom_id, NAMES[:8], 10):
        answers(app, student, LESSONS[0], *[item.id for item in quiz_in(app, LESSONS[0]).items])
    desk.asks()
    page = desk.client.get(f"/ko/teach/classes/{cast.classroom_id}").text
    rows = [line.strip() for line in desk.text.splitlines() if line.strip() and "now-moment" not in line]
    assert len(rows) > 60
    assert [line for line in rows if line not in page] == []
    assert "csrf_token" not in desk.text


def test_who_was_taken_off_the_class_hears_nothing_more(app: Flask, cast: Cast, desk: Desk) -> None:
    desk.asks()
    change(app, "DELETE FROM teaching WHERE person_id = :id", id=cast.han.id)
    reply = desk.client.client.get(address(cast), headers={"If-None-Match": desk.stamp})
    assert reply.status_code == 404


def test_to_hear_that_nothing_changed_takes_one_read_beside_who_asks(
    app: Flask, cast: Cast, desk: Desk, statements: list[str]
) -> None:
    for student in add_students(app, cast.school_id, cast.classroom_id, NAMES, 10):
        answers(app, student, LESSONS[0])
    desk.asks()
    statements.clear()
    assert not desk.asks()
    assert len(statements) == 3, statements  # who asks, whether they teach the class, the stamp
    history = ("visit", "attempt", "item_response", "item_tally")
    assert not [one for one in statements for table in history if f"FROM {table}" in one or f"JOIN {table}" in one]
    statements.clear()
    answers(app, cast.gaon, LESSONS[0])
    statements.clear()
    assert desk.asks()
    assert len(statements) <= 7, statements
