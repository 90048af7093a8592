"""Shows the sign-in of staff: it works, tells nobody which part was wrong, and does the same work either way."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from markupsafe import escape

from curriculum.accounts import secret
from tests.cast import PASSWORD, Cast
from tests.site.rows import change, count, named, rows_of
from tests.site.walk import comparable
from tests.site_client import SiteClient

PAGE = "/ko/sign-in"
NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
Visitors = Callable[[], SiteClient]


class Counting:
    """A hasher that counts its work."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self.hasher, self.verified, self.hashed = hasher, 0, 0

    def verify(self, *arguments: str) -> bool:
        self.verified += 1
        return self.hasher.verify(*arguments)

    def hash(self, text: str) -> str:
        self.hashed += 1
        return self.hasher.hash(text)


@pytest.fixture
def work(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Counting:
    """Counts the hashes from here on."""
    secret._of_nobody()
    counting = Counting(secret.HASHER)
    monkeypatch.setattr(secret, "HASHER", counting)
    return counting


def attempt(client: SiteClient, email: Any, password: str, **options: Any) -> Any:
    """Send the form; the whole response."""
    form = {"email": email, "password": password, "csrf_token": client.token(PAGE)}
    return client.client.post(PAGE, data=form, **options)


def test_it_works(client: SiteClient, cast: Cast) -> None:
    client.get(PAGE)
    client.post(PAGE, {"email": cast.han.email, "password": PASSWORD})
    assert client.location == "/ko/teach/"
    assert "한 선생님" in client.get("/ko/teach/").text


@pytest.mark.parametrize("name", ["yu", "moon"])
def test_staff_without_classes_begin_at_what_they_keep(client: SiteClient, cast: Cast, name: str) -> None:
    client.post(PAGE, {"email": getattr(cast, name).email, "password": PASSWORD})
    assert client.location == "/ko/school/"
    client.get("/ko/school/")


def test_case_and_spaces_around_an_email_do_not_matter(client: SiteClient, cast: Cast) -> None:
    assert attempt(client, f"  {str(cast.han.email).upper()} ", PASSWORD).status_code == 303


def refusals(cast: Cast) -> dict[str, tuple[str, str]]:
    return {
        "wrong password": (str(cast.han.email), "아주 다른 비밀번호"),
        "unknown e-mail": ("nobody@haetsal.example", PASSWORD),
        "suspended": (str(cast.lim.email), PASSWORD),
        "other school": (str(cast.seo.email), PASSWORD),
        "nonsense": ("' OR 1=1 --", "' OR 1=1 --"),
        "NUL": ("han\x00@haetsal.example", "\x00"),
        "student": ("가온", "482915"),
    }


def test_nobody_is_told_which_part_was_wrong(app: Flask, visitor: Visitors, cast: Cast) -> None:
    change(app, "UPDATE person SET suspended = true WHERE id = :id", id=cast.lim.id)
    seen = {}
    for name, (email, password) in refusals(cast).items():
        response = attempt(visitor(), email, password)
        seen[name] = comparable(response, escape(email))
    assert seen["wrong password"][0] == 422
    assert "로그인하지 못했습니다" in seen["wrong password"][1]
    assert {name for name, one in seen.items() if one != seen["wrong password"]} == set()
    assert count(app, "sign_in_session") == 0


def test_a_refused_password_is_not_sent_back(client: SiteClient, cast: Cast) -> None:
    assert "아주 다른 비밀번호" not in attempt(client, cast.han.email, "아주 다른 비밀번호").text


def test_the_same_work_is_done_either_way(app: Flask, visitor: Visitors, cast: Cast, work: Counting) -> None:
    change(app, "UPDATE person SET suspended = true WHERE id = :id", id=cast.lim.id)
    tries = {**refusals(cast), "right": (str(cast.han.email), PASSWORD)}
    for name, (email, password) in tries.items():
        work.verified = 0
        attempt(visitor(), email, password)
        assert (work.verified, work.hashed) == (1, 0), name


def test_nobodys_hash_costs_what_everybodys_does(app: Flask, cast: Cast) -> None:
    hashes = [row["secret_hash"] for row in named(rows_of(app))["person"]]
    [stored] = {one.rpartition("$")[0].rpartition("$")[0] for one in hashes}
    assert secret._of_nobody().rpartition("$")[0].rpartition("$")[0] == stored


@pytest.mark.parametrize(("email", "password"), [("", PASSWORD), ("x@y.kr", ""), ("x" * 255, "x"), ("x", "x" * 201)])
def test_a_form_that_cannot_be_right_is_said_to_be_incomplete(
    client: SiteClient, work: Counting, email: str, password: str
) -> None:
    client.post(PAGE, {"email": email, "password": password}, status=422)
    assert work.verified == 0


def test_without_a_school_nobody_signs_in(app: Flask, client: SiteClient, cast: Cast) -> None:
    """Two schools and none named: an e-mail is unique in its school only."""
    app.config["SCHOOL"] = None
    try:
        response = attempt(client, cast.han.email, PASSWORD)
    finally:
        app.config["SCHOOL"] = "haetsal"
    assert response.status_code == 422


# the budget


def spend(visitor: Visitors, email: Any, times: int) -> None:
    for _ in range(times):
        assert attempt(visitor(), email, "아주 다른 비밀번호").status_code == 422


def test_ten_wrong_passwords_an_hour_and_no_more(visitor: Visitors, cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        spend(visitor, cast.han.email, 9)
        assert attempt(visitor(), cast.han.email, PASSWORD).status_code == 303
        spend(visitor, cast.han.email, 1)
        refused = attempt(visitor(), cast.han.email, PASSWORD)
        assert refused.status_code == 422
        clock.shift(timedelta(minutes=61))
        assert attempt(visitor(), cast.han.email, PASSWORD).status_code == 303


def test_a_spent_budget_looks_like_a_wrong_password(app: Flask, visitor: Visitors, cast: Cast, work: Counting) -> None:
    """Else it would tell which e-mails are tried; and an unknown one has a budget too."""
    unknown = "nobody@haetsal.example"
    wrong = comparable(attempt(visitor(), cast.han.email, "x"), cast.han.email)
    for email in (cast.han.email, unknown):
        spend(visitor, email, 10)
        work.verified = 0
        assert comparable(attempt(visitor(), email, PASSWORD), email) == wrong
        assert work.verified == 1


def test_a_budget_is_a_persons_and_not_an_addresss(visitor: Visitors, cast: Cast) -> None:
    spend(visitor, cast.han.email, 10)
    elsewhere = {"environ_base": {"REMOTE_ADDR": "10.9.8.7"}}
    assert attempt(visitor(), cast.han.email, PASSWORD, **elsewhere).status_code == 422
    assert attempt(visitor(), cast.yu.email, PASSWORD).status_code == 303


def test_spelling_an_email_otherwise_is_no_further_budget(visitor: Visitors, cast: Cast) -> None:
    for email in (f" {cast.han.email}", str(cast.han.email).upper()) * 5:
        spend(visitor, email, 1)
    assert attempt(visitor(), cast.han.email, PASSWORD).status_code == 422


def test_right_passwords_never_count(app: Flask, visitor: Visitors, cast: Cast) -> None:
    for _ in range(12):
        assert attempt(visitor(), cast.han.email, PASSWORD).status_code == 303
    assert count(app, "throttle") == 0


def test_what_is_counted_names_nobody(app: Flask, visitor: Visitors, cast: Cast) -> None:
    spend(visitor, cast.han.email, 1)
    spend(visitor, "who.knows@somewhere.example", 1)
    keys = str(rows_of(app)["throttle"]).lower()
    assert not [one for one in ("@", "han", "haetsal", "knows", "127.0", "한 선생님", cast.han.id.hex) if one in keys]
