"""Shows the first run and the next school from the console."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from curriculum.cli import command_line
from curriculum.setup import commands
from curriculum.setup.token import FILE, is_open, is_token, open_setup
from tests.cast import Cast
from tests.site.another_app import another_app
from tests.site.rows import named, rows_of
from tests.site_client import SiteClient

ADD = [
    "school",
    "add",
    "--slug",
    "saebom",
    "--name",
    "새봄중학교",
    "--admin",
    "김 선생님",
    "--email",
    " Kim@Saebom.example ",
]


def run(app: Flask, *words: str) -> Result:
    """One of the app's own commands."""
    return CliRunner().invoke(command_line(app.extensions["settings"], lambda: app), list(words))


def test_where_there_is_no_school_each_start_prints_a_new_token(tmp_path: Path) -> None:
    with another_app(tmp_path) as app:
        folder, tokens = app.extensions["settings"].data, []
        for _ in range(2):
            said = run(app, "setup", "open", "--address", "http://laptop:8000/").output
            assert "http://laptop:8000/ko/setup" in said
            tokens.append(said.strip().rpartition(" ")[2])
        assert [is_token(folder, token) for token in tokens] == [False, True]
        assert is_token(folder, tokens[1].lower().replace("-", ""))
        assert not is_token(folder, "")


@pytest.mark.parametrize(("own", "opened"), [(["192.168.0.10"], "192.168.0.10"), ([], "127.0.0.1")])
def test_every_address_is_printed_as_one_that_can_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: list[str], opened: str
) -> None:
    monkeypatch.setattr(commands, "private_addresses", lambda: own)
    with another_app(tmp_path) as app:
        said = run(app, "setup", "open", "--address", "http://0.0.0.0:8000/").output
        assert f"http://{opened}:8000/ko/setup" in said


def test_behind_a_proxy_the_start_prints_the_address_that_a_browser_can_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with another_app(tmp_path) as app:
        settings = replace(app.extensions["settings"], https=True, hosts=("lessons.school.example",))
        monkeypatch.setitem(app.extensions, "settings", settings)
        assert "https://lessons.school.example/ko/setup" in run(app, "setup", "open").output
        own = run(app, "setup", "open", "--address", "https://127.0.0.1:8000/").output  # with a certificate of its own
        assert "https://127.0.0.1:8000/ko/setup" in own


def test_where_there_is_a_school_nothing_is_opened(app: Flask, cast: Cast) -> None:
    folder = app.extensions["settings"].data
    open_setup(folder)  # left over from before
    assert run(app, "setup", "open").output == ""
    assert not is_open(folder)


def test_a_school_that_is_added_begins_with_a_link(
    app: Flask, cast: Cast, visitor: Callable[[], SiteClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_setup(app.extensions["settings"].data)
    done = run(app, *ADD, "--address", "https://dongui.example")
    href, _, code = done.output.strip().partition("#")
    assert (done.exit_code, href) == (0, "https://dongui.example/ko/invitation")
    assert not (app.extensions["settings"].data / FILE).exists()
    client, password = visitor(), "소나무 아래 작은 연못"
    client.post("/ko/invitation", {"code": code})
    client.post("/ko/invitation/password", {"password": password, "again": password})
    client.get("/ko/sign-in/code", status=303)  # connected to the internet, unless it says otherwise
    assert client.location == "/ko/account/codes"
    [person] = [one for one in named(rows_of(app))["person"] if one["email"] == "kim@saebom.example"]
    assert person["role"] == "administrator"


def test_a_name_that_is_taken_adds_nothing(app: Flask, cast: Cast) -> None:
    before = rows_of(app)
    done = run(app, *[word.replace("saebom", "haetsal") for word in ADD])
    assert (done.exit_code, "haetsal" in done.output) == (1, True)
    assert rows_of(app) == before
