"""Shows that nobody can tell afterwards that somebody left: no log line, no row, and one answer for everybody."""

import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.site.rows import rows_of
from tests.site_client import SiteClient

WHO = (None, "gaon", "han", "yu", "moon")
LEVELS = (logging.NOTSET + 1, logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR)


@pytest.fixture(params=LEVELS, ids=logging.getLevelName)
def everything_said(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[list[logging.LogRecord]]:
    """All records of every logger, at one level."""
    loggers = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    before = {logger: logger.level for logger in loggers}
    for logger in loggers:
        logger.setLevel(request.param)
    with caplog.at_level(request.param):
        yield caplog.records
    for logger, level in before.items():
        logger.setLevel(level)


def leave(client: SiteClient) -> TestResponse:
    client.get("/exit", status=303)
    return client.last


@pytest.mark.parametrize("who", WHO)
def test_it_works(
    app: Flask, client: SiteClient, cast: Cast, who: str | None, everything_said: list[logging.LogRecord]
) -> None:
    if who:
        client.sign_in(getattr(cast, who))
    everything_said.clear()
    leave(client)
    told = [record.getMessage() for record in everything_said if not record.name.startswith("asyncio")]
    assert told == []


@pytest.mark.parametrize("who", WHO)
def test_of_all_rows_only_the_session_is_gone(app: Flask, client: SiteClient, cast: Cast, who: str | None) -> None:
    before = rows_of(app)
    if who:
        client.sign_in(getattr(cast, who))
    signed_in = rows_of(app)
    leave(client)
    gone = {name for name, rows in rows_of(app).items() if rows != signed_in[name]}
    assert gone == ({"sign_in_session"} if who else set())
    assert rows_of(app)["sign_in_session"] == before["sign_in_session"]


def test_the_answer_is_the_same_for_everybody_but_for_the_cookie_that_goes(app: Flask, cast: Cast) -> None:
    answers = []
    for who in WHO:
        client = SiteClient(app)
        if who:
            client.sign_in(getattr(cast, who))
        answer = leave(client)
        kept = [(name, value) for name, value in answer.headers if name not in {"Set-Cookie", "Date"}]
        answers.append((answer.status, kept, answer.data))
        assert [cookie.partition("=")[2][:1] for cookie in answer.headers.getlist("Set-Cookie")] == (
            [";"] if who else []
        )
    assert all(answer == answers[0] for answer in answers)


# Milliseconds are not asserted: they are the machine's and the network's before they are the program's, and a bound
# wide enough never to fail by chance would show nothing. What could make them differ is counted instead: every page
# asks once who has come, when a cookie says that somebody has; leaving adds at most one statement to that.
@pytest.mark.parametrize("who", WHO)
def test_leaving_takes_no_more_than_one_statement_more_for_somebody_signed_in(
    app: Flask, cast: Cast, statements: list[str], who: str | None
) -> None:
    client = SiteClient(app)
    if who:
        client.sign_in(getattr(cast, who))
    cookie = client.client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    statements.clear()
    leave(client)
    asked = [one for one in statements if one.startswith("SELECT") and "sign_in_session" in one]
    assert len(asked) == (1 if who else 0)
    assert len(statements) - len(asked) == (1 if who else 0)
    if cookie is not None:  # a second time, with the cookie of a session that has ended: nothing is left to do
        client.client.set_cookie(cookie.key, cookie.value)
        statements.clear()
        leave(client)
        assert len(statements) == len(asked)


def test_the_answer_to_an_ended_session_is_that_to_a_living_one(app: Flask, cast: Cast) -> None:
    client = SiteClient(app).sign_in(cast.gaon)
    cookie = client.client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    answers = []
    for _ in ("living", "ended"):
        client.client.set_cookie(cookie.key, cookie.value)
        answer = leave(client)
        answers.append((answer.status, [one for one in answer.headers if one[0] != "Date"], answer.data))
    assert answers[0] == answers[1]
