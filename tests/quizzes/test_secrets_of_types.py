"""Shows for every type that nothing sent before the response tells a key, a feedback, an explanation or a weight."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from curriculum.assignments.assignment import Assignment
from curriculum.quizzes.quiz import TYPES, Quiz
from tests.cast import Cast
from tests.quizzes.devices import allow, answer, hidden
from tests.quizzes.every_type import every, every_type, written
from tests.quizzes.private_parts import put_in_place
from tests.quizzes.sample import LESSONS, fields, right, sent, wrong
from tests.quizzes.test_secrets import CANARY, SIGN, turned
from tests.site_client import SiteClient

__all__ = ["every"]
PATH = f"/ko/lessons/{LESSONS[0]}/quiz"
ADDRESSES = [PATH, PATH.replace("/ko/", "/en/"), f"{PATH}?read=both"]
FEEDBACKS = tuple(f"{word} {option}<" for word in ("까닭", "why") for option in "abcdxyz")
LATE = (*FEEDBACKS, "돌려줘요", "given back", "함께 읽었어요", "Read together", "생각이에요", "view.")
LEAKS = re.compile(r"\bkey\b|feedback|explanation|points|weight|correct|\bright\b|정답|help_route")
# What is made anew for each request, for whoever asks, and for each attempt.
RANDOM = re.compile(r'name="csrf_token" value="[^"]*"|value="[0-9a-f]{32}"|data-(?:attempt|whose)="[^"]*"')
ONE_KIND = pytest.mark.parametrize("item_id", [item.id for item in every_type().items])


def other(quiz: Quiz) -> Quiz:
    """The same quiz with every key turned and canaries for what is told after a response."""
    entries = written()
    next(one for one in entries["items"] if one["id"] == "say")["key"] = [
        "a"
    ]  # of several good ones none is to stay good
    return turned(quiz, entries, quiz.digest)


@pytest.fixture
def gaon(client: SiteClient, cast: Cast, every: Quiz) -> SiteClient:
    return client.sign_in(cast.gaon)


def plain(text: str) -> str:
    return RANDOM.sub("", text)


def whatever_is_sent(client: SiteClient, quiz: Quiz) -> Iterator[tuple[str, str]]:
    """Everything that comes before any feedback is asked for: pages, refused pages, saves, and their headers."""
    for address in ADDRESSES:
        yield f"GET {address}", _told(client.client.get(address))
    token, owner = client.token(PATH), hidden(client.get(PATH), "owner")
    form = sent(quiz, owner=owner, wrong_at=("say", "tidy")) | {"csrf_token": token}
    for name, changes in {
        "nothing": dict.fromkeys((name for name in form if name.startswith("item-")), ""),
        "token": {"csrf_token": ""},
        "changed": {"version": "old"},
        "ahead": {"number": "5"},
        "owner": {"owner": "0" * 32},
    }.items():
        response = client.client.post(PATH, data=form | changes)
        assert response.status_code >= 400, name
        yield name, _told(response)
    for counter, of in enumerate((wrong, right), start=1):
        for item in quiz.items:
            saved = form | fields(item, of(item)) | {"item": item.id, "counter": str(counter)}
            response = client.client.post(f"{PATH}/answer", data=saved)
            assert response.json == {"state": "saved", "counter": counter}
            yield f"saved {item.id}", _told(response)
    stale = client.client.post(f"{PATH}/answer", data=form | {"item": "say", "counter": "1"})
    assert stale.status_code == 409
    yield "stale", _told(stale)
    for address in ADDRESSES:
        yield f"GET {address}, answered", _told(client.client.get(address))


def said(response: Any) -> str:
    """The body; of JSON the text that it carries."""
    text: str = response.get_data(as_text=True)
    return json.dumps(response.json, ensure_ascii=False) if response.is_json else text


def _told(response: Any) -> str:
    """Headers and body, without what is random."""
    headers = {name: value for name, value in response.headers.items() if name not in {"Set-Cookie", "Date"}}
    body = plain(said(response))
    if response.mimetype == "text/html":
        headers.pop("Content-Length", None)
    return f"{headers}\n{body}"


def test_it_works(app: Flask, gaon: SiteClient, every: Quiz, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every type is there, and what is looked for does come once it may."""
    assert {part.type for part in every.parts} == set(TYPES)
    gaon.post(PATH, sent(every))
    result = gaon.get(gaon.location).text
    assert all(word in result for word in ("까닭 a<", "까닭 x<", "돌려줘요"))
    put_in_place(app, monkeypatch, other(every))
    told = answer("say", "b", number=2, version=every.digest, check="1", owner=hidden(gaon.get(PATH), "owner"))
    gaon.post(f"{PATH}/answer", told, status=200, on=PATH)
    assert CANARY in said(gaon.last)


