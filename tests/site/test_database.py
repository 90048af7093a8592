"""Shows what the database promises: its connection contract, one writer at a time, one commit a request."""

import fcntl
import os
import sqlite3
import stat
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from curriculum import database
from curriculum.accounts.models import SignInSession
from curriculum.classrooms.models import Enrollment
from curriculum.classrooms.services import add_classroom
from curriculum.database import UtcDateTime, begin_write, db, writing_apart
from curriculum.security import Budget, count_failure
from curriculum.tenancy import act_for
from tests.cast import Cast
from tests.site.rows import change, count, outside, rows_of
from tests.site.walk import LESSON
from tests.site_client import SiteClient

on_sqlite = pytest.mark.only("sqlite")


def path_of(app: Flask) -> Path:
    with app.app_context():
        return Path(str(db.engine.url.database))


def value_of(connection: sa.Connection, pragma: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one()


def write_a_row(cast: Cast) -> None:
    """Add a row in the open writing transaction."""
    act_for(cast.school_id)
    place = {"school_year": 2026, "level": "high", "grade": 1, "section": 1, "course": "middle"}
    add_classroom(school_id=cast.school_id, code="DDDD4444", **place)
    db.session.flush()


# the contract


@on_sqlite
def test_it_works(app: Flask) -> None:
    with app.app_context(), ExitStack() as held:
        # Eight pooled, two beyond.
        for connection in [held.enter_context(db.engine.connect()) for _ in range(10)]:
            assert value_of(connection, "journal_mode") == "wal"
            assert value_of(connection, "synchronous") == 2  # FULL
            assert value_of(connection, "foreign_keys") == 1
            assert int(str(value_of(connection, "busy_timeout"))) >= 5000
            assert value_of(connection, "secure_delete") == 1
            assert value_of(connection, "trusted_schema") == 0


@on_sqlite
def test_the_contract_survives_use(app: Flask, cast: Cast) -> None:
    SiteClient(app).sign_in(cast.gaon)
    with app.app_context(), db.engine.connect() as connection:
        assert [value_of(connection, name) for name in ("foreign_keys", "synchronous", "secure_delete")] == [1, 2, 1]


def test_the_sqlite_in_use_keeps_committed_rows() -> None:
    """Versions 3.7.0 to 3.51.2 can lose committed rows in WAL mode (design, Storage)."""
    if database.pysqlite3 is None:
        assert database.sqlite_module() is sqlite3
    else:
        assert database.sqlite_module().sqlite_version_info >= (3, 51, 3)


def test_a_row_of_another_school_cannot_be_referenced(app: Flask, cast: Cast) -> None:
    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)foreign key"):
        change(
            app,
            "UPDATE enrollment SET classroom_id = :foreign WHERE person_id = :own",
            foreign=cast.foreign_classroom_id,
            own=cast.gaon.id,
        )


# one writer at a time


@contextmanager
def transactions(app: Flask) -> Iterator[list[list[str]]]:
    """The statements of each transaction, its BEGIN first."""
    found: list[list[str]] = []
    open_on: dict[int, list[str]] = defaultdict(list)

    def note(connection: sa.Connection, cursor: Any, statement: str, *rest: Any) -> None:
        own = id(connection.connection.dbapi_connection)
        if statement.startswith("BEGIN"):
            open_on[own] = []
            found.append(open_on[own])
        open_on[own].append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def writes(transaction: list[str]) -> bool:
    return any(one.split()[0] in {"INSERT", "UPDATE", "DELETE"} for one in transaction)


def live_a_day(client: SiteClient, cast: Cast) -> None:
    """Join with a slip after one mistake, send a step, leave."""
    client.post("/ko/join", {"code": cast.gaon.class_code})
    client.post("/ko/join/number", {"number": 1, "code": "000000"}, status=422)
    client.sign_in(cast.gaon)
    step = client.app.extensions["catalog"].lesson("middle/consent/every-step").step_ids[0]
    client.post(f"{LESSON}/steps/{step}", on=LESSON)
    client.get("/ko/class")
    client.get("/exit", status=303)


