"""Shows how staff are invited, let in, changed and let go: links work once, and an administrator is always left."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from curriculum.accounts.viewer import Role
from curriculum.database import db
from curriculum.staff.services import LastAdministrator, suspend
from curriculum.tenancy import acting_meanwhile
from tests.cast import PASSWORD, Cast
from tests.databases import at_once
from tests.site.rows import change, named, rows_of
from tests.site_client import SiteClient

Visitors = Callable[[], SiteClient]
NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
STAFF, NEW, ENTER, SET = "/ko/school/staff", "/ko/school/staff/new", "/ko/invitation", "/ko/invitation/password"
NEW_PASSWORD = "운동장 끝에 선 은행나무"
NOBODY = "00000000-0000-7000-8000-000000000000"


@pytest.fixture
def moon(app: Flask, cast: Cast) -> SiteClient:
    """The administrator, signed in."""
    return SiteClient(app).sign_in(cast.moon)


def link_on(text: str) -> str:
    [href] = re.findall(r"http://localhost/ko/invitation#([\w.-]+)", text)
    return str(href)


def invite(moon: SiteClient, email: str = "new@haetsal.example", role: str = "teacher") -> str:
    form = {"role": role, "display_name": "정 선생님", "email": email}
    return link_on(moon.post(NEW, form, status=200).text)


def take(visitor: SiteClient, code: str, password: str = NEW_PASSWORD, *, status: int = 303) -> SiteClient:
    visitor.post(ENTER, {"code": code})
    visitor.post(SET, {"password": password, "again": password}, status=status)
    return visitor


def person(app: Flask, email: str) -> Any:
    [found] = [row for row in named(rows_of(app))["person"] if row["email"] == email]
    return found


def acts(app: Flask) -> list[str]:
    return [row["act"] for row in sorted(named(rows_of(app))["audit_line"], key=lambda row: row["number"])]


# invitations


def test_who_is_invited_sets_a_password_and_comes_in(app: Flask, moon: SiteClient, visitor: Visitors) -> None:
    code = invite(moon)
    assert "초대함" in moon.get(STAFF).text
    new = visitor()
    new.get(ENTER)
    new.post(ENTER, {"code": f" http://localhost/ko/invitation#{code} "})
    assert "정 선생님" in new.get(SET).text
    take(new, code)
    assert new.location == "/ko/teach/"
    new.get("/ko/teach/")
    visitor().post("/ko/sign-in", {"email": "new@haetsal.example", "password": NEW_PASSWORD})
    assert acts(app) == ["staff-invited", "staff-joined"]


def test_the_secret_of_a_link_is_stored_nowhere_and_shown_once(app: Flask, moon: SiteClient) -> None:
    token = invite(moon).partition(".")[2]
    assert token not in str(rows_of(app))
    assert token not in moon.get(STAFF).text
    assert token not in moon.get(f"{STAFF}/{person(app, 'new@haetsal.example')['id']}").text


def test_the_secret_of_a_link_stands_in_no_address_that_a_server_sees(moon: SiteClient, visitor: Visitors) -> None:
    code = invite(moon)
    new = visitor()
    new.post(ENTER, {"code": code})
    assert code not in new.location
    assert code not in new.get(SET).text


def test_a_link_works_once(moon: SiteClient, visitor: Visitors) -> None:
    code = invite(moon)
    late = visitor()
    late.post(ENTER, {"code": code})
    take(visitor(), code)
    late.post(SET, {"password": NEW_PASSWORD, "again": NEW_PASSWORD}, on=ENTER)
    assert late.location == ENTER
    visitor().post(ENTER, {"code": code}, status=422)


def test_two_who_use_a_link_at_once_are_one(app: Flask, moon: SiteClient, visitor: Visitors) -> None:
    code = invite(moon)
    clients = [visitor() for _ in range(4)]
    for client in clients:
        client.post(ENTER, {"code": code})
    tokens = [client.token(SET) for client in clients]
    forms = [{"password": f"{NEW_PASSWORD} {n}", "again": f"{NEW_PASSWORD} {n}"} for n in range(4)]
    answers = at_once(
        *(
            lambda client=client, token=token, form=form: (
                client.client.post(SET, data={**form, "csrf_token": token}).location
            )
            for client, token, form in zip(clients, tokens, forms, strict=True)
        )
    )
    assert answers.count("/ko/teach/") == 1
    assert acts(app).count("staff-joined") == 1


@pytest.mark.parametrize(("first", "good", "gone"), [(True, 7 * 24 - 1, 7 * 24 + 1), (False, 23, 25)])
def test_a_link_runs_out(app: Flask, cast: Cast, visitor: Visitors, first: bool, good: int, gone: int) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        moon = SiteClient(app).sign_in(cast.moon)
        code = invite(moon) if first else link_on(moon.post(f"{STAFF}/{cast.han.id}/link", on=STAFF, status=200).text)
        clock.shift(timedelta(hours=good))
        visitor().post(ENTER, {"code": code})
        clock.shift(timedelta(hours=gone - good))
        visitor().post(ENTER, {"code": code}, status=422)


def test_a_new_link_takes_the_place_of_the_one_before(app: Flask, moon: SiteClient, visitor: Visitors) -> None:
    first = invite(moon)
    member = f"{STAFF}/{person(app, 'new@haetsal.example')['id']}"
    second = link_on(moon.post(f"{member}/link", on=member, status=200).text)
    visitor().post(ENTER, {"code": first}, status=422)
    take(visitor(), second)


@pytest.mark.parametrize("code", ["", "x", "#", "." * 40, "a" * 500, f"{'0' * 32}.x", "\x00.\x00", "가.나"])
def test_what_is_no_link_is_said_to_be_none(visitor: Visitors, code: str) -> None:
    visitor().post(ENTER, {"code": code}, status=422)
    visitor().get(SET, status=303)


def test_an_address_that_is_in_use_is_not_invited_again(app: Flask, cast: Cast, moon: SiteClient) -> None:
    before = rows_of(app)["person"]
    form = {"role": "administrator", "display_name": "아무개", "email": str(cast.han.email).upper()}
    assert "아무개" in moon.post(NEW, form, status=422).text
    assert rows_of(app)["person"] == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", ""),
        ("display_name", "가" * 41),
        ("display_name", "문\u200b 선생님"),
        ("email", "nobody"),
        ("email", "a\x00@b"),
        ("role", "student"),
        ("role", "operator"),
    ],
)
def test_what_cannot_be_invited_is_said_and_kept(app: Flask, moon: SiteClient, field: str, value: str) -> None:
    before = rows_of(app)
    form = {"role": "teacher", "display_name": "정 선생님", "email": "new@haetsal.example", field: value}
    page = moon.post(NEW, form, status=422)
    kept = {one.attrib.get("name"): one.attrib.get("value") for one in page.all("input")}
    others = {"display_name", "email"} - {field}
    assert {name: kept[name] for name in others} == {name: form[name] for name in others}
    assert rows_of(app)["person"] == before["person"]


@pytest.mark.parametrize("password", ["짧다", "정 선생님 정 선생님", "dkssudgktpdy", "햇살중학교2026"])
def test_a_password_that_is_guessed_first_is_not_set(
    app: Flask, moon: SiteClient, visitor: Visitors, password: str
) -> None:
    code = invite(moon)
    page = take(visitor(), code, password, status=422)
    assert password not in page.last.text.replace("정 선생님", "")
    assert person(app, "new@haetsal.example")["secret_hash"] == ""
    take(visitor(), code)


# changes


def test_a_reset_ends_every_session_and_the_old_password(
    app: Flask, cast: Cast, moon: SiteClient, visitor: Visitors
) -> None:
    han = visitor().sign_in(cast.han)
    code = link_on(moon.post(f"{STAFF}/{cast.han.id}/link", on=f"{STAFF}/{cast.han.id}", status=200).text)
    han.get("/ko/teach/")  # a link that was made changes nothing yet
    take(visitor(), code)
    han.get("/ko/teach/", status=303)
    visitor().post("/ko/sign-in", {"email": cast.han.email, "password": PASSWORD}, status=422)
    assert acts(app) == ["staff-link-made", "password-changed"]


@pytest.mark.parametrize("what", ["role", "suspension", "removal"])
def test_what_an_administrator_changes_holds_from_the_next_request_on(
    app: Flask, cast: Cast, moon: SiteClient, visitor: Visitors, what: str
) -> None:
    han, member = visitor().sign_in(cast.han), f"{STAFF}/{cast.han.id}"
    moon.post(f"{member}/{what}", {"role": "counsellor"}, on=member)
    han.get("/ko/teach/", status=303)
    assert [row for row in named(rows_of(app))["sign_in_session"] if row["person_id"] == cast.han.id] == []


def test_who_was_suspended_is_brought_back_with_the_same_password(
    app: Flask, cast: Cast, moon: SiteClient, visitor: Visitors
) -> None:
    member = f"{STAFF}/{cast.han.id}"
    moon.post(f"{member}/suspension", on=member)
    visitor().post("/ko/sign-in", {"email": cast.han.email, "password": PASSWORD}, status=422)
    assert "멈춤" in moon.get(STAFF).text
    moon.post(f"{member}/suspension", on=member)
    visitor().sign_in(cast.han).get("/ko/teach/")
    assert acts(app) == ["staff-suspended", "staff-brought-back"]


@pytest.mark.parametrize("what", ["role", "suspension", "removal"])
def test_the_last_administrator_stays(app: Flask, cast: Cast, moon: SiteClient, what: str) -> None:
    """Nor does it help that another one was invited, or is suspended: somebody must be able to come in."""
    invite(moon, role="administrator")
    before, member = rows_of(app)["person"], f"{STAFF}/{cast.moon.id}"
    page = moon.post(f"{member}/{what}", {"role": "teacher"}, on=member, status=409)
    assert "먼저 다른 관리자를" in page.text
    assert rows_of(app)["person"] == before
    moon.get(STAFF)


def test_of_two_administrators_who_suspend_each_other_at_once_one_is_left(app: Flask, cast: Cast) -> None:
    change(app, "UPDATE person SET role = 'administrator' WHERE id = :id", id=cast.yu.id)

    def gone(member: Any) -> Callable[[], None]:
        def act() -> None:
            with app.test_request_context(), acting_meanwhile(cast.school_id):
                suspend(school_id=cast.school_id, staff_id=member.id)
                db.session.commit()

        return act

    outcomes = at_once(gone(cast.yu), gone(cast.moon))
    assert [type(one) for one in outcomes if one is not None] == [LastAdministrator]
    rows = [row for row in named(rows_of(app))["person"] if row["role"] == Role.ADMINISTRATOR]
    assert sorted(row["suspended"] for row in rows if row["school_id"] == cast.school_id) == [False, True]


def test_an_act_on_a_student_a_stranger_or_nobody_is_one_on_nothing(app: Flask, cast: Cast, moon: SiteClient) -> None:
    before = rows_of(app)["person"]
    for staff_id in (cast.gaon.id, cast.seo.id, NOBODY):
        for what in ("", "/removal"):
            moon.get(f"{STAFF}/{staff_id}{what}", status=404)
        for what in ("link", "role", "suspension", "codes", "removal"):
            moon.post(f"{STAFF}/{staff_id}/{what}", {"role": "teacher"}, on=NEW, status=404)
    assert rows_of(app)["person"] == before


# one's own password


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(
    app: Flask, cast: Cast, visitor: Visitors
) -> None:
    here, there = visitor().sign_in(cast.han), visitor().sign_in(cast.han)
    here.post("/ko/account/password", {"present": PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD})
    here.get("/ko/account")
    there.get("/ko/teach/", status=303)
    visitor().post("/ko/sign-in", {"email": cast.han.email, "password": NEW_PASSWORD})


@pytest.mark.parametrize(
    "form",
    [
        {"present": "아니다 이것은", "password": NEW_PASSWORD, "again": NEW_PASSWORD},
        {"present": PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD + " "},
        {"present": PASSWORD, "password": "한 선생님 한 선생님", "again": "한 선생님 한 선생님"},
    ],
)
def test_a_password_is_changed_only_by_who_knows_the_present_one(
    app: Flask, cast: Cast, client: SiteClient, form: dict[str, str]
) -> None:
    client.sign_in(cast.han).post("/ko/account/password", form, status=422)
    client.get("/ko/account")
    assert SiteClient(app).sign_in(cast.han).location == "/ko/teach/"
