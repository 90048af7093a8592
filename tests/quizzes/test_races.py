"""Shows that answers and submissions at the same moment, too late, or sent again count once and lose nothing."""

import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.app import create_app
from curriculum.assignments.assignment import GRACE, Assignment
from curriculum.database import db, now
from curriculum.quizzes.quiz import Quiz, quiz_from
from tests.cast import Cast
from tests.databases import let_tests_look
from tests.quizzes.devices import (
    ANSWER,
    PATH,
    Device,
    Form,
    Standing,
    allow,
    answer,
    attempts,
    gaon,
    kept,
    pencils,
    whole,
)
from tests.quizzes.private_parts import put_in_place
from tests.quizzes.sample import content, pencil_item
from tests.quizzes.stored import forget_everything, projections, recomputed, row_counts

__all__ = ["gaon", "pencils"]
FULL = os.environ.get("DONGUI_TEST_FULL") == "1"
ROUNDS, EXAMPLES = (100, 1000) if FULL else (3, 15)
TOGETHER = 50
SAVED = (200, "saved")


def begin_anew(app: Flask) -> None:
    with app.app_context():
        forget_everything()


def assert_projected(app: Flask) -> None:
    with app.app_context():
        assert projections() == recomputed()


def test_it_works(app: Flask, gaon: Device) -> None:
    assert gaon.post(ANSWER, answer("say", "b", counter=1)) == SAVED
    assert kept(app).keys() == {"say"}
    assert gaon.post(PATH, whole())[0] == 303
    assert attempts(app) == [Standing(1, 900, 900, True)]


def test_of_fifty_submissions_at_once_with_one_attempt_allowed_one_counts(app: Flask, cast: Cast, gaon: Device) -> None:
    allow(app, cast.gaon, Assignment(attempt_limit=1))
    other = (whole(), whole(wrong_at=("say",)), whole(number=2), whole(wrong_at=("ask", "say")))
    for _ in range(ROUNDS):
        begin_anew(app)
        posts = [(PATH, form) for form, _place in zip(cycle(other), range(TOGETHER))]
        replies = gaon.at_once(*posts)
        taken = {place % len(other) for place, (status, _) in enumerate(replies) if status == 303}
        assert len(taken) == 1, Counter(replies)  # all that were taken hold the same answers,
        assert len({led for status, led in replies if status == 303}) == 1  # and are told of the same attempt
        assert {status for status, _ in replies} == {303, 403, 409}
        [standing] = attempts(app)
        assert standing.is_closed
        assert standing.points == standing.sum == 900 - 100 * [0, 1, 0, 2][taken.pop()]
        assert_projected(app)


def test_of_answers_at_once_the_latest_given_stays(app: Flask, gaon: Device) -> None:
    for _ in range(ROUNDS):
        begin_anew(app)
        posts = [(ANSWER, answer("say", "abc"[counter % 3], counter=counter)) for counter in range(1, 21)]
        replies = gaon.at_once(*posts)
        assert replies[-1] == SAVED
        assert set(replies) <= {SAVED, (409, "stale")}
        assert kept(app)["say"][:3] == (["abc"[20 % 3]], 100, 20)
        assert row_counts(app)["attempt"] == 1


def test_answers_to_all_items_at_once_are_all_kept(app: Flask, gaon: Device, pencils: Quiz) -> None:
    for _ in range(ROUNDS):
        begin_anew(app)
        replies = gaon.at_once(*((ANSWER, whole() | {"item": item.id, "counter": "1"}) for item in pencils.items))
        assert set(replies) == {SAVED}
        assert {item: one.points for item, one in kept(app).items()} == {item.id: 100 for item in pencils.items}


def test_what_was_seen_first_stays_when_others_are_given_at_the_same_moment(app: Flask, gaon: Device) -> None:
    asks = (ANSWER, answer("say", "b", counter=1, check="1"))
    for _ in range(ROUNDS * 3):
        begin_anew(app)
        replies = gaon.at_once(*([asks] + [(ANSWER, answer("say", "a", counter=counter)) for counter in range(2, 9)]))
        found = kept(app)["say"]
        # Either what was asked about was the first to come, and everything after it refused, or it came too late.
        expected = (["b"], ["b"]) if replies[0] == SAVED else (["a"], None)
        assert (found.options, found.first) == expected, Counter(replies)
        if replies[0] == SAVED:
            later = Counter(replies[1:])
            assert set(later) <= {(409, "locked"), SAVED}


def test_an_answer_that_races_the_closing_changes_nothing_after_it(app: Flask, gaon: Device) -> None:
    for _ in range(ROUNDS * 3):
        begin_anew(app)
        saves = [(ANSWER, answer("say", "b", counter=counter)) for counter in range(1, 8)]
        replies = gaon.at_once(*saves[:4], (PATH, whole()), *saves[4:])
        assert replies[4][0] == 303
        assert set(replies[:4] + replies[5:]) <= {SAVED, (409, "closed"), (409, "stale")}
        assert attempts(app) == [Standing(1, 900, 900, True)]  # the form has the last word
        assert_projected(app)


