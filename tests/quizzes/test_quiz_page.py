"""Shows that the quiz page asks every item, and that what cannot be graded is refused, said, kept and not stored."""

import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from curriculum.quizzes.item import ONLY
from curriculum.quizzes.quiz import Quiz
from tests.cast import Cast
from tests.databases import POSTGRESQL
from tests.inspection import Page
from tests.quizzes.sample import LESSONS, fields, quiz_in, right, sent
from tests.quizzes.stored import row_counts
from tests.site_client import SiteClient

# This lesson's quiz has all three types.
PATH = f"/ko/lessons/{LESSONS[0]}/quiz"
MISSING = "아직 고르지 않았어요. 하나를 골라 주세요."
MISSING_SEVERAL = "아직 고르지 않았어요. 맞다고 생각하는 것을 모두 골라 주세요."
UNKNOWN = "이 문항에 없는 선택지가 왔어요. 다시 골라 주세요."
TOO_MANY = "이 문항은 하나만 고를 수 있어요."
INCOMPLETE = "모든 단계에 서로 다른 순서를 정해 주세요."
MISSING_ORDER = "아직 순서를 정하지 않았어요. 모든 단계에 순서를 정해 주세요."
NOT_SENT = "아직 보내지 않았어요. 고른 것은 그대로 있으니"


@pytest.fixture
def quiz(app: Flask) -> Quiz:
    return quiz_in(app, LESSONS[0])


@pytest.fixture
def student(app: Flask, client: SiteClient, cast: Cast) -> Iterator[SiteClient]:
    """A signed-in student, who must have stored nothing by the end of the test."""
    yield client.sign_in(cast.gaon)
    assert set(row_counts(app).values()) == {0}


def item_of(quiz: Quiz, kind: str) -> str:
    """The id of the first item of a type."""
    return next(item.id for item in quiz.items if item.type == kind)


def without(quiz: Quiz, item_id: str) -> dict[str, Any]:
    """Right responses to everything but one item."""
    return {key: value for key, value in sent(quiz).items() if not key.startswith(f"item-{item_id}")}


def messages(page: Page) -> dict[str, str]:
    """What the page says is wrong, by item; each message is named by the item it belongs to."""
    found = {}
    for item in page.all("fieldset"):
        note = item.attrib.get("aria-describedby")
        if note:
            (message,) = [one for one in item.iter() if one.attrib.get("id") == note]
            found[item.attrib["id"].removeprefix("item-")] = page.words(message)
    return found


def classes(element: Any) -> list[str]:
    return str(element.attrib.get("class", "")).split()


def kept(page: Page) -> dict[str, Any]:
    """What stands chosen on the page, as its form would send it."""
    form: dict[str, Any] = {}
    for box in page.all("input"):
        if "checked" in box.attrib:
            form.setdefault(box.attrib["name"], []).append(box.attrib["value"])
    for place in page.all("select"):
        chosen = [one.attrib["value"] for one in place.iter("option") if "selected" in one.attrib]
        if chosen:
            form[place.attrib["name"]] = chosen
    return form


def chosen_in(form: dict[str, Any]) -> dict[str, Any]:
    """The responses of a form."""
    return {key: value for key, value in form.items() if key.startswith("item-")}


def hidden(page: Page, name: str) -> str:
    """The value of a hidden field."""
    return next(one.attrib["value"] for one in page.all("input") if one.attrib["name"] == name)


def test_it_works(student: SiteClient, quiz: Quiz) -> None:
    page = student.get(PATH)
    shown = [one.attrib["data-part"] for one in page.all("div") if "data-part" in one.attrib]
    assert shown == [part.id for part in quiz.parts]
    offered = {
        (one.attrib["name"], one.attrib["value"]) for one in page.all("input") if "choice__input" in classes(one)
    }
    choices = [item for item in quiz.items if list(item.fields) == [ONLY]]
    assert offered >= {(f"item-{item.id}", option) for item in choices for option in item.option_ids}
    assert (kept(page), messages(page), hidden(page, "version"), hidden(page, "number")) == ({}, {}, quiz.digest, "1")


@pytest.mark.parametrize(
    ("kind", "message"), [("single", MISSING), ("several", MISSING_SEVERAL), ("order", MISSING_ORDER)]
)
def test_a_missing_item_is_named_and_the_rest_is_kept(student: SiteClient, quiz: Quiz, kind: str, message: str) -> None:
    item_id = item_of(quiz, kind)
    form = without(quiz, item_id)
    page = student.post(PATH, form, status=422)
    assert messages(page) == {item_id: message}
    assert NOT_SENT in page.text
    assert kept(page) == chosen_in(form)
    assert hidden(page, "number") == form["number"]


