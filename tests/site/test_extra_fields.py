"""Shows that what an address did not ask for changes nothing: nobody gives themselves a role, a school or a score."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
import time_machine

from curriculum.classrooms.class_code import LENGTH, LETTERS
from curriculum.database import Base
from tests.site.canaries import HASH
from tests.site.matrix import Answer, cells, is_let_in, knock, leaks_in
from tests.site.people import PEOPLE, Scene
from tests.site.rows import rows_of
from tests.site.walk import ID, SAFE, Address, ask, comparable

Record = Callable[[str, object], None]
# Beside every column of every table: what an attacker would like to be, and how other programs call it.
WISHES = {
    "is_admin": "1",
    "is_staff": "1",
    "admin": "true",
    "_user_id": "0" * 32 + ".x",
    "class_code": "CCCC3333",
    "score": "100",
    "submitted_at": "2020-01-01T00:00:00Z",
    "next": "//evil.com",
    "_method": "DELETE",
}
CLASS_CODE = re.compile(rf"[{LETTERS}]{{{LENGTH}}}")
WITH_JSON = {"anonymous", "student", "teacher", "counsellor"}  # the others in the long round
READ = {"attempt"}  # by the result page; whose attempts it finds is shown in test_foreign_ids.py
VALUES: dict[type, str] = {int: "99", bool: "1", bytes: "00", list: '["x"]'}
VALUES |= {date: "2020-01-01", datetime: "2020-01-01T00:00:00Z"}
WORDS = {"role": "administrator", "email": "new@school.example", "display_name": "다른 이름", "slug": "dalbit"}


@cache
def extra(scene: Scene) -> dict[str, str]:
    """The columns of all tables in the ways in which forms nest them, with what would be worth to write there."""
    fields = dict(WISHES)
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            value = _worth_writing(scene, table, column)
            names = [column.name, f"{table.name}.{column.name}", f"{table.name}[{column.name}]"]
            fields |= dict.fromkeys(names, value)
            if column.name.endswith("_id"):
                fields |= dict.fromkeys([column.name.removesuffix("_id"), f"{column.name}[]"], value)
    return fields


def _worth_writing(scene: Scene, table: sa.Table, column: sa.Column[Any]) -> str:
    kind = _kind(column.type)
    if kind is UUID:
        target = next((key.column.table.name for key in column.foreign_keys if key.column.name == "id"), table.name)
        known = {"school": scene.cast.other_school_id, "person": scene.cast.narae.id}
        known["classroom"] = scene.cast.other_classroom_id
        return str(known.get(target) or scene.rows[target][0]["id"])
    return WORDS.get(column.name, "planted") if kind is str else VALUES[kind]


def _kind(type_: Any) -> type:
    if isinstance(type_, sa.JSON):
        return list
    return type_.impl_instance.python_type if isinstance(type_, sa.TypeDecorator) else type_.python_type


def outcome(scene: Scene, answer: Answer) -> tuple[Any, ...]:
    """Where it led, what the cookie holds, and every row; what is made anew each time left out."""
    rows, stored = rows_of(scene.app) if answer.wrote else scene.stored, None
    if rows != scene.stored:
        old = {value for several in scene.stored.values() for row in several for value in row if _is_unique(value)}
        stored = {
            table: sorted(
                (["new" if _is_unique(one) and one not in old else one for one in row] for row in several), key=repr
            )
            for table, several in rows.items()
        }
        scene.restore()
    response = answer.response
    leads_to = ID.sub("new", response.headers.get("Location", "").partition("?")[0])
    return response.status_code, leads_to, sorted(_lasting_cookie(answer)), stored


def _is_unique(value: Any) -> bool:
    if isinstance(value, UUID | bytes):
        return True
    return str(value).upper().startswith(HASH) or bool(CLASS_CODE.fullmatch(str(value)))


def _lasting_cookie(answer: Answer) -> Iterator[str]:
    for cookie in answer.cookie:
        secrets = {"csrf_token": "", "_user_id": str(cookie.get("_user_id")).partition(".")[0]}
        yield repr(sorted((cookie | {key: secrets[key] for key in secrets if key in cookie}).items()))


def faults_with_extra_fields(scene: Scene, name: str, address: Address, *, json: bool) -> list[str]:
    """Where extra fields in query, form or JSON made any difference to what is written, answered or shown."""
    faults = []
    for plain, planted in _pairs(scene, name, address, json=json):
        first = knock(scene, name, address, **plain)
        expected = outcome(scene, first)
        second = knock(scene, name, address, **planted)
        if outcome(scene, second) != expected:
            faults.append("makes a difference")
        if address.method in SAFE and comparable(second.response) != comparable(first.response):
            faults.append("shows something else")
        faults += leaks_in(scene, name, address, second)
    return [f"{name}: {address.name} with extra fields: {one}" for one in faults]


def _pairs(scene: Scene, name: str, address: Address, *, json: bool) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What is sent without and with extra fields."""
    more = extra(scene)
    if address.method in SAFE or not is_let_in(name, address):
        yield {}, {"query_string": {key: value for key, value in more.items() if key not in READ}}
        return
    yield {}, {"data": more, "query_string": more}
    if not json:
        return
    form, headers = dict(ask(address, scene.facts).form), {"X-CSRFToken": scene.tokens[name]}
    nested = {**more, **form, "person": more, "items": [more], "data": {"attributes": more}}
    yield {"json": form, "headers": headers}, {"json": nested, "headers": headers}


