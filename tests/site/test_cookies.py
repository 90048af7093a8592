"""Shows that there is one cookie, well guarded, and none at all for those who only read."""

from http.cookies import Morsel, SimpleCookie
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.site.another_app import another_app
from tests.site.walk import LESSON
from tests.site_client import SiteClient


def the_cookie(response: TestResponse) -> Morsel[str]:
    found = [SimpleCookie(one) for one in response.headers.getlist("Set-Cookie")]
    assert len(found) == 1
    [cookie] = found[0].values()
    return cookie


def test_it_works(app: Flask) -> None:
    cookie = the_cookie(app.test_client().get("/ko/sign-in"))
    assert cookie.key == "dongui"
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
    # Gone with the browser: a school's computer is used by the next child.
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


def test_under_https_the_cookie_is_bound_to_this_host(tmp_path: Path) -> None:
    with another_app(tmp_path, https=True) as secure:
        cookie = the_cookie(secure.test_client().get("/ko/sign-in", base_url="https://localhost"))
    assert cookie.key == "__Host-dongui"
    assert cookie["secure"] is True
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


def test_the_cookie_of_a_sign_in_is_guarded_too(app: Flask, cast: Cast) -> None:
    client = SiteClient(app)
    client.post("/ko/join", {"code": cast.gaon.class_code})
    client.post("/ko/join/number", {"number": 1, "code": "482915"})
    cookie = the_cookie(client.last)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ko/",
        "/en/",
        "/ko/lessons/",
        LESSON,
        f"{LESSON}?read=both",
        "/ko/help/contacts",
        "/exit",
        "/healthz",
        "/ko/nothing",
        "/ko/class",
        f"{LESSON}/guide",
    ],
)
def test_who_only_reads_gets_no_cookie(app: Flask, path: str) -> None:
    response = app.test_client().get(path)
    assert response.status_code in {200, 302, 303, 404}
    assert response.headers.getlist("Set-Cookie") == []


def test_the_cookie_names_nobody(app: Flask, cast: Cast) -> None:
    client = SiteClient(app).sign_in(cast.gaon)
    with client.client.session_transaction() as session:
        kept = dict(session)
    assert set(kept) <= {"_user_id", "_fresh", "csrf_token"}
    school, _, token = kept["_user_id"].partition(".")
    assert school == cast.school_id.hex
    assert cast.gaon.id.hex not in str(kept)
    assert len(token) >= 43  # 256 bits


@pytest.mark.parametrize(
    "value", ["", "x", "x.y.z", "eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.bbbbbb", "é" * 40, "\x01" * 9, "a" * 3000]
)
def test_a_forged_cookie_is_nobodys(app: Flask, value: str) -> None:
    client = app.test_client()
    client.set_cookie("dongui", value)
    assert client.get("/ko/class").status_code == 303


@pytest.mark.parametrize("user", ["", ".", "x.y", "0" * 32, "0" * 32 + ".", "zz.zz", "0" * 32 + ".x\x00"])
def test_a_signed_cookie_with_nonsense_in_it_is_nobodys(app: Flask, user: str) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = user
    assert client.get("/ko/class").status_code == 303
