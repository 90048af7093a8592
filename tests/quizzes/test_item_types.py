"""Shows what holds for the graded items of every type, whatever is written in them and whatever comes back."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from curriculum.quizzes.forms import MESSAGES
from curriculum.quizzes.item import FULL, ONLY, Item, Response, ResponseError
from curriculum.quizzes.order import OrderSteps
from curriculum.quizzes.quiz import TYPES
from tests.quizzes.sample import RIGHT, pencil_item, pencil_quiz, wrong

SAMPLE = {item.type: item.id for item in pencil_quiz().items}
KINDS = tuple(SAMPLE)
SEVERAL = ("several", "safe")  # any number of options
OPTIONS, CARDS = tuple("abcdef"), tuple("uvwxyz")
Drawn = tuple[Item, Response]


def _chosen_key(draw: st.DrawFn, kind: str, options: list[str]) -> list[Any]:
    if kind == "order":
        orders = st.permutations(options).filter(lambda order: order != options)
        return draw(st.lists(orders, min_size=1, max_size=3))
    if kind == "reason":
        return [draw(st.sampled_from(["holds", "fails"])), draw(st.sampled_from(options))]
    least, most = (2, len(options) - 1) if kind in SEVERAL else (1, len(options) - 1 if kind == "wording" else 1)
    return draw(st.lists(st.sampled_from(options), min_size=least, max_size=most, unique=True))


def _cards(draw: st.DrawFn, options: list[str]) -> list[dict[str, Any]]:
    keys = st.lists(st.sampled_from(options), min_size=1, max_size=len(options) - 1, unique=True)
    drawn = draw(st.lists(keys, min_size=2, max_size=len(CARDS)))
    assume(not set.intersection(*map(set, drawn)))
    return [_written(card) | {"key": key} for card, key in zip(CARDS, drawn, strict=False)]


def _written(name: str) -> dict[str, Any]:
    return {"id": name, "ko": name, "en": name, "feedback": {"ko": name, "en": name}}


@st.composite
def items(draw: st.DrawFn, kinds: tuple[str, ...] = KINDS) -> Item:
    """An item of any type with three or more options and a key that the content check accepts."""
    kind = draw(st.sampled_from(kinds))
    options = list(OPTIONS[: draw(st.integers(3, 4 if kind == "sort" else len(OPTIONS)))])
    written: dict[str, Any] = {"options": [_written(one) for one in options]}
    if kind in {"match", "sort"}:
        written["cards"] = _cards(draw, options)
    else:
        written["key"] = _chosen_key(draw, kind, options)
    item = pencil_item(SAMPLE[kind], **written)
    assert item.problem() is None
    return item


def response_to(draw: st.DrawFn, item: Item) -> Response:
    """Any response to an item that can be graded."""
    if isinstance(item, OrderSteps):
        places = draw(st.permutations(range(1, len(item.options) + 1)))
        return item.parse({option: [str(place)] for option, place in zip(item.option_ids, places, strict=True)})
    most = len(item.options) if item.type in SEVERAL else 1
    values = {
        field: draw(st.lists(st.sampled_from(list(some)), min_size=1, max_size=most, unique=True))
        for field, some in item.fields.items()
    }
    return item.parse(values)


@st.composite
def answered(draw: st.DrawFn, kinds: tuple[str, ...] = KINDS) -> Drawn:
    """An item with a response to it."""
    item = draw(items(kinds))
    return item, response_to(draw, item)


def _as_placed(item: Any, response: Response) -> bool:
    keys = {card.id: fitting for card, fitting in zip(item.cards, item.key, strict=True)}
    return all(option in keys[card] for card, option in (pair.split("=") for pair in response))


# What earns full points, as each type says it, without the type's own arithmetic.
FULLY_RIGHT: Mapping[str, Callable[[Any, Response], bool]] = {
    "single": lambda item, response: response[0] in item.key,
    "chart": lambda item, response: response[0] in item.key,
    "several": lambda item, response: set(response) == item.key,
    "safe": lambda item, response: set(response) <= item.key,
    "order": lambda item, response: response in item.key,
    "match": _as_placed,
    "sort": _as_placed,
    "wording": lambda item, response: response[0] in item.key,
    "reason": lambda item, response: response == item.key,
}


def test_it_works() -> None:
    graded = {name for name, kind in TYPES.items() if issubclass(kind, Item)}
    assert set(KINDS) == graded == set(FULLY_RIGHT)


@pytest.mark.parametrize("item", pencil_quiz().items, ids=lambda item: item.type)
def test_what_is_right_and_what_is_not_is_told_apart(item: Item) -> None:
    assert item.is_right(RIGHT[item.id])
    assert not item.is_right(wrong(item))


@given(answered())
def test_points_are_whole_and_never_leave_their_range(pair: Drawn) -> None:
    item, response = pair
    assert type(item.points(response)) is int
    assert 0 <= item.points(response) <= FULL


@given(items())
def test_the_key_earns_full_points_and_can_be_sent(item: Item) -> None:
    response = item.right_response
    assert item.points(response) == FULL
    assert item.parse(item.given(response)) == response


@given(answered())
def test_nothing_but_what_the_type_calls_right_earns_full_points(pair: Drawn) -> None:
    item, response = pair
    assert item.is_right(response) == FULLY_RIGHT[item.type](item, response)


@given(answered())
def test_what_a_response_gave_is_read_as_the_same_response(pair: Drawn) -> None:
    item, response = pair
    given_again = item.given(response)
    assert given_again.keys() == item.fields.keys()
    assert item.parse(given_again) == response


@given(answered(SEVERAL), st.randoms())
def test_the_order_of_choices_never_matters_where_there_is_none(pair: Drawn, dice: Any) -> None:
    item, response = pair
    shuffled = list(response) * 2
    dice.shuffle(shuffled)
    assert item.parse({ONLY: shuffled}) == response
    assert item.points(tuple(reversed(response))) == item.points(response)


@given(answered(("match", "sort", "reason", "order")), st.randoms())
def test_the_order_of_fields_and_repeats_never_matter(pair: Drawn, dice: Any) -> None:
    item, response = pair
    fields = [(field, [*values, *values]) for field, values in item.given(response).items()]
    dice.shuffle(fields)
    assert item.parse(dict(fields)) == response


@given(items(SEVERAL))
def test_ticking_everything_never_beats_the_key(item: Item) -> None:
    assert item.points(item.parse({ONLY: item.option_ids})) < FULL


@given(answered(), st.data())
def test_a_value_that_its_field_has_not_is_refused(pair: Drawn, data: st.DataObject) -> None:
    item, response = pair
    field = data.draw(st.sampled_from(sorted(item.fields)))
    stranger = data.draw(st.text(max_size=4).filter(lambda text: text not in item.fields[field]))
    with pytest.raises(ResponseError) as refused:
        item.parse({**item.given(response), field: [*item.given(response)[field], stranger]})
    assert refused.value.code == "unknown"


@given(answered())
def test_fields_of_other_items_are_not_read(pair: Drawn) -> None:
    item, response = pair
    assert item.parse({**item.given(response), "other": ["a"]}) == response


@given(items(), st.data())
def test_whatever_comes_is_graded_or_refused_with_words_for_it(item: Item, data: st.DataObject) -> None:
    value = st.sampled_from(["", "a", "b", "holds", "1", "2", "3", "a=b"]) | st.text(max_size=3)
    lists = st.lists(value, max_size=3)
    values = {field: data.draw(lists) for field in (*item.fields, "other")}
    try:
        response = item.parse(values)
    except ResponseError as refused:
        assert refused.code in MESSAGES
    else:
        assert 0 <= item.points(response) <= FULL


@pytest.mark.parametrize("item", pencil_quiz().items, ids=lambda item: item.type)
@pytest.mark.parametrize("values", [{}, {"other": ["a"]}, None])
def test_nothing_chosen_is_missing(item: Item, values: dict[str, list[str]] | None) -> None:
    with pytest.raises(ResponseError) as refused:
        item.parse({field: [] for field in item.fields} if values is None else values)
    assert refused.value.code == "missing"


@given(answered(("order", "match", "sort", "reason")), st.data())
def test_an_item_of_several_fields_is_incomplete_without_one_of_them(pair: Drawn, data: st.DataObject) -> None:
    item, response = pair
    left_out = data.draw(st.sampled_from(sorted(item.fields)))
    with pytest.raises(ResponseError) as refused:
        item.parse({**item.given(response), left_out: []})
    assert refused.value.code == "incomplete"


@given(answered(tuple(kind for kind in KINDS if kind not in {*SEVERAL, "order"})), st.data())
def test_one_value_a_field_is_enough(pair: Drawn, data: st.DataObject) -> None:
    item, response = pair
    field = data.draw(st.sampled_from(sorted(item.fields)))
    with pytest.raises(ResponseError) as refused:
        item.parse({**item.given(response), field: list(item.fields[field])[:2]})
    assert refused.value.code == "too-many"


@given(answered())
def test_each_part_of_a_response_is_counted_once_with_words(pair: Drawn) -> None:
    item, response = pair
    counted = {one.id: one for one in item.counted()}
    assert len(counted) == len(item.counted())
    if item.type == "order":
        assert not counted
        return
    assert set(response) <= set(counted)
    assert all(text.ko and text.en for one in counted.values() for text in one.words)
    if item.type not in {"several", "order"}:
        assert all(counted[part].right for part in response) == item.is_right(response)


@given(answered())
def test_the_explanation_says_of_every_option_or_card_what_was_chosen_and_what_is_right(pair: Drawn) -> None:
    item, response = pair
    told = item.explain(response)
    assert len({one.option.id for one in told}) == len(told)
    assert any(one.chosen for one in told)
    assert item.is_right(response) == all(one.right for one in told if one.chosen) or item.type == "several"
    assert all(one.option.feedback for one in told if one.option.id in {*item.option_ids, *CARDS})
