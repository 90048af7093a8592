"""Shows that the figures of the benchmarks say what was measured, and that a wrong answer is never a fast one."""

import pytest

from benchmarks.figures import Goal, Rounds, Took, WrongAnswer, head, line, ratios, row
from benchmarks.load import Request
from benchmarks.people import fields_of

AT_LEAST, AT_MOST = Goal("≥ 0.6", "at least", 0.6), Goal("≤ 60 ms", "at most", 60)
PAGE = b"HTTP/1.1 200 OK\r\n\r\n<p>Student 1</p>"


@pytest.mark.parametrize(("share", "milliseconds"), [(0.5, 50), (0.95, 95), (0.99, 99), (1, 100), (0, 1)])
def test_a_percentile_is_the_least_time_that_such_a_share_kept_to(share: float, milliseconds: float) -> None:
    took = Took([number / 1000 for number in range(100, 0, -1)], 1)
    assert took.within(share) == pytest.approx(milliseconds)


def test_of_few_requests_the_slowest_is_not_left_out() -> None:
    assert Took([0.001, 0.001, 0.5], 1).within(0.95) == 500


def test_a_rate_counts_the_whole_stretch() -> None:
    both = Took([0.1] * 10, 2) + Took([0.1] * 20, 4)
    assert both.rate == 5
    assert len(both.each) == 30


def test_the_median_counts_and_the_range_is_said() -> None:
    rounds = Rounds([3.0, 1.0, 2.0])
    assert rounds.median == 2
    assert rounds.said(" ms", 1) == "2.0 ms (1.0–3.0)"
    assert Rounds([1234.4]).said("/s") == "1,234/s"


def test_a_ratio_compares_what_ran_side_by_side() -> None:
    ours, theirs = [Took([0.1] * 6, 1), Took([0.1] * 2, 1)], [Took([0.1] * 10, 1), Took([0.1] * 2, 1)]
    assert ratios(ours, theirs).values == [0.6, 1]


@pytest.mark.parametrize(
    ("goal", "figure", "met"),
    [(AT_LEAST, 0.6, True), (AT_LEAST, 0.59, False), (AT_MOST, 60, True), (AT_MOST, 61, False)],
)
def test_a_goal_is_met_up_to_its_bound(goal: Goal, figure: float, met: bool) -> None:
    assert goal.met_by(figure) is met


def test_the_median_of_the_rounds_decides_and_a_miss_stands_out() -> None:
    assert row("reading", AT_MOST, Rounds([1, 59, 90]), measured="59 ms").met
    missed = row("reading", AT_MOST, Rounds([1, 61, 70]), measured="61 ms")
    assert line(missed.cells()) == "| reading | ≤ 60 ms | 61 ms | – | – | **no** |"
    assert head().splitlines()[0].count("|") == line(missed.cells()).count("|")


def test_the_expected_answer_is_taken() -> None:
    Request("/page", holds=b">Student 1<").judge(200, PAGE)


@pytest.mark.parametrize(
    ("status", "answer"), [(500, PAGE), (303, PAGE), (200, PAGE.replace(b"1<", b"2<")), (200, b"")]
)
def test_any_other_answer_ends_the_benchmark(status: int, answer: bytes) -> None:
    with pytest.raises(WrongAnswer, match="/page"):
        Request("/page", holds=b">Student 1<").judge(status, answer)


def test_a_form_goes_over_the_wire_with_its_length() -> None:
    typed = Request("/quiz", body="number=1&답=2".encode(), headers={"Cookie": "a=b"}).typed()
    assert typed.startswith(b"POST /quiz HTTP/1.1\r\n")
    assert b"\r\nCookie: a=b\r\n" in typed
    assert b"\r\nContent-Length: 14\r\n" in typed


def test_a_form_is_filled_in_with_the_first_choice_and_an_order_with_each_place_once() -> None:
    places = '<option value=""></option><option value="1">1</option><option value="2">2</option>'
    page = (
        '<input type="hidden" name="number" value="3"><input type="radio" name="item-a" value="x">'
        f'<input type="radio" name="item-a" value="y"><select name="item-b.one">{places}</select>'
        f'<select name="item-b.two">{places}</select><select name="item-c.one">{places}</select>'
    )
    filled = {"number": "3", "item-a": "x", "item-b.one": "1", "item-b.two": "2", "item-c.one": "1"}
    assert fields_of(page) == filled
