"""Shows the first run: every page leads there until somebody with the token has begun, once and nothing by half."""

import re
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from flask import Flask

from curriculum.app import create_app
from curriculum.config import Settings
from curriculum.database import create_database, db
from curriculum.setup.token import FILE, open_setup
from tests.databases import POSTGRESQL, SQLITE, PostgresDatabase, at_once, let_tests_look
from tests.inspection import Page
from tests.site.rows import named, put_back, rows_of
from tests.site_client import SiteClient

NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
SETUP = "/ko/setup"
PASSWORD = "별이 빛나는 밤의 운동장"
FORM = {
    "school_name": "새봄중학교",
    "display_name": "김 선생님",
    "email": "Kim@Saebom.example",
    "password": PASSWORD,
    "again": PASSWORD,
    "help-role_ko": "보건 선생님",
    "help-room_ko": "본관 1층 보건실",
    "help-hours_ko": "쉬는 시간과 점심시간",
    "lessons": "open",
    "retention_months": "12",
}


@pytest.fixture(scope="module", params=[SQLITE, POSTGRESQL])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, quick_hashes: None
) -> Iterator[Flask]:
    """A server that was started before there was a school."""
    data = tmp_path_factory.mktemp("begun") / "data"
    url = f"sqlite:///{data / 'dongui.sqlite'}"
    if request.param == POSTGRESQL:
        url = PostgresDatabase(request.getfixturevalue("postgres"), "begun").url
    data.mkdir(mode=0o700)
    open_setup(data)
    app = create_app(Settings(data=data, database=url))
    let_tests_look(app)
    create_database(app)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def empty(server: Flask) -> tuple[Flask, str]:
    """A server without a school, as `serve` starts it, and the token that it printed."""
    put_back(server, {name: [] for name in rows_of(server)})
    return server, open_setup(server.extensions["settings"].data)


def at_the_form(app: Flask, token: str) -> SiteClient:
    client = SiteClient(app)
    client.post(SETUP, {"token": token.lower().replace("-", " ")})
    return client


def send(client: SiteClient, **other: Any) -> Any:
    return client.client.post(SETUP, data={**FORM, "csrf_token": client.token(SETUP), **other})


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_from_nothing_to_a_school_with_an_administrator_who_shows_a_code(empty: tuple[Flask, str], locale: str) -> None:
    app, token = empty
    client = SiteClient(app)
    page = f"/{locale}/setup"
    client.get(f"/{locale}/lessons/", status=303)
    assert client.location == page
    client.get(page)
    client.post(page, {"token": token})
    client.get(page)
    client.post(page, FORM)
    assert client.location == f"/{locale}/sign-in/code"
    client.get(f"/{locale}/school/", status=303)  # with half a session nobody is signed in
    codes = f"/{locale}/account/codes"
    client.get(client.location and f"/{locale}/sign-in/code", status=303)
    assert client.location == codes
    client.post(codes, {"do": "begin"})
    secret = re.sub(r"\s", "", Page(client.client.get(codes), codes).words(one_code(client.get(codes))))
    shown = client.post(codes, {"do": "confirm", "code": pyotp.TOTP(secret).now()}, status=200)
    assert len(re.findall(r"<code>[0-9A-Z]{5}-[0-9A-Z]{5}</code>", shown.text)) == 10
    assert "새봄중학교" in client.get(f"/{locale}/school/").text
    assert "본관 1층 보건실" in SiteClient(app).get(f"/{locale}/help/contacts").text
    assert not (app.extensions["settings"].data / FILE).exists()
    SiteClient(app).get(page, status=303)


def one_code(page: Page) -> Any:
    return next(one for one in page.all("code") if "code-to-copy" in one.attrib.get("class", ""))


def test_everything_but_files_and_the_way_out_leads_there(empty: tuple[Flask, str]) -> None:
    app, _ = empty
    client = SiteClient(app)
    for path in ("/ko/", "/ko/help/", "/ko/sign-in", "/ko/join", "/ko/school/", "/ko/not/there/x"):
        response = client.client.get(path)
        assert (response.status_code, response.location) == (303, SETUP), path
    assert client.client.get("/en/privacy").location == "/en/setup"
    assert client.client.get("/healthz").status_code == 200
    assert client.client.get("/exit").location == app.config["EXIT_URL"]


