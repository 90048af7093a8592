"""Shows that every URL states who may reach it, and that what states nothing understandable lets nobody in."""

from pathlib import Path
from uuid import uuid4

import pytest
from flask import Blueprint, Flask

from curriculum import app as app_module
from curriculum.accounts.access import ALLOWED, Mark, allows
from curriculum.accounts.viewer import Role, Viewer
from curriculum.localization import PREFIX
from curriculum.security import UnmarkedUrl, access, access_table
from tests.cast import Cast
from tests.site.another_app import another_app
from tests.site.rows import change
from tests.site_client import SiteClient


def test_it_works(app: Flask) -> None:
    doors = app.extensions["access"]
    assert len(doors) == len(list(app.url_map.iter_rules()))
    assert {door.mark for door in doors} <= set(ALLOWED)
    assert all(door.methods for door in doors)


def test_a_url_without_a_mark_is_refused(app: Flask) -> None:
    bare = Flask("bare", static_folder=None)
    bare.add_url_rule("/secret", view_func=lambda: "", endpoint="secret")
    with pytest.raises(UnmarkedUrl, match=r"/secret \(secret\) states no access rule"):
        access_table(bare)
    bare.view_functions["secret"] = access(Mark.STAFF)(lambda: "")
    assert [(door.rule, door.mark) for door in access_table(bare)] == [("/secret", "staff")]


def test_the_app_does_not_start_with_a_url_without_a_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = Blueprint("planted", __name__, url_prefix=PREFIX)
    part.add_url_rule("/planted", view_func=lambda: "", endpoint="planted")
    monkeypatch.setattr(app_module, "support", part)
    with pytest.raises(UnmarkedUrl, match="/planted"), another_app(tmp_path):
        pass


@pytest.mark.parametrize("mark", ["", "anybody", "student", "EVERYONE", None])
@pytest.mark.parametrize("role", [None, *Role])
def test_an_unknown_mark_lets_nobody_in(mark: str, role: Role | None) -> None:
    viewer = role and Viewer(school_id=uuid4(), id=uuid4(), role=role, display_name="", school_name="", token="")
    assert not allows(mark, viewer)


def test_an_unknown_mark_lets_nobody_through_the_guard(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    home = app.view_functions["reading.lessons"]

    def planted(**values: str) -> object:
        return home(**values)

    access("misspelt")(planted)
    monkeypatch.setitem(app.view_functions, "reading.lessons", planted)
    assert SiteClient(app).client.get("/ko/lessons/").location == "/ko/sign-in"
    assert SiteClient(app).sign_in(cast.moon).client.get("/ko/lessons/").status_code == 404


def test_a_changed_role_holds_at_once(app: Flask, cast: Cast, client: SiteClient) -> None:
    client.sign_in(cast.han)
    change(app, "UPDATE person SET role = 'counsellor' WHERE id = :id", id=cast.han.id)
    client.get("/ko/teach/", status=404)
