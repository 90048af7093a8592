"""Shows that a single-choice item takes one of its options and gives all points or none."""

import pytest

from curriculum.quizzes.item import FULL, ONLY, ResponseError
from tests.quizzes.sample import pencil_item


def test_it_works() -> None:
    item = pencil_item("ask")
    assert item.points(item.parse({ONLY: ["b"]})) == FULL
    assert item.is_right(("b",))


@pytest.mark.parametrize("option", ["a", "c"])
def test_another_option_earns_nothing(option: str) -> None:
    item = pencil_item("ask")
    assert item.points(item.parse({ONLY: [option]})) == 0
    assert not item.is_right((option,))


@pytest.mark.parametrize(
    ("values", "code"),
    [([], "missing"), (["z"], "unknown"), (["b", "z"], "unknown"), ([""], "unknown"), (["a", "b"], "too-many")],
)
def test_what_cannot_be_graded_is_refused(values: list[str], code: str) -> None:
    with pytest.raises(ResponseError) as refused:
        pencil_item("ask").parse({ONLY: values})
    assert refused.value.code == code


def test_the_same_option_twice_is_one_choice() -> None:
    assert pencil_item("ask").parse({ONLY: ["b", "b"]}) == ("b",)


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ([], "key-not-one-option"),
        (["a", "b"], "key-not-one-option"),
        (["z"], "key-names-no-option"),
        (["a", "z"], "key-names-no-option"),
        (["b"], None),
    ],
)
def test_the_key_must_be_one_of_the_options(key: list[str], code: str | None) -> None:
    assert pencil_item("ask", key=key).problem() == code


def test_the_explanation_tells_what_was_chosen_and_what_was_right_to_choose() -> None:
    told = pencil_item("ask").explain(("a",))
    assert [(one.option.id, one.chosen, one.right) for one in told] == [
        ("a", True, False),
        ("b", False, True),
        ("c", False, False),
    ]


def test_options_are_counted_with_their_words_and_what_follows_from_them() -> None:
    second = pencil_item("ask").counted()[1]
    assert (second.id, second.right) == ("b", True)
    assert [text.en for text in second.words] == ["pencil b"]
    assert second.feedback is not None
    assert second.feedback.en == "why b"
