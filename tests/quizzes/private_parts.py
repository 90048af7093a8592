"""The three parts that stay with the student, as a quiz.toml writes them, and pages that ask them beside pencils."""

import tomllib
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from flask import Flask

from curriculum.quizzes.item import Part
from curriculum.quizzes.quiz import Quiz, quiz_from
from tests.quizzes.sample import LESSONS, content

FACT, OTHER_FACT = "kr-stat-moe-crime-victimblame", "kr-law-school-duties"
PATH = f"/ko/lessons/{LESSONS[0]}/quiz"
WRITTEN = f"""
[[items]]
id = "guess"
type = "estimate"
prompt.ko = "연필을 빌려주는 사람은 몇 명일까요?"
prompt.en = "How many people lend a pencil?"
unit.ko = "명"
unit.en = "people"
least = 0
most = 999999
answer.ko = "{{fact:{FACT}}} 함께 읽었어요."
answer.en = "{{fact:{FACT}}} Read together."

[[items]]
id = "stand"
type = "position"
prompt.ko = "내 생각은 어디쯤일까요?"
prompt.en = "Where do you stand?"
statement.ko = "연필은 학교가 사야 한다."
statement.en = "The school should buy the pencils."
left.ko = "학교가"
left.en = "The school"
right.ko = "저마다"
right.en = "Everyone"
arguments = [
    {{ ko = "첫째 생각이에요. {{fact:{FACT}}}", en = "First view. {{fact:{FACT}}}" }},
    {{ ko = "둘째 생각이에요. {{fact:{OTHER_FACT}}}", en = "Second view. {{fact:{OTHER_FACT}}}" }},
]

[[items]]
id = "think"
type = "reflection"
prompt.ko = "연필에게 하고 싶은 말을 적어 봐요."
prompt.en = "Write what you would say to a pencil."
starters = [{{ ko = "연필아, …", en = "Dear pencil, …" }}]
"""
KINDS = {"guess": "estimate", "stand": "position", "think": "reflection"}


@cache
def _read() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = tomllib.loads(WRITTEN)["items"]
    return entries


def private_part(part_id: str, **changes: Any) -> Part:
    """One of the parts, with some of what is written changed."""
    entry = deepcopy(next(one for one in _read() if one["id"] == part_id))
    entry.update(deepcopy(changes))
    return quiz_from("", "", {"items": [entry]}).parts[0]


def private_quiz() -> Quiz:
    """The quiz about pencils with the three parts in front; the order has journeys of its own."""
    pencils = [item for item in content()["items"] if item["type"] != "order"]
    return quiz_from(LESSONS[0], "pencils", {"items": [*deepcopy(_read()), *pencils]})


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Quiz:
    """The quiz with the three parts, in place of a lesson's own."""
    quiz = private_quiz()
    put_in_place(app, monkeypatch, quiz)
    return quiz


def put_in_place(app: Flask, monkeypatch: pytest.MonkeyPatch, quiz: Quiz) -> None:
    """Let every lesson ask this quiz."""
    monkeypatch.setattr(app.extensions["quizzes"], "of_lesson", lambda _lesson_id: quiz)
