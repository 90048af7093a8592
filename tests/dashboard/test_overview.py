"""Shows how the figures of a class come about, without app or database."""

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from curriculum.classrooms.roster import StudentRow
from curriculum.dashboard.overview import ItemCard, Mark, grid_rows, item_card, latest_lesson, missed_items
from curriculum.progress.completion import LessonTotal, Progress, State
from curriculum.quizzes.tally import MissedItem, Tally
from tests.quizzes.sample import pencil_quiz


def lesson(lesson_id: str, steps: int = 2) -> Any:
    return SimpleNamespace(id=lesson_id, steps=(None,) * steps)


GAON, NARAE = StudentRow(uuid4(), 1, "가온"), StudentRow(uuid4(), 2, "나래")
LESSONS = [lesson("one"), lesson("two")]
TEXT: Any = SimpleNamespace(inline=lambda text: [text.en])  # a page's words without a page


def card_of(item_id: str, **chosen: int) -> ItemCard | None:
    """The card of an item of the pencil quiz that ten answered; `chosen` counts responses, "__" for "="."""
    tallies = {("one", item_id, part.replace("__", "=")): Tally(count, count) for part, count in chosen.items()}
    return item_card(MissedItem("one", item_id, 10, 6), LESSONS[0], pencil_quiz(), tallies, TEXT)


def shown(card: ItemCard | None) -> list[tuple[str, int, bool]]:
    """The words, the count and the mark of each line of a card."""
    assert card is not None
    return [(" > ".join(str(words[0]) for words in one.words), one.count, one.right) for one in card.choices]


def test_it_works() -> None:
    done = Progress(steps_sent=2, attempts=1, best_points=250, out_of=300, help_route_right=True)
    rows = grid_rows([GAON, NARAE], LESSONS, {(GAON.id, "one"): done, (NARAE.id, "two"): Progress(steps_sent=1)})
    assert [(row.number, row.name) for row in rows] == [(1, "가온"), (2, "나래")]
    assert rows[0].marks == [Mark(State.DONE, "83%"), Mark(State.NONE, None)]
    assert rows[1].marks == [Mark(State.NONE, None), Mark(State.PARTLY, None)]


def test_a_score_of_nothing_is_a_score() -> None:
    progress = {(GAON.id, "one"): Progress(attempts=1, out_of=300)}
    assert grid_rows([GAON], LESSONS[:1], progress)[0].marks == [Mark(State.PARTLY, "0%")]


def test_the_class_is_at_the_last_lesson_that_anybody_completed_or_answered() -> None:
    nobody, somebody = LessonTotal(0, 0, None), LessonTotal(0, 1, 50)
    assert latest_lesson(LESSONS, {}) is None
    assert latest_lesson(LESSONS, {"one": nobody}) is None
    assert latest_lesson(LESSONS, {"one": somebody, "two": nobody}) is LESSONS[0]
    assert latest_lesson(LESSONS, {"one": somebody, "two": LessonTotal(1, 0, None)}) is LESSONS[1]


def test_items_are_counted_as_a_whole_not_by_option() -> None:
    tallies = {("one", "ask", ""): Tally(4, 1), ("one", "ask", "a"): Tally(3, 0), ("one", "ask", "b"): Tally(1, 1)}
    assert missed_items(tallies) == [MissedItem("one", "ask", 4, 1)]


def test_a_card_shows_how_the_class_spread_over_the_options() -> None:
    assert shown(card_of("ask", a=4, b=6)) == [("pencil a", 4, False), ("pencil b", 6, True), ("pencil c", 0, False)]


def test_a_card_of_placed_cards_shows_those_misplaced_most_with_what_fits_and_what_somebody_chose() -> None:
    assert shown(card_of("tidy", x__a=9, x__b=1, y__b=10, z__b=10)) == [
        ("card x > pencil case a", 9, True),
        ("card x > pencil case b", 1, False),
        ("card z > pencil case a", 0, True),
        ("card z > pencil case b", 10, False),
    ]


def test_the_advice_is_what_follows_from_the_commonest_mistake() -> None:
    common, placed, verdict = (
        card_of("ask", a=4, b=5, c=1),
        card_of("lend", x__b=2, z__a=7),
        card_of("claim", holds=9, a=1),
    )
    assert [card and list(card.advice) for card in (common, placed, verdict)] == [["why a"], ["why z"], ["why a"]]


def test_there_is_no_advice_where_nobody_was_mistaken_or_no_option_stands_alone() -> None:
    assert [card and list(card.advice) for card in (card_of("ask", b=10), card_of("steps"))] == [[], []]
    assert shown(card_of("steps")) == []


def test_a_card_repeats_the_statement_or_the_sentence_that_the_item_is_about() -> None:
    cards = [card_of(item_id) for item_id in ("claim", "say", "lend", "read", "ask")]
    assert [card and [words[0] for words in card.said] for card in cards] == [
        ["A pencil that was lent is mine."],
        ["Pencil!"],
        [],
        [],
        [],
    ]


def test_an_item_that_the_quiz_no_longer_has_gets_no_card() -> None:
    assert card_of("gone") is None