# --- the same again


def test_an_answer_sent_ten_times_is_kept_once_and_told_alike(app: Flask, gaon: Device) -> None:
    replies = [gaon.send(ANSWER, answer("say", "c", counter=4)).text for _ in range(10)]
    assert len(set(replies)) == 1
    assert kept(app)["say"].counter == 4


def test_an_answer_sent_twenty_times_at_once_is_kept_once_and_told_alike(app: Flask, gaon: Device) -> None:
    assert set(gaon.at_once(*[(ANSWER, answer("say", "c", counter=4))] * 20)) == {SAVED}
    assert kept(app)["say"].counter == 4
    assert row_counts(app) | {"visit": 0} == {
        "visit": 0,
        "attempt": 1,
        "item_response": 1,
        "item_tally": 0,
        "lesson_progress": 0,
    }


def test_the_same_answer_of_two_students_is_kept_for_each(app: Flask, cast: Cast, gaon: Device) -> None:
    narae = Device(app, cast.narae)
    assert {one.post(ANSWER, answer("say", "c", counter=1)) for one in (gaon, narae)} == {SAVED}
    assert row_counts(app)["item_response"] == 2


def test_an_answer_is_known_again_after_a_new_start(
    app: Flask, gaon: Device, pencils: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = answer("say", "c", counter=2)
    before = gaon.send(ANSWER, form).text
    gaon.app = create_app(app.extensions["settings"])
    let_tests_look(gaon.app)
    put_in_place(gaon.app, monkeypatch, pencils)
    assert gaon.send(ANSWER, form).text == before
    assert gaon.post(ANSWER, answer("say", "a", counter=1)) == (409, "stale")
    assert gaon.post(PATH, whole())[0] == 303
    assert attempts(app) == [Standing(1, 900, 900, True)]
    with gaon.app.app_context():
        db.engine.dispose()


# --- too late


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """What the server's clock is ahead by, to be changed."""
    ahead = [timedelta()]
    monkeypatch.setattr("curriculum.quizzes.views.now", lambda: START + ahead[0])
    return ahead


START = now()
CLOSES = Assignment(closes_at=START + timedelta(hours=1))
LAST = timedelta(hours=1) + GRACE - timedelta(microseconds=1)
ATTEMPTS_TO_GET_IN: list[tuple[str, Form]] = [
    (ANSWER, answer("say", "c", counter=1)),
    (ANSWER, answer("say", "c", check="1")),
    (PATH, whole()),
    (PATH, whole() | {"check": "say"}),
]


@pytest.mark.parametrize(("path", "form"), ATTEMPTS_TO_GET_IN)
def test_up_to_the_end_of_the_grace_everything_is_taken(
    app: Flask, cast: Cast, gaon: Device, clock: list[timedelta], path: str, form: Form
) -> None:
    allow(app, cast.gaon, CLOSES)
    clock[0] = LAST
    assert gaon.post(path, form)[0] in {200, 303}
    assert row_counts(app)["item_response"] > 0


@pytest.mark.parametrize(("path", "form"), ATTEMPTS_TO_GET_IN)
def test_from_the_end_of_the_grace_nothing_is_taken_however_often_it_is_sent(
    app: Flask, cast: Cast, gaon: Device, clock: list[timedelta], path: str, form: Form
) -> None:
    allow(app, cast.gaon, CLOSES)
    assert gaon.post(ANSWER, answer("ask", "b", counter=1)) == SAVED  # while it was open
    before = row_counts(app)
    clock[0] = LAST + timedelta(microseconds=1)
    assert {status for status, _ in gaon.at_once(*[(path, form)] * 10)} == {403}
    assert row_counts(app) == before
    assert [one.is_closed for one in attempts(app)] == [False]


def test_what_counted_in_time_counts_once_when_it_is_sent_again_too_late(
    app: Flask, cast: Cast, gaon: Device, clock: list[timedelta]
) -> None:
    allow(app, cast.gaon, CLOSES)
    assert gaon.post(PATH, whole())[0] == 303
    before = row_counts(app)
    clock[0] = LAST + timedelta(days=1)
    assert gaon.post(PATH, whole())[0] == 403
    assert gaon.post(PATH, whole(number=2))[0] == 403
    assert row_counts(app) == before


# --- any sequence of acts, against a model of it

ITEMS = ("ask", "say")  # one that is a help route, one that is not
OPTIONS = st.sampled_from("abc")
COUNTERS = st.one_of(st.none(), st.integers(1, 6))
NUMBERS = st.sampled_from([0, 0, 0, 0, 1, -1])  # how far from the attempt that is next
SAVES = st.tuples(st.just("save"), NUMBERS, st.sampled_from(ITEMS), OPTIONS, COUNTERS)
CHECKS = st.tuples(st.just("check"), NUMBERS, st.sampled_from(ITEMS), OPTIONS, COUNTERS)
SUBMITS = st.tuples(st.just("submit"), NUMBERS, OPTIONS, OPTIONS, st.none())
REPLAYS = st.tuples(st.just("replay"), st.integers(0, 30), st.none(), st.none(), st.none())
Act = tuple[str, int, str | None, str | None, int | None]


@dataclass
class Model:
    """What must be so after any acts of one student: (option, counter, locked) of each item, attempt by attempt."""

    closed: list[dict[str, str]] = field(default_factory=list)
    open: dict[str, tuple[str, int, bool]] = field(default_factory=dict)

    def give(self, number: int, given: dict[str, str], counter: int | None, *, asks: bool, closes: bool) -> bool:
        """Whether these answers are taken; then they are kept."""
        if 1 <= number <= len(self.closed):
            return self._repeats(number, given, counter, asks=asks)
        if number != len(self.closed) + 1:
            return False
        if not all(self._takes(item, option, counter) for item, option in given.items()):
            return False
        for item, option in given.items():
            self._keep(item, option, counter, asks=asks)
        if closes:
            self.closed.append({item: option for item, (option, *_) in self.open.items()})
            self.counters.append({item: counter for item, (_, counter, _) in self.open.items()})
            self.open = {}
        return True

    counters: list[dict[str, int]] = field(default_factory=list)

    def _repeats(self, number: int, given: dict[str, str], counter: int | None, *, asks: bool) -> bool:
        known, counters = self.closed[number - 1], self.counters[number - 1]
        return all(known[item] == option and (counter or 0) <= counters[item] for item, option in given.items())

    def _takes(self, item: str, option: str, counter: int | None) -> bool:
        if item not in self.open:
            return True
        before, last, locked = self.open[item]
        if before == option and (counter or 0) <= last:
            return True
        return not locked and (counter is None or counter > last)

    def _keep(self, item: str, option: str, counter: int | None, *, asks: bool) -> None:
        before, last, locked = self.open.get(item, ("", 0, False))
        counter = last if before == option and (counter or 0) <= last else counter or last + 1
        is_final = pencil_item(item).is_right((option,)) or item != "ask"
        self.open[item] = (option, counter, locked or (asks and is_final))


class Student:
    """Gaon, who sends what the acts say, and the model of what must become of it."""

    def __init__(self, device: Device) -> None:
        self.device, self.model, self.sent = device, Model(), list[tuple[Act, int]]()

    def act(self, act: Act) -> None:
        """Do this, or what was done so many acts ago once more, byte for byte."""
        number = len(self.model.closed) + 1 + act[1]
        if act[0] == "replay":
            if not self.sent:
                return
            act, number = self.sent[-1 - act[1] % len(self.sent)]
        self.sent.append((act, number))
        (self._submit if act[0] == "submit" else self._answer)(act, number)

    def _submit(self, act: Act, number: int) -> None:
        given = {"ask": str(act[2]), "say": str(act[3])}
        status, _ = self.device.post(PATH, {f"item-{item}": option for item, option in given.items()} | told(number))
        taken = self.model.give(number, given, None, asks=False, closes=True)
        assert (status == 303) == taken, (act, number, status)

    def _answer(self, act: Act, number: int) -> None:
        kind, _, item, option, counter = act
        assert item
        assert option
        form = answer(item, option, counter=counter, number=number) | ({"check": "1"} if kind == "check" else {})
        reply = self.device.post(ANSWER, form)
        taken = self.model.give(number, {item: option}, counter, asks=kind == "check", closes=False)
        assert (reply == SAVED) == taken, (act, number, reply)


def told(number: int) -> Form:
    return {"number": str(number), "version": "pencils"}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(SAVES, SAVES, CHECKS, SUBMITS, REPLAYS), max_size=12))
def test_after_any_sequence_of_answers_submissions_and_replays_the_rows_are_those_of_the_model(
    app: Flask, gaon: Device, monkeypatch: pytest.MonkeyPatch, acts: list[Act]
) -> None:
    two = {"items": [entry for entry in content()["items"] if entry["id"] in ITEMS]}
    put_in_place(app, monkeypatch, quiz_from("", "pencils", two))
    begin_anew(app)
    student = Student(gaon)
    for act in acts:
        student.act(act)
    closed = [one for one in attempts(app) if one.is_closed]
    assert [one.number for one in closed] == list(range(1, len(student.model.closed) + 1))
    assert all(one.points == one.sum for one in closed)
    points = [sum(pencil_item(item).points((option,)) for item, option in one.items()) for one in student.model.closed]
    assert [one.points for one in closed] == points
    assert_projected(app)
