"""Shows that nothing sent before the response tells a key or a feedback: pages are the same whatever the key is."""

import re
import tomllib
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from curriculum.catalog.page_text import PageText
from curriculum.catalog.queries import renderer
from curriculum.quizzes.item import FULL
from curriculum.quizzes.quiz import Quiz, quiz_from
from tests.cast import Cast
from tests.quizzes.sample import LESSONS, quiz_in, sent
from tests.site_client import SiteClient

# What differs from page to page whoever looks: the token.
RANDOM = re.compile(r'name="csrf_token" value="[^"]*"')
# What the page of a result is made of.
SIGN = re.compile(r'class="[^"]*(right|answer|feedback|verdict)|정답|맞아요|도움받는 길')
CANARY = "카나리아가 숨어 있어요"
WHO = (None, "gaon", "han")
PLACES = [(locale, read) for locale in ("ko", "en") for read in ("", "?read=both")]


def address(lesson_id: str, locale: str, read: str) -> str:
    return f"/{locale}/lessons/{lesson_id}/quiz{read}"


def other_key(item: dict[str, Any]) -> list[Any]:
    """Another key that could be written."""
    options = [option["id"] for option in item["options"]]
    if item["type"] == "order":
        return [next(list(one) for one in permutations(options) if list(one) not in item["key"])]
    others = [option for option in options if option not in item["key"]]
    return others[:1] if len(item["key"]) == 1 else others + item["key"][:1]


def keyed(item: dict[str, Any]) -> list[dict[str, Any]]:
    """What has a feedback: options, or cards with keys of their own."""
    return item["cards"] if "cards" in item else item["options"]


def with_other_keys(app: Flask, lesson_id: str) -> Quiz:
    """The quiz with other keys, other help-route items and canaries as feedback, under the same version."""
    lesson = app.extensions["catalog"].lesson(lesson_id)
    return turned(quiz_in(app, lesson_id), tomllib.loads(_source(app, lesson_id)), lesson.quiz_digest)


def turned(own: Quiz, written: dict[str, Any], digest: str) -> Quiz:
    """What is written with every key turned, as the quiz of the same lesson and version."""
    for item in written["items"]:
        if "objective" not in item:
            continue  # it stays with the student, and has no key
        item["help_route"] = not item.get("help_route")
        item.update({"explanation": {"ko": CANARY, "en": "a canary"}} if "explanation" in item else {})
        for card in item.get("cards", ()):
            card["key"] = other_key({**item, "key": card["key"]})
        if item["type"] == "reason":
            item["key"] = [
                "holds" if item["key"][0] == "fails" else "fails",
                *other_key({**item, "key": item["key"][1:]}),
            ]
        elif "cards" not in item:
            item["key"] = other_key(item)
        for option in keyed(item):
            option["feedback"] = {"ko": CANARY, "en": "a canary"}
    changed = quiz_from(own.lesson_id, digest, written)
    for one, other in zip(own.items, changed.items, strict=True):
        assert one.points(other.right_response) < FULL, f"{one.id} still has its key"
    return changed


def _source(app: Flask, lesson_id: str) -> str:
    path: Path = app.extensions["settings"].lessons / lesson_id / "quiz.toml"
    return path.read_text("utf-8")


@pytest.fixture
def change(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[Quiz], None]:
    """Puts another quiz in place of a lesson's own."""
    return lambda quiz: monkeypatch.setattr(app.extensions["quizzes"], "of_lesson", lambda _lesson_id: quiz)


def text_of(client: SiteClient, path: str) -> str:
    """The page as it is sent; that it is a good one is shown elsewhere (tests/site/test_pages.py)."""
    response = client.client.get(path)
    assert response.status_code == 200
    return response.text


def plain(html: str) -> str:
    return RANDOM.sub("", html)


def feedback_sentences(app: Flask, lesson_id: str) -> list[str]:
    """Every feedback of a quiz as it would stand on a page."""
    with app.test_request_context("/ko/"):
        text = PageText(renderer(), ["ko", "en"])
        told = [one for item in quiz_in(app, lesson_id).items for one in item.explain(item.right_response)]
        # The longest piece without a mark of a source or a word in it: those are numbered anew on every page.
        return [
            max(re.split(r"<[^>]*>", str(part.html)), key=len)
            for one in told
            if one.option.feedback
            for part in text.inline(one.option.feedback)
        ]


@pytest.mark.parametrize("lesson_id", LESSONS)
def test_it_works(app: Flask, client: SiteClient, lesson_id: str) -> None:
    # What is looked for does stand on the page that comes after the response.
    path = address(lesson_id, "ko", "?read=both")
    result = client.post(path, sent(quiz_in(app, lesson_id)), status=200).text
    sentences = feedback_sentences(app, lesson_id)
    assert all(len(sentence) > 10 for sentence in sentences)
    assert all(sentence in result for sentence in sentences)
    assert SIGN.search(result)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("lesson_id", LESSONS)
def test_no_feedback_and_no_sign_of_the_key_is_sent_before(
    app: Flask, client: SiteClient, cast: Cast, lesson_id: str, who: str | None
) -> None:
    if who:
        client.sign_in(getattr(cast, who))
    sentences = feedback_sentences(app, lesson_id)
    for path in (address(lesson_id, locale, read) for locale, read in PLACES):
        asked, lesson = text_of(client, path), text_of(client, path.replace("/quiz", ""))
        assert not [sentence for sentence in sentences if sentence in asked or sentence in lesson]
        assert not SIGN.search(asked)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("lesson_id", LESSONS)
def test_the_page_is_the_same_with_another_key(
    app: Flask,
    client: SiteClient,
    cast: Cast,
    change: Callable[[Quiz], None],
    lesson_id: str,
    who: str | None,
) -> None:
    if who:
        client.sign_in(getattr(cast, who))
    paths = [address(lesson_id, locale, read) for locale, read in PLACES]
    own = [plain(text_of(client, path)) for path in paths]
    change(with_other_keys(app, lesson_id))
    assert [plain(text_of(client, path)) for path in paths] == own


@pytest.mark.parametrize("lesson_id", LESSONS)
def test_a_refused_page_is_the_same_with_another_key_and_whatever_was_chosen_right(
    app: Flask, client: SiteClient, change: Callable[[Quiz], None], lesson_id: str
) -> None:
    # Somebody who sends one item at a time learns nothing about it: right and wrong look alike until all are sent.
    path = address(lesson_id, "ko", "")
    quiz, token = quiz_in(app, lesson_id), client.token(path)
    forms = [
        {name: value for name, value in sent(quiz, wrong_at=wrong_at).items() if quiz.items[0].id not in name}
        for wrong_at in ((), tuple(item.id for item in quiz.items))
    ]

    def refused(form: dict[str, Any]) -> str:
        response = client.client.post(path, data=form | {"csrf_token": token})
        assert response.status_code == 422
        return plain(response.text)

    own = [refused(form) for form in forms]
    assert _without_choices(own[0]) == _without_choices(own[1])
    change(with_other_keys(app, lesson_id))
    assert [refused(form) for form in forms] == own


def _without_choices(html: str) -> str:
    return re.sub(r" (checked|selected)\b", "", html)


def test_the_canary_is_seen_where_it_may_be(app: Flask, client: SiteClient, change: Callable[[Quiz], None]) -> None:
    quiz = with_other_keys(app, LESSONS[0])
    change(quiz)
    assert CANARY in client.post(address(LESSONS[0], "ko", ""), sent(quiz), status=200).text
