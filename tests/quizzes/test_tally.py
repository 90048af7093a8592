"""Shows how first responses are counted, and which items are worth a talk."""

from hypothesis import given
from hypothesis import strategies as st

from curriculum.quizzes.tally import (
    WHOLE,
    GradedResponse,
    MissedItem,
    Tally,
    most_missed,
    tallies_from,
    tally_rows,
)

RIGHT, HALF = GradedResponse("reasons", ("a", "c"), 100), GradedResponse("reasons", ("a", "b"), 0)


def missed(item_id: str, answered: int, missed_by: int, lesson_id: str = "one") -> MissedItem:
    return MissedItem(lesson_id, item_id, answered, missed_by)


def test_it_works() -> None:
    assert tally_rows([RIGHT]) == {
        ("reasons", WHOLE): Tally(1, 0),
        ("reasons", "a"): Tally(1, 0),
        ("reasons", "c"): Tally(1, 0),
    }


def test_an_option_of_a_response_not_fully_right_counts_as_missed() -> None:
    assert tallies_from([[RIGHT], [HALF]]) == {
        ("reasons", WHOLE): Tally(2, 1),
        ("reasons", "a"): Tally(2, 1),
        ("reasons", "b"): Tally(1, 1),
        ("reasons", "c"): Tally(1, 0),
    }


def test_nobody_has_answered() -> None:
    assert tallies_from([]) == {}


@given(st.lists(st.tuples(st.sets(st.sampled_from("abc"), min_size=1), st.sampled_from([0, 50, 100])), max_size=12))
def test_every_response_is_counted_once_at_its_item_and_at_each_option(
    answers: list[tuple[set[str], int]],
) -> None:
    tallies = tallies_from([GradedResponse("one", tuple(chosen), points)] for chosen, points in answers)
    for option in (WHOLE, *"abc"):
        with_it = [points for chosen, points in answers if option in {WHOLE, *chosen}]
        expected = Tally(len(with_it), sum(points < 100 for points in with_it))
        assert tallies.get(("one", option), Tally(0, 0)) == expected


def test_the_largest_share_missed_comes_first() -> None:
    few, many = missed("few", 4, 3), missed("many", 20, 10)
    assert most_missed([many, few], limit=5) == [few, many]


def test_less_than_a_quarter_missed_is_not_worth_a_talk() -> None:
    assert most_missed([missed("just", 8, 2), missed("under", 9, 2)], limit=5) == [missed("just", 8, 2)]


def test_an_item_nobody_answered_is_left_out() -> None:
    assert most_missed([missed("none", 0, 0)], limit=5) == []


def test_ties_go_by_more_misses_then_by_id() -> None:
    two, four = missed("two", 4, 2), missed("four", 8, 4)
    other, later = missed("a", 4, 2), missed("a", 4, 2, "two")
    assert most_missed([two, later, four, other], limit=9) == [four, other, two, later]


def test_no_more_come_than_were_asked_for() -> None:
    assert most_missed([missed(str(number), 4, 4) for number in range(5)], limit=3) == [
        missed(str(number), 4, 4) for number in range(3)
    ]
