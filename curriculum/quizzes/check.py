"""Owns what the content check asks of a quiz: known types, keys that make sense, a help-route item in every lesson."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from curriculum.catalog.problem import Problem
from curriculum.quizzes.item import Item
from curriculum.quizzes.quiz import TYPES, Quiz, quiz_from

# Ids travel in the page before the response, so they must not tell which option is right.
TELLING_IDS = frozenset({"right", "wrong", "correct", "incorrect", "good", "bad", "true", "best", "answer", "key"})
REMEDY: Mapping[str, str] = {
    "quiz-unreadable": "write each item with id, type, objective, key, prompt and options as in docs/content-format.md",
    "quiz-empty": "write at least one item",
    "unknown-type": f"use one of {', '.join(TYPES)}",
    "id-twice": "give every item, and every option of an item, an id of its own",
    "telling-id": "name the option by what it says: ids stand in the page before the response",
    "too-few-options": "offer at least two options",
    "no-help-route": "mark at least one item help_route = true: every lesson ends in where to turn",
    "key-not-one-option": "name one option of the item in key",
    "key-names-no-option": "name only options of the item in key",
    "key-must-leave-a-choice": "name at least two options in key and leave at least one out, or use type single",
    "order-must-hold-every-option": "write each accepted order with every option once",
    "written-order-gives-it-away": "write the options in an order that is not accepted",
}


class QuizProblem(NamedTuple):
    """One thing wrong with a quiz: a code of REMEDY, and the item or option it is about."""

    code: str
    about: str

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return REMEDY[self.code]


def quiz_problems(content: Mapping[str, Any]) -> list[QuizProblem]:
    """Everything wrong with the content of a quiz.toml."""
    items = content.get("items")
    if not items:
        return [QuizProblem("quiz-empty", "items")]
    unknown = [item.get("type") for item in items if item.get("type") not in TYPES]
    if unknown:
        return [QuizProblem("unknown-type", str(kind)) for kind in unknown]
    try:
        quiz = quiz_from("", "", content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return [QuizProblem("quiz-unreadable", str(error))]
    return list(_problems(quiz))


def _problems(quiz: Quiz) -> Iterator[QuizProblem]:
    yield from (QuizProblem("id-twice", name) for name in _twice(item.id for item in quiz.items))
    if not any(item.help_route for item in quiz.items):
        yield QuizProblem("no-help-route", "items")
    for item in quiz.items:
        yield from _item_problems(item)


def _item_problems(item: Item) -> Iterator[QuizProblem]:
    yield from (QuizProblem("id-twice", f"{item.id}.{name}") for name in _twice(iter(item.option_ids)))
    telling = TELLING_IDS.intersection(item.option_ids)
    yield from (QuizProblem("telling-id", f"{item.id}.{name}") for name in sorted(telling))
    if len(item.options) < 2:
        yield QuizProblem("too-few-options", item.id)
    code = item.key_problem()
    if code:
        yield QuizProblem(code, item.id)


def _twice(names: Iterator[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def quizzes_in(folder: Path) -> list[Problem]:
    """Everything wrong with the quizzes of a content folder, with file and line."""
    return [problem for path in sorted(folder.glob("*/*/*/quiz.toml")) for problem in _in_file(path)]


def _in_file(path: Path) -> Iterator[Problem]:
    text = path.read_text("utf-8")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return  # the check of the content says where the file cannot be read
    for problem in quiz_problems(content):
        yield Problem(
            path, _line_of(text, problem.about), problem.code.replace("-", "_"), problem.remedy, problem.about
        )


def _line_of(text: str, about: str) -> int:
    """The line of the item or option that a problem is about, from 1; the first line when it has none of its own."""
    pattern = rf'^id = "{re.escape(about.split(".", maxsplit=1)[0])}"'
    return next((number for number, line in enumerate(text.splitlines(), 1) if re.match(pattern, line)), 1)
