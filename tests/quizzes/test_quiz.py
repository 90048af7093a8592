"""Shows how a whole set of responses is graded."""

from typing import Any

import pytest

from curriculum.progress.completion import Result
from curriculum.quizzes.item import FULL
from curriculum.quizzes.quiz import Quizzes, quiz_from
from curriculum.quizzes.tally import GradedResponse
from tests.quizzes.sample import RIGHT, content, pencil_quiz

OUT_OF = len(pencil_quiz().items) * FULL


def test_it_works() -> None:
    assert pencil_quiz().grade(RIGHT) == Result(points=OUT_OF, out_of=OUT_OF, help_route_right=True)


def test_an_item_without_a_response_earns_nothing_and_still_counts() -> None:
    assert pencil_quiz().grade({"ask": ("b",)}) == Result(points=FULL, out_of=OUT_OF, help_route_right=True)


def test_points_of_the_items_add_up() -> None:
    responses = {"ask": ("b",), "reasons": ("a",), "steps": ("b", "c", "a"), "tidy": ("x=a", "y=a", "z=a")}
    assert pencil_quiz().grade(responses).points == FULL + 50 + 66 + 66


@pytest.mark.parametrize("responses", [{}, {**RIGHT, "ask": ("a",)}, {"reasons": ("a", "c")}])
def test_the_help_route_must_be_fully_right(responses: dict[str, Any]) -> None:
    assert not pencil_quiz().grade(responses).help_route_right


def test_every_help_route_item_must_be_fully_right() -> None:
    written = content()
    written["items"][1]["help_route"] = True
    quiz = Quizzes({"one": _lesson(written)}).of_lesson("one")
    assert not quiz.grade({**RIGHT, "reasons": ("a",)}).help_route_right
    assert quiz.grade(RIGHT).help_route_right


def test_graded_responses_stand_in_the_order_of_the_items() -> None:
    graded = pencil_quiz().graded({"steps": ("a", "b", "c"), "ask": ("a",)})
    assert graded == [GradedResponse("ask", ("a",), 0), GradedResponse("steps", ("a", "b", "c"), 33)]


def test_a_response_to_an_item_the_quiz_has_not_is_left_out() -> None:
    assert pencil_quiz().graded({"other": ("a",)}) == []


def test_an_item_is_found_by_its_id_or_is_none() -> None:
    quiz = pencil_quiz()
    assert quiz.item("steps") is quiz.items[2]
    assert quiz.item("other") is None


def test_a_response_outlives_the_item_it_was_given_to() -> None:
    written = content()
    del written["items"][2]
    edited = quiz_from("", "other", written)
    assert edited.item("steps") is None
    assert edited.graded({"steps": ("a", "b", "c"), "ask": ("b",)}) == [GradedResponse("ask", ("b",), FULL)]


def test_the_quiz_of_a_lesson_is_read_once() -> None:
    quizzes = Quizzes({"one": _lesson(content())})
    assert quizzes.of_lesson("one") is quizzes.of_lesson("one")
    assert quizzes.of_lesson("one").digest == "0123456789ab"


def _lesson(written: dict[str, Any]) -> Any:
    return type("Written", (), {"quiz": written, "quiz_digest": "0123456789ab"})()
