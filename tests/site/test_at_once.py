"""Shows that what happens at the same moment is kept whole, where one writer waits and where many write at once."""

import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from curriculum import tenancy
from curriculum.accounts.access import Mark
from curriculum.config import PROJECT
from curriculum.database import db, now
from curriculum.progress.services import send_step
from curriculum.quizzes.item import Item, Response, ResponseError
from curriculum.quizzes.services import AttemptRefused, Try, rebuild, submit, tally_values
from curriculum.quizzes.tally import Tally
from curriculum.security import Budget, Throttle, access, count_failure
from curriculum.tenancy import act_for
from tests.cast import Cast, Member
from tests.databases import POSTGRESQL, at_once
from tests.postgres import Server
from tests.quizzes.sample import LESSONS, quiz_in
from tests.quizzes.stored import forget_everything, projections, recomputed
from tests.site.rows import change, count, rows_of
from tests.site_client import SiteClient

TOGETHER = 8
LESSON = LESSONS[0]


def submits(app: Flask, member: Member, number: int = 1, *, turned: bool = False) -> Callable[[], UUID]:
    """The act of sending in a quiz; `turned` takes the options of its items from the other end."""
    quiz = quiz_in(app, LESSON)
    responses = {item.id: any_response(item, last=turned) for item in quiz.items}

    def act() -> UUID:
        with app.app_context():
            act_for(member.school_id)
            of = Try(school_id=member.school_id, person_id=member.id, quiz=quiz, number=number, moment=now())
            attempt_id = submit(of=of, responses=responses)
            db.session.commit()
        return attempt_id

    return act


def any_response(item: Item, *, last: bool) -> Response:
    """A response to any item: the first that can be graded, or the last."""
    found = None
    for values in itertools.product(*item.fields.values()):
        try:
            found = item.parse({field: [value] for field, value in zip(item.fields, values, strict=True)})
        except ResponseError:
            continue
        if not last:
            break
    assert found
    return found


def sends(app: Flask, member: Member, step: str) -> Callable[[], None]:
    def act() -> None:
        with app.app_context():
            act_for(member.school_id)
            send_step(school_id=member.school_id, person_id=member.id, lesson_id=LESSON, step=step, moment=now())
            db.session.commit()

    return act


def faults(outcomes: list[object]) -> list[object]:
    return [one for one in outcomes if isinstance(one, Exception)]


def assert_projected(app: Flask) -> None:
    with app.app_context():
        standing = projections()
        assert standing == recomputed()


def test_one_attempt_sent_many_times_at_once_is_one_attempt(app: Flask, cast: Cast) -> None:
    outcomes = at_once(*[submits(app, cast.gaon)] * TOGETHER)
    assert not faults(outcomes)
    assert len(set(outcomes)) == count(app, "attempt") == 1
    assert_projected(app)


def test_of_attempts_with_other_answers_at_once_one_is_the_attempt_and_the_others_are_told(
    app: Flask, cast: Cast
) -> None:
    outcomes = at_once(*(submits(app, cast.gaon, turned=bool(place % 2)) for place in range(TOGETHER)))
    refused = faults(outcomes)
    assert {str(one) for one in refused} == {"closed"}
    assert len(refused) == TOGETHER / 2
    assert count(app, "attempt") == 1
    assert_projected(app)


def test_an_attempt_sent_before_the_one_it_follows_is_refused(app: Flask, cast: Cast) -> None:
    outcomes = at_once(*(submits(app, cast.gaon, number) for number in (2, 3, 4)))
    assert [type(one) for one in outcomes] == [AttemptRefused] * 3
    assert count(app, "attempt") == 0


def test_classmates_who_answer_in_other_orders_do_not_stand_in_each_others_way(app: Flask, cast: Cast) -> None:
    """First attempts, which are what a class counts together; the second turns the order of every option."""
    for _ in range(10):
        with app.app_context():
            forget_everything()
        assert not faults(
            at_once(submits(app, cast.gaon), submits(app, cast.narae, turned=True)),
        )
        assert_projected(app)
    with app.app_context():
        assert max(tally.chosen for tally in projections()[1].values()) == 2


