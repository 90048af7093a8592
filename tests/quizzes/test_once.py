"""Shows that a submission counts once however often it is sent, and that its token is bound to what it was sent for."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from curriculum.app import create_app
from curriculum.database import db
from curriculum.quizzes.services import Submission, TokenReused, submit
from tests.cast import Cast, Member
from tests.quizzes.sample import LESSONS, RIGHT, pencil_quiz, quiz_in, sent
from tests.quizzes.stored import row_counts
from tests.site_client import SiteClient

PATH = f"/ko/lessons/{LESSONS[0]}/quiz"
OTHER = {**RIGHT, "ask": ("a",)}


def submitted(member: Member, responses: Any = RIGHT, lesson_id: str = LESSONS[0]) -> UUID:
    """Submit under the one token, in a transaction of its own."""
    submission = Submission(
        school_id=member.school_id,
        person_id=member.id,
        token="one-token",
        responses=responses,
        moment=datetime.now(UTC),
    )
    try:
        return submit(quiz=pencil_quiz(lesson_id), submission=submission)
    finally:
        db.session.commit()


def once(app: Flask) -> dict[str, int]:
    """The rows that one submission of the lesson's own quiz leaves behind."""
    quiz = quiz_in(app, LESSONS[0])
    chosen = sum(len(form) if isinstance(form, list) else 1 for key, form in sent(quiz).items() if "item-" in key)
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


def test_the_same_token_with_other_responses_is_refused_and_stores_nothing(
    app: Flask, client: SiteClient, cast: Cast
) -> None:
    client.sign_in(cast.gaon)
    quiz = quiz_in(app, LESSONS[0])
    client.post(PATH, sent(quiz))
    page = client.post(PATH, sent(quiz, wrong_at=(quiz.items[0].id,)), status=409)
    assert "이 답은 이미 한 번 보냈어요" in page.text
    assert row_counts(app) == once(app)


def test_after_the_refusal_the_page_gives_out_a_new_token(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    quiz = quiz_in(app, LESSONS[0])
    form = sent(quiz, wrong_at=(quiz.items[0].id,))
    client.post(PATH, sent(quiz))
    page = client.post(PATH, form, status=409)
    token = next(one.attrib["value"] for one in page.all("input") if one.attrib["name"] == "token")
    client.post(PATH, form | {"token": token})
    assert row_counts(app)["attempt"] == 2


def test_a_token_is_bound_to_the_person(app: Flask, cast: Cast) -> None:
    with app.app_context():
        sent_in = [(cast.gaon, RIGHT), (cast.narae, RIGHT), (cast.lumi, OTHER)]
        attempts = [submitted(*one) for one in sent_in]
        assert len(set(attempts)) == 3
        assert [submitted(*one) for one in sent_in] == attempts
    assert row_counts(app)["attempt"] == 3


def test_a_token_is_bound_to_the_lesson(app: Flask, cast: Cast) -> None:
    # The items of both quizzes have the same ids here, so that the responses alone cannot tell them apart.
    with app.app_context():
        submitted(cast.gaon)
        with pytest.raises(TokenReused):
            submitted(cast.gaon, lesson_id=LESSONS[1])
    assert row_counts(app)["attempt"] == 1


def test_the_responses_may_come_in_any_order(app: Flask, cast: Cast) -> None:
    with app.app_context():
        assert submitted(cast.gaon) == submitted(cast.gaon, dict(reversed(RIGHT.items())))


def test_a_token_survives_a_new_start_of_the_app(app: Flask, client: SiteClient, cast: Cast) -> None:
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
