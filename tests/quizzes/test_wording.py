"""Shows that a wording item takes one wording and accepts every better one."""

import pytest

from curriculum.catalog.text import Text
from curriculum.quizzes.item import FULL, ONLY, ResponseError
from tests.quizzes.sample import pencil_item


def test_it_works() -> None:
    item = pencil_item("say")
    assert item.points(item.parse({ONLY: ["c"]})) == FULL


@pytest.mark.parametrize(("option", "points"), [("a", FULL), ("b", 0), ("c", FULL)])
def test_any_better_wording_is_fully_right_and_any_other_is_not(option: str, points: int) -> None:
    assert pencil_item("say").points((option,)) == points


@pytest.mark.parametrize(("values", "code"), [([], "missing"), (["z"], "unknown"), (["a", "c"], "too-many")])
def test_what_cannot_be_graded_is_refused(values: list[str], code: str) -> None:
    with pytest.raises(ResponseError) as refused:
        pencil_item("say").parse({ONLY: values})
    assert refused.value.code == code


def test_one_of_several_better_wordings_is_a_right_response() -> None:
    assert pencil_item("say").right_response == ("a",)


def test_the_sentence_to_improve_stands_beside_the_options() -> None:
    assert pencil_item("say").asked == {"sentence": Text(ko="연필 줘.", en="Pencil!")}


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ([], "key-empty"),
        (["a", "b", "c"], "key-takes-every-option"),
        (["z"], "key-names-no-option"),
        (["b"], None),
        (["a", "b"], None),
    ],
)
def test_the_key_names_one_or_more_and_leaves_one_out(key: list[str], code: str | None) -> None:
    assert pencil_item("say", key=key).problem() == code
