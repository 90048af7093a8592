"""Shows who may reach which address: the table of marks walked by everybody, and foreign ids as good as absent."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Blueprint, Flask
from werkzeug.test import TestResponse

from curriculum import app as app_module
from curriculum.accounts.access import ALLOWED, Mark, allows
from curriculum.accounts.viewer import Role, Viewer
from curriculum.localization import PREFIX
from curriculum.security import UnmarkedUrl, access, access_table
from tests.cast import Cast
from tests.inspection import header_faults
from tests.site.another_app import another_app
from tests.site.rows import change, rows_of
from tests.site.walk import SAFE, Address, addresses, comparable
from tests.site_client import SiteClient

# Read by name: an address that is added here is open to the world, families and search engines included.
PUBLIC = {
    "/": "leads to the front page in the visitor's language",
    "/<any(ko, en):locale>/": "the front page",
    "/<any(ko, en):locale>/help/": "whoever needs to know what to do now needs no sign-in for it",
    "/<any(ko, en):locale>/help/contacts": "whoever needs help needs no sign-in for it",
    "/<any(ko, en):locale>/join": "students sign in here",
    "/<any(ko, en):locale>/join/number": "students sign in here",
    "/<any(ko, en):locale>/lessons/": "families can see what is taught",
    "/<any(ko, en):locale>/lessons/<course>/<unit>/<slug>": "families can see what is taught",
    "/<any(ko, en):locale>/lessons/<course>/<unit>/<slug>/quiz": "can be tried; nothing is saved without a student",
    "/<any(ko, en):locale>/privacy": "what is kept about whom must be readable before anybody signs in",
    "/<any(ko, en):locale>/sign-in": "staff sign in here",
    "/exit": "the quick exit must never ask who wants to leave",
    "/healthz": "says that the server runs, and nothing else",
    "/static/<path:filename>": "styles, scripts and pictures",
}
STUDENTS = {"gaon", "narae", "daon", "lumi"}
TEACHERS = {"han", "lim", "bae", "seo"}
STAFF = TEACHERS | {"yu", "moon"}
# Said once more than in `accounts.access`, so that a slip there is seen here.
MAY = {
    "everyone": STUDENTS | STAFF | {"nobody", "suspended"},
    "students": STUDENTS,
    "teachers": TEACHERS,
    "staff": STAFF,
    "whoever is signed in": STUDENTS | STAFF,
}
# Gaon's class is the one in the addresses: Han teaches it, Lim may look at it.
MAY_SEE = {"dashboard.classroom": {"han", "lim"}, "dashboard.items": {"han", "lim"}}


def rule_without_version(rule: str) -> str:
    return "/static/<path:filename>" if rule.startswith("/static/") else rule


def enter(app: Flask, cast: Cast, name: str) -> SiteClient:
    """Come as somebody of the cast; `nobody` and somebody suspended since come signed out."""
    client = SiteClient(app)
    if name == "suspended":
        change(app, "UPDATE person SET suspended = false")
        client.sign_in(cast.suspended)
        change(app, "UPDATE person SET suspended = true WHERE id = :id", id=cast.suspended.id)
    elif name == "seo":
        # The site stands for one school at a time; a teacher of the other one came in while it stood for theirs.
        app.config["SCHOOL"] = "dalbit"
        client.sign_in(cast.seo)
        app.config["SCHOOL"] = "haetsal"
    elif name != "nobody":
        client.sign_in(getattr(cast, name))
    return client


def knock(client: SiteClient, address: Address) -> TestResponse:
    """Knock at a door with all that a proper request has."""
    form = None if address.method in SAFE else {"csrf_token": client.token("/ko/sign-in")}
    response = client.client.open(address.path, method=address.method, data=form)
    response.get_data()
    response.close()
    return response


def is_denied(response: TestResponse, mark: str) -> bool:
    """Absent, or led to a sign-in; what is public may lead there for reasons of its own."""
    signs_in = mark != Mark.PUBLIC and response.headers.get("Location", "") in {"/ko/sign-in", "/ko/join"}
    return response.status_code == 404 or (response.status_code == 303 and signs_in)


# the table


def test_it_works(app: Flask) -> None:
    doors = app.extensions["access"]
    assert len(doors) == len(list(app.url_map.iter_rules()))
    assert {door.mark for door in doors} <= set(ALLOWED)
    assert all(door.methods for door in doors)


def test_what_is_public_was_reviewed_by_name(app: Flask) -> None:
    found = {rule_without_version(door.rule) for door in app.extensions["access"] if door.mark == Mark.PUBLIC}
    assert found == set(PUBLIC)
    assert len(found) <= 32


def test_every_mark_says_whom_it_lets_in() -> None:
    assert set(MAY) == {str(mark) for mark in Mark} == set(ALLOWED)


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
    assert is_denied(SiteClient(app).client.get("/ko/lessons/"), "misspelt")
    assert is_denied(SiteClient(app).sign_in(cast.moon).client.get("/ko/lessons/"), "misspelt")


# the table, walked by everybody


@pytest.mark.parametrize("name", sorted(MAY["everyone"]))
def test_each_address_lets_in_whom_its_mark_names(app: Flask, cast: Cast, name: str) -> None:
    client = enter(app, cast, name)
    absent = comparable(client.client.get("/ko/not/there"))
    for address in addresses(app, cast):
        if address.path in {"/exit", "/ko/sign-out"} or address.path.startswith("/static/"):
            continue  # the first two end the session: they have tests of their own
        may = name in MAY[address.door.mark] & MAY_SEE.get(address.door.endpoint, MAY["everyone"])
        before = None if may else rows_of(app)
        response = knock(client, address)
        assert is_denied(response, address.door.mark) != may, f"{name}: {address.method} {address.path}"
        assert list(header_faults(response)) == []
        if not may:
            assert rows_of(app) == before
            if response.status_code == 404:
                assert comparable(response) == absent


def test_only_the_signed_in_can_sign_out(app: Flask, cast: Cast) -> None:
    address = next(one for one in addresses(app, cast) if one.door.endpoint == "accounts.sign_out")
    assert knock(SiteClient(app), address).location == "/ko/sign-in"
    assert knock(SiteClient(app).sign_in(cast.yu), address).location == "/ko/"


@pytest.mark.parametrize("name", ["nobody", "gaon", "han"])
def test_no_other_method_does_anything(app: Flask, cast: Cast, name: str) -> None:
    client = enter(app, cast, name)
    token = client.token("/ko/sign-in")
    before = rows_of(app)
    for address in addresses(app, cast):
        for method in {"POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"} - set(address.door.methods):
            response = client.client.open(address.path, method=method, headers={"X-CSRFToken": token})
            assert response.status_code == 405, f"{method} {address.path}"
            assert "Allow" in response.headers
    assert rows_of(app) == before


# foreign ids


@pytest.mark.parametrize("page", ["", "/items"])
@pytest.mark.parametrize("name", ["bae", "seo", "han"])
def test_a_foreign_class_is_as_good_as_absent(app: Flask, cast: Cast, name: str, page: str) -> None:
    """Another teacher's, another school's; and for a teacher of one class, those of the others."""
    client = enter(app, cast, name)
    own = {"bae": cast.other_classroom_id, "seo": cast.foreign_classroom_id, "han": cast.classroom_id}[name]
    absent = uuid4()
    client.get("/ko/teach/")  # its form puts a token into the cookie, once
    nothing = client.client.get(f"/ko/teach/classes/{absent}{page}")
    assert nothing.status_code == 404
    for classroom in {cast.classroom_id, cast.other_classroom_id, cast.foreign_classroom_id} - {own}:
        response = client.client.get(f"/ko/teach/classes/{classroom}{page}")
        assert comparable(response, classroom) == comparable(nothing, absent)
        assert {**response.headers, "Content-Length": ""} == {**nothing.headers, "Content-Length": ""}
    assert client.get(f"/ko/teach/classes/{own}{page}").status == 200


@pytest.mark.parametrize("swap", [str, lambda one: one.hex, lambda one: str(one).upper(), lambda one: f"{{{one}}}"])
def test_no_way_of_writing_an_id_opens_a_foreign_class(app: Flask, cast: Cast, swap: Callable[..., str]) -> None:
    client = enter(app, cast, "bae")
    assert client.client.get(f"/ko/teach/classes/{swap(cast.classroom_id)}").status_code == 404
    assert (
        client.client.get(
            f"/ko/teach/classes/{cast.other_classroom_id}?classroom_id={swap(cast.classroom_id)}&school_id={cast.other_school_id}"
        ).text.count("가온")
        == 0
    )


def test_a_co_teacher_who_may_only_look_sees_the_class(app: Flask, cast: Cast) -> None:
    client = enter(app, cast, "lim")
    assert "가온" in client.get(f"/ko/teach/classes/{cast.classroom_id}").text
    assert "다온" not in client.get("/ko/teach/").text


def test_a_teacher_who_was_taken_off_a_class_a_minute_ago_sees_nothing(app: Flask, cast: Cast) -> None:
    client = enter(app, cast, "han")
    address = f"/ko/teach/classes/{cast.classroom_id}"
    assert client.get(address).status == 200
    change(app, "DELETE FROM teaching WHERE person_id = :id", id=cast.han.id)
    assert client.get(address, status=404).status == 404
    assert str(cast.classroom_id) not in client.get("/ko/teach/").text


def test_a_student_of_no_class_sees_no_names_and_no_class(app: Flask, cast: Cast) -> None:
    client = enter(app, cast, "gaon")
    change(app, "DELETE FROM enrollment WHERE person_id = :id", id=cast.gaon.id)
    page = client.get("/ko/class")
    assert not any(one.name in page.text for one in (cast.narae, cast.daon, cast.lumi))


def test_a_changed_role_holds_at_once(app: Flask, cast: Cast) -> None:
    client = enter(app, cast, "han")
    change(app, "UPDATE person SET role = 'counsellor' WHERE id = :id", id=cast.han.id)
    client.get("/ko/teach/", status=404)


@pytest.mark.parametrize("name", ["nobody", "gaon", "bae", "seo", "yu", "moon"])
def test_no_page_names_students_to_those_who_do_not_teach_them(app: Flask, cast: Cast, name: str) -> None:
    client = enter(app, cast, name)
    own = {"nobody": set(), "bae": {"다온"}, "seo": {"루미"}}.get(name, {"가온"} if name == "gaon" else set())
    foreign = {"가온", "나래", "다온", "루미"} - own
    for address in addresses(app, cast):
        if address.method == "GET" and address.path != "/exit" and not address.path.startswith("/static/"):
            text = client.client.get(address.path).text
            # Characters of the stories have names of their own, so only the class pages and lists are searched.
            if "/lessons/middle/" not in address.path:
                assert not [one for one in foreign if one in text], address.path


def test_reading_changes_nothing(app: Flask, cast: Cast) -> None:
    for name in ("nobody", "gaon", "han", "moon"):
        client = enter(app, cast, name)
        before = hashlib.sha256(repr(rows_of(app)).encode()).digest()
        for address in addresses(app, cast):
            if address.path != "/exit":
                for method in SAFE:
                    client.client.open(address.path, method=method).close()
        assert hashlib.sha256(repr(rows_of(app)).encode()).digest() == before
