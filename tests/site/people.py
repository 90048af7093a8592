"""Lets the people of docs/access.toml come: each signs in through the real pages, and only then is, say, suspended."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask

from curriculum.accounts.access import Mark
from curriculum.operations.access_page import AccessTable, read_access_table
from curriculum.operations.commands import ACCESS_TABLE
from tests.cast import Cast, Guests, Member, invite
from tests.site.canaries import Canaries, canaries_in, plant
from tests.site.rows import Rows, change, named, put_back, rows_of
from tests.site.walk import Address, Facts, addresses, ask
from tests.site_client import SiteClient

TABLE: AccessTable = read_access_table(ACCESS_TABLE.read_text("utf-8"))
PEOPLE = tuple(TABLE.people)
SIGN_INS = {"/ko/sign-in", "/ko/join", "/ko/join/number"}
# What happens to somebody between the sign-in and the request. `:id` is theirs, `:other` the class of other students.
THEN = {
    "suspended": "UPDATE person SET suspended = true WHERE id = :id",
    "suspended-teacher": "UPDATE person SET suspended = true WHERE id = :id",
    "other-class": "DELETE FROM story_mark WHERE person_id = :id",  # and so has not added to the story yet
    "moved-away": "UPDATE enrollment SET classroom_id = :other WHERE person_id = :id",
    "no-class": "DELETE FROM enrollment WHERE person_id = :id",
    "removed-teacher": "DELETE FROM teaching WHERE person_id = :id",
    "former-administrator": "UPDATE person SET role = 'teacher' WHERE id = :id",
}


def members(cast: Cast, guests: Guests) -> dict[str, Member | None]:
    """Who of the cast each of the people is."""
    return {
        "anonymous": None,
        "signed-out": guests.bom,
        "suspended": cast.suspended,
        "suspended-teacher": guests.min,
        "student": cast.gaon,
        "classmate": cast.narae,
        "other-class": cast.daon,
        "moved-away": guests.nuri,
        "no-class": guests.sol,
        "teacher": cast.han,
        "co-teacher": guests.oh,
        "read-only": cast.lim,
        "other-teacher": cast.bae,
        "removed-teacher": guests.ahn,
        "former-administrator": guests.ko,
        "counsellor": cast.yu,
        "administrator": cast.moon,
        "there-student": cast.lumi,
        "there-teacher": cast.seo,
        "there-counsellor": guests.gil,
        "there-administrator": guests.cha,
    }


@dataclass(frozen=True, eq=False)
class Scene:
    """Two schools in the middle of a term, with everybody signed in and a canary in every personal field."""

    app: Flask
    cast: Cast
    people: Mapping[str, Member | None]
    cookies: Mapping[str, str]
    tokens: Mapping[str, str]
    stored: Mapping[str, list[tuple[Any, ...]]]
    rows: Rows
    canaries: Canaries
    facts: Facts

    def enter(self, name: str) -> SiteClient:
        """Come as one of the people: with the cookie of the sign-in, in a browser of one's own."""
        client = SiteClient(self.app)
        client.client.set_cookie(self.app.config["SESSION_COOKIE_NAME"], self.cookies[name])
        return client

    def addresses(self) -> list[Address]:
        """Every address and method, with the ids of a class and of the first contact of the school."""
        [contact] = [
            one["id"]
            for one in self.rows["school_contact"]
            if one["school_id"] == self.cast.school_id and one["place"] == 1
        ]
        return list(addresses(self.app, self.cast, contact_id=contact))

    def restore(self) -> None:
        """Put the rows back to the middle of the term."""
        put_back(self.app, self.rows)


def furnish(app: Flask, cast: Cast) -> Scene:
    """Make the scene in a database that holds the cast alone."""
    people = members(cast, invite(app, cast))
    change(app, "UPDATE person SET suspended = false WHERE id = :id", id=cast.suspended.id)
    clients = {name: _come(app, member) for name, member in people.items()}
    _use(app, cast, clients, {name for name, one in people.items() if one and one.school_id != cast.school_id})
    tokens = {name: client.token("/ko/sign-in") for name, client in clients.items()}
    cookies = {name: _cookie(app, client) for name, client in clients.items()}
    clients["signed-out"].post("/ko/sign-out", on="/ko/class")
    for name, statement in THEN.items():
        member = people[name]
        assert member is not None
        values = {"id": member.id} | ({"other": cast.other_classroom_id} if ":other" in statement else {})
        change(app, statement, **values)
    plant(app)
    stored = rows_of(app)
    rows = named(stored)
    return Scene(app, cast, people, cookies, tokens, stored, rows, canaries_in(rows), _facts(app, cast, rows, term=1))


def _come(app: Flask, member: Member | None) -> SiteClient:
    client = SiteClient(app)
    if member is None:
        client.get("/ko/sign-in")  # like all the others, with a session that holds a token
        return client
    with _at_school(app, "haetsal" if member.class_code or "haetsal" in str(member.email) else "dalbit"):
        return client.sign_in(member)


@contextmanager
def _at_school(app: Flask, slug: str) -> Iterator[None]:
    # The site stands for one school at a time; staff of the other one came in while it stood for theirs.
    before, app.config["SCHOOL"] = app.config["SCHOOL"], slug
    yield
    app.config["SCHOOL"] = before


def _use(app: Flask, cast: Cast, clients: Mapping[str, SiteClient], there: set[str]) -> None:
    """Everybody sends everything that changes nobody's sign-in, so that each table has rows of many; one slips."""
    facts = _facts(app, cast, named(rows_of(app)), term=0)
    for name, client in clients.items():
        token = client.token("/ko/sign-in")
        own = cast.foreign_classroom_id if name in there else cast.classroom_id
        for address in addresses(app, cast, classroom_id=own):
            if address.method == "POST" and address.door.mark != Mark.SIGNED_IN and address.path not in SIGN_INS:
                client.client.post(address.path, data={"csrf_token": token, **ask(address, facts).form})
    SiteClient(app).post("/ko/join", {"code": "ZZZZ9999"}, status=422)


def _facts(app: Flask, cast: Cast, rows: Rows, *, term: int) -> Facts:
    [email] = [one["email"] for one in rows["person"] if one["id"] == cast.han.id]
    [code] = [one["code"] for one in rows["classroom"] if one["id"] == cast.classroom_id]
    return Facts(app, email, code, cast.gaon.number or 0, term)


def _cookie(app: Flask, client: SiteClient) -> str:
    cookie = client.client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    return cookie.value
