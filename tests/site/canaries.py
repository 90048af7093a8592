"""Marks every personal field of every table with a canary of its own, and finds canaries in whatever comes out."""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask
from uuid_utils.compat import uuid7

from curriculum.classrooms.class_code import LETTERS
from curriculum.database import Base
from tests.site.rows import Rows, outside
from tests.site.walk import NEW_STUDENT, ROOM

Planting = Callable[[Any, str], Any]


def _word(_before: Any, canary: str) -> str:
    return canary


# Every column of text, found from the schema, is one of these two. What becomes of a value with its canary:
PLANTED: Mapping[str, Planting] = {
    "school.name": lambda _, canary: f"학교 {canary}",
    "school.contacts": lambda text, canary: text.replace(ROOM, canary),
    **{
        f"school_contact.{what}_{locale}": _word
        for what in ("role", "room", "hours", "reach")
        for locale in ("ko", "en")
    },
    "person.display_name": lambda _, canary: f"이름 {canary}",
    "person.email": lambda _, canary: f"{canary.lower()}@school.example",
    "passkey.name": _word,
    "classroom.code": _word,
    "roster_import.content": lambda text, canary: text.replace(NEW_STUDENT, canary),
    "item_response.options": lambda _, canary: [canary],
    "item_response.first_options": lambda _, canary: [canary],
}
# And why these have none:
OF_THE_LESSONS = "what a lesson calls it, as everybody can read"
PLAIN = {
    "school.slug": "named in the operator's settings",
    "school.pauses": "ids of lessons and classes, a day",
    "pause.reason": "a word of the program",
    "person.role": "a word of the program",
    "person.secret_hash": "kept as it is, for signing in; known by what it begins with",
    "day_code.secret_hash": "kept as it is, for signing in; known by what it begins with",
    "sign_in_card.token_hash": "unlike any other as it is",
    "roster_import.done": "ids; the names in it are those that were there before",
    "person.otp_seed": "unlike any other as it is",
    "sign_in_session.token_hash": "unlike any other as it is",
    "invitation.token_hash": "unlike any other as it is",
    "recovery_code.code_hash": "unlike any other as it is",
    "passkey.credential": "unlike any other as it is",
    "passkey.public_key": "no secret, and unlike any other as it is",
    "passkey.place": "the name of the site",
    "sign_on_link.identity": "unlike any other as it is",
    "challenge.purpose": "a word of the program",
    "challenge.value": "unlike any other as it is",
    "classroom.level": "a word of the program",
    "audit_line.act": "a word of the program",
    "audit_line.detail": "an id or code of the program, never what somebody typed",
    "audit_line.seal": "unlike any other as it is",
    "audit_head.seal": "unlike any other as it is",
    "guardian_consent.how": "a word of the program",
    "year_total.level": "a word of the program",
    "year_taught.level": "a word of the program",
    "throttle.key": "made of ids, which are unlike any other, and of a day",
    **dict.fromkeys(
        (
            "classroom.course",
            "assignment.lesson_id",
            "visit.lesson_id",
            "pause.lesson_id",
            "pause.part",
            "card_reading.lesson_id",
            "year_total.lesson_id",
            "year_taught.lesson_id",
            "visit.step",
            "lesson_progress.lesson_id",
            "lesson_progress.last_step",
            "attempt.lesson_id",
            "attempt.quiz_digest",
            "item_response.item_id",
            "item_tally.lesson_id",
            "item_tally.quiz_digest",
            "item_tally.item_id",
            "item_tally.option_id",
            "story_mark.lesson_id",
            "story_mark.story_digest",
            "story_tally.lesson_id",
            "story_tally.story_digest",
            "story_tally.scene_id",
            "story_tally.choice_id",
        ),
        OF_THE_LESSONS,
    ),
}
TEXTS = (sa.String, sa.JSON, sa.LargeBinary)
GONE = "gone"  # an item that the quiz has no longer: what was chosen there can be anything
MARK = "ZQ"  # with six of the signs of a class code: a canary is one itself, and survives any way of writing it
SHAPES = (re.compile(rf"(?={MARK}[{LETTERS}]{{6}})(.{{8}})"), re.compile(r"(?=([0-9A-F]{32}))"))
HASH = "$ARGON2"


def text_columns() -> set[str]:
    """Every column that can hold what somebody is called, wrote or chose."""
    tables = Base.metadata.tables.values()
    return {str(column) for table in tables for column in table.columns if isinstance(column.type, TEXTS)}


@dataclass(frozen=True)
class Canary:
    """Something that only one row holds."""

    column: str
    row: tuple[Any, ...]  # the key of the row


Canaries = Mapping[str, Canary]


def plant(app: Flask) -> None:
    """Put a canary into each planted field of each row; each attempt gets a response that can hold one."""
    names = _names()
    with outside(app, writing=True) as connection:
        _respond_to_what_is_gone(connection)
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                planting = PLANTED.get(str(column))
                if planting:
                    _plant_in(connection, column, planting, names)


def _plant_in(connection: sa.Connection, column: sa.Column[Any], planting: Planting, names: Iterator[str]) -> None:
    table, key = column.table, [*column.table.primary_key.columns]
    chosen = table.c.item_id == GONE if "item_id" in table.c else sa.true()
    for *row, value in connection.execute(sa.select(*key, column).where(chosen)).all():
        if value is not None:
            here = (one == part for one, part in zip(key, row, strict=True))
            values = {column.name: planting(value, next(names))}
            connection.execute(sa.update(table).where(*here).values(values))


def _respond_to_what_is_gone(connection: sa.Connection) -> None:
    table = Base.metadata.tables["item_response"]
    of_attempt = {row["attempt_id"]: dict(row) for row in connection.execute(sa.select(table)).mappings()}
    connection.execute(sa.insert(table), [_gone(row) for row in of_attempt.values()])


def _gone(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**row, "id": uuid7(), "item_id": GONE, "first_options": [], "first_points": 0}


def _names() -> Iterator[str]:
    for number in itertools.count():
        places = (number // 32**place % 32 for place in range(6))
        yield MARK + "".join(LETTERS[one] for one in places)


def canaries_in(rows: Rows) -> Canaries:
    """What is unlike any other: planted canaries, ids, hashes of secrets; by how they are written when found."""
    found = {}
    for table, several in rows.items():
        for row in several:
            key = (table, *(row[one] for one in ("school_id", "id", "key") if one in row))
            for field, value in row.items():
                if field == "id" or not isinstance(value, UUID):
                    found |= {one: Canary(f"{table}.{field}", key) for one in _written(value)}
    return found


def canaries_seen(text: str, known: Canaries) -> set[str]:
    """The canaries that stand in a text, however they are written there."""
    flat = text.upper().replace("-", "")
    seen = {one for shape in SHAPES for one in shape.findall(flat) if one in known}
    return seen | ({HASH} if HASH in flat else set())


def _written(value: Any) -> Iterable[str]:
    if isinstance(value, UUID):
        return [value.hex.upper()]
    if isinstance(value, bytes):
        return [value.hex().upper()[:32]]
    return SHAPES[0].findall(str(value).upper()) if isinstance(value, str | list) else []
