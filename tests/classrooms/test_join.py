"""Shows how a student joins: class code, number, own code; no names before, no hint after, five mistakes a day."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from curriculum.accounts import secret
from curriculum.accounts.services import SignInRefused
from curriculum.classrooms.queries import classroom_with_code
from curriculum.classrooms.services import UNKNOWN_CLASS_CODES, TooManyTries, check_student, find_classroom
from curriculum.database import db
from tests.cast import CODE, WRONG_CODE, Cast, Member
from tests.site.rows import change, count, rows_of
from tests.site.walk import comparable
from tests.site_client import SiteClient

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
Visitors = Callable[[], SiteClient]


def at_the_numbers(visitor: Visitors, class_code: str = "AAAA1111") -> SiteClient:
    """Somebody who has typed the class code."""
    client = visitor()
    client.post("/ko/join", {"code": class_code})
    return client


def attempt(visitor: Visitors, number: object, code: str, **options: Any) -> Any:
    """Somebody sends a number and a code; the whole response."""
    client = at_the_numbers(visitor)
    form = {"number": number, "code": code, "csrf_token": client.token("/ko/join/number")}
    return client.client.post("/ko/join/number", data=form, **options)


def mistake(visitor: Visitors, number: int, times: int = 1) -> None:
    for _ in range(times):
        assert attempt(visitor, number, WRONG_CODE).status_code == 422


# joining


def test_it_works(client: SiteClient, cast: Cast) -> None:
    client.get("/ko/join")
    client.post("/ko/join", {"code": "aaaa-1111"})
    assert client.location == "/ko/join/number"
    client.get("/ko/join/number")
    client.post("/ko/join/number", {"number": 1, "code": CODE})
    assert client.location == "/ko/class"
    assert "가온" in client.get("/ko/class").text


def test_the_class_code_leaves_no_trace_in_an_address(client: SiteClient) -> None:
    client.post("/ko/join", {"code": "AAAA1111"})
    assert "AAAA" not in client.location


def test_numbers_come_after_the_class_code_only(client: SiteClient) -> None:
    client.get("/ko/join/number", status=303)
    assert client.location == "/ko/join"


def test_no_name_is_shown_before_the_code_is_right(visitor: Visitors, cast: Cast) -> None:
    page = at_the_numbers(visitor).get("/ko/join/number")
    numbers = [one.attrib["value"] for one in page.all("input") if one.attrib.get("name") == "number"]
    assert numbers == ["1", "2"]
    for text in (page.text, attempt(visitor, 1, WRONG_CODE).text):
        assert not [one.name for one in (*cast.everybody,) if one.name in text]
        assert "햇살중학교" not in text


def test_a_class_without_students_can_be_met(app: Flask, visitor: Visitors) -> None:
    change(app, "DELETE FROM enrollment")
    at_the_numbers(visitor).get("/ko/join/number")


@pytest.mark.parametrize("code", ["ZZZZ9999", "x", "가나다라마바사아", "' OR 1=1", "A" * 40])
def test_a_class_code_that_is_unknown_is_refused_the_same_way(visitor: Visitors, code: str) -> None:
    client = visitor()
    unknown = client.post("/ko/join", {"code": "ZZZZ9998"}, status=422)
    refused = client.post("/ko/join", {"code": code}, status=422)
    value = {one.attrib.get("value") for one in refused.all("input") if one.attrib.get("name") == "code"}
    assert "이 참여 코드로 들어갈 수 없어요" in refused.text
    assert refused.words() == unknown.words()
    assert value == {code}


def test_a_class_code_with_signs_that_html_cannot_hold_is_refused(client: SiteClient) -> None:
    form = {"code": "AAAA\x001111", "csrf_token": client.token("/ko/join")}
    assert client.client.post("/ko/join", data=form).status_code == 422


def test_a_class_code_of_two_schools_is_nobodys(app: Flask, visitor: Visitors, cast: Cast) -> None:
    """The code carries the school; it must never lead into the wrong one."""
    change(app, "UPDATE classroom SET code = 'AAAA1111' WHERE id = :id", id=cast.foreign_classroom_id)
    visitor().post("/ko/join", {"code": "AAAA1111"}, status=422)


@pytest.mark.parametrize(
    ("number", "code"), [("", CODE), (1, ""), (1, "12345"), (1, "1234567"), (1, "abcdef"), ("x", CODE), (3, CODE)]
)
def test_a_form_that_cannot_be_right_costs_no_try(app: Flask, visitor: Visitors, number: object, code: str) -> None:
    assert attempt(visitor, number, code).status_code == 422
    assert count(app, "throttle") == 0


def test_spaces_around_a_code_do_not_matter(visitor: Visitors) -> None:
    assert attempt(visitor, 1, f" {CODE} ").status_code == 303


def test_full_width_digits_are_the_digits_they_look_like(visitor: Visitors) -> None:
    full_width = CODE.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert attempt(visitor, 1, full_width).status_code == 303


# no hint


def test_nobody_is_told_which_part_was_wrong(app: Flask, visitor: Visitors, cast: Cast) -> None:
    def seen(number: int, code: str) -> tuple[int, str]:
        status, text = comparable(attempt(visitor, number, code))
        return status, text.replace(" checked", "").replace("checked ", "")

    wrong = seen(1, WRONG_CODE)
    assert wrong[0] == 422
    assert "들어가지 못했어요" in wrong[1]
    # Whose record is stopped has no tile, like a number that nobody has: both are told to choose one.
    assert without_choice(seen(9, CODE)[1]) == without_choice(seen(40, CODE)[1])
    assert count(app, "sign_in_session") == 0


def without_choice(text: str) -> str:
    """The page without the mark of the tile that was pressed: it is the visitor's own choice."""
    return re.sub(r'<input[^>]*name="number"[^>]*>', "", text)