def test_no_word_of_a_feedback_and_no_sign_of_a_key_is_sent_before_it_is_asked_for(
    gaon: SiteClient, every: Quiz
) -> None:
    for name, text in whatever_is_sent(gaon, every):
        _, _, body = text.partition("\n")
        assert not [word for word in LATE if word in body], name
        assert not SIGN.search(body), name
        if body.startswith("{"):
            assert not LEAKS.search(body), name


@pytest.mark.parametrize("wanted", [Assignment(), Assignment(results_held=True)], ids=["open", "held"])
def test_everything_is_the_same_with_other_keys(
    app: Flask, cast: Cast, client: SiteClient, every: Quiz, monkeypatch: pytest.MonkeyPatch, wanted: Assignment
) -> None:
    allow(app, cast.gaon, wanted)
    found = []
    for member, quiz in ((cast.gaon, every), (cast.narae, other(every))):
        put_in_place(app, monkeypatch, quiz)
        # The choices are those of the first quiz each time: only what is right has changed.
        told = whatever_is_sent(SiteClient(app).sign_in(member), every)
        found.append({name: text.replace(member.name, "") for name, text in told})
    assert found[0] == found[1]


@ONE_KIND
def test_while_results_are_held_back_no_way_of_asking_tells_more(
    app: Flask, cast: Cast, gaon: SiteClient, every: Quiz, item_id: str
) -> None:
    allow(app, cast.gaon, Assignment(results_held=True))
    item = every.item(item_id)
    assert item
    owner, replies = hidden(gaon.get(PATH), "owner"), []
    for response in (right(item), wrong(item)):
        form = answer(item_id, *response, version=every.digest, owner=owner)
        reply = gaon.client.post(f"{PATH}/answer", data=form | {"csrf_token": gaon.token(PATH), "check": "1"})
        whole = gaon.client.post(PATH, data=form | {"csrf_token": gaon.token(PATH), "check": item_id})
        assert (reply.status_code, whole.status_code) == (403, 403)
        replies.append((reply.text, re.sub(" (checked|selected)", "", plain(whole.text))))
        assert not [word for word in LATE if word in said(reply) + whole.text]
    assert replies[0] == replies[1]


def test_after_all_is_sent_in_what_is_held_back_is_the_same_for_right_and_wrong(
    app: Flask, cast: Cast, every: Quiz
) -> None:
    allow(app, cast.gaon, Assignment(results_held=True))
    pages = []
    for member, wrong_at in ((cast.gaon, ()), (cast.narae, tuple(item.id for item in every.items))):
        client = SiteClient(app).sign_in(member)
        client.post(PATH, sent(every, wrong_at=wrong_at))
        address = client.location
        shown = [client.client.get(one).text for one in (address, PATH, f"/ko/lessons/{LESSONS[0]}", "/ko/class")]
        pages.append([re.sub(r"attempt=[0-9a-f-]+", "", plain(one)).replace(member.name, "") for one in shown])
    for one, two in zip(*pages, strict=True):
        assert one == two


@pytest.mark.parametrize("part", ["guess", "stand"])
def test_what_a_private_part_tells_comes_only_when_it_is_asked_for(gaon: SiteClient, every: Quiz, part: str) -> None:
    asked = {"item": part, "number": "1", "version": every.digest, "owner": hidden(gaon.get(PATH), "owner")}
    gaon.post(f"{PATH}/answer", asked | {"check": "1"}, status=200, on=PATH)
    assert [word for word in LATE if word in said(gaon.last)]
    assert not [word for word in LATE if word in gaon.get(PATH).text]


def test_scripts_and_styles_know_no_quiz(app: Flask, gaon: SiteClient, every: Quiz) -> None:
    """They are files of the site, the same for every quiz; nothing of a page is written into a script."""
    page = gaon.get(PATH)
    scripts = list(page.all("script"))
    assert scripts
    assert all(one.attrib.get("src", "").startswith("/static/") and not page.words(one) for one in scripts)


def test_no_entity_tag_follows_the_key(
    app: Flask, client: SiteClient, every: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    tags = []
    for quiz in (every, other(every)):
        put_in_place(app, monkeypatch, quiz)
        tags.append([client.client.get(address).headers.get("ETag") for address in ADDRESSES])
    assert tags[0] == tags[1]
