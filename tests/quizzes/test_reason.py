"""Shows that a reason counts only with the right verdict, and that the explanation always follows."""

import pytest

from curriculum.catalog.text import Text
from curriculum.quizzes.item import FULL, ResponseError
from tests.quizzes.sample import pencil_item


def test_it_works() -> None:
    item = pencil_item("claim")
    assert item.parse({"reason": ["b"], "verdict": ["fails"]}) == ("fails", "b")
    assert item.points(("fails", "b")) == FULL


@pytest.mark.parametrize(
    ("verdict", "reason", "points"),
    [("fails", "b", 100), ("fails", "a", 50), ("fails", "c", 50), ("holds", "b", 0), ("holds", "a", 0)],
)
def test_a_reason_counts_only_with_the_right_verdict(verdict: str, reason: str, points: int) -> None:
    assert pencil_item("claim").points((verdict, reason)) == points


def test_what_holds_is_graded_alike() -> None:
    item = pencil_item("claim", key=["holds", "a"])
    assert [item.points(one) for one in (("holds", "a"), ("holds", "b"), ("fails", "a"))] == [FULL, 50, 0]


@pytest.mark.parametrize(
    ("verdict", "reason", "code"),
    [
        ([], [], "missing"),
        (["fails"], [], "incomplete"),
        ([], ["b"], "incomplete"),
        (["true"], ["b"], "unknown"),
        (["fails"], ["holds"], "unknown"),
        (["b"], ["fails"], "unknown"),
        (["fails", "holds"], ["b"], "too-many"),
        (["fails"], ["a", "b"], "too-many"),
    ],
)
def test_what_cannot_be_graded_is_refused(verdict: list[str], reason: list[str], code: str) -> None:
    with pytest.raises(ResponseError) as refused:
        pencil_item("claim").parse({"verdict": verdict, "reason": reason})
    assert refused.value.code == code


@pytest.mark.parametrize("response", [("fails", "b"), ("fails", "a"), ("holds", "c")])
def test_the_right_verdict_and_the_right_reason_are_told_whatever_was_chosen(response: tuple[str, str]) -> None:
    told = pencil_item("claim").explain(response)
    assert [one.option.id for one in told if one.chosen] == list(response)
    assert [one.option.id for one in told if one.right] == ["fails", "b"]
    assert [one.option.id for one in told][-3:] == ["a", "b", "c"]


def test_the_explanation_is_told_afterwards_and_never_asked() -> None:
    item = pencil_item("claim")
    assert item.told == {"explanation": Text(ko="빌린 것은 돌려줘요.", en="What was lent is given back.")}
    assert set(item.asked) == {"statement", "verdicts"}


def test_verdicts_and_reasons_are_counted() -> None:
    counted = pencil_item("claim").counted()
    assert [one.id for one in counted] == ["holds", "fails", "a", "b", "c"]
    assert [one.id for one in counted if one.right] == ["fails", "b"]


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ([], "key-not-verdict-and-reason"),
        (["b"], "key-not-verdict-and-reason"),
        (["b", "fails"], "key-not-verdict-and-reason"),
        (["true", "b"], "key-not-verdict-and-reason"),
        (["fails", "z"], "key-not-verdict-and-reason"),
        (["fails", "holds"], "key-not-verdict-and-reason"),
        (["fails", "a", "b"], "key-not-verdict-and-reason"),
        (["holds", "c"], None),
    ],
)
def test_the_key_is_a_verdict_and_a_reason(key: list[str], code: str | None) -> None:
    assert pencil_item("claim", key=key).problem() == code


def test_no_reason_is_named_like_a_verdict() -> None:
    options = [{"id": one, "ko": one, "en": one, "feedback": {"ko": one, "en": one}} for one in ("b", "holds")]
    assert pencil_item("claim", options=options).problem() == "reason-named-like-a-verdict"
