"""Lets the people of docs/access.toml come: each signs in through the real pages, and only then is, say, suspended."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask
from uuid_utils.compat import uuid7
from werkzeug.test import TestResponse

from curriculum.accounts.access import Mark
from curriculum.accounts.secret import hash_secret, hash_token
from curriculum.consents.models import GuardianConsent
from curriculum.database import Base
from curriculum.operations.access_page import AccessTable, read_access_table
from curriculum.operations.commands import ACCESS_TABLE
from curriculum.retention.models import YearTaught, YearTotal
from curriculum.second_factor.models import RecoveryCode
from curriculum.staff.invitation import written_code
from curriculum.staff.models import Invitation
from tests.cast import CODE, Cast, Guests, Member, invite
from tests.site.canaries import Canaries, canaries_in, plant
from tests.site.rows import Rows, change, named, outside, put_back, rows_of
from tests.site.walk import CARD, Address, Facts, addresses, ask
from tests.site_client import SiteClient

TABLE: AccessTable = read_access_table(ACCESS_TABLE.read_text("utf-8"))
PEOPLE = tuple(TABLE.people)
SIGN_INS = {"/ko/sign-in", "/ko/join", "/ko/join/number", "/ko/join/card"}
NEW_SESSIONS = {"/ko/account/password", "/ko/invitation", "/ko/invitation/password"}  # left for the walk as well
LINK_TOKEN = "only-the-tests-know-this-one"
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
    invited: UUID
    absent: dict[tuple[str, str], TestResponse] = field(default_factory=dict)  # by person and method: asked once

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
        sent, *_ = [one["id"] for one in self.rows["roster_import"] if one["person_id"] == self.cast.han.id]
        return list(addresses(self.app, self.cast, contact_id=contact, import_id=sent, staff_id=self.invited))

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
    change(app, "UPDATE sign_in_session SET seen_at = '2100-01-01 00:00:00'")  # a walk of any length writes nothing
    _hand_out(app, cast)
    _remember(app, cast)
    invited = _invited(app, cast)
    plant(app)
    stored = rows_of(app)
    rows = named(stored)
    facts = _facts(app, cast, rows, term=1)
    return Scene(app, cast, people, cookies, tokens, stored, rows, canaries_in(rows), facts, invited)


def _remember(app: Flask, cast: Cast) -> None:
    """What only the passing of years brings: a guardian's consent, and the total of a year whose records are gone."""
    moment, total = datetime.now(UTC), {"level": "middle", "grade": 2, "section": 1, "students": 9, "took_part": 7}
    own = [(one.school_id, one.id) for one in (cast.narae, cast.lumi)]
    consents = [
        {"school_id": school, "id": uuid7(), "person_id": person, "how": "paper", "recorded_at": moment}
        for school, person in own
    ]
    totals = [
        {"school_id": school, "id": uuid7(), **total, "school_year": 2020, "lesson_id": "gone/long/ago"}
        for school, _ in own
    ]
    with outside(app, writing=True) as connection:
        for member, sign in ((cast.han, b"h"), (cast.seo, b"s")):
            _let_in_otherwise(connection, member, sign)
        connection.execute(sa.insert(GuardianConsent), consents)
        connection.execute(sa.insert(YearTotal), totals)
        for school, person in own:
            _give_and_remember(connection, school, person)


def _give_and_remember(connection: sa.Connection, school: UUID, person: UUID) -> None:
    """More time for a student at some lesson of the school; and a lesson that was taught without devices long ago."""
    own, table = {"school_id": school, "id": uuid7()}, Base.metadata.tables["own_assignment"]
    assignment = Base.metadata.tables["assignment"]
    of = connection.scalars(sa.select(assignment.c.id).where(assignment.c.school_id == school)).first()
    connection.execute(sa.delete(table).where(table.c.school_id == school, table.c.person_id == person))
    connection.execute(sa.insert(table).values(**own, assignment_id=of, person_id=person, attempt_limit=7))
    place = {"school_year": 2020, "level": "middle", "grade": 2, "section": 1, "lesson_id": "gone/long/ago"}
    connection.execute(sa.insert(YearTaught).values(**own, **place, taught_on=date(2020, 5, 4)))


