"""Shows that matching and sorting count each card by itself, and that a card may fit more than one place."""

from typing import Any

import pytest

from curriculum.quizzes.item import FULL, ResponseError
from curriculum.quizzes.match import MatchCards
from curriculum.quizzes.placing import Placing
from curriculum.quizzes.sort import SortCards
from tests.quizzes.sample import content, pencil_item


def placing_item(item_id: str, **keys: list[str]) -> Placing:
    """The item with the keys of these cards changed."""
    cards = next(one["cards"] for one in content()["items"] if one["id"] == item_id)
    changed = [card | {"key": keys.get(card["id"], card["key"])} for card in cards]
    found = pencil_item(item_id, cards=changed)
    assert isinstance(found, Placing)
    return found


def given(**of_card: str) -> dict[str, list[str]]:
    return {card: [option] for card, option in of_card.items()}


def test_it_works() -> None:
    item = placing_item("lend")
    assert item.parse(given(z="c", x="a", y="b")) == ("x=a", "y=b", "z=c")
    assert item.points(("x=a", "y=b", "z=c")) == FULL
    assert isinstance(item, MatchCards)
    assert isinstance(placing_item("tidy"), SortCards)


@pytest.mark.parametrize(
    ("response", "points"),
    [
        ("x=a y=a z=c", 100),  # both partners of y are right
        ("x=a y=b z=c", 100),
        ("x=a y=c z=c", 66),
        ("x=b y=c z=c", 33),
        ("x=b y=c z=a", 0),
        ("x=c y=b z=b", 33),
        ("x=a y=a z=a", 66),  # one option for all
    ],
)
def test_each_card_earns_its_share(response: str, points: int) -> None:
    assert placing_item("lend").points(tuple(response.split())) == points


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "missing"),
        (given(x="a", y="b"), "incomplete"),
        (given(x="a", y="b", z="d"), "unknown"),
        (given(x="a", y="b", z="z"), "unknown"),
        ({**given(x="a", y="b"), "z": ["c", "a"]}, "too-many"),
        ({"z": ["c", "a"]}, "too-many"),
    ],
)
def test_what_cannot_be_graded_is_refused(values: dict[str, list[str]], code: str) -> None:
    with pytest.raises(ResponseError) as refused:
        placing_item("lend").parse(values)
    assert refused.value.code == code


def test_the_cards_are_asked_and_nothing_of_their_key_is() -> None:
    item = placing_item("lend")
    assert item.asked == {"cards": item.cards}
    assert set(item.fields) == {"x", "y", "z"}
    assert {tuple(options) for options in item.fields.values()} == {("a", "b", "c")}


def test_each_card_is_told_with_what_it_was_given_and_everything_that_fits() -> None:
    told = placing_item("lend").explain(("x=b", "y=b", "z=c"))
    assert [(one.option.id, one.given and one.given.id, one.right) for one in told] == [
        ("x", "b", False),
        ("y", "b", True),
        ("z", "c", True),
    ]
    assert [[option.id for option in one.accepted] for one in told] == [["a"], ["a", "b"], ["c"]]
    assert all(one.chosen for one in told)


def test_every_card_is_counted_with_every_option() -> None:
    counted = {one.id: one for one in placing_item("lend").counted()}
    assert len(counted) == 9
    assert {id_ for id_, one in counted.items() if one.right} == {"x=a", "y=a", "y=b", "z=c"}
    assert [text.en for text in counted["y=c"].words] == ["card y", "pencil case c"]
    assert counted["y=c"].feedback == placing_item("lend").cards[1].feedback


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"x": []}, "key-empty"),
        ({"x": ["w"]}, "key-names-no-option"),
        ({"x": ["a", "b", "w"]}, "key-names-no-option"),
        ({"x": ["a", "b", "c"]}, "key-takes-every-option"),
        ({"x": ["b"], "y": ["b"], "z": ["b"]}, "one-option-fits-every-card"),
        ({}, None),
    ],
)
def test_the_keys_of_the_cards_make_sense(keys: dict[str, list[str]], code: str | None) -> None:
    assert placing_item("lend", **keys).problem() == code


def test_a_place_that_no_card_belongs_to_is_a_fair_distractor() -> None:
    assert placing_item("lend", z=["b"]).problem() is None


def _cards(number: int) -> list[dict[str, Any]]:
    return next(one["cards"] for one in content()["items"] if one["id"] == "tidy")[:number]


def _groups(number: int) -> list[dict[str, str]]:
    return [{"id": one, "ko": one, "en": one} for one in "abcde"[:number]]


@pytest.mark.parametrize("item_id", ["lend", "tidy"])
@pytest.mark.parametrize(("number", "code"), [(0, "too-few-cards"), (1, "too-few-cards"), (2, None)])
def test_there_are_two_cards_at_least(item_id: str, number: int, code: str | None) -> None:
    assert pencil_item(item_id, cards=_cards(number)).problem() == code


@pytest.mark.parametrize(("number", "code"), [(2, None), (4, None), (5, "groups-not-two-to-four")])
def test_cards_are_sorted_into_two_to_four_groups(number: int, code: str | None) -> None:
    assert pencil_item("tidy", options=_groups(number)).problem() == code


def test_there_may_be_more_than_four_to_match_with() -> None:
    assert pencil_item("lend", options=_groups(5)).problem() is None