def test_tallies_are_written_in_one_order_whatever_was_answered_first() -> None:
    """Two classmates who hold each other's next row would wait for ever; that takes a moment too rare to be tried."""
    one = {("item", option): Tally(1, 0) for option in ("b", "", "a")}
    orders = [
        [row["option_id"] for row in tally_values(uuid4(), uuid4(), LESSON, "digest", dict(rows))]
        for rows in itertools.permutations(one.items())
    ]
    assert {tuple(order) for order in orders} == {("", "a", "b")}


def test_steps_sent_at_once_are_all_counted_once(app: Flask, cast: Cast) -> None:
    steps = app.extensions["catalog"].lesson(LESSON).step_ids
    for times in (1, 2, 1):  # the second time half of them have come before
        assert not faults(at_once(*(sends(app, cast.gaon, step) for step in steps * times)))
        with app.app_context():
            [progress] = projections()[0].values()
        assert progress.steps_sent == len(steps) == count(app, "visit")
        if times == 2:
            with app.app_context():
                forget_everything()


def test_projections_written_anew_meanwhile_stay_what_the_truth_comes_to(app: Flask, cast: Cast) -> None:
    def rebuilds() -> None:
        with app.app_context():
            act_for(cast.school_id)
            rebuild(school_id=cast.school_id)
            db.session.commit()

    step = app.extensions["catalog"].lesson(LESSON).step_ids[0]
    for number in (1, 2, 3):
        acts = [submits(app, one, number) for one in (cast.gaon, cast.narae, cast.daon)]
        assert not faults(at_once(rebuilds, *acts, sends(app, cast.gaon, step), sends(app, cast.narae, step)))
        assert_projected(app)


def test_failures_at_once_are_all_counted_and_a_window_that_passed_begins_anew(app: Flask) -> None:
    passed, now_open, other = (
        Budget(key, 100, timedelta(hours=hours)) for key, hours in (("p", -1), ("o", 1), ("x", 1))
    )

    def fail(*budgets: Budget) -> Callable[[], None]:
        def act() -> None:
            with app.app_context():
                count_failure(budgets)

        return act

    assert not faults(at_once(*[fail(passed, now_open), fail(now_open, passed)] * 4, *[fail(now_open, other)] * 2))
    again = Budget("p", 100, timedelta(hours=1))
    assert not faults(at_once(*[fail(again, now_open), fail(now_open, other, again)] * 3))
    found = {row[0]: row[1] for row in rows_of(app)["throttle"]}
    assert found == {"p": 6, "o": 16, "x": 5}


def test_a_class_signs_in_together(app: Flask, cast: Cast) -> None:
    visitors = [SiteClient(app) for _ in range(6)]
    acts = [
        lambda visitor=visitor, member=member: visitor.sign_in(member)
        for visitor, member in zip(visitors, itertools.cycle([cast.gaon, cast.narae, cast.daon]), strict=False)
    ]
    assert not faults(at_once(*acts))
    assert count(app, "sign_in_session") == len(visitors)


@contextmanager
def held(postgres: Server, rows: str) -> Iterator[None]:
    """Hold some rows of a table, as a writer does who has not come to an end."""
    with postgres.owner("school") as owner, owner.transaction():
        owner.execute("SET LOCAL idle_in_transaction_session_timeout = '5s'")  # so that a fault cannot hold up the test
        owner.execute(f"SELECT 1 FROM {rows} FOR UPDATE")
        yield


@pytest.mark.only(POSTGRESQL)
def test_nobody_waits_for_somebody_who_tidies_up(app: Flask, cast: Cast, client: SiteClient, postgres: Server) -> None:
    """What has expired is dropped by the way, by whoever comes first; who waits there may be waited for elsewhere."""
    client.sign_in(cast.han)
    change(app, "UPDATE sign_in_session SET expires_at = :then", then=now() - timedelta(hours=1))
    change(app, "INSERT INTO throttle VALUES ('held', 1, :then)", then=now() - timedelta(hours=1))
    with held(postgres, "throttle"), app.app_context():
        count_failure([Budget("mine", 1, timedelta(hours=1))])
    with held(postgres, "sign_in_session"):
        SiteClient(app).sign_in(cast.gaon)
    SiteClient(app).sign_in(cast.narae)
    assert {row[2] for row in rows_of(app)["sign_in_session"]} == {cast.gaon.id, cast.narae.id}