def _let_in_otherwise(connection: sa.Connection, member: Member, sign: bytes) -> None:
    """A passkey of one of the staff, an account of another organisation, and a sign-in with either that was begun."""
    tables, moment = Base.metadata.tables, datetime.now(UTC)
    own = {"school_id": member.school_id, "person_id": member.id}
    kept = {"credential": sign * 32, "public_key": sign * 64, "counter": 3, "place": "localhost", "name": "휴대전화"}
    connection.execute(sa.insert(tables["passkey"]).values(**own, id=uuid7(), **kept, added_at=moment, used_at=moment))
    begun = {"purpose": "new-passkey", "value": sign * 32, "expires_at": moment + timedelta(days=1)}
    connection.execute(sa.insert(tables["challenge"]).values(**own, id=uuid7(), **begun))
    table = tables["sign_on_link"]
    connection.execute(sa.delete(table).where(table.c.school_id == member.school_id))
    connection.execute(sa.insert(table).values(**own, id=uuid7(), identity=sign * 16, used_at=moment))


def _invited(app: Flask, cast: Cast) -> UUID:
    """Whom the administrator has invited: with a link that is known here, and with one-time codes set up before."""
    with outside(app, writing=True) as connection:
        found = connection.execute(sa.select(Invitation.school_id, Invitation.person_id)).all()
        for school_id, person_id in found:
            kept = {"school_id": school_id, "person_id": person_id, "id": uuid7(), "code_hash": uuid7().bytes}
            connection.execute(sa.insert(RecoveryCode).values(kept))
        own = Invitation.school_id == cast.school_id
        connection.execute(sa.update(Invitation).where(own).values(token_hash=hash_token(LINK_TOKEN)))
    [invited] = [person_id for school_id, person_id in found if school_id == cast.school_id]
    return invited


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
            if (
                address.method == "POST"
                and address.door.mark != Mark.SIGNED_IN
                and address.path not in SIGN_INS | NEW_SESSIONS
            ):
                client.client.post(address.path, data={"csrf_token": token, **ask(address, facts).form})
    SiteClient(app).post("/ko/join", {"code": "ZZZZ9999"}, status=422)


def _hand_out(app: Flask, cast: Cast) -> None:
    """A slip and a code for today to a student of each school."""
    tables, until = Base.metadata.tables, datetime.now(UTC) + timedelta(days=1)
    with outside(app, writing=True) as connection:
        for member, token in ((cast.gaon, CARD), (cast.lumi, f"{CARD}-there")):
            own = {"school_id": member.school_id, "id": uuid7(), "person_id": member.id}
            connection.execute(sa.insert(tables["sign_in_card"]).values(**own, token_hash=hash_token(token)))
        for member in (cast.narae, cast.lumi):
            own = {"school_id": member.school_id, "id": uuid7(), "person_id": member.id}
            code = hash_secret(CODE)
            connection.execute(sa.insert(tables["day_code"]).values(**own, secret_hash=code, expires_at=until))


def _facts(app: Flask, cast: Cast, rows: Rows, *, term: int) -> Facts:
    [email] = [one["email"] for one in rows["person"] if one["id"] == cast.han.id]
    [code] = [one["code"] for one in rows["classroom"] if one["id"] == cast.classroom_id]
    ids = {"teacher": cast.han.id, "other_class": cast.other_classroom_id, "classmate": cast.narae.id}
    ids |= {"school": cast.school_id, "class": cast.classroom_id}
    held = [one["id"] for one in rows["passkey"] if one["person_id"] == cast.han.id]  # none before the term
    link = written_code(cast.school_id, LINK_TOKEN)
    return Facts(app, email, code, cast.gaon.number or 0, term, link, ids | ({"passkey": held[0]} if held else {}))


def _cookie(app: Flask, client: SiteClient) -> str:
    cookie = client.client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    return cookie.value
