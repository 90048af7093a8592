"""Shows what holds for the items of every type, whatever is written in them and whatever comes back."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from curriculum.quizzes.item import FULL, Item, Response, ResponseError
from curriculum.quizzes.order import OrderSteps
from curriculum.quizzes.quiz import TYPES
from curriculum.quizzes.several import SeveralAnswers
from tests.quizzes.sample import pencil_item, right

OPTIONS = tuple("abcdef")


def _key(draw: st.DrawFn, kind: str, options: list[str]) -> Any:
    if kind == "single":
        return [draw(st.sampled_from(options))]
    if kind == "several":
        return draw(st.lists(st.sampled_from(options), min_size=2, max_size=len(options) - 1, unique=True))
    orders = st.permutations(options).filter(lambda order: order != options)
    return draw(st.lists(orders, min_size=1, max_size=3))


@st.composite
def items(draw: st.DrawFn, kinds: tuple[str, ...] = tuple(TYPES)) -> Item:
    """An item of any type with three to six options and a key that the content check accepts."""
    kind = draw(st.sampled_from(kinds))
    options = list(OPTIONS[: draw(st.integers(3, len(OPTIONS)))])
    written = [{"id": one, "ko": one, "en": one, "feedback": {"ko": one, "en": one}} for one in options]
    item = pencil_item("ask", type=kind, key=_key(draw, kind, options), options=written)
    assert item.key_problem() is None
    return item


def response_to(draw: st.DrawFn, item: Item) -> Response:
    """Any response to an item that can be graded."""
    options = list(item.option_ids)
    if isinstance(item, OrderSteps):
        return item.parse(draw(st.permutations(options)))
    most = 1 if item.type == "single" else len(options)
    return item.parse(draw(st.lists(st.sampled_from(options), min_size=1, max_size=most, unique=True)))


@st.composite
def answered(draw: st.DrawFn, kinds: tuple[str, ...] = tuple(TYPES)) -> tuple[Item, Response]:
    """An item with a response to it."""
    item = draw(items(kinds))
    return item, response_to(draw, item)


def test_it_works() -> None:
    assert set(TYPES) == {"single", "several", "order"}


@given(answered())
def test_points_are_whole_and_never_leave_their_range(pair: tuple[Item, Response]) -> None:
    item, response = pair
    assert isinstance(item.points(response), int)
    assert 0 <= item.points(response) <= FULL


@given(items())
def test_the_key_earns_full_points(item: Item) -> None:
    assert item.points(item.parse(right(item))) == FULL


@given(answered())
def test_nothing_but_the_key_earns_full_points(pair: tuple[Item, Response]) -> None:
    item, response = pair
    accepted = item.key if isinstance(item, OrderSteps) else (right(item),)
    assert item.is_right(response) == (response in accepted)


@given(answered())
def test_parsing_a_parsed_response_changes_nothing(pair: tuple[Item, Response]) -> None:
    item, response = pair
    assert item.parse(response) == response


@given(answered(("several",)), st.randoms())
def test_the_order_of_choices_never_matters_for_several(pair: tuple[Item, Response], dice: Any) -> None:
    item, response = pair
    shuffled = list(response) * 2
    dice.shuffle(shuffled)
    assert item.parse(shuffled) == response
    assert item.points(tuple(reversed(response))) == item.points(response)


@given(items(("several",)))
def test_ticking_everything_never_beats_the_key(item: Item) -> None:
    assert isinstance(item, SeveralAnswers)
    assert item.points(item.parse(item.option_ids)) < FULL


@given(items(), st.lists(st.text(max_size=3) | st.sampled_from(OPTIONS), max_size=8))
def test_whatever_comes_is_graded_or_refused_with_a_code(item: Item, values: list[str]) -> None:
    try:
        response = item.parse(values)
    except ResponseError as refused:
        assert refused.code in {"missing", "unknown", "too-many", "incomplete"}
    else:
        assert set(response) <= set(item.option_ids)
        assert 0 <= item.points(response) <= FULL
