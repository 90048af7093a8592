"""Shows that migrations carry a school in use from its first staff to the newest schema and back, and lose no row."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from curriculum.accounts.models import Person
from curriculum.accounts.queries import viewer_of_session
from curriculum.accounts.secret import hash_token
from curriculum.app import create_app
from curriculum.config import Settings
from curriculum.database import create_database, db
from tests.databases import POSTGRESQL, SQLITE, PostgresDatabase, let_tests_look
from tests.site.rows import change, outside
from tests.site.test_migrated_rows import PEOPLE, SCHOOLS, insert, migrate, rows

NOON = datetime(2026, 3, 2, 3, tzinfo=UTC)
TOKEN = "of a session that goes on"
OLD = "0008"
KEPT = {
    "school": "slug, name, lessons_open, offline, retention_months",
    "person": "id, role, display_name, email, suspended, otp_used",
    "classroom": "id, code, school_year, grade, section",
    "enrollment": "person_id, classroom_id, number",
    "assignment": "classroom_id, lesson_id, attempt_limit, results_held",
    "recovery_code": "person_id",
    "invitation": "person_id",
}


def kept(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """What there was before, as it is now."""
    return {table: sorted(rows(app, f"SELECT {columns} FROM {table}"), key=repr) for table, columns in KEPT.items()}


def furnish(app: Flask, school: int) -> None:
    """A school: a class with its student, a quiz that is set, and a teacher on her way in."""
    of, classroom, teacher = {"school_id": SCHOOLS[school]}, uuid4(), uuid4()
    name, student = f"school-{school}", {"display_name": "가온", "suspended": False}
    told = {"lessons_open": True, "offline": False, "retention_months": 24}
    insert(app, "school", id=SCHOOLS[school], slug=name, name=name, **told)
    insert(app, "person", **of, id=PEOPLE[school], role="student", **student, secret_hash="")
    email = {"role": "teacher", "display_name": "김 선생님", "email": "kim@school.example", "secret_hash": ""}
    insert(app, "person", **of, id=teacher, **email, suspended=False, otp_seed=b"s" * 20, otp_used=7)
    place = {"school_year": 2026, "level": "middle", "grade": 2, "section": 1, "course": "middle"}
    insert(app, "classroom", **of, id=classroom, code=f"AAAA111{school}", **place)
    insert(app, "enrollment", **of, id=uuid4(), classroom_id=classroom, person_id=PEOPLE[school], number=7)
    told = {"lesson_id": "a/b/c", "attempt_limit": 3, "results_held": True, "opens_at": NOON}
    insert(app, "assignment", **of, id=uuid4(), classroom_id=classroom, **told)
    later = datetime.now(UTC) + timedelta(days=1)
    session = {"token_hash": hash_token(TOKEN), "expires_at": later, "half": False}
    insert(app, "sign_in_session", **of, id=uuid4(), person_id=teacher, **session)
    insert(app, "recovery_code", **of, id=uuid4(), person_id=teacher, code_hash=b"c" * 32)
    insert(app, "invitation", **of, id=uuid4(), person_id=teacher, token_hash=b"t" * 32, expires_at=later)


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def used(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """Two schools in use, as the eighth migration keeps them."""
    url = f"sqlite:///{tmp_path / 'data' / 'dongui.sqlite'}"
    if request.param == POSTGRESQL:
        url = PostgresDatabase(request.getfixturevalue("postgres"), "in_use").url
    app = create_app(Settings(data=tmp_path / "data", database=url))
    let_tests_look(app)
    migrate(app, OLD)
    for school in (0, 1):
        furnish(app, school)
    yield app
    with app.app_context():
        db.engine.dispose()


def test_a_school_in_use_goes_up_to_the_newest_and_back_and_loses_nothing(used: Flask) -> None:
    """One walk: what each step costs in time is the making of a database, not the looking."""
    before = kept(used)
    assert [len(before[table]) for table in KEPT] == [2, 4, 2, 2, 2, 2, 2]
    create_database(used)
    assert kept(used) == before
    whats_new_is_undecided(used)
    who_was_signed_in_is_not(used)
    first, second = second_classes(used)
    fill_what_is_newer(used)
    down_with_row_security(used)
    after = kept(used)
    in_one_class = sorted([(PEOPLE[0].hex, second.hex, 8), (PEOPLE[1].hex, first, 7)])
    assert sorted(after.pop("enrollment")) == in_one_class
    added = [row for row in after.pop("classroom") if row not in before["classroom"]]
    assert {row[4] for row in added} == {2}
    assert after == {table: found for table, found in before.items() if table in after}
    again = kept(used)
    create_database(used)
    assert kept(used) == again


def whats_new_is_undecided(app: Flask) -> None:
    """New columns say nothing that anybody has decided, and new tables hold nothing."""
    assert rows(app, "SELECT DISTINCT pseudonyms, archived_at, code_expires_at FROM classroom") == [(0, None, None)]
    assert rows(app, "SELECT DISTINCT last_used FROM enrollment") == [(0,)]
    assert rows(app, "SELECT DISTINCT assigned, due_at, taught_on FROM assignment") == [(0, None, None)]
    for table in ("passkey", "sign_on_link", "challenge", "guardian_consent", "sign_in_card"):
        assert rows(app, f"SELECT * FROM {table}") == []


def who_was_signed_in_is_not(app: Flask) -> None:
    """When a session was last used nobody knew: it is over."""
    assert len(rows(app, "SELECT id FROM sign_in_session")) == 2
    with app.test_request_context():
        assert viewer_of_session(f"{SCHOOLS[0].hex}.{TOKEN}") is None


def second_classes(app: Flask) -> tuple[str, UUID]:
    """A student of each school enters another class, and one of them uses it; returns the class in which the other one
    was first, and that other class."""
    second = [uuid4(), uuid4()]
    place = {"school_year": 2026, "level": "middle", "grade": 2, "section": 2, "course": "middle", "pseudonyms": False}
    for school in (0, 1):
        of = {"school_id": SCHOOLS[school]}
        insert(app, "classroom", **of, id=second[school], code=f"BBBB222{school}", **place)
        student = {"classroom_id": second[school], "person_id": PEOPLE[school], "number": 8}
        insert(app, "enrollment", **of, id=UUID(int=1), **student, last_used=school == 0)  # by its id the first
    [(first,)] = rows(app, "SELECT id FROM classroom WHERE code = 'AAAA1111'")
    return first, second[0]


def fill_what_is_newer(app: Flask) -> None:
    """Rows of tables and columns that there were not before."""
    with outside(app) as connection:
        people = connection.execute(sa.select(Person.school_id, Person.id).where(Person.role == "teacher")).all()
        [assignment, *_] = connection.execute(sa.text(f"SELECT id FROM assignment WHERE {_of_first(app)}")).scalars()
    for school_id, teacher in people:
        own = {"school_id": school_id, "person_id": teacher}
        key = {"credential": b"c", "public_key": b"p", "counter": 1, "place": "a.example", "name": "열쇠"}
        insert(app, "passkey", **own, id=uuid4(), **key, added_at=NOON)
        insert(app, "sign_on_link", **own, id=uuid4(), identity=b"i" * 16)
        insert(app, "challenge", **own, id=uuid4(), purpose="passkey", value=b"v" * 32, expires_at=NOON)
    student = {"school_id": SCHOOLS[0], "person_id": PEOPLE[0], "id": uuid4()}
    insert(app, "own_assignment", **student, assignment_id=UUID(str(assignment)), attempt_limit=5)
    change(app, "UPDATE assignment SET assigned = true, due_at = '2026-03-09 03:00:00', taught_on = '2026-03-02'")


def _of_first(app: Flask) -> str:
    """Which rows are the first school's, in words that the database at hand knows."""
    sqlite = "sqlite" in app.extensions["settings"].database
    return f"school_id = '{SCHOOLS[0].hex if sqlite else SCHOOLS[0]}'"


def down_with_row_security(app: Flask) -> None:
    """Step by step; on PostgreSQL every table of a school is held to its school after each."""
    held = "SELECT relname FROM pg_class JOIN pg_policies ON tablename = relname"
    held += " WHERE relrowsecurity AND relforcerowsecurity"
    for step in ("0011", "0009", OLD):
        migrate(app, step)
        with outside(app) as connection:
            tables = set(sa.inspect(connection).get_table_names()) - {"alembic_version", "throttle"}
            if connection.dialect.name == POSTGRESQL:
                assert tables <= set(connection.execute(sa.text(held)).scalars()), step
