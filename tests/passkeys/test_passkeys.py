"""Shows passkeys on the pages: made with the password, good alone, each answer once, gone when they are taken away."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner
from flask import Flask

from curriculum.challenges import services as challenges
from curriculum.cli import command_line
from tests.cast import PASSWORD, Cast
from tests.databases import at_once
from tests.passkeys.authenticator import Authenticator
from tests.second_factor.test_codes import CODES, ENTER, is_in, online, password_of, set_up
from tests.site.rows import change, count, named, rows_of
from tests.site_client import SiteClient

Visitors = Callable[[], SiteClient]
NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
OWN, KNOWN, ORIGIN = "/ko/account/passkeys", "/ko/sign-in/passkey", "http://localhost"
REFUSED = "/ko/sign-in?why=passkey"


def asked(client: SiteClient, path: str, **form: str) -> dict[str, Any]:
    """What the script is told to ask the browser for, or what stands in the way."""
    page = "/ko/sign-in" if path == KNOWN else path
    data = {"csrf_token": client.token(page), "do": "options", **form}
    found: dict[str, Any] = client.client.post(path, data=data).get_json()
    return found


def register(client: SiteClient, own: Authenticator, *, status: int = 303) -> None:
    """Add a passkey as somebody would who is in, wholly or by half."""
    answer = own.made(asked(client, OWN, name="내 휴대전화", password=PASSWORD), ORIGIN)
    client.post(OWN, {"do": "add", "name": "내 휴대전화", "answer": answer}, status=status)


def come_in(visitor: SiteClient, own: Authenticator, **said: Any) -> SiteClient:
    """Sign in with a passkey."""
    own.counter += 1
    send(visitor, own.known(asked(visitor, KNOWN), ORIGIN, **said))
    return visitor


def send(client: SiteClient, answer: str) -> None:
    client.post(KNOWN, {"answer": answer}, on="/ko/sign-in")


@pytest.fixture
def own() -> Authenticator:
    return Authenticator()


@pytest.fixture
def with_passkey(app: Flask, cast: Cast, visitor: Visitors, own: Authenticator) -> SiteClient:
    """Ms Han, who has added a passkey."""
    client = visitor().sign_in(cast.han)
    register(client, own)
    return client


def test_it_works(app: Flask, with_passkey: SiteClient, own: Authenticator, visitor: Visitors) -> None:
    assert "내 휴대전화" in with_passkey.get(OWN).words()
    assert "아직 쓰지 않음" in with_passkey.get(OWN).words()
    client = come_in(visitor(), own)
    assert client.location == "/ko/teach/"
    assert is_in(client)
    assert "아직 쓰지 않음" not in client.get("/en/account/passkeys").words()
    assert "passkey-added" in {row["act"] for row in named(rows_of(app))["audit_line"]}


def test_a_passkey_stands_for_the_password_and_the_code(
    with_passkey: SiteClient, own: Authenticator, visitor: Visitors
) -> None:
    set_up(with_passkey)
    assert is_in(come_in(visitor(), own))


def test_adding_one_takes_the_password_and_a_name(
    app: Flask, cast: Cast, client: SiteClient, own: Authenticator
) -> None:
    client.sign_in(cast.han)
    for form in ({"name": "열쇠", "password": "아니다 이것은"}, {"name": "", "password": PASSWORD}, {"name": "\u200b"}):
        assert set(asked(client, OWN, **form)) == {"problem"}
    assert count(app, "challenge") == 0
    client.post(OWN, {"do": "add", "name": "열쇠", "answer": "{}"}, status=422)
    assert count(app, "passkey") == 0


def test_one_answer_adds_one_passkey_for_one_person(
    app: Flask, cast: Cast, visitor: Visitors, own: Authenticator
) -> None:
    han, lim = visitor().sign_in(cast.han), visitor().sign_in(cast.lim)
    form = {"do": "add", "name": "열쇠", "answer": own.made(asked(han, OWN, name="열쇠", password=PASSWORD), ORIGIN)}
    lim.post(OWN, form, status=422)
    han.post(OWN, form)
    han.post(OWN, form, status=422)
    other = Authenticator(b"o" * 32)
    known = asked(visitor(), KNOWN)  # a challenge for signing in makes no passkey
    asked_new = {"rp": {"id": "localhost"}, "user": {"id": "aGg"}, "challenge": known["challenge"]}
    han.post(OWN, {**form, "answer": other.made(asked_new, ORIGIN)}, status=422)
    assert count(app, "passkey") == 1


def test_an_answer_is_good_once_and_for_five_minutes(
    with_passkey: SiteClient, own: Authenticator, visitor: Visitors
) -> None:
    own.counter += 1
    client = visitor()
    answer = own.known(asked(client, KNOWN), ORIGIN)
    send(client, answer)
    assert is_in(client)
    again = visitor()
    send(again, answer)
    assert (again.location, is_in(again)) == (REFUSED, False)
    with time_machine.travel(NOW, tick=False) as clock:
        late = visitor()
        answer = own.known(asked(late, KNOWN), ORIGIN, counter=9)
        clock.shift(timedelta(minutes=5, seconds=1))
        send(late, answer)
    assert late.location == REFUSED


def test_of_two_who_send_the_same_answer_at_once_one_is_in(
    with_passkey: SiteClient, own: Authenticator, visitor: Visitors
) -> None:
    first, second = visitor(), visitor()
    answer = own.known(asked(first, KNOWN), ORIGIN, counter=2)
    forms = [{"answer": answer, "csrf_token": one.token("/ko/sign-in")} for one in (first, second)]
    at_once(
        lambda: first.client.post(KNOWN, data=forms[0]),
        lambda: second.client.post(KNOWN, data=forms[1]),
    )
    assert sorted([is_in(first), is_in(second)]) == [False, True]


@pytest.mark.parametrize(
    "said",
    [{"counter": 1}, {"handle": b"x" * 16}, {"flags": 1}, {"client": {"origin": "http://evil.example"}}],
    ids=str,
)
def test_an_answer_that_does_not_hold_lets_nobody_in(
    with_passkey: SiteClient, own: Authenticator, visitor: Visitors, said: dict[str, Any]
) -> None:
    client = come_in(visitor(), own, **said)
    assert client.location == REFUSED
    assert "다시 해 보거나" in client.get(client.location).words()
    assert not is_in(client)
    assert is_in(come_in(visitor(), own))


@pytest.mark.parametrize("answer", ["", "null", "{}", "x" * 20_000, '{"rawId": "가"}', "\x00"])
def test_what_is_no_answer_lets_nobody_in(cast: Cast, client: SiteClient, answer: str) -> None:
    send(client, answer)
    assert client.location == REFUSED


def test_whoever_is_suspended_removed_or_of_another_school_does_not_come_in(
    app: Flask, cast: Cast, with_passkey: SiteClient, own: Authenticator, visitor: Visitors
) -> None:
    app.config["SCHOOL"] = "dalbit"
    assert come_in(visitor(), own).location == REFUSED
    app.config["SCHOOL"] = "haetsal"
    change(app, "UPDATE person SET suspended = true WHERE id = :id", id=cast.han.id)
    assert come_in(visitor(), own).location == REFUSED
    change(app, "DELETE FROM person WHERE id = :id", id=cast.han.id)
    assert count(app, "passkey") == 0


def remove(client: SiteClient, *, password: str = PASSWORD, status: int = 303) -> None:
    [button] = [one for one in client.get(OWN).all("input") if one.attrib.get("name") == "passkey"]
    client.post(OWN, {"do": "remove", "passkey": button.attrib["value"], "present": password}, status=status)


def test_a_passkey_that_was_taken_away_signs_nobody_in_and_ends_what_it_has_opened(
    app: Flask, with_passkey: SiteClient, own: Authenticator, visitor: Visitors
) -> None:
    elsewhere = come_in(visitor(), own)
    remove(with_passkey, password="아니다 이것은", status=422)
    with_passkey.post(OWN, {"do": "remove", "passkey": "1", "present": PASSWORD})
    remove(with_passkey)
    assert (is_in(with_passkey), is_in(elsewhere)) == (True, False)
    assert come_in(visitor(), own).location == REFUSED


def test_nobody_takes_away_what_is_anothers(
    app: Flask, cast: Cast, with_passkey: SiteClient, visitor: Visitors
) -> None:
    [row] = named(rows_of(app))["passkey"]
    form = {"do": "remove", "passkey": str(row["id"]), "present": PASSWORD}
    visitor().sign_in(cast.lim).post(OWN, form)
    assert count(app, "passkey") == 1


# who must


def test_an_administrator_may_have_a_passkey_in_place_of_codes(
    app: Flask, cast: Cast, visitor: Visitors, own: Authenticator
) -> None:
    online(app, cast)
    client = password_of(visitor(), cast.moon)
    assert OWN in client.get(CODES).text
    register(client, own)
    client.get("/ko/school/")
    remove(client, status=409)
    half = password_of(visitor(), cast.moon)
    assert "패스키로 로그인" in half.get(ENTER).words()
    for closed in (CODES, OWN, "/ko/school/"):  # whoever has the password alone sets nothing up beside it
        half.get(closed, status=303)
    half.post(CODES, {"do": "begin"}, on=ENTER)
    assert (count(app, "passkey"), count(app, "recovery_code")) == (1, 0)
    assert is_in(come_in(half, own))


def test_another_administrator_and_the_console_take_lost_passkeys_away(
    app: Flask, cast: Cast, with_passkey: SiteClient, own: Authenticator, visitor: Visitors
) -> None:
    member = f"/ko/school/staff/{cast.han.id}"
    visitor().sign_in(cast.moon).post(f"{member}/codes", on=member)
    assert (count(app, "passkey"), is_in(with_passkey)) == (0, False)
    register(visitor().sign_in(cast.han), Authenticator(b"n" * 32))
    group = command_line(app.extensions["settings"], lambda: app)
    assert CliRunner().invoke(group, ["staff", "reset", str(cast.han.email)]).exit_code == 0
    assert count(app, "passkey") == 0


# bad places, bad names, too many


def test_where_browsers_allow_none_the_pages_say_so_and_offer_codes(cast: Cast, client: SiteClient) -> None:
    plain = {"base_url": "http://192.168.0.10:8000"}
    assert "https로 시작하는 이름 주소" in client.get("/ko/sign-in", **plain).words()
    client.sign_in(cast.han)
    page = client.get(OWN)
    assert page.all("form")
    cookie = client.client.get_cookie("dongui")
    assert cookie is not None
    client.client.set_cookie("dongui", cookie.value, domain="192.168.0.10")
    page = client.get(OWN, **plain)
    assert "숫자가 아닌 이름" in page.words()
    assert not [one for one in page.all("form") if "data-passkey" in one.attrib]
    assert CODES in {one.attrib["href"] for one in page.all("a")}


def test_a_flood_of_sign_ins_that_are_begun_is_ended_and_stops_no_password(
    app: Flask, cast: Cast, client: SiteClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(challenges, "AT_ONCE", 3)
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(3):
            assert asked(client, KNOWN)["challenge"]
        client.post(KNOWN, {"do": "options"}, on="/ko/sign-in")
        assert (client.location, count(app, "challenge")) == (REFUSED, 3)
        clock.shift(timedelta(minutes=6))
        assert asked(client, KNOWN)["challenge"]
        assert count(app, "challenge") == 1
        assert is_in(client.sign_in(cast.han))


@pytest.mark.parametrize("name", ["열쇠 " * 20, "<b>열쇠</b>", "=1+1", "가\u200d나", "\u202e열쇠"])
def test_names_are_kept_as_they_are_seen_or_refused(app: Flask, cast: Cast, client: SiteClient, name: str) -> None:
    client.sign_in(cast.han)
    own = Authenticator()
    told = asked(client, OWN, name=name, password=PASSWORD)
    if "problem" in told:
        assert len(name) > 40
        return
    client.post(OWN, {"do": "add", "name": name, "answer": own.made(told, ORIGIN)})
    [row] = named(rows_of(app))["passkey"]
    assert row["name"].isprintable()
    client.get(OWN)


def test_what_is_kept_signs_nobody_in(app: Flask, with_passkey: SiteClient, own: Authenticator) -> None:
    """The private half is nowhere in the database."""
    secret = own.key.private_numbers().private_value
    stored = json.dumps(str(rows_of(app)))
    assert str(secret) not in stored
    assert repr(secret.to_bytes(32)) not in stored