@pytest.mark.parametrize(("number", "code"), [(1, CODE), (1, WRONG_CODE), (9, CODE), (3, CODE), (-1, ""), (10**9, "x")])
def test_the_same_work_is_done_either_way(app: Flask, monkeypatch: pytest.MonkeyPatch, number: int, code: str) -> None:
    calls: list[str] = []
    real = secret.HASHER
    secret._of_nobody()

    class Counting:
        """Counts what is hashed."""

        def verify(self, stored: str, typed: str) -> bool:
            calls.append(typed)
            return real.verify(stored, typed)

    monkeypatch.setattr(secret, "HASHER", Counting())
    with app.app_context():
        tried(number, code)
    assert calls == [code]


def tried(number: int, code: str) -> bool:
    """Whether number and code open Gaon's class; TooManyTries goes through."""
    classroom = classroom_with_code("AAAA1111")
    assert classroom
    try:
        check_student(classroom=classroom, number=number, code=code)
    except SignInRefused:
        return False
    return True


# the budgets


def test_five_wrong_codes_a_day_then_not_even_the_right_one(visitor: Visitors) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        mistake(visitor, 1, 5)
        assert attempt(visitor, 1, CODE).status_code == 429
        clock.shift(timedelta(hours=20))
        assert attempt(visitor, 1, CODE).status_code == 303


def test_four_wrong_codes_lock_nobody_out(visitor: Visitors) -> None:
    mistake(visitor, 1, 4)
    assert attempt(visitor, 1, CODE).status_code == 303
    mistake(visitor, 1, 1)
    assert attempt(visitor, 1, CODE).status_code == 429


def test_a_classmate_is_not_affected(visitor: Visitors) -> None:
    mistake(visitor, 1, 5)
    assert attempt(visitor, 2, CODE).status_code == 303


