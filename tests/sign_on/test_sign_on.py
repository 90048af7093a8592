"""Shows signing in with another organisation's account, against a provider that can say anything."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from curriculum.config import PROJECT, SignOn
from tests.cast import PASSWORD, Cast, Member
from tests.second_factor.test_codes import ENTER, is_in, online, set_up
from tests.sign_on.provider_mock import CLIENT, SECRET, ProviderMock, new_key, running_provider
from tests.site.rows import change, count, named, rows_of
from tests.site_client import SiteClient

Visitors = Callable[[], SiteClient]
PAGE, SIGN_IN = "/ko/sign-in/account", "/ko/sign-in"
LINES = {
    "down": "지금은 그 기관에 연결할 수 없습니다",
    "unlinked": "이 학교의 교직원과 이어져 있지 않습니다",
    "account": "처음부터 다시",
}


@pytest.fixture(scope="module")
def running() -> Iterator[ProviderMock]:
    with running_provider() as mock:
        yield mock


@pytest.fixture
def provider(running: ProviderMock, app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> ProviderMock:
    """The provider, set up for the site, with Ms Han's address checked; she may sign in with it."""
    anew = ProviderMock(issuer=running.issuer, key=running.key)
    vars(running).update(vars(anew))
    running.claims = {"email": cast.han.email, "email_verified": True}
    set_up_with(app, monkeypatch, SignOn(issuer=running.issuer, client=CLIENT, secret=SECRET, name="햇살교육청"))
    let_in(SiteClient(app), cast, cast.han)
    return running


def set_up_with(app: Flask, monkeypatch: pytest.MonkeyPatch, found: SignOn) -> None:
    class WithSignOn:
        sign_on = found

    monkeypatch.setitem(app.extensions, "settings", WithSignOn())
    monkeypatch.setitem(app.jinja_env.globals, "sign_on", found)


def let_in(client: SiteClient, cast: Cast, member: Member) -> None:
    """An administrator lets one of the staff sign in so, or no more."""
    page = f"/ko/school/staff/{member.id}"
    client.sign_in(cast.moon).post(f"{page}/sign-on", on=page)


def leave(client: SiteClient, locale: str = "ko") -> str:
    """Press the button: where the browser is sent."""
    page = client.post(f"/{locale}/sign-in/account", {"do": "begin"}, on=f"/{locale}/sign-in", status=200)
    [there] = [one for one in page.all("a") if one.attrib["href"].startswith("http")]
    [at_once] = [one for one in page.all("meta") if one.attrib.get("http-equiv") == "refresh"]
    assert at_once.attrib["content"] == f"0; url={there.attrib['href']}"
    return str(there.attrib["href"])


def come_back(client: SiteClient, told: dict[str, str]) -> SiteClient:
    """The browser comes back, and the page that it finds goes on."""
    client.get(f"/sign-in/back?code={told['code']}&state={told['state']}", status=303)
    here = client.location
    page = client.get(here)
    [form] = [one for one in page.all("form") if "data-onward" in one.attrib]
    sent = {one.attrib["name"]: one.attrib.get("value", "") for one in form.iter("input")}
    client.post(PAGE, {name: sent[name] for name in ("code", "state")}, on=here)
    return client


def through(client: SiteClient, provider: ProviderMock) -> SiteClient:
    """The whole way."""
    return come_back(client, provider.sign_in(leave(client)))


def why(client: SiteClient) -> str:
    """What the page of signing in says; it still takes the password."""
    page = client.get(client.location)
    return next((code for code, line in LINES.items() if line in page.words()), "")


def test_it_works(app: Flask, cast: Cast, provider: ProviderMock, visitor: Visitors) -> None:
    client = through(visitor(), provider)
    assert client.location == "/ko/teach/"
    assert is_in(client)
    assert "sign-on-bound" in {row["act"] for row in named(rows_of(app))["audit_line"]}
    assert count(app, "challenge") == 0
    assert "subject-1" not in str(rows_of(app))


def test_the_page_comes_back_in_the_language_it_went_in(provider: ProviderMock, client: SiteClient) -> None:
    told = provider.sign_in(leave(client, "en"))
    assert told["back"] == "http://localhost/sign-in/back"
    client.get(f"/sign-in/back?code={told['code']}&state={told['state']}", status=303)
    assert client.location.startswith("/en/sign-in/account?code=")


def test_coming_back_alone_signs_nobody_in_and_asks_nobody(
    app: Flask, provider: ProviderMock, client: SiteClient
) -> None:
    told = provider.sign_in(leave(client))
    asked, rows = list(provider.asked), rows_of(app)
    client.get(f"/ko/sign-in/account?code={told['code']}&state={told['state']}")
    assert (provider.asked, rows_of(app), is_in(client)) == (asked, rows, False)


