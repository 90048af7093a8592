"""Shows that what a form did not ask for changes nothing: nobody gives themselves a role, a school or a score."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.cast import CODE, PASSWORD, Cast
from tests.site.rows import VOLATILE, rows_of
from tests.site.walk import COURSE, LESSON, SLUG, UNIT
from tests.site_client import SiteClient

LESSON_ID = f"{COURSE}/{UNIT}/{SLUG}"
Write = Callable[[SiteClient, Cast, dict[str, Any]], None]


def extra(cast: Cast) -> dict[str, Any]:
    """Names of columns and of things an attacker would like to be."""
    return {
        "role": "administrator",
        "is_admin": "1",
        "is_staff": "1",
        "suspended": "0",
        "school_id": str(cast.other_school_id),
        "person_id": str(cast.narae.id),
        "user_id": str(cast.narae.id),
        "_user_id": f"{cast.school_id.hex}.x",
        "classroom_id": str(cast.other_classroom_id),
        "class_code": "CCCC3333",
        "display_name": "다른 이름",
        "school": "dalbit",
        "points": "99",
        "out_of": "1",
        "score": "100",
        "attempts": "9",
        "help_route_right": "1",
        "closed_at": "2020-01-01T00:00:00Z",
        "submitted_at": "2020-01-01T00:00:00Z",
        "expires_at": "2099-01-01T00:00:00Z",
        "next": "//evil.com",
    }


def sends(client: SiteClient, path: str, form: dict[str, Any], *, on: str) -> None:
    response = client.client.post(path, data={**form, "csrf_token": client.token(on)})
    assert response.status_code == 303, path


def join(client: SiteClient, cast: Cast, more: dict[str, Any]) -> None:
    sends(client, "/ko/join", {**more, "code": cast.gaon.class_code}, on="/ko/join")
    sends(client, "/ko/join/number", {**more, "number": 1, "code": CODE}, on="/ko/join/number")


def sign_in(client: SiteClient, cast: Cast, more: dict[str, Any]) -> None:
    sends(client, "/ko/sign-in", {**more, "email": cast.han.email, "password": PASSWORD}, on="/ko/sign-in")


def sign_out(client: SiteClient, cast: Cast, more: dict[str, Any]) -> None:
    client.sign_in(cast.gaon)
    sends(client, "/ko/sign-out", more, on="/ko/class")


def send_a_step(client: SiteClient, cast: Cast, more: dict[str, Any]) -> None:
    client.sign_in(cast.gaon)
    step = client.app.extensions["catalog"].lesson(LESSON_ID).step_ids[0]
    sends(client, f"{LESSON}/steps/{step}", {**more, "step": "other"}, on="/ko/class")


def submit_a_quiz(client: SiteClient, cast: Cast, more: dict[str, Any]) -> None:
    client.sign_in(cast.gaon)
    quiz = client.app.extensions["quizzes"].of_lesson(LESSON_ID)
    form = {"token": "once", "version": quiz.digest} | {f"item-{item.id}": item.option_ids[0] for item in quiz.items}
    for item in quiz.items:
        form |= {f"item-{item.id}-{option}": str(place) for place, option in enumerate(item.option_ids, start=1)}
    sends(client, f"{LESSON}/quiz", {**more, **form}, on="/ko/class")


@pytest.mark.parametrize("write", [join, sign_in, sign_out, send_a_step, submit_a_quiz])
def test_fields_that_were_not_asked_for_change_nothing(
    app: Flask, cast: Cast, anew: Callable[[], None], write: Write
) -> None:
    outcomes = []
    for more in ({}, extra(cast)):
        anew()
        client = SiteClient(app)
        before = rows_of(app, without=VOLATILE)
        write(client, cast, more)
        outcomes.append((rows_of(app, without=VOLATILE), client.client.get("/ko/class").status_code))
    assert outcomes[0] == outcomes[1]
    assert (outcomes[0][0] != before) == (write is not sign_out)


def test_a_quiz_tried_by_staff_leaves_no_trace(app: Flask, cast: Cast) -> None:
    client = SiteClient(app).sign_in(cast.han)
    before = rows_of(app)
    client.client.post(f"{LESSON}/quiz", data={**extra(cast), "csrf_token": client.token("/ko/teach/")})
    assert rows_of(app) == before
