"""Shows what becomes of answers in any order of arrival, what feedback locks, and what survives a changed quiz."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.quizzes.attempt import Answer, Fate, Stored, Work, carried_over
from curriculum.quizzes.item import FULL, Item
from curriculum.quizzes.quiz import Quiz, quiz_from
from curriculum.quizzes.tally import GradedResponse
from tests.quizzes.sample import content, pencil_item, pencil_quiz, right, wrong

PLAIN, HELP = pencil_item("ask", help_route=False), pencil_item("ask")
OPTIONS = st.sampled_from(["a", "b", "c"])


def work(item: Item | None = None, stored: Stored | None = None, **changes: Any) -> Work:
    """An attempt in which one item is answered, or none."""
    responses = {item.id: stored} if item and stored else {}
    return Work(**({"number": 1, "quiz_digest": "pencils", "responses": responses} | changes))


def after(before: Work, item: Item, answer: Answer) -> Work:
    """The attempt after an answer has arrived."""
    if before.fate(item, answer) is not Fate.NEW:
        return before
    return replace(before, responses={**before.responses, item.id: before.kept(item, answer)})


def seen(before: Work, item: Item) -> Work:
    """The attempt after the feedback of its answer was seen, as services.check writes it."""
    stored = before.responses[item.id]
    first = stored.first or (stored.response, stored.points)
    return replace(before, responses={**before.responses, item.id: replace(stored, first=first)})


def arrived(answers: Sequence[Answer], item: Item = PLAIN) -> Work:
    """An attempt in which these have arrived, one after the other."""
    standing = work()
    for answer in answers:
        standing = after(standing, item, answer)
    return standing


def test_it_works() -> None:
    standing = arrived([Answer(("a",)), Answer(("b",))])
    assert standing.responses["ask"] == Stored(("b",), FULL, 2)
    assert standing.first_responses() == [GradedResponse("ask", ("b",), FULL)]


@given(st.lists(OPTIONS, min_size=1, max_size=5), st.randoms())
def test_of_answers_in_any_order_however_often_the_latest_given_stays(given: list[str], random: Any) -> None:
    answers = [Answer((option,), counter) for counter, option in enumerate(given, start=1)]
    arriving = answers + random.choices(answers, k=3)  # some are sent again
    random.shuffle(arriving)
    stored = arrived(arriving).responses["ask"]
    assert (stored.response, stored.counter) == ((given[-1],), len(given))


@pytest.mark.parametrize("answers", list(permutations([Answer(("a",), 1), Answer(("b",), 1)])))
def test_of_two_pages_that_count_alike_the_first_to_arrive_stays(answers: tuple[Answer, Answer]) -> None:
    assert arrived(answers).responses["ask"].response == answers[0].response
    assert arrived(answers[:1]).fate(PLAIN, answers[1]) is Fate.STALE


@given(st.integers(1, 10**9), OPTIONS)
def test_an_answer_without_a_counter_is_the_latest(counter: int, option: str) -> None:
    stored = arrived([Answer(("a",), counter), Answer((option,))]).responses["ask"]
    assert stored.response == (option,)
    assert stored.counter == (counter if option == "a" else counter + 1)


@given(OPTIONS, OPTIONS, st.one_of(st.none(), st.integers(1, 99)))
def test_what_was_seen_stays_whatever_comes_later(first: str, later: str, counter: int | None) -> None:
    locked = seen(arrived([Answer((first,), 5)]), PLAIN)
    assert locked.responses["ask"].is_locked(PLAIN)
    assert after(locked, PLAIN, Answer((later,), counter)) == locked
    if later != first:
        assert locked.fate(PLAIN, Answer((later,), counter)) is Fate.LOCKED


def test_what_was_not_seen_is_not_locked() -> None:
    assert not arrived([Answer(("b",))]).responses["ask"].is_locked(PLAIN)


@given(st.lists(st.sampled_from(["a", "c"]), min_size=1, max_size=5))
def test_a_help_route_can_be_taken_again_until_it_is_right_and_no_longer(missed: list[str]) -> None:
    standing = work()
    for option in missed:
        standing = seen(after(standing, HELP, Answer((option,))), HELP)
        assert not standing.responses["ask"].is_locked(HELP)
    standing = seen(after(standing, HELP, Answer(("b",))), HELP)
    assert standing.responses["ask"].points == FULL
    assert standing.fate(HELP, Answer(("a",))) is Fate.LOCKED


@given(st.lists(st.tuples(OPTIONS, st.booleans()), min_size=1, max_size=8))
def test_what_was_chosen_before_any_feedback_never_changes(acts: list[tuple[str, bool]]) -> None:
    standing, first = work(), None
    for option, asks in acts:
        standing = after(standing, HELP, Answer((option,)))
        if asks:
            standing = seen(standing, HELP)
            first = first or GradedResponse("ask", (option,), HELP.points((option,)))
    last = GradedResponse("ask", (acts[-1][0],), HELP.points((acts[-1][0],)))
    assert standing.first_responses() == ([first] if first else [last])


# --- a quiz that changed


def whole(quiz: Quiz, *, first: bool = False) -> dict[str, Stored]:
    """A right answer to every item, its feedback seen or not."""
    return {one.id: Stored(right(one), FULL, 3, (wrong(one), 0) if first else None) for one in quiz.items}


def test_the_answers_of_a_quiz_that_is_the_same_are_all_carried_over() -> None:
    assert carried_over(pencil_quiz(), whole(pencil_quiz())) == whole(pencil_quiz())


def test_that_a_feedback_was_seen_is_forgotten_with_it() -> None:
    assert carried_over(pencil_quiz(), whole(pencil_quiz(), first=True)) == whole(pencil_quiz())


def test_an_answer_carried_over_has_the_points_of_today() -> None:
    written = content()
    written["items"][0]["key"] = ["a"]
    kept = carried_over(quiz_from("", "", written), {"ask": Stored(("b",), FULL, 7)})
    assert kept == {"ask": Stored(("b",), 0, 7)}


@pytest.mark.parametrize("place", range(len(pencil_quiz().items)))
def test_an_item_that_is_gone_takes_its_answer_with_it(place: int) -> None:
    written = content()
    gone = written["items"].pop(place)["id"]
    assert carried_over(quiz_from("", "", written), whole(pencil_quiz())).keys() == whole(pencil_quiz()).keys() - {gone}


@pytest.mark.parametrize("place", range(len(pencil_quiz().items)))
@pytest.mark.parametrize("other", range(len(pencil_quiz().items)))
def test_an_answer_of_another_type_is_left_out_or_could_be_given_today(place: int, other: int) -> None:
    """An item became one of another type under its old id: what was written for the old one must not break the page."""
    written = content()
    old, became = pencil_quiz().items[place], written["items"][other]
    written["items"] = [became | {"id": old.id}]
    quiz = quiz_from("", "", written)
    [item] = quiz.items
    kept = carried_over(quiz, {old.id: Stored(right(old), FULL, 1)})
    for stored in kept.values():
        assert item.parse(item.given(stored.response)) == stored.response
        assert stored.points == item.points(stored.response)


@pytest.mark.parametrize("response", [(), ("z",), ("a=b=c", "y"), ("x=a",), ("b",) * 9, ("holds",), ("",), ("=",)])
def test_whatever_was_stored_before_breaks_no_quiz_of_today(response: tuple[str, ...]) -> None:
    stored = Stored(response, 0, 1)
    kept = carried_over(pencil_quiz(), {item.id: stored for item in pencil_quiz().items})
    assert all(one.response == response for one in kept.values())