def test_once_bound_the_account_counts_and_not_its_address(
    app: Flask, cast: Cast, provider: ProviderMock, visitor: Visitors
) -> None:
    through(visitor(), provider)
    provider.claims = {"email": "new-name@office.example", "email_verified": True}
    assert is_in(through(visitor(), provider))
    provider.claims = {"email": cast.han.email, "email_verified": True, "sub": "somebody-else"}
    client = through(visitor(), provider)
    assert (why(client), is_in(client)) == ("unlinked", False)


@pytest.mark.parametrize(
    ("claims", "header"),
    [({"nonce": "another"}, {}), ({"aud": "another"}, {}), ({"exp": 1_700_000_000}, {}), ({}, {"alg": "none"})],
    ids=str,
)
def test_a_token_with_anything_wrong_lets_nobody_in(
    provider: ProviderMock, client: SiteClient, claims: dict[str, Any], header: dict[str, str]
) -> None:
    """All that can be wrong is tried in test_identity.py."""
    provider.claims |= claims
    provider.header = header
    through(client, provider)
    assert (why(client), is_in(client)) == ("account", False)


def test_a_token_that_another_key_has_signed_lets_nobody_in(provider: ProviderMock, client: SiteClient) -> None:
    provider.signs_with = new_key()
    through(client, provider)
    assert (why(client), is_in(client)) == ("account", False)


def test_what_came_back_once_does_not_come_back_again(provider: ProviderMock, visitor: Visitors) -> None:
    client = visitor()
    told = provider.sign_in(leave(client))
    come_back(client, told)
    client.post("/ko/sign-out", on="/ko/account")
    assert why(come_back(client, told)) == "account"


def test_what_one_browser_began_another_does_not_end(provider: ProviderMock, visitor: Visitors) -> None:
    mine, other = visitor(), visitor()
    told = provider.sign_in(leave(mine))
    leave(other)
    assert why(come_back(other, told)) == "account"
    assert is_in(come_back(mine, told))


UNKNOWN: list[dict[str, Any]] = [
    {"email_verified": False},
    {"email_verified": None},
    {"email_verified": "true"},
    {"email": None},
    {"email": "lim@haetsal.example"},  # works here, and nobody has let her in so
    {"email": "seo@dalbit.example"},
    {"email": "nobody@haetsal.example"},
]


def test_nobody_comes_in_whom_no_administrator_has_let_in(
    app: Flask, provider: ProviderMock, visitor: Visitors
) -> None:
    people, right = count(app, "person"), dict(provider.claims)
    for claims in UNKNOWN:
        provider.claims = right | claims
        client = through(visitor(), provider)
        assert (why(client), is_in(client)) == ("unlinked", False), claims
    assert count(app, "person") == people


def test_who_is_suspended_or_let_in_no_more_is_out_and_stays_out(
    app: Flask, cast: Cast, provider: ProviderMock, visitor: Visitors
) -> None:
    client = through(visitor(), provider)
    let_in(visitor(), cast, cast.han)  # the other of what is now
    assert not is_in(client)
    assert why(through(visitor(), provider)) == "unlinked"
    let_in(visitor(), cast, cast.han)
    change(app, "UPDATE person SET suspended = true WHERE id = :id", id=cast.han.id)
    assert why(through(visitor(), provider)) == "unlinked"


def test_an_account_stands_for_the_password_and_not_for_the_code(
    app: Flask, cast: Cast, provider: ProviderMock, visitor: Visitors
) -> None:
    set_up(visitor().sign_in(cast.han))
    client = through(visitor(), provider)
    assert (client.location, is_in(client)) == (ENTER, False)


def test_who_is_invited_so_needs_no_link(app: Flask, cast: Cast, provider: ProviderMock, visitor: Visitors) -> None:
    new = {"role": "administrator", "display_name": "새 관리자", "email": "new@haetsal.example", "sign_on": "y"}
    visitor().sign_in(cast.moon).post("/ko/school/staff/new", new, status=200)
    online(app, cast)
    provider.claims = {"email": " New@haetsal.example ", "email_verified": True, "sub": "subject-2"}
    client = through(visitor(), provider)
    assert (client.location, is_in(client)) == (ENTER, False)  # an administrator, who sets something up beside it
    client.get(ENTER, status=303)
    assert client.location == "/ko/account/codes"


