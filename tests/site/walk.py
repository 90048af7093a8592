"""Walks the table of URLs: each with a real address and what a proper request of it has; bodies made comparable."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from flask import Flask
from werkzeug.test import TestResponse

from curriculum.classrooms.assignment import Assignment
from curriculum.operations.access_page import rule_of
from curriculum.security import Door
from tests.cast import CODE, PASSWORD, Cast
from tests.quizzes.sample import fields, quiz_in, right, sent

COURSE, UNIT, SLUG = "middle", "images", "fake-image-real-harm"  # a lesson that has everything a lesson can have
LESSON_ID = f"{COURSE}/{UNIT}/{SLUG}"
LESSON = f"/ko/lessons/{LESSON_ID}"
NOBODY = UUID(int=0)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOKEN = re.compile(r'(name="csrf_token"[^>]*value=)"[^"]*"')
# Of an address that exists for others the language control keeps the place: that an address exists is no secret.
LANGUAGES = re.compile(r'<nav class="languages-nav".*?</nav>', re.DOTALL)


class Address(NamedTuple):
    """One way to knock at a door."""

    door: Door
    method: str
    path: str

    @property
    def name(self) -> str:
        """As docs/access.toml has it."""
        return f"{self.method} {rule_of(self.door)}"


class Facts(NamedTuple):
    """What somebody must know to fill in the forms. `term` is 0 when the scene is made and 1 when it is walked."""

    app: Flask
    staff_email: str
    class_code: str
    number: int
    term: int


@dataclass(frozen=True)
class Ask:
    """What a proper request of an address has beside its path; `session` is what the page before has put there."""

    form: Mapping[str, Any] = field(default_factory=dict)
    session: Mapping[str, Any] = field(default_factory=dict)


ROOM = "본관 2층"  # of the school's own people


def _quiz(facts: Facts) -> Ask:
    return Ask(sent(quiz_in(facts.app, LESSON_ID), number=facts.term + 1))


def _answer(facts: Facts) -> Ask:
    quiz = quiz_in(facts.app, LESSON_ID)
    item = quiz.items[0]
    given = {"item": item.id, "number": str(facts.term + 1), "version": quiz.digest, "owner": "", "counter": "1"}
    return Ask({**given, **fields(item, right(item))})


def _story(facts: Facts) -> Ask:
    story = facts.app.extensions["stories"][LESSON_ID]
    scenes = {f"scene-{scene}": next(iter(choices)) for scene, choices in story.options.items()}
    return Ask({"version": story.digest, **scenes})


def _contact(facts: Facts) -> Ask:
    korean = {"role_ko": "보건 선생님", "room_ko": f"{ROOM} {facts.term}", "hours_ko": "점심시간", "reach_ko": "내선 7"}
    english = {"role_en": "Nurse", "room_en": "Main building", "hours_en": "At noon", "reach_en": "Extension 7"}
    return Ask({"entry": "", "version": "", **korean, **english})


def _assignment(facts: Facts) -> Ask:
    before = Assignment(attempt_limit=3) if facts.term else Assignment()
    wanted = {"attempt_limit": str(3 + facts.term), "shown": before.version}
    return Ask({"lesson": LESSON_ID, **{f"{LESSON_ID}-{name}": value for name, value in wanted.items()}})


# What is right to send, for each address that wants more than its path. A write without a line here fails a test.
WELL_FORMED: Mapping[str, Callable[[Facts], Ask]] = {
    "POST /<locale>/join": lambda facts: Ask({"code": facts.class_code}),
    "GET /<locale>/join/number": lambda facts: Ask(session={"class_code": facts.class_code}),
    "POST /<locale>/join/number": lambda facts: Ask(
        {"number": facts.number, "code": CODE}, session={"class_code": facts.class_code}
    ),
    "POST /<locale>/sign-in": lambda facts: Ask({"email": facts.staff_email, "password": PASSWORD}),
    "POST /<locale>/sign-out": lambda _: Ask(),
    "POST /<locale>/lessons/<course>/<unit>/<slug>/quiz": _quiz,
    "POST /<locale>/lessons/<course>/<unit>/<slug>/quiz/answer": _answer,
    "POST /<locale>/lessons/<course>/<unit>/<slug>/steps/<step>": lambda _: Ask(),
    "POST /<locale>/lessons/<course>/<unit>/<slug>/story": _story,
    "POST /<locale>/school/contacts": _contact,
    "POST /<locale>/school/contacts/<uuid:contact_id>/move": lambda _: Ask({"way": "down"}),
    "POST /<locale>/school/contacts/<uuid:contact_id>/remove": lambda _: Ask({"version": "1"}),
    "POST /<locale>/teach/classes/<uuid:classroom_id>/assignments": _assignment,
}


def addresses(app: Flask, cast: Cast, **ids: UUID) -> Iterator[Address]:
    """Every URL and method of the table, with ids of things that exist: Gaon's class, a real lesson and step."""
    step = app.extensions["catalog"].lesson(LESSON_ID).step_ids[0]
    known: dict[str, str | UUID] = {
        "locale": "ko",
        "course": COURSE,
        "unit": UNIT,
        "slug": SLUG,
        "step": step,
        "classroom_id": cast.classroom_id,
        "contact_id": NOBODY,
        "filename": "icon.svg",
        **ids,
    }
    urls = app.url_map.bind("localhost")
    rules = {rule.rule: rule for rule in app.url_map.iter_rules()}
    for door in app.extensions["access"]:
        values = {name: known[name] for name in rules[door.rule].arguments}
        for method in door.methods:
            yield Address(door, method, urls.build(door.endpoint, values, method))


def ask(address: Address, facts: Facts) -> Ask:
    """What a proper request of this address has."""
    make = WELL_FORMED.get(address.name)
    if make is None:
        assert address.method in SAFE, f"{address.name}: say in tests/site/walk.py what a well-formed body of it is"
        return Ask()
    return make(facts)


def comparable(response: TestResponse, *varying: object) -> tuple[int, str]:
    """Status and body of a page, without its token, its language control and what differs by what was typed."""
    text = LANGUAGES.sub("", TOKEN.sub(r'\1""', response.text))
    for one in varying:
        text = text.replace(str(one), "·")
    return response.status_code, text
