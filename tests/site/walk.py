"""Walks the table of URLs: each with a real address and what a proper request of it has; bodies made comparable."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from flask import Flask
from werkzeug.test import TestResponse

from curriculum.assignments.assignment import Assignment
from curriculum.assignments.plan import own_version
from curriculum.assignments.queries import plan_of
from curriculum.classrooms.roster import ClassroomRow
from curriculum.classrooms.school_year import school_year_of
from curriculum.database import db
from curriculum.operations.access_page import rule_of
from curriculum.security import Door
from curriculum.tenancy import acting_meanwhile
from tests.cast import CODE, PASSWORD, Cast
from tests.quizzes.sample import fields, quiz_in, right, sent

COURSE, UNIT, SLUG = "middle", "images", "fake-image-real-harm"  # a lesson that has everything a lesson can have
LESSON_ID = f"{COURSE}/{UNIT}/{SLUG}"
OTHER_LESSON_ID = "middle/help/the-first-day"
LESSON = f"/ko/lessons/{LESSON_ID}"
RESTING = "middle/peers/whose-fault"
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
    link: str = ""  # the code of a link by which somebody who was invited sets a password
    ids: Mapping[str, UUID] = {}


@dataclass(frozen=True)
class Ask:
    """What a proper request of an address has beside its path; `session` is what the page before has put there."""

    form: Mapping[str, Any] = field(default_factory=dict)
    session: Mapping[str, Any] = field(default_factory=dict)


NEW_PASSWORD = "운동장 끝에 선 은행나무"
ROOM = "본관 2층"  # of the school's own people
NEW_STUDENT = "새봄이"  # of a roster that is sent
CARD = "token-of-a-slip-of-gaon"


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
    return Ask({"entry": "", "version": "", "covers": "", **korean, **english})


def _assignment(facts: Facts) -> Ask:
    before = Assignment(attempt_limit=3) if facts.term else Assignment()
    wanted = {"attempt_limit": str(3 + facts.term), "shown": before.version}
    return Ask({"lesson": LESSON_ID, **{f"{LESSON_ID}-{name}": value for name, value in wanted.items()}})


def _pause(facts: Facts) -> Ask:
    # Of a lesson that is not walked: what rests takes no answers.
    return Ask({"lesson": RESTING, "wanted": "lesson", "reason": ("name", "review")[facts.term], "until": ""})


def _draft(facts: Facts) -> Ask:
    limits = [Assignment(attempt_limit=5 + term) if term else Assignment() for term in (facts.term, facts.term + 1)]
    shown, wanted = (f"{OTHER_LESSON_ID} {one.version}" for one in limits)
    return Ask({"shown": shown, "wanted": wanted})


def _own(facts: Facts) -> Ask:
    school, classroom = (facts.ids.get(one, NOBODY) for one in ("school", "class"))
    with facts.app.app_context(), acting_meanwhile(school):
        shown = own_version(plan_of(ClassroomRow(school, classroom, "", 0, "", 0, 0, "")))
        db.session.rollback()
    given = {"people": str(facts.ids.get("classmate", NOBODY)), "lessons": LESSON_ID, "until": ""}
    return Ask({"shown": shown, **given, "attempt_limit": str(8 + facts.term)})


def _taught_lesson(facts: Facts) -> Ask:
    return Ask({"lesson": LESSON_ID, f"{LESSON_ID}-taught-day": f"2026-03-0{2 + facts.term}"})


def _new_class(facts: Facts) -> Ask:
    place = {"school_year": str(school_year_of(datetime.now(UTC))), "level": "middle", "grade": "2"}
    return Ask({**place, "section": str(30 + facts.term), "course": "middle", "pseudonyms": "y"})


def _move(facts: Facts) -> Ask:
    return Ask(
        {"way": "move", "target": str(facts.ids.get("other_class", NOBODY)), "number": "40"} if facts.term else {}
    )


def _teacher(facts: Facts) -> Ask:
    part = "read" if facts.term else "full"
    return Ask({"teacher": str(facts.ids.get("teacher", NOBODY)), "part": part})


def _school_roster(facts: Facts) -> Ask:
    year = str(school_year_of(datetime.now(UTC)))
    return Ask({"text": f"2,1,{40 + facts.term},{NEW_STUDENT}", "school_year": year, "level": "middle"})


def _roster(facts: Facts) -> Ask:
    return Ask({"text": f"{40 + facts.term} {NEW_STUDENT}"})


def _decisions(facts: Facts) -> Ask:
    return Ask({"lessons": "open", "retention_months": str(7 + facts.term), "offline": "y"})


def _passkey(facts: Facts) -> Ask:
    return Ask({"do": "remove", "passkey": str(facts.ids.get("passkey", NOBODY)), "present": PASSWORD})


def _invitation(facts: Facts) -> Ask:
    return Ask({"role": "teacher", "display_name": "새 선생님", "email": f"new{facts.term}@school.example"})


def _accepting(facts: Facts) -> Ask:
    return Ask({"password": NEW_PASSWORD, "again": NEW_PASSWORD}, session={"invitation": facts.link})


# What is right to send, for each address that wants more than its path. A write without a line here fails a test.
WELL_FORMED: Mapping[str, Callable[[Facts], Ask]] = {
    "POST /<locale>/join": lambda facts: Ask({"code": facts.class_code}),
    "GET /<locale>/join/number": lambda facts: Ask(session={"class_code": facts.class_code}),
    "POST /<locale>/join/card": lambda facts: Ask({"card": f"{facts.class_code}.{CARD}"}),
    "POST /<locale>/rosters/<uuid:import_id>": lambda _: Ask({"way": "drop"}),
    "POST /<locale>/school/classes/<uuid:classroom_id>": lambda facts: Ask({"way": ("names", "archive")[facts.term]}),
    "POST /<locale>/school/classes/<uuid:classroom_id>/cards": lambda _: Ask({"way": "tries", "number": "1"}),
    "POST /<locale>/school/classes/<uuid:classroom_id>/roster": _roster,
    "POST /<locale>/school/classes/<uuid:classroom_id>/students/<int:number>": _move,
    "POST /<locale>/school/classes/<uuid:classroom_id>/teachers": _teacher,
    "POST /<locale>/school/classes/new": _new_class,
    "POST /<locale>/school/pauses": _pause,
    "POST /<locale>/teach/classes/<uuid:classroom_id>/prepare/<course>/<unit>/<slug>": lambda _: Ask(),
    "POST /<locale>/teach/classes/<uuid:classroom_id>/pauses": _pause,
    "POST /<locale>/school/roster": _school_roster,
    "POST /<locale>/teach/classes/<uuid:classroom_id>/cards": lambda _: Ask({"way": "tries", "number": "1"}),
    "POST /<locale>/teach/classes/<uuid:classroom_id>/roster": _roster,
    "POST /<locale>/join/number": lambda facts: Ask(
        {"number": facts.number, "code": CODE}, session={"class_code": facts.class_code}
    ),
    "POST /<locale>/sign-in": lambda facts: Ask({"email": facts.staff_email, "password": PASSWORD}),
    "POST /<locale>/sign-out": lambda _: Ask(),
    "POST /<locale>/sign-in/code": lambda _: Ask({"code": "123456"}),
    "POST /<locale>/account/codes": lambda _: Ask({"do": "begin"}),
    "POST /<locale>/account/passkeys": _passkey,
    "POST /<locale>/sign-in/passkey": lambda _: Ask({"do": "options"}),
    "POST /<locale>/sign-in/account": lambda _: Ask(),
    "POST /<locale>/school/staff/<uuid:staff_id>/sign-on": lambda _: Ask(),
    "POST /<locale>/account/password": lambda _: Ask(
        {"present": PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    ),
    "POST /<locale>/invitation": lambda facts: Ask({"code": facts.link}),
    "GET /<locale>/invitation/password": _accepting,
    "POST /<locale>/invitation/password": _accepting,
    "POST /<locale>/setup": lambda _: Ask(),
    "POST /<locale>/school/settings": _decisions,
    "POST /<locale>/school/staff/new": _invitation,
    "POST /<locale>/school/staff/<uuid:staff_id>/codes": lambda _: Ask(),
    "POST /<locale>/school/staff/<uuid:staff_id>/link": lambda _: Ask(),
    "POST /<locale>/school/staff/<uuid:staff_id>/removal": lambda _: Ask(),
    "POST /<locale>/school/staff/<uuid:staff_id>/role": lambda _: Ask({"role": "counsellor"}),
    "POST /<locale>/school/staff/<uuid:staff_id>/suspension": lambda _: Ask(),
    "POST /<locale>/here": lambda _: Ask(),
    "POST /<locale>/lessons/<course>/<unit>/<slug>/quiz": _quiz,
    "POST /<locale>/lessons/<course>/<unit>/<slug>/quiz/answer": _answer,
    "POST /<locale>/lessons/<course>/<unit>/<slug>/steps/<step>": lambda _: Ask(),
    "POST /<locale>/lessons/<course>/<unit>/<slug>/story": _story,
    "POST /<locale>/school/contacts": _contact,
    "POST /<locale>/teach/across/classes.<any(csv, xlsx):kind>": lambda _: Ask(),
    "POST /<locale>/teach/across/students.<any(csv, xlsx):kind>": lambda _: Ask(),
    "POST /<locale>/school/learning/<any(classes, lessons):part>.<any(csv, xlsx):kind>": lambda _: Ask(),
    "POST /<locale>/teach/classes/<uuid:classroom_id>/certificates": lambda _: Ask(),
    "POST /<locale>/teach/classes/<uuid:classroom_id>/students/<uuid:student_id>": lambda _: Ask(),
    "POST /<locale>/teach/classes/<uuid:classroom_id>/export.<any(csv, xlsx):kind>": lambda _: Ask({}),
    "POST /<locale>/school/contacts/<uuid:contact_id>/move": lambda _: Ask({"way": "down"}),
    "POST /<locale>/school/contacts/<uuid:contact_id>/remove": lambda _: Ask({"version": "1"}),
    "POST /<locale>/school/people/<uuid:student_id>/record": lambda _: Ask({}),
    "POST /<locale>/school/people/<uuid:student_id>/name": lambda facts: Ask({"name": f"이름{facts.term}"}),
    "POST /<locale>/school/people/<uuid:student_id>/pause": lambda _: Ask({}),
    "POST /<locale>/school/people/<uuid:student_id>/erase": lambda facts: Ask({"number": "9"} if facts.term else {}),
    "POST /<locale>/school/people/<uuid:student_id>/consent": lambda _: Ask({"how": "paper"}),
    "POST /<locale>/school/retention/promote": lambda facts: Ask({"sure": "y"} if facts.term else {}),
    "POST /<locale>/school/retention/purge": lambda facts: Ask({"sure": "y"} if facts.term else {}),
    "POST /<locale>/teach/classes/<uuid:classroom_id>/assignments": _assignment,
    "POST /<locale>/teach/classes/<uuid:classroom_id>/assignments/draft": _draft,
    "POST /<locale>/teach/classes/<uuid:classroom_id>/assignments/students": _own,
    "POST /<locale>/teach/classes/<uuid:classroom_id>/assignments/taught": _taught_lesson,
}


def addresses(app: Flask, cast: Cast, **ids: UUID) -> Iterator[Address]:
    """Every URL and method of the table, with ids of things that exist: Gaon's class, a real lesson and step."""
    step = app.extensions["catalog"].lesson(LESSON_ID).step_ids[0]
    known: dict[str, str | UUID] = {
        "locale": "ko",
        "course": COURSE,
        "unit": UNIT,
        "slug": SLUG,
        "item_id": quiz_in(app, LESSON_ID).items[0].id,
        "step": step,
        "classroom_id": cast.classroom_id,
        "contact_id": NOBODY,
        "student_id": cast.suspended.id,
        "staff_id": NOBODY,
        "import_id": NOBODY,
        "kind": "csv",
        "part": "classes",
        "number": "2",
        "filename": "icon.svg",
        **ids,
    }
    urls = app.url_map.bind("localhost")
    rules = {rule.rule: rule for rule in app.url_map.iter_rules()}
    for door in app.extensions["access"]:
        values = {name: known[name] for name in rules[door.rule].arguments}
        if {"classroom_id", "student_id"} <= values.keys():
            values["student_id"] = cast.narae.id  # of the lists of a class; administrators find those who are in none
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
    text = LANGUAGES.sub("", TOKEN.sub(r'\1""', response.data.decode("utf-8", "replace")))
    for one in varying:
        text = text.replace(str(one), "·")
    return response.status_code, text
