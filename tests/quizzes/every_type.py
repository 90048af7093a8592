"""One quiz that has a part of every type there is: the pencils, and the three parts that stay with the student."""

import tomllib
from typing import Any

import pytest
from flask import Flask

from curriculum.quizzes.quiz import Quiz, quiz_from
from tests.quizzes import private_parts
from tests.quizzes.private_parts import put_in_place
from tests.quizzes.sample import LESSONS, content


def written() -> dict[str, Any]:
    """The quiz as read from its file, free to be changed; its page shows the private parts between the graded ones."""
    pencils, private = content()["items"], tomllib.loads(private_parts.WRITTEN)["items"]
    for place, entry in enumerate(pencils, start=1):
        entry["prompt"] = {
            "ko": f"연필 {place}: {entry['prompt']['ko']}",
            "en": f"Pencil {place}: {entry['prompt']['en']}",
        }
    return {"items": [*pencils[:2], *private, *pencils[2:]]}


def every_type(digest: str = "every-type") -> Quiz:
    """The quiz, as that of a lesson."""
    return quiz_from(LESSONS[0], digest, written())


@pytest.fixture
def every(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Quiz:
    """The quiz with a part of every type, in place of a lesson's own."""
    quiz = every_type()
    put_in_place(app, monkeypatch, quiz)
    return quiz