def test_an_empty_form_names_every_item(student: SiteClient, quiz: Quiz) -> None:
    page = student.post(PATH, {"number": "1", "version": quiz.digest}, status=422)
    assert list(messages(page)) == [item.id for item in quiz.items]


@pytest.mark.parametrize("kind", ["single", "several"])
@pytest.mark.parametrize(
    "foreign",
    [
        "nothing-like-it",
        "0",
        "a\x00b",
        "\x1b[31m",
        "\u202e",
        unicodedata.normalize("NFD", "연필"),
        "<script>",
        "x" * 100_000,
    ],
)
def test_an_option_the_item_has_not_is_refused(student: SiteClient, quiz: Quiz, kind: str, foreign: str) -> None:
    item_id = item_of(quiz, kind)
    form = sent(quiz) | {f"item-{item_id}": foreign}
    page = student.post(PATH, form, status=422)
    assert messages(page) == {item_id: UNKNOWN}
    assert kept(page) == chosen_in(without(quiz, item_id))
    assert "<script>" not in page.text
    assert len(page.text) < 100_000  # it is not sent back


@pytest.mark.parametrize("kind", ["single", "several"])
def test_an_option_of_another_item_is_refused(student: SiteClient, quiz: Quiz, kind: str) -> None:
    item_id = item_of(quiz, kind)
    other = next(item for item in quiz.items if item.id != item_id and item.type == "order")
    page = student.post(PATH, sent(quiz) | {f"item-{item_id}": [other.option_ids[0]]}, status=422)
    assert messages(page) == {item_id: UNKNOWN}


def test_a_foreign_option_beside_good_ones_leaves_the_good_ones_chosen(student: SiteClient, quiz: Quiz) -> None:
    item_id = item_of(quiz, "several")
    good = sent(quiz)[f"item-{item_id}"]
    page = student.post(PATH, sent(quiz) | {f"item-{item_id}": [*good, "foreign"]}, status=422)
    assert messages(page) == {item_id: UNKNOWN}
    assert kept(page)[f"item-{item_id}"] == good


def test_too_many_options_for_a_single_choice_are_refused(student: SiteClient, quiz: Quiz) -> None:
    item_id = item_of(quiz, "single")
    item = quiz.item(item_id)
    assert item
    page = student.post(PATH, sent(quiz) | {f"item-{item_id}": list(item.option_ids)}, status=422)
    assert messages(page) == {item_id: TOO_MANY}


@pytest.mark.parametrize(
    ("places", "message"),
    [
        (("1", "2", "3", ""), INCOMPLETE),
        (("1", "1", "2", "3"), INCOMPLETE),
        (("1", "2", "3", "4 "), UNKNOWN),
        (("0", "1", "2", "3"), UNKNOWN),
    ],
)
def test_an_order_with_a_place_missing_or_given_twice_is_refused_and_kept(
    student: SiteClient, quiz: Quiz, places: tuple[str, ...], message: str
) -> None:
    item_id = item_of(quiz, "order")
    item = quiz.item(item_id)
    assert item
    given = dict(zip((f"item-{item_id}.{option}" for option in item.option_ids), places, strict=True))
    page = student.post(PATH, sent(quiz) | given, status=422)
    assert messages(page) == {item_id: message}
    offered = {name: [place] for name, place in given.items() if place in {"1", "2", "3", "4"}}
    assert {name: place for name, place in kept(page).items() if name in given} == offered


@pytest.mark.parametrize("place", ["9" * 100_000, "١", "²", "-1", "1.0", "a\x00b", "NaN"])
def test_a_place_that_is_no_place_is_refused(student: SiteClient, quiz: Quiz, place: str) -> None:
    item_id = item_of(quiz, "order")
    item = quiz.item(item_id)
    assert item
    page = student.post(PATH, sent(quiz) | {f"item-{item_id}.{item.option_ids[0]}": place}, status=422)
    assert messages(page) == {item_id: UNKNOWN}


@pytest.mark.parametrize("values", [["only-that"], ["foreign"], ["only-that"] * 4])
def test_an_order_cannot_be_sent_under_the_name_of_its_item(student: SiteClient, quiz: Quiz, values: list[str]) -> None:
    item_id = item_of(quiz, "order")
    page = student.post(PATH, without(quiz, item_id) | {f"item-{item_id}": values}, status=422)
    assert list(messages(page)) == [item_id]


@pytest.mark.parametrize("number", ["", None, "0", "-1", "2", "01", "1.0", "a\x00b", "하나", "9" * 9, "9" * 100_000])
def test_a_number_that_is_not_the_next_is_refused_and_the_choices_kept(
    student: SiteClient, quiz: Quiz, number: str | None
) -> None:
    form = {key: value for key, value in (sent(quiz) | {"number": number}).items() if value is not None}
    page = student.post(PATH, form, status=409)
    assert kept(page) == chosen_in(form)
    assert hidden(page, "number") == "1"


