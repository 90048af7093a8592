"""Owns what the content check asks of a quiz: known types, keys that make sense, a help-route item in every lesson."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from curriculum.catalog.block import DocumentError, parse_document
from curriculum.catalog.fact import Fact
from curriculum.catalog.pack import read_registers
from curriculum.catalog.pack_reader import PackReader
from curriculum.catalog.problem import Problem
from curriculum.catalog.rulebook import Level, read_rulebook
from curriculum.quizzes.item import Item, Part
from curriculum.quizzes.quiz import TYPES, Quiz, quiz_from
from curriculum.quizzes.setting import setting_problems, size_problems

# Ids travel in the page before the response, so they must not tell which option is right.
TELLING_IDS = frozenset({"right", "wrong", "correct", "incorrect", "good", "bad", "true", "best", "answer", "key"})
# They also stand in addresses of fields and join to "card=option"; the tables hold what a response is made of.
ID, LONGEST = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"), 60
REMEDY: Mapping[str, str] = {
    "quiz-unreadable": "write each item with id, type, objective, key, prompt and options as in docs/content-format.md",
    "quiz-empty": "write at least one item",
    "unknown-type": f"use one of {', '.join(TYPES)}",
    "id-twice": "give every item, and every option and card of an item, an id of its own",
    "id-no-slug": "write ids with small letters, digits and single hyphens",
    "ids-too-long": f"shorten ids: an item's, and a card's with an option's, have {LONGEST} letters at most",
    "telling-id": "name the option by what it says: ids stand in the page before the response",
    "too-few-options": "offer at least two options",
    "no-help-route": "mark at least one item help_route = true: every lesson ends in where to turn",
    "key-not-one-option": "name one option of the item in key",
    "key-names-no-option": "name only options of the item in key",
    "key-empty": "name at least one option in key, and in the key of every card",
    "key-takes-every-option": "leave at least one option out of key, and out of the key of every card",
    "key-must-leave-a-choice": "name at least two options in key and leave at least one out, or use type single",
    "key-not-verdict-and-reason": 'write key = ["holds" or "fails", the id of the right reason]',
    "reason-named-like-a-verdict": "give the reason another id: holds and fails are the verdicts",
    "too-few-cards": "write at least two cards",
    "one-option-fits-every-card": "let no option stand in the key of every card",
    "groups-not-two-to-four": "offer two to four groups",
    "order-must-hold-every-option": "write each accepted order with every option once",
    "written-order-gives-it-away": "write the options in an order that is not accepted",
    "chart-too-few-bars": "give the chart at least two rows, or write it as a sentence",
    "chart-of-several-facts": "take all rows from one fact: one source, one year, the same people asked",
    "chart-question-cites-figure": "let figures stand in the rows alone, and ask what the chart tells of whom",
    "chart-figure-without-value": "name in value of each row a figure of facts.toml that has a value",
    "chart-off-its-scale": "write most as the end of the scale: for percent it is a hundred",
    "estimate-without-range": "write least and most as whole numbers, least the smaller one, not below zero",
    "told-without-fact": "cite a fact, whole and in both languages, in the answer or in each argument",
    "position-needs-two-arguments": "write two arguments, one for each end of the line",
    "reflection-asks-for-experience": "ask about a story, a wish or a word: never about what happened to somebody",
    "too-few-items": "write as many graded items as rules.toml asks for in this course",
    "too-many-items": "leave out items: rules.toml says how many a course takes in one lesson",
    "too-few-types": "use more types of items: rules.toml says how many different ones",
    "step-unknown": "name in step a step of this lesson: where to look again when the item was missed",
    "type-for-older-students": "choose a type for this age: the table stands in docs/content-format.md",
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
    yield from (QuizProblem("id-twice", name) for name in _twice(part.id for part in quiz.parts))
    yield from (QuizProblem("id-no-slug", part.id) for part in quiz.parts if not ID.fullmatch(part.id))
    if not any(item.help_route for item in quiz.items):
        yield QuizProblem("no-help-route", "items")
    for part in quiz.parts:
        code = part.problem()
        if code:
            yield QuizProblem(code, part.id)
        for names in _offered(part):
            yield from (QuizProblem(code, f"{part.id}.{name}") for code, name in _faults_of_ids(names))
    for item in quiz.items:
        yield from _item_problems(item)


def _offered(part: Part) -> Iterator[list[str]]:
    """The ids of each list that the part offers before the response: its options, its cards."""
    lists = [told for told in part.asked.values() if isinstance(told, Sequence)]
    for options in [part.options, *lists] if isinstance(part, Item) else lists:
        yield [option.id for option in options]


def _faults_of_ids(names: list[str]) -> Iterator[tuple[str, str]]:
    yield from (("id-twice", name) for name in _twice(names))
    yield from (("telling-id", name) for name in sorted(TELLING_IDS.intersection(names)))
    yield from (("id-no-slug", name) for name in names if not ID.fullmatch(name))


def _item_problems(item: Item) -> Iterator[QuizProblem]:
    if len(item.options) < 2:
        yield QuizProblem("too-few-options", item.id)
    stored = (item.id, *item.option_ids, *(one.id for one in item.counted()))
    if max(map(len, stored)) > LONGEST:
        yield QuizProblem("ids-too-long", item.id)


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def quizzes_in(folder: Path) -> list[Problem]:
    """Everything wrong with the quizzes of a content folder, with file and line."""
    # What is wrong with these the check of the content says.
    facts, levels = read_registers(PackReader(), folder).facts, read_rulebook(PackReader(), folder).levels
    paths = sorted(folder.glob("*/*/*/quiz.toml"))
    return [problem for path in paths for problem in _in_file(path, facts, levels.get(path.parts[-4]))]


def _in_file(path: Path, facts: Mapping[str, Fact], level: Level | None) -> Iterator[Problem]:
    text = path.read_text("utf-8")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return  # the check of the content says where the file cannot be read
    for problem in quiz_problems(content) or _of_setting(content, path, facts, level):
        yield Problem(
            path, _line_of(text, problem.about), problem.code.replace("-", "_"), problem.remedy, problem.about
        )


def _of_setting(
    content: Mapping[str, Any], path: Path, facts: Mapping[str, Fact], level: Level | None
) -> list[QuizProblem]:
    quiz, course = quiz_from("", "", content), path.parts[-4]
    found = [*size_problems(quiz, level), *setting_problems(quiz, course, _steps_beside(path), facts)]
    return [QuizProblem(*one) for one in found]


def _steps_beside(path: Path) -> list[str]:
    try:
        return [block.id for block in parse_document((path.parent / "ko.md").read_text("utf-8")).blocks]
    except (OSError, DocumentError):
        return []  # the check of the content says what is wrong with the lesson


def _line_of(text: str, about: str) -> int:
    """The line of the item or option that a problem is about, from 1; the first line when it has none of its own."""
    pattern = rf'^id = "{re.escape(about.split(".", maxsplit=1)[0])}"'
    return next((number for number, line in enumerate(text.splitlines(), 1) if re.match(pattern, line)), 1)