# a PostgreSQL that goes away


@contextmanager
def gone(postgres: Server) -> Iterator[None]:
    """Break every connection of the program and let no new one in."""
    with postgres.owner() as owner:
        owner.execute("ALTER DATABASE school ALLOW_CONNECTIONS false")
        owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'school'")
        try:
            yield
        finally:
            owner.execute("ALTER DATABASE school ALLOW_CONNECTIONS true")


@pytest.mark.only(POSTGRESQL)
def test_a_database_that_is_down_is_503_and_comes_back_by_itself(
    app: Flask, cast: Cast, client: SiteClient, postgres: Server
) -> None:
    client.sign_in(cast.gaon)
    step = app.extensions["catalog"].lesson(LESSON).step_ids[0]
    address, form = f"/ko/lessons/{LESSON}/steps/{step}", {"csrf_token": client.token("/ko/class")}
    with gone(postgres):
        for response in (client.client.get("/ko/class"), client.client.post(address, data=form)):
            assert response.status_code == 503
            assert int(response.headers["Retry-After"]) > 0
            assert response.headers["Cache-Control"] == "no-store"
            assert "저장되지 않았어요" in response.text
            assert not [word for word in ("psycopg", "socket", "school", "FATAL") if word in response.text]
        assert client.client.get("/healthz").status_code == 200
        assert SiteClient(app).client.get(f"/ko/lessons/{LESSON}").status_code == 200
    assert client.client.post(address, data=form).status_code == 303
    assert count(app, "visit") == 1


@pytest.mark.only(POSTGRESQL)
def test_connections_that_broke_meanwhile_are_noticed_by_nobody(
    app: Flask, cast: Cast, client: SiteClient, postgres: Server
) -> None:
    client.sign_in(cast.gaon)
    with gone(postgres):
        pass
    client.get("/ko/class")


@pytest.mark.only(POSTGRESQL)
def test_who_holds_a_row_keeps_others_waiting_but_not_for_ever(
    app: Flask, cast: Cast, client: SiteClient, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tenancy, "PATIENCE", tenancy.PATIENCE.replace("10s", "200ms"))
    client.sign_in(cast.gaon)
    step = app.extensions["catalog"].lesson(LESSON).step_ids[0]
    address, form = f"/ko/lessons/{LESSON}/steps/{step}", {"csrf_token": client.token("/ko/class")}
    assert client.client.post(address, data=form).status_code == 303
    with held(postgres, "visit"):
        response = client.client.post(address, data=form)
    assert response.status_code == 503
    assert client.client.post(address, data=form).status_code == 303


def test_what_no_text_of_the_database_can_hold_is_a_bad_request(
    app: Flask, cast: Cast, client: SiteClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite takes a NUL in a text, PostgreSQL does not: nobody is told that the site is broken."""

    def view(**_values: str) -> str:
        db.session.execute(sa.select(Throttle.failures).where(Throttle.key == "a\0b"))
        return "nothing found"

    monkeypatch.setitem(app.view_functions, "reading.home", access(Mark.PUBLIC)(view))
    client.sign_in(cast.gaon)
    on_postgresql = app.extensions["settings"].database.startswith(POSTGRESQL)
    assert client.client.get("/ko/").status_code == (400 if on_postgresql else 200)
    client.get("/ko/class")


def test_a_command_without_its_database_says_so(tmp_path: Path) -> None:
    told = {
        "DONGUI_DATABASE": f"postgresql+psycopg://me:secret@/school?host={tmp_path}",
        "DONGUI_DATA": str(tmp_path / "data"),
        "PATH": os.defpath,
    }
    command = [sys.executable, "-P", "-m", "curriculum.app", "database", "upgrade"]
    done = subprocess.run(
        command, env={**told, "PYTHONPATH": str(PROJECT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "The database cannot be used." in done.stderr
    assert not [word for word in ("Traceback", "secret") if word in done.stderr]