def test_a_spent_budget_costs_no_hash(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        for _ in range(5):
            assert not tried(1, WRONG_CODE)
        monkeypatch.setattr(secret, "HASHER", None)
        with pytest.raises(TooManyTries):
            tried(1, CODE)


def test_numbers_nobody_has_are_counted_too(app: Flask) -> None:
    """Else the budget would tell which numbers exist."""
    with app.app_context():
        for _ in range(5):
            assert not tried(33, CODE)
        with pytest.raises(TooManyTries):
            tried(33, CODE)


def fill(app: Flask, key: str, failures: int) -> None:
    change(app, "UPDATE throttle SET failures = :failures WHERE key LIKE :key", failures=failures, key=key)


def test_a_class_has_a_budget_too(app: Flask, visitor: Visitors) -> None:
    """Two hundred an hour: nobody tries one code with every number."""
    with time_machine.travel(NOW, tick=False) as clock:
        mistake(visitor, 1)
        fill(app, "class:%", 199)
        assert attempt(visitor, 2, CODE).status_code == 303
        mistake(visitor, 1)
        assert attempt(visitor, 2, CODE).status_code == 429
        other = at_the_numbers(visitor, "BBBB2222")
        other.post("/ko/join/number", {"number": 1, "code": CODE})
        clock.shift(timedelta(minutes=61))
        assert attempt(visitor, 2, CODE).status_code == 303


def test_unknown_class_codes_have_a_budget_for_all(app: Flask, visitor: Visitors) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        visitor().post("/ko/join", {"code": "ZZZZ9999"}, status=422)
        fill(app, UNKNOWN_CLASS_CODES.key, UNKNOWN_CLASS_CODES.limit - 1)
        visitor().post("/ko/join", {"code": "AAAA1111"})
        visitor().post("/ko/join", {"code": "ZZZZ9999"}, status=422)
        visitor().post("/ko/join", {"code": "AAAA1111"}, status=429)
        clock.shift(timedelta(minutes=61))
        visitor().post("/ko/join", {"code": "AAAA1111"})


def test_guessing_for_a_week_finds_no_class() -> None:
    """40 bits, 1,000 classes, a budget that is always spent: below 1 in 1,000, and no student yet."""
    tries = UNKNOWN_CLASS_CODES.limit * timedelta(weeks=1) / UNKNOWN_CLASS_CODES.window
    assert tries * 1000 / 2**40 < 0.001


def test_a_wrong_code_counts_wherever_it_comes_from(visitor: Visitors) -> None:
    for place in range(5):
        attempt(visitor, 1, WRONG_CODE, environ_base={"REMOTE_ADDR": f"10.0.0.{place}"})
    assert attempt(visitor, 1, CODE, environ_base={"REMOTE_ADDR": "10.9.9.9"}).status_code == 429


def test_a_class_that_signs_in_behind_one_address_locks_nobody_out(app: Flask, visitor: Visitors) -> None:
    """Each mistypes now and then; all get in."""
    for _ in range(12):
        for number in (1, 2):
            assert attempt(visitor, number, CODE).status_code == 303
    mistake(visitor, 1, 4)
    mistake(visitor, 2, 4)
    assert [attempt(visitor, number, CODE).status_code for number in (1, 2)] == [303, 303]


def test_right_codes_never_count(app: Flask, visitor: Visitors) -> None:
    for _ in range(6):
        assert attempt(visitor, 1, CODE).status_code == 303
    assert count(app, "throttle") == 0


def test_what_is_counted_names_nobody(app: Flask, visitor: Visitors, cast: Cast) -> None:
    mistake(visitor, 1)
    visitor().post("/ko/join", {"code": "ZZZZ9999"}, status=422)
    keys = " ".join(str(row[0]) for row in rows_of(app)["throttle"])
    assert not [one for one in ("가온", "AAAA1111", "ZZZZ9999", "127.0", cast.gaon.id.hex) if one in keys]


def test_windows_that_have_passed_are_dropped(app: Flask, visitor: Visitors) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        mistake(visitor, 1)
        clock.shift(timedelta(days=2))
        mistake(visitor, 2)
    keys = [str(row[0]) for row in rows_of(app)["throttle"]]
    assert len(keys) == 2
    assert not [key for key in keys if ":1:" in key]


def test_a_failure_is_counted_although_the_request_is_refused(app: Flask, visitor: Visitors) -> None:
    mistake(visitor, 1)
    assert {row[1] for row in rows_of(app)["throttle"]} == {1}


def test_a_class_is_found_by_its_code_and_not_otherwise(app: Flask, cast: Cast) -> None:
    with app.app_context():
        assert find_classroom(typed="bbbb 2222").id == cast.other_classroom_id
        with pytest.raises(SignInRefused):
            find_classroom(typed=str(cast.classroom_id))
        db.session.rollback()


@pytest.mark.parametrize("name", ["gaon", "narae", "daon", "lumi"])
def test_every_student_enters_their_own_class(client: SiteClient, cast: Cast, name: str) -> None:
    member: Member = getattr(cast, name)
    page = client.sign_in(member).get("/ko/class")
    assert member.name in page.text
