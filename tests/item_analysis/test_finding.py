"""Shows which sentence a rule makes of how a class answered an item, without app or database."""

import pytest

from curriculum.item_analysis.card import Counts, counts_from
from curriculum.item_analysis.finding import FEWEST, Finding, Said, finding_of
from curriculum.quizzes.mistake import Slip
from curriculum.quizzes.tally import MissedItem, Tally
from tests.quizzes.sample import pencil_item


def found(item_id: str, answered: int, missed: int, **chosen: int) -> Finding:
    """What is said of an item of the pencil quiz; `chosen` counts responses, "__" for "="."""
    counts = {part.replace("__", "="): count for part, count in chosen.items()}
    return finding_of(pencil_item(item_id), Tally(answered, missed), counts)


def told(finding: Finding) -> tuple[Said, Slip, list[str], int]:
    assert finding.mistake is not None
    return finding.said, finding.mistake.slip, [one.en for one in finding.mistake.words], finding.mistake.count


def test_it_works() -> None:
    assert told(found("ask", 20, 9, a=7, b=11, c=2)) == (Said.COMMON, Slip.CHOSEN, ["pencil a"], 7)


@pytest.mark.parametrize("answered", [0, 1, FEWEST - 1])
def test_of_fewer_than_five_nothing_is_said_but_that(answered: int) -> None:
    finding = found("ask", answered, answered, a=answered)
    assert (finding.said, finding.mistake) == (Said.TOO_FEW, None)


def test_from_five_on_something_is_said() -> None:
    assert found("ask", FEWEST, 1, a=1, b=4).said is Said.SPREAD


def test_where_all_were_right_no_mistake_is_looked_for() -> None:
    finding = found("ask", 9, 0, b=9)
    assert (finding.said, finding.mistake) == (Said.ALL_RIGHT, None)


def test_where_all_answered_alike_it_says_so() -> None:
    assert told(found("ask", 9, 9, a=9)) == (Said.ALL_ALIKE, Slip.CHOSEN, ["pencil a"], 9)
    assert told(found("reasons", 9, 9, a=9)) == (Said.ALL_ALIKE, Slip.LEFT_OUT, ["pencil c"], 9)
    assert told(found("lend", 9, 9, x__b=9, y__a=9, z__c=9))[:2] == (Said.ALL_ALIKE, Slip.PLACED)


def test_a_quarter_with_the_same_mistake_is_common_and_less_is_spread() -> None:
    assert found("ask", 20, 10, a=5, b=10, c=5).said is Said.COMMON
    assert found("ask", 21, 10, a=5, b=11, c=5).said is Said.SPREAD


def test_of_several_answers_one_that_was_left_out_counts_like_one_that_was_chosen() -> None:
    assert told(found("reasons", 10, 8, a=10, c=3, b=4))[1:] == (Slip.LEFT_OUT, ["pencil c"], 7)
    assert told(found("reasons", 10, 8, a=10, c=7, b=4))[1:] == (Slip.CHOSEN, ["pencil b"], 4)


def test_of_safe_actions_nobody_has_to_name_them_all() -> None:
    assert told(found("kind", 10, 3, a=1, b=3))[1:] == (Slip.CHOSEN, ["pencil b"], 3)


def test_a_card_is_told_with_what_it_was_given() -> None:
    assert told(found("tidy", 10, 6, x__a=9, x__b=1, y__b=10, z__a=4, z__b=6))[1:] == (
        Slip.PLACED,
        ["card z", "pencil case b"],
        6,
    )


def test_a_wrong_verdict_is_explained_and_a_wrong_reason_by_its_own_feedback() -> None:
    verdict = found("claim", 10, 8, holds=6, fails=4, a=3, b=7)
    assert told(verdict)[1:] == (Slip.JUDGED, ["True"], 6)
    assert verdict.mistake is not None and verdict.mistake.feedback is not None
    assert verdict.mistake.feedback.en == "What was lent is given back."
    reason = found("claim", 10, 8, holds=2, fails=8, a=6, b=4)
    assert told(reason)[1:] == (Slip.CHOSEN, ["pencil a"], 6)
    assert reason.mistake is not None and reason.mistake.feedback is not None
    assert reason.mistake.feedback.en == "why a"


def test_of_an_order_only_how_many_missed_it_is_said() -> None:
    finding = found("steps", 10, 4, a=10, b=10, c=10)
    assert (finding.said, finding.mistake) == (Said.UNTOLD, None)


def test_items_that_a_quarter_missed_are_worth_a_talk_where_enough_have_answered() -> None:
    counts = counts_from(
        {
            ("one", "ask", ""): Tally(8, 2),
            ("one", "ask", "a"): Tally(6, 2),
            ("one", "few", ""): Tally(4, 4),
            ("two", "easy", ""): Tally(9, 2),
        }
    )
    assert counts.worth_a_talk() == [MissedItem("one", "ask", 8, 2)]
    assert counts.waiting == 1
    assert counts.chosen == {("one", "ask"): {"a": 6}}


def test_of_nobody_nothing_waits() -> None:
    assert Counts({("one", "ask"): Tally(0, 0)}, {}).waiting == 0
