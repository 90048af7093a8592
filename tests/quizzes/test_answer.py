"""Shows what becomes of each answer as it is given: kept when that is said, and else refused with a reason."""

import re
import unicodedata

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from curriculum.assignments.assignment import Assignment
from curriculum.database import now
from curriculum.quizzes.quiz import Quiz, quiz_from
from tests.cast import Cast
from tests.databases import POSTGRESQL
from tests.inspection import Page
from tests.quizzes.devices import (
    ANSWER,
    PATH,
    Device,
    Standing,
    allow,
    answer,
    attempts,
    gaon,
    hidden,
    kept,
    pencils,
    whole,
)
from tests.quizzes.private_parts import put_in_place
from tests.quizzes.sample import content, pencil_item, pencil_quiz, right, wrong
from tests.quizzes.stored import row_counts
from tests.site.rows import change
from tests.site_client import SiteClient

__all__ = ["gaon", "pencils"]
ITEMS = pytest.mark.parametrize("item_id", [item.id for item in pencil_quiz().items])
HELD = Assignment(results_held=True)
SHUT = Assignment(opens_at=now().replace(year=2099))
CLOSED = Assignment(closes_at=now().replace(year=2020))
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
HOSTILE = [
    unicodedata.normalize("NFD", "연필"),
    "b\u200b",
    "\u200bb",
    "b\x00",
    "\x00",
    "\x1b[31mb",
    "b\r\n",
    " b",
    "\u202eb",
    "\ud7ff",
    "B",
    "\uff42",
    "<script>alert(1)</script>",
    "x" * 100_000,
    "' OR 1=1 --",
]


def stores_nothing(app: Flask) -> bool:
    """Whether no row of any quiz is kept."""
    return set(row_counts(app).values()) == {0}


@ITEMS
def test_it_works(app: Flask, gaon: Device, item_id: str) -> None:
    item = pencil_item(item_id)
    response = gaon.send(ANSWER, answer(item_id, *right(item), counter=1))
    assert (response.status_code, response.json) == (200, {"state": "saved", "counter": 1})
    assert response.mimetype == "application/json"
    assert kept(app) == {item_id: (list(right(item)), 100, 1, None)}
    assert attempts(app) == [Standing(1, 0, 100, False)]


# --- what is not taken


@ITEMS
def test_an_answer_that_is_not_whole_is_said_and_not_kept(app: Flask, gaon: Device, item_id: str) -> None:
    form = answer(item_id, *right(pencil_item(item_id)))
    names = [name for name in form if name.startswith("item-")]
    for left_out in names:
        response = gaon.send(ANSWER, {name: value for name, value in form.items() if name != left_out})
        assert (response.status_code, response.json["state"]) == (422, "incomplete")
        assert response.json["said"].startswith(("아직", "모든", "맞는 말인지와"))
    assert stores_nothing(app)


@ITEMS
def test_a_value_that_no_option_has_is_refused_and_not_said_again(app: Flask, gaon: Device, item_id: str) -> None:
    form = answer(item_id, *right(pencil_item(item_id)))
    name = next(name for name in form if name.startswith("item-"))
    for value in HOSTILE:
        response = gaon.send(ANSWER, form | {name: value})
        assert (response.status_code, response.json["state"]) == (422, "incomplete"), repr(value[:40])
        assert len(response.text) < 500
        assert "script" not in response.text
    assert stores_nothing(app)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("item", 404), ("number", 409), ("version", 409), ("owner", 409), ("counter", 422), ("csrf_token", 400)],
)
def test_whatever_stands_in_another_field_breaks_nothing(app: Flask, gaon: Device, name: str, expected: int) -> None:
    for value in HOSTILE:
        response = gaon.send(ANSWER, answer("say", "b", counter=1) | {name: value})
        assert response.status_code == expected, repr(value[:40])
        assert len(response.text) < 100_000
    assert stores_nothing(app)


@pytest.mark.parametrize("counter", ["0", "-1", "1.5", "9" * 30, "a", str(10**9 + 1)])
def test_a_counter_that_counts_nothing_is_refused(app: Flask, gaon: Device, counter: str) -> None:
    assert gaon.post(ANSWER, answer("say", "b") | {"counter": counter}) == (422, "incomplete")
    assert stores_nothing(app)


def test_an_item_the_quiz_has_not_is_not_found(app: Flask, gaon: Device) -> None:
    for item in ("", "nothing-like-it", "say.verdict", "item-say"):
        response = gaon.send(ANSWER, answer("say", "b") | {"item": item})
        assert response.status_code == 404
    assert stores_nothing(app)


