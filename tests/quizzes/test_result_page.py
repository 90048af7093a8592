"""Shows that a result is the student's own, explains every item, keeps the best, and is not saved for visitors."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from flask import Flask

from curriculum.progress.completion import State
from curriculum.progress.queries import progress_of
from curriculum.quizzes.quiz import Quiz
from tests.cast import Cast, Member
from tests.inspection import Page
from tests.quizzes.sample import LESSONS, quiz_in, sent
from tests.quizzes.stored import row_counts
from tests.site_client import SiteClient

PATH = f"/ko/lessons/{LESSONS[0]}/quiz"
SAVED, NOT_SAVED = "결과를 저장했어요", "학생으로 들어오지 않아서 이 결과는 저장되지 않았어요"
HELP_ROUTE_MISSING = "도움받는 길을 묻는 문항은 모두 맞혀야"


@pytest.fixture
def quiz(app: Flask) -> Quiz:
    return quiz_in(app, LESSONS[0])


def answer(client: SiteClient, quiz: Quiz, number: int, *wrong_at: str) -> Page:
    """Send the quiz with wrong responses at these items, and follow to the result."""
    client.post(PATH, sent(quiz, number=number, wrong_at=wrong_at))
    return client.get(client.location)


def explained(page: Page) -> list[str]:
    """The ids of the items that are explained, in order."""
    labels = [one.attrib.get("aria-labelledby", "") for one in page.all("section")]
    return [label.removeprefix("told-") for label in labels if label.startswith("told-")]


def help_route(quiz: Quiz) -> str:
    return next(item.id for item in quiz.items if item.help_route)


def plain_item(quiz: Quiz) -> str:
    return next(item.id for item in quiz.items if not item.help_route and item.type == "single")


def test_it_works(client: SiteClient, cast: Cast, quiz: Quiz) -> None:
    page = answer(client.sign_in(cast.gaon), quiz, 1)
    assert page.h1 == "이번 결과 100%"
    assert SAVED in page.text
    assert explained(page) == [item.id for item in quiz.items]


@pytest.mark.parametrize("locale", ["ko", "en"])
@pytest.mark.parametrize("read", ["", "?read=both"])
def test_the_result_stands_in_every_language(
    client: SiteClient, cast: Cast, quiz: Quiz, locale: str, read: str
) -> None:
    path = PATH.replace("/ko/", f"/{locale}/") + read
    client.sign_in(cast.gaon).post(path, sent(quiz))
    assert ("read=both" in client.location) == bool(read)
    page = client.get(client.location)
    option = quiz.items[0].options[0]
    languages = {"ko", "en"} if read else {locale}
    for language, words in (("ko", option.text.ko), ("en", option.text.en)):
        found = [one for one in page.all("div") if page.words(one) == " ".join(words.split())]
        assert {one.attrib.get("lang") for one in found} - {None} == ({language} if language in languages else set())


def test_the_result_without_an_id_is_the_latest(client: SiteClient, cast: Cast, quiz: Quiz) -> None:
    client.sign_in(cast.gaon)
    answer(client, quiz, 1, plain_item(quiz))
    answer(client, quiz, 2)
    assert client.get(f"{PATH}/result").h1 == "이번 결과 100%"


def test_an_earlier_attempt_stays_to_be_read(client: SiteClient, cast: Cast, quiz: Quiz) -> None:
    client.sign_in(cast.gaon)
    answer(client, quiz, 1, plain_item(quiz))
    first = _location_of(client, quiz, 1, plain_item(quiz))
    answer(client, quiz, 2)
    assert client.get(first).h1 == "이번 결과 83%"


def _location_of(client: SiteClient, quiz: Quiz, number: int, *wrong_at: str) -> str:
    """The address of an attempt: the same sent again leads there again."""
    client.post(PATH, sent(quiz, number=number, wrong_at=wrong_at))
    return client.location


def test_the_best_attempt_is_kept_and_said(client: SiteClient, cast: Cast, quiz: Quiz) -> None:
    client.sign_in(cast.gaon)
    answer(client, quiz, 1)
    page = answer(client, quiz, 2, plain_item(quiz))
    assert page.h1 == "이번 결과 83%"
    assert "지금까지 가장 좋은 결과 100%" in page.text


def test_both_percentages_are_rounded_alike(app: Flask, client: SiteClient, cast: Cast, quiz: Quiz) -> None:
    # Two steps changed places: 83 points there, 483 of 600 in all, which is 80.5 %.
    order = next(item for item in quiz.items if item.type == "order")
    single = plain_item(quiz)
    form = sent(quiz, wrong_at=(single,))
    first, second = (name for name, place in form.items() if name.startswith(f"item-{order.id}.") and place[0] in "12")
    form[first], form[second] = form[second], form[first]
    client.sign_in(cast.gaon).post(PATH, form)
    page = client.get(client.location)
    assert page.h1 == "이번 결과 81%"
    assert "지금까지 가장 좋은 결과 81%" in page.text


def progress(app: Flask, member: Member) -> State:
    """How far somebody is who has sent every step."""
    with app.app_context():
        found = progress_of(member, LESSONS[0])
        return replace(found, steps_sent=99).state(1)


def test_without_the_help_route_the_lesson_is_not_complete(
    app: Flask, client: SiteClient, cast: Cast, quiz: Quiz
) -> None:
    page = answer(client.sign_in(cast.gaon), quiz, 1, help_route(quiz))
    assert HELP_ROUTE_MISSING in page.text
    assert SAVED not in page.text
    assert progress(app, cast.gaon) is State.PARTLY


def test_a_help_route_once_right_stays_right(app: Flask, client: SiteClient, cast: Cast, quiz: Quiz) -> None:
    client.sign_in(cast.gaon)
    answer(client, quiz, 1)
    assert SAVED in answer(client, quiz, 2, help_route(quiz)).text
    assert progress(app, cast.gaon) is State.DONE


def test_another_students_attempt_is_as_absent_as_one_that_never_was(
    client: SiteClient, cast: Cast, quiz: Quiz, visitor: Callable[[], SiteClient]
) -> None:
    answer(client.sign_in(cast.gaon), quiz, 1)
    foreign = _location_of(client, quiz, 1)
    for member in (cast.narae, cast.daon, cast.lumi):
        other = visitor().sign_in(member)
        replies = []
        for address in (foreign, f"{PATH}/result?attempt={uuid4()}"):
            text = other.get(address, status=303).text
            replies.append((other.location, text))
        assert replies[0] == replies[1] == (PATH, replies[0][1])


def test_an_attempt_is_not_found_under_another_lesson(client: SiteClient, cast: Cast, quiz: Quiz) -> None:
    answer(client.sign_in(cast.gaon), quiz, 1)
    attempt = _location_of(client, quiz, 1).partition("attempt=")[2]
    client.get(f"/ko/lessons/{LESSONS[1]}/quiz/result?attempt={attempt}", status=303)


@pytest.mark.parametrize("attempt", ["nonsense", "", "%00", "1" * 5000])
def test_what_is_no_id_leads_to_the_latest(client: SiteClient, cast: Cast, quiz: Quiz, attempt: str) -> None:
    answer(client.sign_in(cast.gaon), quiz, 1)
    assert client.get(f"{PATH}/result?attempt={attempt}").h1 == "이번 결과 100%"


def test_before_the_first_attempt_the_result_leads_to_the_quiz(client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon).get(f"{PATH}/result", status=303)
    assert client.location == PATH


def test_an_edited_quiz_keeps_the_score_and_explains_nothing_false(
    app: Flask, client: SiteClient, cast: Cast, quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(client.sign_in(cast.gaon), quiz, 1, plain_item(quiz))
    edited = Quiz(quiz.lesson_id, "edited", quiz.parts[1:])
    monkeypatch.setattr(app.extensions["quizzes"], "of_lesson", lambda _lesson_id: edited)
    page = client.get(f"{PATH}/result")
    assert page.h1 == "이번 결과 83%"
    assert "이 답을 보낸 뒤에 문항이 바뀌었어요" in page.text
    assert not explained(page)


@pytest.mark.parametrize("who", [None, "han", "yu", "moon"])
def test_without_a_students_sign_in_nothing_is_stored(
    app: Flask, client: SiteClient, cast: Cast, quiz: Quiz, who: str | None
) -> None:
    if who:
        client.sign_in(getattr(cast, who))
    page = client.post(PATH, sent(quiz, wrong_at=(plain_item(quiz),)), status=200)
    assert page.h1 == "이번 결과 83%"
    assert NOT_SAVED in page.text
    assert SAVED not in page.text
    assert set(row_counts(app).values()) == {0}


def test_a_visitor_has_no_result_to_come_back_to(client: SiteClient) -> None:
    client.get(f"{PATH}/result", status=303)
    assert client.location == "/ko/join"
