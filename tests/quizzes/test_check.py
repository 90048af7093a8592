"""Shows that the check of a quiz finds each fault it is for, with file, line and remedy, and nothing in a good quiz."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from curriculum.quizzes.check import REMEDY, quiz_problems, quizzes_in
from tests.quizzes.sample import WRITTEN, content

Written = dict[str, Any]


def _set(place: int, **changes: Any) -> Callable[[Written], None]:
    return lambda quiz: quiz["items"][place].update(changes)


def _forget(quiz: Written) -> None:
    del quiz["items"][0]["prompt"]["en"]


def _rename(quiz: Written) -> None:
    quiz["items"][1]["options"][1]["id"] = "a"


def _tell(quiz: Written) -> None:
    quiz["items"][1]["options"][1]["id"] = "wrong"


def _shorten(quiz: Written) -> None:
    del quiz["items"][0]["options"][0], quiz["items"][0]["options"][1]


PLANTED: list[tuple[str, str, Callable[[Written], None]]] = [
    ("quiz-unreadable", "'en'", _forget),
    ("quiz-empty", "items", lambda quiz: quiz["items"].clear()),
    ("unknown-type", "essay", _set(0, type="essay")),
    ("id-twice", "ask", _set(1, id="ask")),
    ("id-twice", "reasons.a", _rename),
    ("telling-id", "reasons.wrong", _tell),
    ("too-few-options", "ask", _shorten),
    ("no-help-route", "items", _set(0, help_route=False)),
    ("key-not-one-option", "ask", _set(0, key=["z"])),
    ("key-names-no-option", "reasons", _set(1, key=["a", "z"])),
    ("key-must-leave-a-choice", "reasons", _set(1, key=["a", "b", "c", "d"])),
    ("order-must-hold-every-option", "steps", _set(2, key=[["c", "a"]])),
    ("written-order-gives-it-away", "steps", _set(2, key=[["a", "b", "c"]])),
]


def test_it_works() -> None:
    assert quiz_problems(content()) == []


@pytest.mark.parametrize(("code", "about", "plant"), PLANTED)
def test_a_planted_fault_is_found_and_named(code: str, about: str, plant: Callable[[Written], None]) -> None:
    written = content()
    plant(written)
    assert [(problem.code, problem.about) for problem in quiz_problems(written)] == [(code, about)]


def test_every_fault_with_a_remedy_has_been_planted() -> None:
    assert {code for code, *_ in PLANTED} == set(REMEDY)


def test_several_faults_are_said_at_once() -> None:
    written = content()
    _set(0, key=["z"])(written)
    _set(2, key=[])(written)
    assert {problem.about for problem in quiz_problems(written)} == {"ask", "steps"}


def test_a_fault_is_named_with_file_line_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "course" / "unit" / "lesson" / "quiz.toml"
    path.parent.mkdir(parents=True)
    path.write_text(WRITTEN.replace('["a", "c"]', '["a", "z"]'), "utf-8")
    (problem,) = quizzes_in(tmp_path)
    assert (problem.path, problem.code, problem.detail) == (path, "key_names_no_option", "reasons")
    assert path.read_text("utf-8").splitlines()[problem.line - 1] == 'id = "reasons"'
    assert problem.remedy == REMEDY["key-names-no-option"]


def test_what_is_no_toml_is_left_to_the_check_of_the_content(tmp_path: Path) -> None:
    path = tmp_path / "course" / "unit" / "lesson" / "quiz.toml"
    path.parent.mkdir(parents=True)
    path.write_text("items = [", "utf-8")
    assert quizzes_in(tmp_path) == []


def test_the_lessons_own_quizzes_are_good() -> None:
    lessons = Path(__file__).resolve().parents[2] / "lessons"
    assert list(lessons.glob("*/*/*/quiz.toml"))
    assert quizzes_in(lessons) == []