def test_an_item_that_is_gone_because_the_quiz_changed_is_said_to_have_changed(
    app: Flask, gaon: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [entry for entry in content()["items"] if entry["id"] != "say"]
    put_in_place(app, monkeypatch, quiz_from("", "other", {"items": entries}))
    assert gaon.post(ANSWER, answer("say", "b", counter=1)) == (409, "changed")
    assert stores_nothing(app)


def test_the_fields_of_other_items_are_not_looked_at(app: Flask, gaon: Device) -> None:
    others = {name: "nothing-like-it" for name in whole() if name.startswith("item-") and name != "item-say"}
    assert gaon.post(ANSWER, others | answer("say", "b", counter=1)) == (200, "saved")
    assert kept(app).keys() == {"say"}


@pytest.mark.parametrize("number", ["2", "0", "", "9" * 9, "9" * 12, "-1"])
def test_only_the_attempt_that_is_next_takes_an_answer(app: Flask, gaon: Device, number: str) -> None:
    assert gaon.post(ANSWER, answer("say", "b") | {"number": number}) == (409, "ahead")
    assert stores_nothing(app)


def test_an_earlier_answer_that_comes_late_is_stale_and_told_the_counter_that_stands(app: Flask, gaon: Device) -> None:
    gaon.post(ANSWER, answer("say", "b", counter=7))
    response = gaon.send(ANSWER, answer("say", "a", counter=7))
    assert (response.status_code, response.json) == (409, {"state": "stale", "counter": 7})
    assert kept(app)["say"].options == ["b"]


def test_what_was_seen_is_locked(app: Flask, gaon: Device) -> None:
    assert gaon.post(ANSWER, answer("say", "b", check="1")) == (200, "saved")
    assert gaon.post(ANSWER, answer("say", "a", counter=9)) == (409, "locked")
    assert gaon.post(ANSWER, answer("say", "a", check="1")) == (409, "locked")
    assert kept(app)["say"] == (["b"], 0, 1, ["b"])


def test_a_help_route_is_not_locked_until_it_is_right_and_its_first_answer_stays(app: Flask, gaon: Device) -> None:
    for option in ("a", "c", "b"):
        assert gaon.post(ANSWER, answer("ask", option, check="1")) == (200, "saved")
    assert gaon.post(ANSWER, answer("ask", "a")) == (409, "locked")
    assert kept(app)["ask"] == (["b"], 100, 3, ["a"])


def test_after_the_attempt_was_sent_in_only_the_same_is_taken(app: Flask, gaon: Device) -> None:
    gaon.post(PATH, whole())
    before = kept(app)
    assert gaon.post(ANSWER, answer("say", *right(pencil_item("say")))) == (200, "saved")
    assert gaon.post(ANSWER, answer("say", "b")) == (409, "closed")
    assert (kept(app), attempts(app)) == (before, [Standing(1, 900, 900, True)])


def test_a_quiz_that_changed_takes_nothing_until_the_page_is_opened_anew(
    app: Flask, gaon: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    gaon.post(ANSWER, answer("ask", "a", counter=3))
    put_in_place(app, monkeypatch, pencil_quiz(digest="other"))
    assert gaon.post(ANSWER, answer("say", "b", counter=1)) == (409, "changed")
    assert kept(app).keys() == {"ask"}
    assert gaon.post(ANSWER, answer("say", "b", counter=1, version="other")) == (200, "saved")
    assert kept(app).keys() == {"ask", "say"}


# --- who


def test_a_token_that_is_missing_or_of_another_session_takes_nothing(app: Flask, cast: Cast, gaon: Device) -> None:
    narae = Device(app, cast.narae)
    for token in ("", "wrong", narae.token):
        assert gaon.post(ANSWER, answer("say", "b") | {"csrf_token": token}) == (400, "token")
    assert stores_nothing(app)


@pytest.mark.parametrize("keeps_token", [True, False])
def test_a_session_that_ended_is_said_and_costs_no_answer(
    app: Flask, cast: Cast, gaon: Device, keeps_token: bool
) -> None:
    """Ended by time, or by signing out elsewhere in the same browser, which takes the token with it."""
    change(app, "DELETE FROM sign_in_session")
    token = gaon.token if keeps_token else "of a session that has ended"
    assert gaon.post(ANSWER, answer("say", "b") | {"csrf_token": token}) == (403, "signed-out")
    response = gaon.send(PATH, whole() | {"csrf_token": token})
    page = Page(response, PATH)
    assert response.status_code == 403
    assert "그사이에 로그인이 끝나서" in page.text
    assert hidden(page, "owner") == gaon.owner  # or the next try would count as nobody's, and be lost
    assert stores_nothing(app)
    again = Device(app, cast.gaon)
    assert again.owner == gaon.owner
    assert again.post(PATH, whole())[0] == 303


def test_a_page_of_somebody_else_gives_nothing_to_who_is_here_now(app: Flask, cast: Cast, gaon: Device) -> None:
    narae = Device(app, cast.narae)
    for token in (narae.token, gaon.token):
        told = answer("say", "b", owner=gaon.owner) | {"csrf_token": token}
        assert narae.send(ANSWER, told).json == {"state": "owner"}
    assert stores_nothing(app)


@pytest.mark.parametrize(("wanted", "code"), [(SHUT, "shut"), (CLOSED, "shut"), (Assignment(attempt_limit=1), "limit")])
def test_what_the_teacher_has_set_holds_for_each_answer(
    app: Flask, cast: Cast, gaon: Device, wanted: Assignment, code: str
) -> None:
    number = 1
    if code == "limit":
        number = 2
        gaon.post(PATH, whole())
    before = row_counts(app)
    allow(app, cast.gaon, wanted)
    assert gaon.post(ANSWER, answer("say", "b", number=number)) == (403, code)
    assert gaon.post(ANSWER, answer("say", "b", number=number, check="1")) == (403, code)
    assert row_counts(app) == before


def test_what_is_held_back_is_kept_and_not_told(app: Flask, cast: Cast, gaon: Device) -> None:
    allow(app, cast.gaon, HELD)
    assert gaon.post(ANSWER, answer("say", "b", counter=1)) == (200, "saved")
    response = gaon.send(ANSWER, answer("ask", "b", check="1"))
    assert (response.status_code, response.json) == (403, {"state": "held", "counter": None})
    assert kept(app).keys() == {"say"}


def test_who_only_tries_it_is_told_and_nothing_is_kept(app: Flask, client: SiteClient, pencils: Quiz) -> None:
    token = client.token(PATH)
    response = client.client.post(ANSWER, data=answer("say", "b", check="1") | {"csrf_token": token})
    assert (response.status_code, response.json["state"]) == (200, "told")
    assert "까닭 b" in response.json["html"]
    assert stores_nothing(app)


def test_who_only_tries_it_is_not_told_what_a_class_has_held_back(
    app: Flask, cast: Cast, client: SiteClient, pencils: Quiz
) -> None:
    token = client.token(PATH)
    allow(app, cast.gaon, HELD)
    response = client.client.post(ANSWER, data=answer("say", "b", check="1") | {"csrf_token": token})
    assert (response.status_code, response.json) == (403, {"state": "held"})


# --- what the reply says


def broken(*_: object, **__: object) -> None:
    raise OSError("the disk is full")


def test_saved_is_said_only_when_it_is_committed(app: Flask, gaon: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as failing:
        failing.setattr(Session, "commit", broken)
        for form in (answer("say", "b", counter=1), answer("say", "b", counter=1, check="1")):
            response = gaon.send(ANSWER, form)
            assert response.status_code == 503
            assert "saved" not in response.text
            assert "까닭" not in response.text
    assert stores_nothing(app)
    assert gaon.post(ANSWER, answer("say", "b", counter=1)) == (200, "saved")


@pytest.mark.parametrize("wanted", [Assignment(), HELD], ids=["open", "held"])
@ITEMS
def test_replies_to_right_and_wrong_answers_are_the_same_to_the_letter(
    app: Flask, cast: Cast, gaon: Device, item_id: str, wanted: Assignment
) -> None:
    """Bar 6: until it is released, nobody can tell one from the other by state, keys or length."""
    allow(app, cast.gaon, wanted)
    item, told = pencil_item(item_id), []
    for device, response in ((gaon, right(item)), (Device(app, cast.narae), wrong(item))):
        reply = device.send(ANSWER, answer(item_id, *response, counter=1))
        told.append((reply.status_code, reply.text, sorted(reply.headers.keys()), reply.headers["Content-Length"]))
    assert told[0] == told[1]


@ITEMS
def test_the_page_is_the_same_after_a_right_and_a_wrong_answer_but_for_what_was_chosen(
    app: Flask, cast: Cast, gaon: Device, item_id: str
) -> None:
    item = pencil_item(item_id)
    pages = []
    for member, response in ((cast.gaon, right(item)), (cast.narae, wrong(item))):
        client = SiteClient(app).sign_in(member)
        form = answer(item_id, *response, owner=hidden(client.get(PATH), "owner"))
        client.post(ANSWER, form, status=200, on=PATH)
        pages.append(without_choices(client.client.get(PATH).text))
    assert pages[0] == pages[1]


def without_choices(html: str) -> str:
    html = re.sub(r'name="csrf_token" value="[^"]*"|value="[0-9a-f]{32}"|data-(?:attempt|whose)="[^"]*"', "", html)
    html = re.sub(r" (checked|selected)\b", "", html)
    return html.replace("가온", "").replace("나래", "")


def test_what_comes_back_with_a_check_is_the_part_as_it_stands_on_the_page(gaon: Device) -> None:
    reply = gaon.send(ANSWER, answer("say", "b", counter=1, check="1")).json
    assert reply["html"].lstrip().startswith('<div class="quiz-part" id="part-say"')
    assert "까닭 b" in reply["html"]
    assert "까닭 x" not in reply["html"]  # of another item


def test_a_check_needs_two_statements_more_than_an_answer(app: Flask, gaon: Device, statements: list[str]) -> None:
    gaon.post(ANSWER, answer("ask", "b", counter=1))
    holding = app.extensions["settings"].database.startswith(POSTGRESQL)
    for form, most in ((answer("say", "b", counter=1), 4), (answer("say", "b", counter=1, check="1"), 5)):
        statements.clear()
        assert gaon.post(ANSWER, form) == (200, "saved")
        assert 0 < len(statements) <= most + holding, statements
