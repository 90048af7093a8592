"""Shows that sessions are rows: made anew at every sign-in, ended everywhere at once, useless when copied."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from curriculum.database import db
from tests.cast import Cast
from tests.site.rows import change, count, rows_of
from tests.site_client import SiteClient

Visitors = Callable[[], SiteClient]
# In the past: the browser that the tests use forgets nothing by the clock.
NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


def cookie(client: SiteClient) -> str:
    found = client.client.get_cookie("dongui")
    assert found
    return found.value


def token(client: SiteClient) -> str:
    with client.client.session_transaction() as session:
        return str(session["_user_id"]).partition(".")[2]


def with_cookie(visitor: Visitors, value: str) -> SiteClient:
    """Somebody who copied a cookie."""
    thief = visitor()
    thief.client.set_cookie("dongui", value)
    return thief


def is_signed_in(client: SiteClient) -> bool:
    return client.client.get("/ko/class").status_code == 200


def test_it_works(app: Flask, client: SiteClient, cast: Cast, visitor: Visitors) -> None:
    client.sign_in(cast.gaon)
    assert is_signed_in(client)
    assert count(app, "sign_in_session") == 1
    assert is_signed_in(with_cookie(visitor, cookie(client)))


@pytest.mark.only("sqlite")  # its file can be read byte by byte
def test_a_session_row_holds_a_hash_and_nothing_else_of_the_secret(
    app: Flask, client: SiteClient, cast: Cast, prepared: tuple[Flask, Cast, Path]
) -> None:
    client.sign_in(cast.gaon)
    secret = token(client)
    [row] = rows_of(app)["sign_in_session"]
    assert hashlib.sha256(secret.encode()).digest() in row
    with app.app_context():
        db.engine.dispose()
    for path in (prepared[2] / "data").glob("dongui.sqlite*"):
        assert secret.encode() not in path.read_bytes()


def test_a_session_row_holds_no_address_and_no_browser(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.client.environ_base.update({"REMOTE_ADDR": "10.9.8.7", "HTTP_USER_AGENT": "Telltale/1.0"})
    client.sign_in(cast.gaon)
    assert set(rows_of(app)["sign_in_session"][0]) >= {cast.gaon.id}
    assert not [one for one in ("10.9.8.7", "Telltale") if one in str(rows_of(app))]


def test_a_session_is_not_tied_to_address_or_browser(client: SiteClient, cast: Cast) -> None:
    """A school is one address, a tablet changes networks on the way to the next room."""
    client.sign_in(cast.gaon)
    client.client.environ_base.update({"REMOTE_ADDR": "10.9.8.7", "HTTP_USER_AGENT": "Another/2.0"})
    assert is_signed_in(client)


@pytest.mark.parametrize("name", ["gaon", "han"])
def test_each_sign_in_makes_a_new_session(client: SiteClient, cast: Cast, name: str) -> None:
    secrets = set()
    for _ in range(3):
        client.sign_in(getattr(cast, name))
        secrets.add(token(client))
    assert len(secrets) == 3


def test_signing_in_again_ends_the_session_before(
    app: Flask, client: SiteClient, cast: Cast, visitor: Visitors
) -> None:
    """On a shared tablet the next student joins where the last one forgot to leave."""
    copied = cookie(client.sign_in(cast.gaon))
    client.sign_in(cast.narae)
    assert not is_signed_in(with_cookie(visitor, copied))
    assert count(app, "sign_in_session") == 1
    assert "나래" in client.get("/ko/class").text


def test_a_session_that_was_planted_is_not_taken_over(client: SiteClient, cast: Cast, visitor: Visitors) -> None:
    attacker = visitor()
    attacker.get("/ko/sign-in")
    with attacker.client.session_transaction() as session:
        session["_user_id"] = f"{cast.school_id.hex}.planted"
    planted = cookie(attacker)
    client.client.set_cookie("dongui", planted)
    client.sign_in(cast.gaon)
    assert cookie(client) != planted
    assert token(client) != "planted"
    assert not is_signed_in(with_cookie(visitor, planted))


def test_what_stood_in_the_cookie_before_does_not_live_on(client: SiteClient, cast: Cast) -> None:
    client.post("/ko/join", {"code": cast.daon.class_code})
    with client.client.session_transaction() as session:
        session["planted"] = "x"
    client.sign_in(cast.han)
    with client.client.session_transaction() as session:
        assert set(session) <= {"_user_id", "_fresh", "csrf_token"}


def test_signing_out_kills_every_copy(app: Flask, client: SiteClient, cast: Cast, visitor: Visitors) -> None:
    copied = cookie(client.sign_in(cast.gaon))
    client.post("/ko/sign-out", on="/ko/class")
    assert client.location == "/ko/"
    assert client.client.get_cookie("dongui") is None
    assert not is_signed_in(with_cookie(visitor, copied))
    assert count(app, "sign_in_session") == 0


def test_signing_out_ends_this_session_alone(client: SiteClient, cast: Cast, visitor: Visitors) -> None:
    elsewhere = visitor().sign_in(cast.gaon)
    client.sign_in(cast.gaon)
    client.post("/ko/sign-out", on="/ko/class")
    assert is_signed_in(elsewhere)


def test_signing_out_by_a_link_is_not_possible(client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    client.get("/ko/sign-out", status=405)
    assert is_signed_in(client)


def test_the_session_of_a_suspended_person_dies_at_once(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    change(app, "UPDATE person SET suspended = true WHERE id = :id", id=cast.gaon.id)
    assert not is_signed_in(client)


def test_the_session_of_a_removed_person_dies_at_once(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    change(app, "DELETE FROM person WHERE id = :id", id=cast.gaon.id)
    assert not is_signed_in(client)
    assert count(app, "sign_in_session") == 0


@pytest.mark.parametrize(("name", "page", "hours"), [("gaon", "/ko/class", 4), ("han", "/ko/teach/", 10)])
def test_a_session_ends_by_itself(client: SiteClient, cast: Cast, name: str, page: str, hours: int) -> None:
    """Staff: a working day; students: a morning."""
    with time_machine.travel(NOW, tick=False) as clock:
        client.sign_in(getattr(cast, name))
        for _ in range(6 * hours - 1):  # whoever goes away is signed out earlier: test_idle.py
            clock.shift(timedelta(minutes=10))
            client.get(page)
        clock.shift(timedelta(minutes=10, seconds=-1))
        client.get(page)
        clock.shift(timedelta(seconds=2))
        client.get(page, status=303)


def test_sessions_that_have_run_out_are_dropped(app: Flask, visitor: Visitors, cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        visitor().sign_in(cast.gaon)
        clock.shift(timedelta(hours=5))
        visitor().sign_in(cast.narae)
        assert [row[2] for row in rows_of(app)["sign_in_session"]] == [cast.narae.id]


def test_a_secret_opens_nothing_in_another_school(client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    with client.client.session_transaction() as session:
        session["_user_id"] = f"{cast.other_school_id.hex}.{token(client)}"
    assert not is_signed_in(client)


def test_a_page_seen_after_signing_out_is_not_the_former_students(client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    assert "가온" in client.get("/ko/lessons/").text
    client.post("/ko/sign-out", on="/ko/class")
    assert "가온" not in client.get("/ko/lessons/").text
