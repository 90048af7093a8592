"""Shows how slips let a student in: by their QR or their six digits, once made anew and shown once."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from curriculum.cards.services import TOKEN_BYTES
from curriculum.classrooms.school_year import midnight_after
from curriculum.database import now
from tests.cast import CODE, WRONG_CODE, Cast
from tests.inspection import Page
from tests.site.rows import change, count, rows_of
from tests.site.walk import comparable
from tests.site_client import SiteClient

Visitors = Callable[[], SiteClient]


def cards_of(cast: Cast) -> str:
    return f"/ko/teach/classes/{cast.classroom_id}/cards"


@pytest.fixture
def han(client: SiteClient, cast: Cast) -> SiteClient:
    """A teacher with every right in the class."""
    return client.sign_in(cast.han)


def codes_on(page: Page) -> list[str]:
    """The six digits of each slip, in order."""
    return re.findall(r"(?<![\d-])(\d{3}) (\d{3})(?!\d)", page.text) and [
        "".join(found) for found in re.findall(r">(\d{3}) (\d{3})<", page.text)
    ]


def try_code(visitor: Visitors, number: int, code: str) -> int:
    guest = visitor()
    guest.post("/ko/join", {"code": "AAAA1111"})
    form = {"number": number, "code": code, "csrf_token": guest.token("/ko/join/number")}
    return guest.client.post("/ko/join/number", data=form).status_code


def try_card(visitor: Visitors, card: str) -> int:
    guest = visitor()
    form = {"card": card, "csrf_token": guest.token("/ko/join")}
    return guest.client.post("/ko/join/card", data=form).status_code


def with_tokens(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the QR of the slips carry, in order: a picture cannot be read here."""
    from curriculum.classrooms import views

    told: list[str] = []
    own = views.qr_of
    monkeypatch.setattr(views, "qr_of", lambda text: (told.append(text), own(text))[1])
    return told


def test_it_works(app: Flask, cast: Cast, han: SiteClient, visitor: Visitors, monkeypatch: pytest.MonkeyPatch) -> None:
    told = with_tokens(monkeypatch)
    page = han.post(cards_of(cast), {"way": "all"}, status=200)
    codes = codes_on(page)
    assert len(codes) == len(told) == 2  # Sara is suspended and in no list
    address, _, carried = told[0].partition("#")
    assert address.endswith("/ko/join")
    assert carried.startswith("AAAA1111.")
    assert try_code(visitor, 1, codes[0]) == 303
    assert try_card(visitor, carried) == 303
    assert try_code(visitor, 1, CODE) == 422  # what was good before
    assert "cards-made" in repr(rows_of(app)["audit_line"])


