"""Shows that no unsafe address takes a request that its own page did not send."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from tests.cast import Cast
from tests.site.rows import rows_of
from tests.site.walk import SAFE, Address, Facts, addresses, ask
from tests.site_client import SiteClient

Visitors = Callable[[], SiteClient]
REFUSED = {400, 404}  # where no form came with it, what it is about may be missing first


def unsafe(app: Flask, cast: Cast) -> list[Address]:
    return [one for one in addresses(app, cast) if one.method not in SAFE]


def filled_in(cast: Cast, app: Flask, address: Address) -> Mapping[str, Any]:
    """What would be sent with the right token: so that it is the token that is judged."""
    assert cast.han.email is not None
    assert cast.gaon.class_code is not None
    return ask(address, Facts(app, cast.han.email, cast.gaon.class_code, 1, 0)).form


def other_tokens(app: Flask, cast: Cast) -> dict[str, str | None]:
    """Tokens that are not one's own: none, nonsense, another person's, another visitor's."""
    own = SiteClient(app).sign_in(cast.gaon).token("/ko/class")
    return {
        "missing": None,
        "empty": "",
        "wrong": "nonsense",
        "cut": own[:-1],
        "classmate's": SiteClient(app).sign_in(cast.narae).token("/ko/class"),
        "visitor's": SiteClient(app).token("/ko/sign-in"),
    }


def test_it_works(app: Flask, cast: Cast) -> None:
    found = unsafe(app, cast)
    assert {one.door.endpoint for one in found} >= {"accounts.sign_out", "reading.send", "quizzes.quiz"}
    for address in found:
        client = SiteClient(app).sign_in(cast.gaon)
        response = client.client.post(address.path, data={"csrf_token": client.token("/ko/class")})
        assert response.status_code != 400, address.path


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_form_with_any_other_token_is_refused(app: Flask, cast: Cast, visitor: Visitors, signed_in: bool) -> None:
    tokens = other_tokens(app, cast)
    client = visitor()
    client.get("/ko/sign-in")  # has a session of its own, so that it is the token that is judged
    if signed_in:
        client.sign_in(cast.gaon)
    before = rows_of(app)
    for address in unsafe(app, cast):
        for name, token in tokens.items():
            form = {} if token is None else {"csrf_token": token}
            response = client.client.post(address.path, data={**filled_in(cast, app, address), **form})
            assert response.status_code == 400, f"{address.path}: {name}"
    assert rows_of(app) == before
    if signed_in:
        client.get("/ko/class")  # nobody was signed out by it


def test_a_header_with_any_other_token_is_refused(app: Flask, cast: Cast, client: SiteClient) -> None:
    tokens = other_tokens(app, cast)
    client.sign_in(cast.gaon)
    before = rows_of(app)
    for address in unsafe(app, cast):
        for name, token in tokens.items():
            headers = {} if token is None else {"X-CSRFToken": token}
            response = client.client.post(address.path, json={"csrf_token": token}, headers=headers)
            assert response.status_code in REFUSED, f"{address.path}: {name}"
    assert rows_of(app) == before


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml", "multipart/form-data", ""])
def test_no_kind_of_body_is_believed_without_a_token(app: Flask, cast: Cast, client: SiteClient, kind: str) -> None:
    client.sign_in(cast.gaon)
    for address in unsafe(app, cast):
        response = client.client.post(address.path, data=b'{"a": 1}', headers={"Content-Type": kind})
        assert response.status_code in REFUSED


def test_a_token_in_the_address_is_none(app: Flask, cast: Cast, client: SiteClient) -> None:
    """It would stand in the history and in logs."""
    client.sign_in(cast.gaon)
    token = client.token("/ko/class")
    for address in unsafe(app, cast):
        form = filled_in(cast, app, address)
        assert client.client.post(address.path, data=form, query_string={"csrf_token": token}).status_code == 400


def test_a_method_override_does_not_make_a_get_unsafe(app: Flask, cast: Cast, client: SiteClient) -> None:
    client.sign_in(cast.gaon)
    before = rows_of(app)
    for address in unsafe(app, cast):
        override = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "POST"}
        client.client.get(address.path, query_string={"_method": "POST"}, headers=override)
    assert rows_of(app) == before


def test_the_token_before_a_sign_in_is_not_that_after_it(app: Flask, cast: Cast, client: SiteClient) -> None:
    before = client.token("/ko/join")
    client.sign_in(cast.gaon)
    assert client.client.post("/ko/sign-out", data={"csrf_token": before}).status_code == 400
    client.get("/ko/class")


def test_a_token_lives_as_long_as_its_session(app: Flask, cast: Cast, client: SiteClient) -> None:
    """A long lesson must not cost an answer."""
    client.sign_in(cast.gaon)
    token = client.token("/ko/class")
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=3, minutes=50)):
        assert client.client.post("/ko/sign-out", data={"csrf_token": token}).status_code == 303
