"""Shows that a device that was put down stays nobody's, that use is noted once a minute, and how it is handed over."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from curriculum.accounts import services
from curriculum.accounts.idle import IDLE, UNATTENDED, WARNED, WRITTEN_EVERY, is_to_be_written, left_of
from tests.cast import Cast
from tests.quizzes.devices import ANSWER, PATH, answer, hidden, pencils
from tests.site.rows import named, rows_of
from tests.site_client import SiteClient

__all__ = ["pencils"]
NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PAGES = {"gaon": "/ko/class", "han": "/ko/teach/"}
MOMENTS = st.timedeltas(min_value=-IDLE, max_value=2 * IDLE)


@given(MOMENTS)
def test_between_two_notes_lies_a_minute_and_who_uses_a_session_has_most_of_its_time(later: timedelta) -> None:
    written = is_to_be_written(NOW, NOW + later)
    assert written is (later >= WRITTEN_EVERY)
    assert IDLE - WRITTEN_EVERY - SECOND < timedelta(seconds=left_of(NOW, NOW + later)) <= IDLE


def test_it_is_warned_before_the_end() -> None:
    assert SECOND < WARNED < IDLE - WRITTEN_EVERY


@pytest.mark.parametrize("name", ["gaon", "han"])
def test_a_session_that_nobody_uses_for_a_quarter_of_an_hour_is_over(client: SiteClient, cast: Cast, name: str) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client.sign_in(getattr(cast, name))
        clock.shift(IDLE - SECOND)
        client.get(PAGES[name])
        clock.shift(IDLE - SECOND)
        client.get("/ko/lessons/")  # a page for everybody is use as well
        clock.shift(IDLE)
        client.get(PAGES[name], status=303)


def test_who_only_says_to_be_there_stays_and_is_told_how_long(client: SiteClient, cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client.sign_in(cast.gaon)
        token = client.token("/ko/class")
        for _ in range(3):
            clock.shift(IDLE - SECOND)
            reply = client.client.post("/ko/here", data={"csrf_token": token})
            assert reply.json == {"left": IDLE.total_seconds()}
        clock.shift(30 * SECOND)
        assert client.client.post("/ko/here", data={"csrf_token": token}).json == {"left": IDLE.total_seconds() - 30}


def test_what_a_clock_sends_keeps_nobody_signed_in(client: SiteClient, cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client.sign_in(cast.gaon)
        for _ in range(14):
            clock.shift(timedelta(minutes=1))
            client.get("/ko/class", headers={UNATTENDED: "1"})
        clock.shift(timedelta(minutes=1))
        client.get("/ko/class", status=303)


def test_a_hundred_pages_in_a_minute_are_noted_once_and_nothing_else_is_written(
    app: Flask, client: SiteClient, cast: Cast, statements: list[str]
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client.sign_in(cast.gaon)
        before = without_notes(app)
        clock.shift(WRITTEN_EVERY)
        statements.clear()
        for _ in range(100):
            client.client.get("/ko/lessons/")
            clock.shift(WRITTEN_EVERY / 101)
    assert len([one for one in statements if one.lstrip().startswith(("UPDATE", "INSERT", "DELETE"))]) == 1
    assert without_notes(app) == before


def without_notes(app: Flask) -> object:
    rows = named(rows_of(app))
    rows["sign_in_session"][:] = [{**one, "seen_at": None} for one in rows["sign_in_session"]]
    return rows


def test_a_page_is_shown_although_its_use_cannot_be_noted(
    client: SiteClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise OperationalError("", {}, Exception("database or disk is full"))

    with time_machine.travel(NOW, tick=False) as clock:
        client.sign_in(cast.gaon)
        clock.shift(WRITTEN_EVERY)
        monkeypatch.setattr(services, "writing_apart", full)
        assert "가온" in client.get("/ko/class").text


@pytest.mark.parametrize(
    ("name", "why", "leads_to", "clears"),
    [
        ("gaon", "", "/ko/", '"cache", "storage"'),
        ("gaon", "not-me", "/ko/join", '"cache"'),
        ("gaon", "idle", "/ko/join", '"cache"'),
        ("han", "idle", "/ko/sign-in", '"cache"'),
        ("han", "https://elsewhere.example", "/ko/", '"cache", "storage"'),
    ],
)
def test_signing_out_lets_the_browser_forget(
    client: SiteClient, cast: Cast, name: str, why: str, leads_to: str, clears: str
) -> None:
    client.sign_in(getattr(cast, name))
    client.post("/ko/sign-out", {"why": why}, on=PAGES[name])
    assert (client.location, client.last.headers["Clear-Site-Data"]) == (leads_to, clears)
    client.get(PAGES[name], status=303)


@pytest.mark.parametrize("path", ["/ko/class", "/ko/lessons/", "/en/help/", "/ko/no/such/page"])
def test_whose_work_it_is_stands_on_every_page_of_a_student_with_one_tap_to_leave(
    client: SiteClient, cast: Cast, path: str
) -> None:
    client.sign_in(cast.gaon)
    page = client.get(path, status=404 if "no" in path.split("/") else 200)
    [form] = [one for one in page.all("form") if one.attrib.get("class") == "whose"]
    assert page.words(form).startswith("가온")
    fields = {one.attrib["name"]: one.attrib["value"] for one in form.iter("input")}
    client.client.post(form.attrib["action"], data=fields)
    client.get("/ko/class", status=303)


def test_staff_and_visitors_have_their_own_way_out(client: SiteClient, cast: Cast) -> None:
    for page in (client.get("/ko/"), client.sign_in(cast.han).get("/ko/teach/")):
        assert [one for one in page.all("form") if one.attrib.get("class") == "whose"] == []


def test_unfinished_work_is_there_when_the_same_student_comes_back(
    client: SiteClient, cast: Cast, visitor: Callable[[], SiteClient], pencils: object
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client.sign_in(cast.gaon)
        page = client.get(PATH)
        token, owner = hidden(page, "csrf_token"), hidden(page, "owner")
        client.client.post(ANSWER, data=answer("say", "a", csrf_token=token, owner=owner))
        clock.shift(IDLE)
        client.get("/ko/class", status=303)
        assert chosen(client.sign_in(cast.narae)) == set()
        assert chosen(client.sign_in(cast.gaon)) == {"a"}


def chosen(client: SiteClient) -> set[str]:
    boxes = [one for one in client.get(PATH).all("input") if one.attrib.get("name") == "item-say"]
    return {one.attrib["value"] for one in boxes if "checked" in one.attrib}
