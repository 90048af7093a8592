"""Shows that an attempt counts once however often it is sent, and that its number is bound to student and lesson."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from curriculum.app import create_app
from curriculum.database import db
from curriculum.quizzes.services import AttemptRefused, Try, submit
from tests.cast import Cast, Member
from tests.quizzes.sample import LESSONS, RIGHT, pencil_quiz, quiz_in, right, sent
from tests.quizzes.stored import row_counts
from tests.site_client import SiteClient

PATH = f"/ko/lessons/{LESSONS[0]}/quiz"
OTHER = {**RIGHT, "ask": ("a",)}


def submitted(member: Member, responses: Any = RIGHT, lesson_id: str = LESSONS[0], number: int = 1) -> UUID:
    """Submit in a transaction of its own."""
    quiz, moment = pencil_quiz(lesson_id), datetime.now(UTC)
    of = Try(school_id=member.school_id, person_id=member.id, quiz=quiz, number=number, moment=moment)
    try:
        return submit(of=of, responses=responses)
    finally:
        db.session.commit()


def once(app: Flask) -> dict[str, int]:
    """The rows that one submission of the lesson's own quiz leaves behind."""
    quiz = quiz_in(app, LESSONS[0])
    chosen = sum(len(right(item)) for item in quiz.items)
    items = len(quiz.items)
    return {"visit": 0, "attempt": 1, "item_response": items, "item_tally": items + chosen, "lesson_progress": 1}


def test_it_works(app: Flask, cast: Cast) -> None:
    with app.app_context():
        first = submitted(cast.gaon)
        assert submitted(cast.gaon) == first
    assert row_counts(app)["attempt"] == 1


def test_ten_times_in_sequence_is_one_attempt_with_one_result(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    form = sent(quiz_in(app, LESSONS[0]))
    results = set()
    for _ in range(10):
        client.post(PATH, form)
        results.add(client.location)
    assert len(results) == 1
    assert row_counts(app) == once(app)


def test_twenty_times_at_once_is_one_attempt_with_one_result(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    form = sent(quiz_in(app, LESSONS[0])) | {"csrf_token": client.token(PATH)}
    cookie = client.client.get_cookie("dongui")
    assert cookie

    def send(_number: int) -> tuple[int, str]:
        browser = app.test_client()
        browser.set_cookie("dongui", cookie.value)
        response = browser.post(PATH, data=form)
        return response.status_code, response.headers["Location"]

    with ThreadPoolExecutor(20) as threads:
        replies = set(threads.map(send, range(20)))
    assert [status for status, _ in replies] == [303]
    assert row_counts(app) == once(app)


def test_the_same_attempt_with_other_responses_is_refused_and_stores_nothing(
    app: Flask, client: SiteClient, cast: Cast
) -> None:
    client.sign_in(cast.gaon)
    quiz = quiz_in(app, LESSONS[0])
    client.post(PATH, sent(quiz))
    page = client.post(PATH, sent(quiz, wrong_at=(quiz.items[0].id,)), status=409)
    assert "이 풀이는 이미 보냈고" in page.text
    assert row_counts(app) == once(app)


def test_after_the_refusal_what_was_chosen_stands_in_a_new_attempt(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    quiz = quiz_in(app, LESSONS[0])
    form = sent(quiz, wrong_at=(quiz.items[0].id,))
    client.post(PATH, sent(quiz))
    page = client.post(PATH, form, status=409)
    number = next(one.attrib["value"] for one in page.all("input") if one.attrib["name"] == "number")
    client.post(PATH, form | {"number": number})
    assert (number, row_counts(app)["attempt"]) == ("2", 2)


def test_a_number_is_bound_to_the_person(app: Flask, cast: Cast) -> None:
    with app.app_context():
        sent_in = [(cast.gaon, RIGHT), (cast.narae, RIGHT), (cast.lumi, OTHER)]
        attempts = [submitted(*one) for one in sent_in]
        assert len(set(attempts)) == 3
        assert [submitted(*one) for one in sent_in] == attempts
    assert row_counts(app)["attempt"] == 3


def test_a_number_is_bound_to_the_lesson(app: Flask, cast: Cast) -> None:
    with app.app_context():
        assert submitted(cast.gaon) != submitted(cast.gaon, OTHER, lesson_id=LESSONS[1])
    assert row_counts(app)["attempt"] == 2


@pytest.mark.parametrize("number", [2, 7])
def test_only_the_next_number_opens_an_attempt(app: Flask, cast: Cast, number: int) -> None:
    with app.app_context(), pytest.raises(AttemptRefused, match="ahead"):
        submitted(cast.gaon, number=number)
    assert row_counts(app)["attempt"] == 0


def test_the_responses_may_come_in_any_order(app: Flask, cast: Cast) -> None:
    with app.app_context():
        assert submitted(cast.gaon) == submitted(cast.gaon, dict(reversed(RIGHT.items())))


def test_an_attempt_survives_a_new_start_of_the_app(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    form = sent(quiz_in(app, LESSONS[0]))
    client.post(PATH, form)
    first = client.location
    again = _started_anew(app, client)
    again.post(PATH, form)
    assert again.location == first
    assert row_counts(app) == once(app)
    with again.app.app_context():
        db.engine.dispose()


def _started_anew(app: Flask, client: SiteClient) -> SiteClient:
    """The same browser in front of a new app on the same data."""
    cookie = client.client.get_cookie("dongui")
    assert cookie
    browser = SiteClient(create_app(app.extensions["settings"]))
    browser.client.set_cookie("dongui", cookie.value)
    return browser


def test_a_submission_that_fails_leaves_nothing_half_done(
    app: Flask, client: SiteClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in(cast.gaon)
    form = sent(quiz_in(app, LESSONS[0])) | {"csrf_token": client.token(PATH)}
    monkeypatch.setattr("curriculum.quizzes.services._count", _break)
    assert client.client.post(PATH, data=form).status_code == 503
    assert set(row_counts(app).values()) == {0}
    monkeypatch.undo()
    client.post(PATH, form)
    assert row_counts(app) == once(app)


def _break(*_args: object) -> None:
    raise OSError("the disk is full")


def test_students_who_submit_at_once_are_all_counted(app: Flask, cast: Cast, visitor: Callable[[], SiteClient]) -> None:
    form = sent(quiz_in(app, LESSONS[0]))
    browsers = [visitor().sign_in(member) for member in (cast.gaon, cast.narae, cast.daon)]
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda browser: browser.post(PATH, form), browsers))
    counts = row_counts(app)
    assert (counts["attempt"], counts["lesson_progress"]) == (3, 3)
    assert counts["item_tally"] == 2 * once(app)["item_tally"]  # two classes
