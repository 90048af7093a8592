"""Shows that migrations carry the rows of a school in use along, up and down, with row security in force after them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from flask import Flask

from curriculum.app import create_app
from curriculum.config import PROJECT, Settings
from curriculum.database import create_database, db
from curriculum.tenancy import ACROSS, Across
from tests.databases import POSTGRESQL, SQLITE, PostgresDatabase, let_tests_look
from tests.site.rows import outside

NOON = datetime(2026, 3, 2, 3, tzinfo=UTC)
SCHOOLS, PEOPLE = (uuid4(), uuid4()), (uuid4(), uuid4())


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An app whose database has the tables of the second migration, with two schools of one student each."""
    url = f"sqlite:///{tmp_path / 'data' / 'dongui.sqlite'}"
    if request.param == POSTGRESQL:
        url = PostgresDatabase(request.getfixturevalue("postgres"), "migrated").url
    app = create_app(Settings(data=tmp_path / "data", database=url))
    let_tests_look(app)
    migrate(app, "0002")
    for school, person, slug in zip(SCHOOLS, PEOPLE, ("one", "two"), strict=True):
        insert(app, "school", id=school, slug=slug, name=slug)
        insert(app, "person", school_id=school, id=person, role="student", display_name=slug, suspended=False)
    yield app
    with app.app_context():
        db.engine.dispose()


def migrate(app: Flask, revision: str) -> None:
    """Bring the database to a revision, upwards or downwards, as the program does."""
    config = Config()
    config.set_main_option("script_location", str(PROJECT / "migrations"))
    options = {"writing": True, ACROSS: Across.MIGRATION}
    with app.app_context(), db.engine.connect().execution_options(**options) as connection:
        config.attributes["connection"] = connection
        current = (
            connection.dialect.has_table(connection, "alembic_version")
            and connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
        )
        connection.rollback()
        (command.downgrade if current and current > revision else command.upgrade)(config, revision)


def table(connection: sa.Connection, name: str) -> sa.Table:
    """A table as it stands in the database."""
    return sa.Table(name, sa.MetaData(), autoload_with=connection, resolve_fks=False)


def insert(app: Flask, name: str, /, **values: Any) -> None:
    """A row as the program of that time wrote it; what must be there and is not named is filled in."""
    with outside(app, writing=True) as connection:
        found = table(connection, name)
        named = {column: as_stored(found.columns[column], value) for column, value in values.items()}
        empty = {one.name: 0 for one in found.columns if not one.nullable and one.name not in named}
        connection.execute(sa.insert(found).values(**empty | named))


def as_stored(column: sa.Column[Any], value: Any) -> Any:
    """SQLite keeps ids as hex digits and moments without a zone."""
    if isinstance(value, UUID) and not isinstance(column.type, sa.Uuid):
        return value.hex
    if isinstance(value, datetime) and not getattr(column.type, "timezone", False):
        return value.replace(tzinfo=None)
    return value


def rows(app: Flask, query: str) -> list[tuple[Any, ...]]:
    """What a query finds, ids as hex digits."""
    with outside(app) as connection:
        found = connection.execute(sa.text(query)).all()
    return [tuple(one.hex if isinstance(one, UUID) else one for one in row) for row in found]


def attempt(app: Flask, school: int, minute: int, lesson: str = "a/b/c", points: int = 1) -> UUID:
    """An attempt as the second revision keeps it, closed at this minute, with two responses."""
    new = uuid4()
    of = {"school_id": SCHOOLS[school]}
    own = {"person_id": PEOPLE[school], "lesson_id": lesson, "quiz_digest": "digest", "points": points, "out_of": 200}
    sent = {"closed_at": NOON + timedelta(minutes=minute), "help_route_right": True, "token": new.hex}
    insert(app, "attempt", **of, **own, **sent, id=new, body_digest=b"x" * 32)
    for item, options in (("say", ["b"]), ("lend", ["x=a", "y=b"])):
        answer = {"item_id": item, "options": options, "points": points}
        insert(app, "item_response", **of, **answer, id=uuid4(), attempt_id=new)
    return new


@pytest.fixture
def old(empty: Flask) -> tuple[Flask, list[UUID]]:
    """A database in use: six attempts, written in another order than they were closed in."""
    made = [attempt(empty, 0, minute) for minute in (30, 10, 20)]
    made += [attempt(empty, 0, 5, lesson="d/e/f"), attempt(empty, 1, 40, points=200), attempt(empty, 1, 15)]
    return empty, made