def test_the_token_is_kept_as_a_hash_that_only_its_owner_reads(empty: tuple[Flask, str]) -> None:
    app, token = empty
    path = app.extensions["settings"].data / FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert token not in path.read_text()
    assert token.replace("-", "") not in path.read_text().upper()


def test_five_wrong_tokens_are_followed_by_a_wait(empty: tuple[Flask, str]) -> None:
    app, token = empty
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(5):
            SiteClient(app).post(SETUP, {"token": "AAAA-BBBB-CCCC-DDDD"}, status=422)
        SiteClient(app).post(SETUP, {"token": token}, status=429)
        clock.shift(timedelta(minutes=11))
        SiteClient(app).post(SETUP, {"token": token})


def test_without_the_token_no_form_is_taken(empty: tuple[Flask, str]) -> None:
    app, _ = empty
    assert send(SiteClient(app)).status_code == 422
    assert rows_of(app)["school"] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("school_name", ""),
        ("school_name", "가" * 81),
        ("school_name", "새봄\u202e중학교"),
        ("display_name", " "),
        ("email", "kim"),
        ("email", "a b@c"),
        ("password", "짧은 것"),
        ("password", "새봄중학교2026"),
        ("again", "다른 것을 적었다"),
        ("help-room_ko", ""),
        ("retention_months", "0"),
        ("retention_months", "여섯"),
        ("lessons", "maybe"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(
    empty: tuple[Flask, str], field: str, value: str
) -> None:
    app, token = empty
    client = at_the_form(app, token)
    page = client.post(SETUP, {**FORM, field: value}, status=422)
    assert [one for one in page.all("p") if one.attrib.get("class") == "field__error"]
    kept = {one.attrib["name"]: one.attrib.get("value", "") for one in page.all("input") if "name" in one.attrib}
    others = {"school_name", "display_name", "help-role_ko", "help-room_ko", "help-hours_ko"} - {field}
    assert {name: kept[name] for name in others} == {name: FORM[name] for name in others}
    assert PASSWORD not in page.text
    assert rows_of(app)["school"] == rows_of(app)["person"] == []


def test_two_who_begin_at_once_make_one_school(empty: tuple[Flask, str]) -> None:
    app, token = empty
    clients = [at_the_form(app, token) for _ in range(3)]
    tokens = [client.token(SETUP) for client in clients]
    at_once(
        *(
            lambda client=client, csrf=csrf: client.client.post(SETUP, data={**FORM, "csrf_token": csrf})
            for client, csrf in zip(clients, tokens, strict=True)
        )
    )
    assert len(rows_of(app)["school"]) == len(rows_of(app)["person"]) == len(rows_of(app)["school_contact"]) == 1


def test_what_is_decided_is_kept_and_an_offline_school_asks_for_no_code(empty: tuple[Flask, str]) -> None:
    app, token = empty
    response = send(at_the_form(app, token), offline="y", lessons="closed", retention_months="6")
    assert response.location == "/ko/school/"
    [school] = named(rows_of(app))["school"]
    assert (school["offline"], school["lessons_open"], school["retention_months"]) == (True, False, 6)
    [person] = named(rows_of(app))["person"]
    assert (person["role"], person["email"]) == ("administrator", "kim@saebom.example")


def test_closed_lessons_are_for_who_is_signed_in(empty: tuple[Flask, str]) -> None:
    app, token = empty
    client = at_the_form(app, token)
    send(client, offline="y", lessons="closed")
    visitor = SiteClient(app)
    for path in ("/ko/lessons/", "/ko/lessons/middle", "/ko/lessons/middle/images/fake-image-real-harm/quiz"):
        assert visitor.client.get(path).location == "/ko/join", path
    visitor.get("/ko/help/")
    client.get("/ko/lessons/")
    client.post("/ko/school/settings", {"lessons": "open", "retention_months": "12", "offline": "y"})
    visitor.get("/ko/lessons/")
