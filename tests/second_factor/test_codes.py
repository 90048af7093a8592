"""Shows one-time codes: a right password alone opens nothing, each code works once, nobody is locked out for good."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pyotp
import pytest
import time_machine
from click.testing import CliRunner, Result
from flask import Flask

from curriculum.cli import command_line
from curriculum.second_factor.one_time import STEP, new_seed, secret_of, step_of
from curriculum.second_factor.recovery import COUNT, new_recovery_codes, read_recovery_code, shown
from tests.cast import PASSWORD, Cast, Member
from tests.databases import at_once
from tests.site.rows import change, count, named, rows_of
from tests.site_client import SiteClient

Visitors = Callable[[], SiteClient]
NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
CODES, ENTER = "/ko/account/codes", "/ko/sign-in/code"


def secret_on(client: SiteClient) -> str:
    page = client.get(CODES)
    [code] = [one for one in page.all("code") if "code-to-copy" in one.attrib.get("class", "")]
    return page.words(code).replace(" ", "")


def set_up(client: SiteClient) -> tuple[str, list[str]]:
    """Switch codes on as somebody would; the secret in the telephone, and the recovery codes."""
    client.post(CODES, {"do": "begin"})
    secret = secret_on(client)
    page = client.post(CODES, {"do": "confirm", "code": now_on(secret)}, status=200)
    return secret, re.findall(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", page.text)


def now_on(secret: str) -> str:
    return pyotp.TOTP(secret).at(datetime.now(UTC))


def password_of(client: SiteClient, member: Member) -> SiteClient:
    client.post("/ko/sign-in", {"email": member.email, "password": PASSWORD})
    return client


def is_in(client: SiteClient) -> bool:
    return client.client.get("/ko/account").status_code == 200


# the rule


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B: at second 59 the secret of the ASCII digits shows 94287082, of which we ask six."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert step_of(secret, "287082", datetime.fromtimestamp(59, UTC)) == 1


@pytest.mark.parametrize(("off", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_is_good_in_its_half_minute_and_the_ones_beside_it(off: int, taken: bool) -> None:
    secret = secret_of("key", UUID(int=7), b"seed")
    code = pyotp.TOTP(secret).at(NOW + timedelta(seconds=off * STEP))
    assert (step_of(secret, code, NOW) is not None) == taken


def test_the_database_alone_makes_no_codes() -> None:
    seed = new_seed()
    assert len({secret_of(key, UUID(int=who), seed) for key in ("one", "other") for who in (1, 2)}) == 4


def test_recovery_codes_are_read_however_they_are_written() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == COUNT
    for code in codes:
        for typed in (shown(code), shown(code).lower(), f" {code[:3]} {code[3:]} ", code):
            assert read_recovery_code(typed) == code
    assert read_recovery_code("123456") is None
    assert read_recovery_code("") is None


# signing in


def test_the_page_of_recovery_codes_can_be_left_by_signing_out(app: Flask, cast: Cast, visitor: Visitors) -> None:
    change(app, "UPDATE school SET offline = false WHERE id = :id", id=cast.school_id)
    client = password_of(visitor(), cast.moon)
    client.post(CODES, {"do": "begin"})
    # Half a session becomes a whole one, and the page that answers is already of the new one.
    page = client.post(CODES, {"do": "confirm", "code": now_on(secret_on(client))}, status=200)
    [token] = {one.attrib["value"] for one in page.all("input") if one.attrib.get("name") == "csrf_token"}
    assert client.client.post("/ko/sign-out", data={"csrf_token": token}).status_code == 303
    assert not is_in(client)


def test_after_the_password_comes_the_code_and_nothing_before_it(app: Flask, cast: Cast, visitor: Visitors) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        secret, _ = set_up(visitor().sign_in(cast.han))
        clock.shift(STEP)
        client = password_of(visitor(), cast.han)
        assert client.location == ENTER
        for page in ("/ko/teach/", "/ko/account", "/ko/account/password"):
            client.get(page, status=303)
        assert "한 선생님" not in client.get("/ko/lessons/").text
        client.get(CODES, status=303)
        client.post(ENTER, {"code": now_on(secret)})
        assert client.location == "/ko/teach/"
        client.get("/ko/teach/")


def test_a_code_works_once_also_for_two_at_the_same_moment(app: Flask, cast: Cast, visitor: Visitors) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        secret, _ = set_up(visitor().sign_in(cast.han))
        password_of(visitor(), cast.han).post(ENTER, {"code": now_on(secret)}, status=422)  # the one it was set up with
        clock.shift(STEP)
        clients = [password_of(visitor(), cast.han) for _ in range(4)]
        forms = [{"code": now_on(secret), "csrf_token": client.token(ENTER)} for client in clients]
        answers = at_once(
            *(
                lambda c=client, f=form: c.client.post(ENTER, data=f).status_code
                for client, form in zip(clients, forms, strict=True)
            )
        )
    assert sorted(answers, key=str) == [303, 422, 422, 422]


def test_a_recovery_code_works_once_and_is_written_down(app: Flask, cast: Cast, visitor: Visitors) -> None:
    _, codes = set_up(visitor().sign_in(cast.han))
    assert len(set(codes)) == COUNT
    client = password_of(visitor(), cast.han)
    client.post(ENTER, {"code": codes[0].lower()})
    assert is_in(client)
    password_of(visitor(), cast.han).post(ENTER, {"code": codes[0]}, status=422)
    assert "남은 복구 코드: 9개" in client.get(CODES).text
    assert "recovery-used" in {row["act"] for row in named(rows_of(app))["audit_line"]}
    assert codes[1].replace("-", "") not in str(rows_of(app))


def test_ten_wrong_codes_an_hour_and_no_more(app: Flask, cast: Cast, visitor: Visitors) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        secret, codes = set_up(visitor().sign_in(cast.han))
        client = password_of(visitor(), cast.han)
        for _ in range(10):
            client.post(ENTER, {"code": "000000"}, status=422)
        clock.shift(STEP)
        refused = client.post(ENTER, {"code": now_on(secret)}, status=422)
        assert client.post(ENTER, {"code": codes[0]}, status=422).words() == refused.words()
        clock.shift(timedelta(minutes=61))
        client = password_of(visitor(), cast.han)
        client.post(ENTER, {"code": now_on(secret)})
        assert is_in(client)


def test_half_a_session_ends_by_itself_and_with_a_new_password(app: Flask, cast: Cast, visitor: Visitors) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        set_up(visitor().sign_in(cast.han))
        client = password_of(visitor(), cast.han)
        client.get(ENTER)
        clock.shift(timedelta(minutes=16))
        client.get(ENTER, status=303)


@pytest.mark.parametrize("code", ["", "x" * 41, "１２３４５６", "\x00", "가나다라마바", "' OR 1=1"])
def test_what_is_no_code_lets_nobody_in(cast: Cast, visitor: Visitors, code: str) -> None:
    set_up(visitor().sign_in(cast.han))
    client = password_of(visitor(), cast.han)
    client.post(ENTER, {"code": code}, status=422)
    assert not is_in(client)


# who must, who may


def online(app: Flask, cast: Cast) -> None:
    change(app, "UPDATE school SET offline = false WHERE id = :id", id=cast.school_id)


def test_an_administrator_sets_codes_up_before_anything_else(app: Flask, cast: Cast, visitor: Visitors) -> None:
    online(app, cast)
    client = password_of(visitor(), cast.moon)
    client.get("/ko/school/", status=303)
    client.get(ENTER, status=303)
    assert client.location == CODES
    _, codes = set_up(client)
    client.get("/ko/school/")
    assert len(codes) == COUNT
    assert "끄기" not in client.get(CODES).text
    client.post(CODES, {"do": "off", "password": PASSWORD}, status=400)


def test_teachers_and_administrators_of_offline_schools_may_do_without(
    app: Flask, cast: Cast, visitor: Visitors
) -> None:
    assert is_in(password_of(visitor(), cast.moon))
    online(app, cast)
    assert is_in(password_of(visitor(), cast.han))


@pytest.mark.parametrize(("do", "left"), [("off", 0), ("renew", COUNT), ("anew", 0)])
def test_what_is_changed_about_codes_takes_the_password(
    app: Flask, cast: Cast, client: SiteClient, do: str, left: int
) -> None:
    set_up(client.sign_in(cast.han))
    before = rows_of(app)["recovery_code"]
    client.post(CODES, {"do": do, "password": "아니다 이것은"}, status=422)
    client.post(CODES, {"do": do}, status=422)
    assert rows_of(app)["recovery_code"] == before
    client.post(CODES, {"do": do, "password": PASSWORD}, status=200 if do == "renew" else 303)
    assert count(app, "recovery_code") == left
    assert rows_of(app)["recovery_code"] != before


def test_a_wrong_first_code_switches_nothing_on(app: Flask, cast: Cast, client: SiteClient, visitor: Visitors) -> None:
    client.sign_in(cast.han).post(CODES, {"do": "begin"})
    secret = secret_on(client)
    client.post(CODES, {"do": "confirm", "code": "000000"}, status=422)
    assert secret_on(client) == secret
    assert is_in(password_of(visitor(), cast.han))
    assert count(app, "recovery_code") == 0


def test_another_administrator_takes_the_codes_of_a_lost_telephone_away(
    app: Flask, cast: Cast, visitor: Visitors
) -> None:
    han = visitor().sign_in(cast.han)
    set_up(han)
    moon, member = visitor().sign_in(cast.moon), f"/ko/school/staff/{cast.han.id}"
    moon.post(f"{member}/codes", on=member)
    assert not is_in(han)
    assert is_in(password_of(visitor(), cast.han))


def test_the_last_administrator_is_let_in_from_the_console(app: Flask, cast: Cast, visitor: Visitors) -> None:
    online(app, cast)
    set_up(password_of(visitor(), cast.moon))
    change(app, "UPDATE person SET suspended = true WHERE id = :id", id=cast.moon.id)
    done = run(app, "staff", "reset", f" {str(cast.moon.email).upper()} ", "--address", "http://school.example/")
    href, _, code = done.output.strip().partition("#")
    assert href == "http://school.example/ko/invitation"
    client = visitor()
    client.post("/ko/invitation", {"code": code})
    client.post("/ko/invitation/password", {"password": "소나무 아래 작은 연못", "again": "소나무 아래 작은 연못"})
    set_up(client)
    client.get("/ko/school/")
    assert run(app, "staff", "reset", "nobody@haetsal.example").exit_code == 1


def run(app: Flask, *words: str) -> Result:
    """One of the app's own commands."""
    group = command_line(app.extensions["settings"], lambda: app)
    return CliRunner().invoke(group, list(words))
