"""Shows the quick exit: a plain link on every page that leaves for a neutral page and ends the session at once."""

from pathlib import Path

import pytest
from flask import Flask

from curriculum.config import EXIT_URL
from tests.cast import Cast
from tests.site.another_app import another_app
from tests.site.rows import count, rows_of
from tests.site.walk import LESSON
from tests.site_client import SiteClient


def test_it_works(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    copied = client.client.get_cookie("dongui")
    assert copied
    client.get("/exit", status=303)
    assert client.last.headers["Location"] == EXIT_URL
    assert count(app, "sign_in_session") == 0
    assert client.client.get_cookie("dongui") is None
    client.client.set_cookie("dongui", copied.value)
    client.get("/ko/class", status=303)


@pytest.mark.parametrize("method", ["get", "head"])
def test_it_works_signed_out_and_stores_nothing(app: Flask, method: str) -> None:
    before = rows_of(app)
    response = getattr(app.test_client(), method)("/exit")
    assert response.status_code == 303
    assert response.headers["Location"] == EXIT_URL
    assert response.headers.getlist("Set-Cookie") == []
    assert rows_of(app) == before


def test_a_class_code_on_the_way_to_a_sign_in_is_forgotten(client: SiteClient) -> None:
    client.post("/ko/join", {"code": "AAAA1111"})
    client.get("/exit", status=303)
    assert client.client.get_cookie("dongui") is None
    client.get("/ko/join/number", status=303)
    assert client.location == "/ko/join"


def test_it_ends_this_session_alone(app: Flask, cast: Cast) -> None:
    elsewhere = SiteClient(app).sign_in(cast.gaon)
    SiteClient(app).sign_in(cast.narae).get("/exit", status=303)
    elsewhere.get("/ko/class")


def test_nothing_else_that_was_open_is_saved(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    before = {name: rows for name, rows in rows_of(app).items() if name != "sign_in_session"}
    client.get("/exit", status=303)
    assert {name: rows for name, rows in rows_of(app).items() if name != "sign_in_session"} == before


def test_the_page_it_leads_to_is_not_kept_by_the_browser(client: SiteClient) -> None:
    client.get("/exit", status=303)
    assert client.last.headers["Cache-Control"] == "no-store"
    assert client.last.headers["Referrer-Policy"] == "no-referrer"


def test_the_operator_can_choose_where_it_leads(tmp_path: Path) -> None:
    with another_app(tmp_path, exit_url="https://news.example/") as own:
        assert own.test_client().get("/exit").headers["Location"] == "https://news.example/"


def test_no_visitor_can_choose_where_it_leads(client: SiteClient) -> None:
    client.get("/exit?to=https://evil.com&url=//evil.com", status=303)
    assert client.last.headers["Location"] == EXIT_URL


@pytest.mark.parametrize("path", ["/ko/", "/ko/lessons/", LESSON, f"{LESSON}/quiz", "/ko/help/contacts", "/ko/join"])
def test_it_is_the_first_thing_a_keyboard_reaches(client: SiteClient, path: str) -> None:
    page = client.get(path)
    first = next(one for one in page.root.iter() if one.tag in {"a", "button", "input", "select", "summary"})
    assert (first.tag, first.attrib["href"], first.attrib["rel"]) == ("a", "/exit", "noreferrer")


@pytest.mark.parametrize(("path", "status"), [("/ko/nothing", 404), ("/ko/sign-out", 405)])
def test_it_is_on_pages_of_faults_too(client: SiteClient, path: str, status: int) -> None:
    assert 'href="/exit"' in client.get(path, status=status).text
