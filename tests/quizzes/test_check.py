"""Shows that the check of a quiz finds each fault it is for, with file, line and remedy, and nothing in a good quiz."""

import re
import shutil
import textwrap
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from curriculum.config import LESSONS, PROJECT
from curriculum.quizzes.check import REMEDY, quiz_problems, quizzes_in
from tests.quizzes.private_parts import WRITTEN as PRIVATE
from tests.quizzes.sample import WRITTEN, content

Written = dict[str, Any]


def _item(quiz: Written, name: str) -> Written:
    return next(item for item in quiz["items"] if item["id"] == name)


def _set(name: str, **changes: Any) -> Callable[[Written], None]:
    return lambda quiz: _item(quiz, name).update(changes)


def _set_part(name: str, part: str, place: int, **changes: Any) -> Callable[[Written], None]:
    """Change one option or card of an item."""
    return lambda quiz: _item(quiz, name)[part][place].update(changes)


def _cut(name: str, part: str, number: int) -> Callable[[Written], None]:
    """Leave only so many options or cards of an item."""
    return lambda quiz: _item(quiz, name).update({part: _item(quiz, name)[part][:number]})


def _forget(quiz: Written) -> None:
    del _item(quiz, "ask")["prompt"]["en"]


def _chart(**changes: Any) -> Callable[[Written], None]:
    return lambda quiz: _item(quiz, "read")["chart"].update(changes)


def _private(name: str, **changes: Any) -> Callable[[Written], None]:
    """Add a part that stays with the student, with some of what is written changed."""
    part = next(one for one in tomllib.loads(PRIVATE)["items"] if one["id"] == name)
    return lambda quiz: quiz["items"].append(part | changes)


def _groups(quiz: Written) -> None:
    _item(quiz, "tidy")["options"] = [{"id": one, "ko": one, "en": one} for one in "abcde"]


BARS = content()["items"][-1]["chart"]["rows"]
LONG = "long-" * 11 + "id"  # 57 letters: too long for a card beside an option, not by itself

PLANTED: list[tuple[str, str, Callable[[Written], None]]] = [
    ("quiz-unreadable", "'en'", _forget),
    ("quiz-empty", "items", lambda quiz: quiz["items"].clear()),
    ("unknown-type", "essay", _set("ask", type="essay")),
    ("id-twice", "ask", _set("reasons", id="ask")),
    ("id-twice", "reasons.a", _set_part("reasons", "options", 1, id="a")),
    ("id-twice", "lend.x", _set_part("lend", "cards", 1, id="x")),
    ("id-no-slug", "The Question", _set("say", id="The Question")),
    ("id-no-slug", "reasons.b.2", _set_part("reasons", "options", 1, id="b.2")),
    ("id-no-slug", "lend.x=y", _set_part("lend", "cards", 0, id="x=y")),
    ("ids-too-long", LONG + LONG, _set("say", id=LONG + LONG)),
    ("ids-too-long", "kind", _set_part("kind", "options", 1, id=LONG + LONG)),
    ("ids-too-long", "lend", _set_part("lend", "cards", 0, id=LONG + "-x")),
    ("telling-id", "reasons.wrong", _set_part("reasons", "options", 1, id="wrong")),
    ("telling-id", "tidy.best", _set_part("tidy", "cards", 1, id="best")),
    ("too-few-options", "ask", lambda quiz: _item(quiz, "ask").update(options=_item(quiz, "ask")["options"][1:2])),
    ("no-help-route", "items", _set("ask", help_route=False)),
    ("key-not-one-option", "ask", _set("ask", key=["a", "b"])),
    ("key-names-no-option", "ask", _set("ask", key=["z"])),
    ("key-names-no-option", "reasons", _set("reasons", key=["a", "z"])),
    ("key-names-no-option", "lend", _set_part("lend", "cards", 0, key=["w"])),
    ("key-empty", "say", _set("say", key=[])),
    ("key-empty", "lend", _set_part("lend", "cards", 0, key=[])),
    ("key-takes-every-option", "say", _set("say", key=["a", "b", "c"])),
    ("key-takes-every-option", "tidy", _set_part("tidy", "cards", 0, key=["a", "b"])),
    ("key-must-leave-a-choice", "reasons", _set("reasons", key=["a", "b", "c", "d"])),
    ("key-must-leave-a-choice", "kind", _set("kind", key=["a"])),
    ("key-not-verdict-and-reason", "claim", _set("claim", key=["b"])),
    ("reason-named-like-a-verdict", "claim", _set_part("claim", "options", 0, id="holds")),
    ("too-few-cards", "lend", _cut("lend", "cards", 1)),
    ("one-option-fits-every-card", "tidy", _set_part("tidy", "cards", 1, key=["a"])),
    ("groups-not-two-to-four", "tidy", _groups),
    ("order-must-hold-every-option", "steps", _set("steps", key=[["c", "a"]])),
    ("written-order-gives-it-away", "steps", _set("steps", key=[["a", "b", "c"]])),
    ("chart-too-few-bars", "read", _chart(rows=BARS[:1])),
    ("chart-of-several-facts", "read", _chart(rows=[BARS[0], BARS[1] | {"value": "{fact:kr-law-criminal-age.age}"}])),
    ("chart-question-cites-figure", "read", _set("read", prompt={"ko": BARS[0]["value"], "en": BARS[0]["value"]})),
    ("estimate-without-range", "guess", _private("guess", least=5, most=5)),
    ("told-without-fact", "guess", _private("guess", answer={"ko": "많아요.", "en": "Many."})),
    ("position-needs-two-arguments", "stand", _private("stand", arguments=[])),
    (
        "reflection-asks-for-experience",
        "think",
        _private("think", prompt={"ko": "당한 적이 있나요?", "en": "Has it happened to you?"}),
    ),
]
# What a quiz may not say where it stands: the course, and what is written otherwise there.
MISPLACED = [
    ("chart-figure-without-value", "middle", "maker}", "published}"),
    ("chart-off-its-scale", "middle", "chart.most = 100", "chart.most = 90"),
    ("type-for-older-students", "elementary", "pencils", "pencils"),
    ("step-unknown", "middle", 'type = "chart"', 'type = "chart"\nstep = "nowhere"'),
]
# What rules.toml asks of the quizzes of a course: how many items, and of how many types.
SIZED = [("too-few-items", "items = [90, 99]"), ("too-many-items", "items = [1, 2]"), ("too-few-types", "types = 30")]