@pytest.mark.parametrize("version", ["", "000000000000", "x" * 100_000])
def test_a_quiz_that_changed_meanwhile_is_said_and_keeps_what_was_chosen(
    student: SiteClient, quiz: Quiz, version: str
) -> None:
    form = sent(quiz) | {"version": version}
    page = student.post(PATH, form, status=409)
    assert "그사이에 문항이 바뀌었어요" in page.text
    assert kept(page) == chosen_in(form)
    assert (hidden(page, "version"), hidden(page, "number")) == (quiz.digest, form["number"])


@pytest.mark.parametrize("size", [100_000, 400_000, 2_000_000])
def test_a_field_that_is_too_large_is_refused_cleanly(student: SiteClient, quiz: Quiz, size: int) -> None:
    token = student.token(PATH)
    response = student.client.post(PATH, data=sent(quiz) | {"csrf_token": token, "item-club-post": "x" * size})
    assert response.status_code in ({413} if size > student.app.config["MAX_CONTENT_LENGTH"] else {413, 422})
    assert response.mimetype == "text/html"
    assert len(response.text) < 100_000


def test_a_form_of_thousands_of_fields_is_refused_cleanly(student: SiteClient, quiz: Quiz) -> None:
    many = {f"field-{number}": "x" for number in range(5000)}
    response = student.client.post(PATH, data=many | {"csrf_token": student.token(PATH)})
    assert response.status_code in {409, 413}


def test_fields_the_form_has_not_change_nothing(app: Flask, client: SiteClient, cast: Cast, quiz: Quiz) -> None:
    client.sign_in(cast.gaon)
    foreign = {"person_id": str(cast.narae.id), "school_id": str(cast.other_school_id), "points": "600", "score": "9"}
    client.post(PATH, sent(quiz, wrong_at=tuple(item.id for item in quiz.items)) | foreign)
    client.sign_in(cast.narae)
    assert "이번 결과" not in client.get(f"{PATH}/result", status=303).text
    assert row_counts(app)["attempt"] == 1


def test_what_is_kept_can_be_sent_again_as_it_stands(app: Flask, client: SiteClient, cast: Cast, quiz: Quiz) -> None:
    client.sign_in(cast.gaon)
    item = quiz.items[0]
    page = client.post(PATH, without(quiz, item.id), status=422)
    again = (
        {name: hidden(page, name) for name in ("number", "version", "owner")} | kept(page) | fields(item, right(item))
    )
    client.post(PATH, again)
    assert "이번 결과 100%" in client.get(client.location).text


def holding(app: Flask) -> int:
    """Where many write at once, an attempt is held by a statement of its own before it is read."""
    return int(app.extensions["settings"].database.startswith(POSTGRESQL))


def test_a_submission_of_answers_that_are_saved_needs_six_statements_at_most(
    app: Flask, client: SiteClient, cast: Cast, quiz: Quiz, statements: list[str]
) -> None:
    client.sign_in(cast.gaon)
    form = sent(quiz) | {"csrf_token": client.token(PATH)}
    for item in quiz.items:
        client.client.post(f"{PATH}/answer", data=form | {"item": item.id, "counter": "1"})
    statements.clear()
    assert client.client.post(PATH, data=form).status_code == 303
    assert 0 < len(statements) <= 6 + holding(app), statements


def test_a_whole_form_without_script_needs_ten_statements_at_most(
    client: SiteClient, cast: Cast, quiz: Quiz, statements: list[str]
) -> None:
    client.sign_in(cast.gaon)
    form = sent(quiz) | {"csrf_token": client.token(PATH)}
    statements.clear()
    assert client.client.post(PATH, data=form).status_code == 303
    assert 0 < len(statements) <= 10, statements


def test_an_answer_needs_four_statements_at_most_once_the_attempt_is_open(
    app: Flask, client: SiteClient, cast: Cast, quiz: Quiz, statements: list[str]
) -> None:
    client.sign_in(cast.gaon)
    form = sent(quiz) | {"csrf_token": client.token(PATH)}
    for item in quiz.items[:2]:
        statements.clear()
        reply = client.client.post(f"{PATH}/answer", data=form | {"item": item.id, "counter": "1"})
        assert reply.json and reply.json["state"] == "saved"
    assert 0 < len(statements) <= 4 + holding(app), statements


def test_the_quiz_page_reads_who_asks_what_is_set_and_what_is_kept(
    client: SiteClient, cast: Cast, quiz: Quiz, statements: list[str]
) -> None:
    client.sign_in(cast.gaon)
    client.post(f"{PATH}/answer", sent(quiz) | {"item": quiz.items[0].id}, status=200)
    statements.clear()
    client.get(PATH)
    assert len(statements) <= 4, statements