NUMBERS = "SELECT id, number, points FROM attempt ORDER BY id"
ANSWERS = "SELECT attempt_id, item_id, options, points, counter, first_options, first_points FROM item_response"


def test_attempts_are_numbered_by_time_and_nothing_is_lost(old: tuple[Flask, list[UUID]]) -> None:
    app, made = old
    migrate(app, "0003")
    numbers = {row[0]: row[1] for row in rows(app, NUMBERS)}
    assert [numbers[one.hex] for one in made] == [3, 1, 2, 1, 2, 1]
    answers = rows(app, ANSWERS)
    assert len(answers) == 12
    assert {row[4:] for row in answers} == {(1, None, None)}
    assert {row[0] for row in answers} == {one.hex for one in made}
    assert [row[2] for row in rows(app, NUMBERS) if row[0] == made[4].hex] == [200]
    assert rows(app, "SELECT count(*) FROM attempt WHERE opened_at <> closed_at OR closed_at IS NULL") == [(0,)]


def test_what_was_migrated_is_what_the_program_reads_and_goes_on_with(old: tuple[Flask, list[UUID]]) -> None:
    app, made = old
    create_database(app)  # to the newest
    from curriculum.quizzes.models import Attempt, ItemResponse

    with app.app_context():
        found = db.session.get_one(Attempt, (SCHOOLS[0], made[0]))
        assert (found.number, found.closed_at, found.opened_at) == (3, NOON + timedelta(minutes=30), found.closed_at)
        answers = db.session.scalars(sa.select(ItemResponse).where(ItemResponse.attempt_id == made[0])).all()
        assert {one.item_id: one.options for one in answers} == {"say": ["b"], "lend": ["x=a", "y=b"]}
        db.session.rollback()


def test_down_and_up_again_is_as_before(old: tuple[Flask, list[UUID]]) -> None:
    app, _made = old
    migrate(app, "0003")
    before = rows(app, NUMBERS), sorted(rows(app, ANSWERS), key=repr)
    migrate(app, "0002")
    assert rows(app, "SELECT count(*), count(DISTINCT token) FROM attempt") == [(6, 6)]
    assert rows(app, "SELECT count(*) FROM item_response") == [(12,)]
    migrate(app, "0003")
    assert (rows(app, NUMBERS), sorted(rows(app, ANSWERS), key=repr)) == before


def test_what_is_still_open_is_left_out_on_the_way_down_and_only_that(old: tuple[Flask, list[UUID]]) -> None:
    app, made = old
    migrate(app, "0003")
    new = {"school_id": SCHOOLS[1], "id": uuid4(), "person_id": PEOPLE[1], "lesson_id": "a/b/c", "number": 3}
    insert(app, "attempt", **new, quiz_digest="digest", help_route_right=False, opened_at=NOON)
    insert(app, "item_response", school_id=SCHOOLS[1], id=uuid4(), attempt_id=new["id"], item_id="say", counter=1)
    migrate(app, "0002")
    assert {row[0] for row in rows(app, "SELECT id FROM attempt")} == {one.hex for one in made}
    assert rows(app, "SELECT count(*) FROM item_response") == [(12,)]


def test_nothing_is_left_of_what_was_set_aside(old: tuple[Flask, list[UUID]]) -> None:
    app, _made = old
    for revision in ("0003", "0002", "0003"):
        migrate(app, revision)
        with outside(app) as connection:
            assert not [name for name in sa.inspect(connection).get_table_names() if name.startswith("kept_")]


@pytest.mark.parametrize("empty", [POSTGRESQL], indirect=True)
@pytest.mark.parametrize("revision", ["0003", "0002"])
def test_row_security_is_in_force_on_what_was_made_anew(old: tuple[Flask, list[UUID]], revision: str) -> None:
    app, _made = old
    migrate(app, "0003")
    migrate(app, revision)
    both = "('attempt', 'item_response')"
    held = f"SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname IN {both}"
    assert sorted(rows(app, held)) == [("attempt", True, True), ("item_response", True, True)]
    policies = f"SELECT tablename FROM pg_policies WHERE tablename IN {both} ORDER BY 1"
    assert rows(app, policies) == [("attempt",), ("item_response",)]