@on_sqlite
def test_every_transaction_that_writes_began_as_one(app: Flask, cast: Cast, client: SiteClient) -> None:
    with transactions(app) as seen:
        live_a_day(client, cast)
    writing = [one[0] for one in seen if writes(one)]
    assert len(writing) == 4  # the mistake, the session, the step, the exit
    assert set(writing) == {"BEGIN IMMEDIATE"}


@on_sqlite
def test_a_transaction_that_reads_keeps_nobody_waiting(app: Flask, cast: Cast, client: SiteClient) -> None:
    client.sign_in(cast.gaon)
    with transactions(app) as seen:
        client.get("/ko/class")
        client.get(LESSON)
    assert {one[0] for one in seen} == {"BEGIN"}


def lock_is_free(app: Flask) -> bool:
    """Whether another process could write now: a descriptor of its own stands for it."""
    descriptor = os.open(f"{path_of(app)}.lock", os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


@on_sqlite
def test_the_lock_is_taken_by_a_writer_and_released_after_it(app: Flask) -> None:
    with app.app_context():
        db.session.execute(sa.text("SELECT 1"))
        assert lock_is_free(app)
        begin_write()
        assert not lock_is_free(app)
        db.session.commit()
        assert lock_is_free(app)
        begin_write()
        db.session.rollback()
        assert lock_is_free(app)


@on_sqlite
def test_the_lock_is_released_when_a_writer_fails(app: Flask) -> None:
    with app.app_context(), pytest.raises(ZeroDivisionError), writing_apart():
        assert not lock_is_free(app)
        raise ZeroDivisionError
    assert lock_is_free(app)


@on_sqlite
def test_the_lock_is_for_its_owner_only(app: Flask) -> None:
    assert stat.S_IMODE(Path(f"{path_of(app)}.lock").stat().st_mode) == 0o600


@on_sqlite
def test_to_begin_twice_is_to_begin_once(app: Flask, cast: Cast) -> None:
    with transactions(app) as seen, app.app_context():
        begin_write()
        write_a_row(cast)
        begin_write()
        db.session.commit()
    assert count(app, "classroom") == 4
    assert len(seen) == 1


def test_writers_at_the_same_time_lose_nothing(app: Flask) -> None:
    budget = Budget("together", 1000, timedelta(hours=1))

    def fail() -> None:
        with app.app_context():
            for _ in range(10):
                count_failure([budget])

    writers = [threading.Thread(target=fail) for _ in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [row[1] for row in rows_of(app)["throttle"]] == [60]


# one commit a request


@pytest.fixture
def commits(app: Flask) -> Iterator[list[sa.Connection]]:
    """Commits that happened."""
    seen: list[sa.Connection] = []

    def note(connection: sa.Connection) -> None:
        seen.append(connection)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "commit", note)
    yield seen
    event.remove(engine, "commit", note)


@pytest.fixture
def writing_view(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the front page write a row and then answer with a status, or raise."""

    def install(endpoint: str, answer: int | Exception) -> None:
        def view(**_values: str) -> tuple[str, int]:
            begin_write()
            write_a_row(cast)
            if isinstance(answer, Exception):
                raise answer
            return "", answer

        view.access_mark = app.view_functions[endpoint].access_mark  # type: ignore[attr-defined]  # as @access does
        monkeypatch.setitem(app.view_functions, endpoint, view)

    return install


def knock(app: Flask, cast: Cast) -> Any:
    """Post to the address whose view was replaced, with all a proper request has."""
    visitor = SiteClient(app)
    return visitor.client.post("/ko/join", data={"csrf_token": visitor.token("/ko/sign-in")})


def test_a_request_that_writes_commits_once(app: Flask, cast: Cast, commits: list[object]) -> None:
    client = SiteClient(app)
    client.post("/ko/join", {"code": cast.gaon.class_code})
    assert len(commits) <= 1  # nothing was written; an empty transaction may end either way
    form = {"csrf_token": client.token("/ko/join/number"), "number": 1, "code": "482915"}
    commits.clear()
    assert client.client.post("/ko/join/number", data=form).status_code == 303
    assert len(commits) == 1


def test_a_get_never_commits(app: Flask, cast: Cast, commits: list[object], client: SiteClient) -> None:
    client.sign_in(cast.han)
    commits.clear()
    for path in ("/ko/", "/ko/lessons/", LESSON, "/ko/teach/", f"/ko/teach/classes/{cast.classroom_id}", "/ko/no"):
        client.client.get(path)
        client.client.head(path)
    assert commits == []


def test_a_get_that_writes_by_mistake_changes_nothing(
    app: Flask, client: SiteClient, writing_view: Callable[..., None]
) -> None:
    writing_view("reading.home", 200)
    assert client.client.get("/ko/").status_code == 200
    assert count(app, "classroom") == 3


@pytest.mark.parametrize(("status", "rows"), [(200, 4), (303, 4), (404, 3), (409, 3), (422, 3), (500, 3)])
def test_only_an_answer_that_says_yes_is_committed(
    app: Flask, cast: Cast, writing_view: Callable[..., None], status: int, rows: int
) -> None:
    writing_view("classrooms.join", status)
    assert knock(app, cast).status_code == status
    assert count(app, "classroom") == rows


@on_sqlite
def test_a_view_that_breaks_commits_nothing_and_frees_the_lock(
    app: Flask, cast: Cast, writing_view: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    writing_view("classrooms.join", RuntimeError("broken"))
    assert knock(app, cast).status_code == 500
    assert count(app, "classroom") == 3
    assert lock_is_free(app)


# what cannot be saved is never said to be


@contextmanager
def impatient(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """New connections wait for a busy database for a moment only, so that the test need not wait for ten seconds."""
    pragmas = [one if "busy" not in one else "PRAGMA busy_timeout=50" for one in database.PRAGMAS]
    with monkeypatch.context() as patch:
        patch.setattr(database, "PRAGMAS", pragmas)
        _connect_anew(app)
        yield
        _connect_anew(app)


def _connect_anew(app: Flask) -> None:
    # In a context of its own: a request inside one that is open would leave its connection to that one.
    with app.app_context():
        db.engine.dispose()


@contextmanager
def foreign_writer(app: Flask) -> Iterator[None]:
    """A program that holds the database and knows nothing of our lock: a backup, a virus scanner."""
    other = stranger(app)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


def stranger(app: Flask) -> Any:
    """A connection of another program. Two SQLite libraries in one process would not see each other's locks."""
    return database.sqlite_module().connect(path_of(app), isolation_level=None)


def assert_says_that_nothing_was_saved(response: Any) -> None:
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert response.headers["Cache-Control"] == "no-store"
    assert "저장되지 않았어요" in response.text
    assert "sqlite" not in response.text.lower()


@on_sqlite
def test_a_busy_database_is_503_with_a_time_and_nothing_saved(
    app: Flask, cast: Cast, client: SiteClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = app.extensions["catalog"].lesson("middle/consent/every-step").step_ids[0]
    client.sign_in(cast.gaon)
    token = client.token("/ko/class")
    with impatient(app, monkeypatch):
        with foreign_writer(app):
            response = client.client.post(f"{LESSON}/steps/{step}", data={"csrf_token": token})
        assert_says_that_nothing_was_saved(response)
        assert count(app, "visit") == 0
        response = client.client.post(f"{LESSON}/steps/{step}", data={"csrf_token": token})
    assert response.status_code == 303
    assert count(app, "visit") == 1


@on_sqlite
@pytest.mark.parametrize("path", ["/ko/sign-in", "/ko/join/number"])
def test_a_sign_in_that_cannot_be_kept_is_none(
    app: Flask, cast: Cast, client: SiteClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    client.post("/ko/join", {"code": cast.gaon.class_code})
    form = {"number": "1", "code": "482915", "email": cast.han.email, "password": "참 좋은 비밀번호 하나"}
    form["csrf_token"] = client.token(path)
    with impatient(app, monkeypatch), foreign_writer(app):
        response = client.client.post(path, data=form)
    assert_says_that_nothing_was_saved(response)
    assert count(app, "sign_in_session") == 0
    client.get("/ko/class", status=303)


@on_sqlite
def test_a_commit_that_fails_is_503_and_nothing_saved(
    app: Flask, cast: Cast, client: SiteClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post("/ko/join", {"code": cast.gaon.class_code})
    form = {"number": "1", "code": "482915", "csrf_token": client.token("/ko/join/number")}

    def full_disk(_connection: sa.Connection) -> None:
        raise sa.exc.OperationalError("COMMIT", {}, sqlite3.OperationalError("database or disk is full"))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "commit", full_disk)
    try:
        response = client.client.post("/ko/join/number", data=form)
    finally:
        event.remove(engine, "commit", full_disk)
    assert_says_that_nothing_was_saved(response)
    assert count(app, "sign_in_session") == 0
    assert lock_is_free(app)


@on_sqlite
def test_a_commit_that_fails_leaves_no_transaction_behind(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_write()
        # Judged at the commit, which fails and leaves its transaction open.
        db.session.execute(sa.text("PRAGMA defer_foreign_keys=ON"))
        nowhere = sa.update(Enrollment).where(Enrollment.school_id == cast.school_id, Enrollment.number == 9)
        db.session.execute(nowhere.values(classroom_id=cast.foreign_classroom_id))
        with pytest.raises(sa.exc.IntegrityError):
            db.session.commit()
    assert lock_is_free(app)
    count_again = Budget("again", 1, timedelta(hours=1))
    for _ in range(2):
        with app.app_context():
            count_failure([count_again])
    assert count(app, "throttle") == 1


@on_sqlite
def test_a_database_that_cannot_be_read_is_503_for_whoever_is_signed_in(
    app: Flask, cast: Cast, client: SiteClient
) -> None:
    client.sign_in(cast.gaon)
    broken = stranger(app)
    broken.execute("ALTER TABLE sign_in_session RENAME TO gone")
    broken.close()
    assert_says_that_nothing_was_saved(client.client.get("/ko/class"))
    # What needs no database is still read.
    assert SiteClient(app).get(LESSON).status == 200


# moments


@on_sqlite
def test_moments_are_stored_in_utc_and_come_back_with_their_zone(app: Flask, cast: Cast) -> None:
    korea = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=9)))
    with app.app_context():
        begin_write()
        values = {"school_id": cast.school_id, "person_id": cast.gaon.id, "token_hash": b"0" * 32}
        db.session.add(SignInSession(**values, expires_at=korea))
        db.session.commit()
        own = sa.select(SignInSession.expires_at).where(SignInSession.school_id == cast.school_id)
        found = db.session.scalars(own).one()
    with outside(app) as connection:
        stored = connection.exec_driver_sql("SELECT expires_at FROM sign_in_session").scalar_one()
    assert found == korea
    assert found.tzinfo is UTC
    assert str(stored).startswith("2026-03-02 00:30")


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        UtcDateTime().process_bind_param(datetime(2026, 3, 2), sa.create_engine("sqlite://").dialect)  # noqa: DTZ001 - the fault itself


def test_no_moment_stays_none() -> None:
    dialect = sa.create_engine("sqlite://").dialect
    assert UtcDateTime().process_bind_param(None, dialect) is None
    assert UtcDateTime().process_result_value(None, dialect) is None