def walked(scene: Scene, name: str, asked: list[Address], *, json: bool = True) -> list[str]:
    """The faults of one of the people at all these addresses, at one moment."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        return [fault for address in asked for fault in faults_with_extra_fields(scene, name, address, json=json)]


@pytest.mark.parametrize("name", PEOPLE)
def test_fields_that_were_not_asked_for_change_nothing(scene: Scene, name: str, record_property: Record) -> None:
    writes = [one for one in cells(scene) if one.method not in SAFE]
    faults = walked(scene, name, writes, json=name in WITH_JSON)
    record_property("extra fields", len(writes) * len(extra(scene)))
    assert faults == []


@pytest.mark.full
@pytest.mark.parametrize("name", PEOPLE)
def test_no_way_of_sending_them_changes_or_shows_anything(scene: Scene, name: str) -> None:
    assert walked(scene, name, [one for one in cells(scene) if one.method != "HEAD" and one.path != "/exit"]) == []


def test_there_is_something_to_write(scene: Scene) -> None:
    """A write that changed nothing by itself would hide that fields do."""
    idle = {address.name: address for address in cells(scene) if address.method not in SAFE}
    for name in ("other-class", "teacher", "administrator"):
        for address in list(idle.values()):
            knock(scene, name, address)
            if rows_of(scene.app) != scene.stored:
                del idle[address.name]
                scene.restore()
    in_cookie = {"POST /<locale>/join", "POST /<locale>/invitation"}  # what they take waits for the next page
    closed = {"POST /<locale>/setup", "POST /<locale>/sign-in/code"}  # to whoever is not on that way in
    closed |= {"POST /<locale>/sign-in/account"}  # to everybody, where the operator has set nobody up
    too_soon = {"POST /<locale>/here", "POST /<locale>/school/retention/purge"}  # nothing is old enough here
    too_soon |= {"POST /<locale>/teach/classes/<uuid:classroom_id>/certificates"}  # and nobody has earned one
    assert set(idle) == in_cookie | closed | too_soon


def test_every_column_is_among_the_fields(scene: Scene) -> None:
    fields = extra(scene)
    assert {"role", "school_id", "person_id", "points", "is_admin", "score", "closed_at", "person[role]"} < set(fields)
    assert UUID(fields["school_id"]) == scene.cast.other_school_id