def test_the_accounts_of_another_organisation_are_refused(
    app: Flask, provider: ProviderMock, visitor: Visitors, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = SignOn(issuer=provider.issuer, client=CLIENT, secret=SECRET, name="햇살교육청", domain="office.example")
    set_up_with(app, monkeypatch, wanted)
    assert why(through(visitor(), provider)) == "account"
    provider.claims["hd"] = "office.example"
    assert is_in(through(visitor(), provider))


# when the provider is not there, or says what it should not


UNSAFE: list[dict[str, Any]] = [
    {"issuer": "http://127.0.0.1:1"},
    {"authorization_endpoint": "http://office.example/authorize"},
    {"authorization_endpoint": "javascript:alert(1)"},
    {"token_endpoint": 7},
    {"jwks_uri": None},
]


def test_doors_that_are_not_safe_are_not_used(provider: ProviderMock, client: SiteClient) -> None:
    for told in UNSAFE:
        provider.told = told
        client.post(PAGE, {"do": "begin"}, on=SIGN_IN)
        assert why(client) == "down", told


def test_a_provider_that_is_down_is_said_kindly_and_the_password_works(
    app: Flask, cast: Cast, provider: ProviderMock, visitor: Visitors, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = visitor()
    told = provider.sign_in(leave(client))
    provider.down = True
    assert why(come_back(client, told)) == "down"
    nowhere = SignOn(issuer="http://127.0.0.1:1", client=CLIENT, secret=SECRET, name="햇살교육청")
    set_up_with(app, monkeypatch, nowhere)
    client.post(PAGE, {"do": "begin"}, on=SIGN_IN)
    assert why(client) == "down"
    assert count(app, "challenge") == 0
    assert is_in(client.sign_in(cast.han))


def test_a_wrong_secret_and_a_stopped_sign_in_are_told_apart(
    app: Flask, provider: ProviderMock, client: SiteClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = provider.sign_in(leave(client))
    set_up_with(app, monkeypatch, SignOn(issuer=provider.issuer, client=CLIENT, secret="wrong", name="햇살교육청"))
    assert why(come_back(client, told)) == "down"
    client.get("/sign-in/back?error=access_denied&state=x", status=303)
    client.get(client.location, status=303)
    assert "그만두었습니다" in client.get(client.location).words()


def test_what_no_provider_sends_lets_nobody_in(provider: ProviderMock, client: SiteClient) -> None:
    for code in ("", "x" * 5000, "\x00", "가", "<script>"):
        for state in ("", "zz", "\x00", "0" * 64):
            client.post(PAGE, {"code": code, "state": state}, on=SIGN_IN)
            assert client.location == f"{SIGN_IN}?why=account"
    assert (is_in(client), provider.asked) == (False, [])


# when nobody is set up


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Where this process connected to, and whose address it asked for."""
    found: list[Any] = []
    connect, resolve = socket.socket.connect, socket.getaddrinfo
    monkeypatch.setattr(socket.socket, "connect", lambda own, to: (found.append(to), connect(own, to))[1])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **more: (found.append(asked), resolve(*asked, **more))[1])
    return found


def test_without_a_provider_nobody_outside_is_asked_for_anything(
    app: Flask, cast: Cast, client: SiteClient, connections: list[Any]
) -> None:
    assert "계정으로 로그인" not in client.get(SIGN_IN).words()
    for path in (PAGE, "/sign-in/back?code=x&state=y"):
        client.get(path, status=303)
    client.post(PAGE, {"do": "begin"}, on=SIGN_IN)
    client.post(PAGE, {"code": "x", "state": "y"}, on=SIGN_IN)
    client.sign_in(cast.moon).get(f"/ko/school/staff/{cast.han.id}")
    assert connections == []


def test_with_one_it_is_asked_when_the_button_is_pressed_and_not_before(
    provider: ProviderMock, client: SiteClient, connections: list[Any]
) -> None:
    assert "햇살교육청 계정으로 로그인" in client.get(SIGN_IN).words()
    assert (connections, provider.asked) == ([], [])
    leave(client)
    assert provider.asked == ["/.well-known/openid-configuration"]
    assert connections


def test_a_server_starts_without_what_only_sign_on_and_passkeys_need() -> None:
    code = "import sys, curriculum.app; print({'authlib', 'joserfc', 'requests', 'webauthn'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_member_page_says_how_it_stands(provider: ProviderMock, cast: Cast, visitor: Visitors) -> None:
    admin, page = visitor().sign_in(cast.moon), f"/ko/school/staff/{cast.han.id}"
    assert "아직 쓰지 않았습니다" in admin.get(page).words()
    through(visitor(), provider)
    assert "계정이 이어져 있습니다" in admin.get(page).words()
    assert "계정으로 들어오게 하기" in admin.get(f"/ko/school/staff/{cast.lim.id}").words()
    assert PASSWORD not in admin.get(page).text