def test_nothing_that_is_shown_is_stored(
    app: Flask, cast: Cast, han: SiteClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = with_tokens(monkeypatch)
    [code, *_] = codes_on(han.post(cards_of(cast), {"way": "all"}, status=200))
    stored = repr(rows_of(app))
    assert code not in stored
    assert told[0].rpartition(".")[2] not in stored
    again = han.get(cards_of(cast)).text
    assert code not in again


def test_a_new_slip_is_for_one_student_and_ends_the_old_one(
    app: Flask, cast: Cast, han: SiteClient, visitor: Visitors
) -> None:
    gaon, narae = visitor().sign_in(cast.gaon), visitor().sign_in(cast.narae)
    [code] = codes_on(han.post(cards_of(cast), {"way": "one", "number": 1}, status=200))
    assert gaon.client.get("/ko/class").status_code == 303  # signed out
    assert narae.client.get("/ko/class").status_code == 200
    assert (try_code(visitor, 1, CODE), try_code(visitor, 1, code), try_code(visitor, 2, CODE)) == (422, 303, 303)


def test_slips_for_those_without_one_leave_the_others_alone(
    app: Flask, cast: Cast, han: SiteClient, visitor: Visitors
) -> None:
    change(app, "UPDATE person SET secret_hash = '' WHERE id = :id", id=cast.narae.id)
    page = han.post(cards_of(cast), {"way": "new"}, status=200)
    assert len(codes_on(page)) == 1
    assert try_code(visitor, 1, CODE) == 303


def test_a_code_for_today_is_good_until_midnight_in_place_of_the_slip(
    app: Flask, cast: Cast, han: SiteClient, visitor: Visitors, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = with_tokens(monkeypatch)
    [own, _] = codes_on(han.post(cards_of(cast), {"way": "all"}, status=200))
    card = told[0].partition("#")[2]
    [today] = codes_on(han.post(cards_of(cast), {"way": "today", "number": 1}, status=200))
    assert (try_code(visitor, 1, today), try_code(visitor, 1, own), try_card(visitor, card)) == (303, 422, 422)
    assert "day-code-made" in repr(rows_of(app)["audit_line"])
    with time_machine.travel(midnight_after(now()) + timedelta(seconds=1)):
        assert (try_code(visitor, 1, today), try_code(visitor, 1, own), try_card(visitor, card)) == (422, 303, 303)


def test_wrong_codes_never_lock_the_qr_and_the_teacher_gives_tries_back(
    app: Flask, cast: Cast, han: SiteClient, visitor: Visitors, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = with_tokens(monkeypatch)
    [code, _] = codes_on(han.post(cards_of(cast), {"way": "all"}, status=200))
    card = told[0].partition("#")[2]
    assert [try_code(visitor, 1, WRONG_CODE) for _ in range(5)] == [422] * 5
    assert try_code(visitor, 1, code) == 429
    for _ in range(20):
        assert try_card(visitor, f"AAAA1111.{'x' * 22}") == 422
    assert try_card(visitor, card) == 303
    assert "1" in han.get(cards_of(cast)).text
    han.post(cards_of(cast), {"way": "tries", "number": 1}, status=200)
    assert try_code(visitor, 1, code) == 303
    assert [try_code(visitor, 1, WRONG_CODE) for _ in range(5)] == [422] * 5
    [today] = codes_on(han.post(cards_of(cast), {"way": "today", "number": 1}, status=200))
    assert try_code(visitor, 1, today) == 303


def test_whatever_is_wrong_about_a_card_looks_alike(app: Flask, cast: Cast, visitor: Visitors) -> None:
    def said(card: str) -> tuple[int, str]:
        guest = visitor()
        form = {"card": card, "csrf_token": guest.token("/ko/join")}
        return comparable(guest.client.post("/ko/join/card", data=form))

    seen = {said(card) for card in ("", ".", "AAAA1111", f"AAAA1111.{'x' * 22}", f"ZZZZ9999.{'x' * 22}", "x" * 500)}
    assert len(seen) == 1
    assert TOKEN_BYTES * 8 >= 128


@pytest.mark.parametrize("why", ["archived_at = '2020-01-01 00:00:00'", "code_expires_at = '2020-01-01 00:00:00'"])
def test_a_class_that_is_over_lets_nobody_in(
    app: Flask, cast: Cast, han: SiteClient, visitor: Visitors, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    told = with_tokens(monkeypatch)
    han.post(cards_of(cast), {"way": "all"}, status=200)
    change(app, f"UPDATE classroom SET {why} WHERE id = :id", id=cast.classroom_id)
    assert try_card(visitor, told[0].partition("#")[2]) == 422
    visitor().post("/ko/join", {"code": "AAAA1111"}, status=422)
    before = count(app, "audit_line")
    han.post(cards_of(cast), {"way": "all"}, status=422)
    assert count(app, "audit_line") == before


def test_without_names_none_is_on_a_slip(app: Flask, cast: Cast, han: SiteClient) -> None:
    assert "가온" in han.post(cards_of(cast), {"way": "all"}, status=200).text
    change(app, "UPDATE classroom SET pseudonyms = true")
    page = han.post(cards_of(cast), {"way": "all"}, status=200)
    assert "가온" not in page.text


@pytest.mark.parametrize(
    "form", [{"way": "one"}, {"way": "one", "number": 33}, {"way": "x", "number": 1}, {}, {"way": "new"}]
)
def test_what_is_about_nobody_does_nothing(app: Flask, cast: Cast, han: SiteClient, form: dict[str, object]) -> None:
    before = rows_of(app)
    han.post(cards_of(cast), dict(form), status=422)
    assert rows_of(app) == before


def test_both_languages_and_both_desks(cast: Cast, han: SiteClient, visitor: Visitors) -> None:
    english = cards_of(cast).replace("/ko/", "/en/")
    han.get(english)
    han.post(english, {"way": "all"}, status=200)
    han.post(english, {"way": "today", "number": 1}, status=200)
    moon = visitor().sign_in(cast.moon)
    for locale in ("ko", "en"):
        moon.get(f"/{locale}/school/network")
        moon.post(f"/{locale}/school/classes/{cast.classroom_id}/cards", {"way": "one", "number": 2}, status=200)