def test_it_works() -> None:
    assert quiz_problems(content()) == []


@pytest.mark.parametrize(("code", "about", "plant"), PLANTED)
def test_a_planted_fault_is_found_and_named(code: str, about: str, plant: Callable[[Written], None]) -> None:
    written = content()
    plant(written)
    assert [(problem.code, problem.about) for problem in quiz_problems(written)] == [(code, about)]


def test_every_fault_with_a_remedy_has_been_planted() -> None:
    assert {code for code, *_ in (*PLANTED, *MISPLACED, *SIZED)} == set(REMEDY)


@pytest.mark.parametrize(("code", "course", "good", "bad"), MISPLACED)
def test_a_fault_of_where_a_quiz_stands_is_found_and_named(
    code: str, course: str, good: str, bad: str, tmp_path: Path
) -> None:
    shutil.copy(LESSONS / "facts.toml", tmp_path)
    path = tmp_path / course / "unit" / "lesson" / "quiz.toml"
    path.parent.mkdir(parents=True)
    assert good in WRITTEN
    path.write_text(WRITTEN.replace(good, bad), "utf-8")
    assert [(problem.code, problem.detail) for problem in quizzes_in(tmp_path)] == [(code.replace("-", "_"), "read")]


@pytest.mark.parametrize(("code", "asked"), SIZED)
def test_a_quiz_is_as_long_as_its_course_asks(code: str, asked: str, tmp_path: Path) -> None:
    shutil.copy(LESSONS / "facts.toml", tmp_path)
    rules = (PROJECT / "tests" / "catalog" / "pack" / "rules.toml").read_text("utf-8").replace("[1, 2]", "[1, 99]")
    assert asked.partition(" ")[0] in rules
    for course in ("middle", "high"):
        path = tmp_path / course / "unit" / "lesson" / "quiz.toml"
        path.parent.mkdir(parents=True)
        path.write_text(WRITTEN, "utf-8")
    (tmp_path / "rules.toml").write_text(rules, "utf-8")
    assert quizzes_in(tmp_path) == []
    (tmp_path / "rules.toml").write_text(
        re.sub(rf"^{asked.partition(' ')[0]} = .*$", asked, rules, flags=re.MULTILINE), "utf-8"
    )
    assert [(one.path.parts[-4], one.code.replace("_", "-")) for one in quizzes_in(tmp_path)] == [("middle", code)]


def test_several_faults_are_said_at_once() -> None:
    written = content()
    _set("ask", key=["z"])(written)
    _set("steps", key=[])(written)
    assert {problem.about for problem in quiz_problems(written)} == {"ask", "steps"}


def test_a_fault_is_named_with_file_line_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "course" / "unit" / "lesson" / "quiz.toml"
    path.parent.mkdir(parents=True)
    path.write_text(WRITTEN.replace('["a", "c"]', '["a", "z"]', 1), "utf-8")
    (problem,) = quizzes_in(tmp_path)
    assert (problem.path, problem.code, problem.detail) == (path, "key_names_no_option", "reasons")
    assert path.read_text("utf-8").splitlines()[problem.line - 1] == 'id = "reasons"'
    assert problem.remedy == REMEDY["key-names-no-option"]


def test_what_is_no_toml_is_left_to_the_check_of_the_content(tmp_path: Path) -> None:
    path = tmp_path / "course" / "unit" / "lesson" / "quiz.toml"
    path.parent.mkdir(parents=True)
    path.write_text("items = [", "utf-8")
    assert quizzes_in(tmp_path) == []


def test_every_example_for_writers_is_a_good_item() -> None:
    guide = (PROJECT / "docs" / "content-format.md").read_text("utf-8")
    examples = re.findall(r"^    \[\[items\]\]\n(?:    .*\n)+", guide.split("### `single`")[1], re.MULTILINE)
    types = set()
    for example in examples:
        written = tomllib.loads(textwrap.dedent(example))
        assert {problem.code for problem in quiz_problems(written)} <= {"no-help-route"}, example
        types.add(written["items"][0]["type"])
    assert types >= {"safe", "order", "match", "sort", "wording", "reason"}


def test_the_lessons_own_quizzes_are_good() -> None:
    assert list(LESSONS.glob("*/*/*/quiz.toml"))
    assert quizzes_in(LESSONS) == []
