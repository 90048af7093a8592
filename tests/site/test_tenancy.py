"""Shows that schools are kept apart three times over: by the schema, by the guard, and by PostgreSQL itself."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import aliased

from curriculum import tenancy
from curriculum.accounts.models import Person, School, SignInSession
from curriculum.accounts.queries import home_school, school_ids
from curriculum.app import create_app
from curriculum.classrooms.models import Classroom, Enrollment, Teaching
from curriculum.classrooms.queries import classroom_with_code
from curriculum.cli import command_line
from curriculum.config import Settings
from curriculum.database import Base, begin_write, create_database, db, now
from curriculum.operations.services import load_demo, new_sign_ins
from curriculum.progress.models import Visit
from curriculum.tenancy import ACROSS, Across, SchoolNotStated, act_for, acting_for, acting_meanwhile
from tests.cast import Cast
from tests.databases import POSTGRESQL, PostgresDatabase, as_the_program
from tests.postgres import PROGRAM, Server
from tests.site.rows import outside, rows_of
from tests.site.test_keys import OF_NO_SCHOOL, OF_SCHOOL
from tests.site.test_migrations import config_for
from tests.site_client import SiteClient

on_postgresql = pytest.mark.only(POSTGRESQL)
HERE = uuid4()
own = Person.school_id == HERE
same_person = sa.and_(Enrollment.school_id == Person.school_id, Enrollment.person_id == Person.id)
other = aliased(Person)


@contextmanager
def acting(app: Flask, cast: Cast) -> Iterator[None]:
    """What follows is done as the program does it: for one school, held by every lock."""
    with as_the_program(), app.app_context():
        act_for(cast.school_id)
        yield
        db.session.rollback()


# the schema


def test_the_catalogue_of_the_database_carries_the_school_in_every_key(app: Flask) -> None:
    with outside(app) as connection:
        look = sa.inspect(connection)
        assert set(look.get_table_names()) == {*OF_SCHOOL, *OF_NO_SCHOOL, "alembic_version"}
        keys, references = [], []
        for table in OF_SCHOOL:
            assert look.get_pk_constraint(table)["constrained_columns"] == ["school_id", "id"], table
            keys += [(table, key["column_names"]) for key in look.get_unique_constraints(table)]
            keys += [(table, index["column_names"]) for index in look.get_indexes(table) if index["unique"]]
            references += [(table, key) for key in look.get_foreign_keys(table)]
    assert [key for key in keys if key[1][0] != "school_id"] == []
    assert len({table for table, _ in keys}) > 5
    pairs = [
        (table, dict(zip(key["constrained_columns"], key["referred_columns"], strict=True)), key["referred_table"])
        for table, key in references
    ]
    assert [pair for pair in pairs if pair[1].get("school_id") != ("id" if pair[2] == "school" else "school_id")] == []
    assert {table for table, _, _ in pairs} == set(OF_SCHOOL)


# the guard

STATED: dict[str, sa.Executable] = {
    "by a value": sa.select(Person.id).where(own),
    "by a join": sa.select(Person.id).join(Enrollment, same_person).where(Enrollment.school_id == HERE),
    "by an outer join": sa.select(Person.id).outerjoin(Enrollment, same_person).where(own),
    "of an alias": sa.select(other.id).where(other.school_id == HERE),
    "in a subquery too": sa.select(Person.id).where(
        own, Person.id.in_(sa.select(Teaching.person_id).where(Teaching.school_id == HERE))
    ),
    "the school itself": sa.select(School.name).where(School.id == HERE),
    "of a change": sa.update(Person).where(own).values(display_name="새"),
    "of a deletion": sa.delete(Person).where(own),
    "of rows that are added": sa.insert(Visit).values(
        [
            {"school_id": HERE, "id": uuid4(), "person_id": HERE, "lesson_id": "", "step": step, "sent_at": now()}
            for step in "ab"
        ]
    ),
    "by hand": sa.text("SELECT id FROM person WHERE school_id = 'x'"),
    "of no school's table": sa.text("SELECT key FROM throttle"),
}
UNSTATED: dict[str, sa.Executable] = {
    "nowhere": sa.select(Person.id),
    "by the id alone": sa.select(Person.id).where(Person.id == HERE),
    "in one of two cases": sa.select(Person.id).where(sa.or_(own, Person.suspended)),
    "by what it is not": sa.select(Person.id).where(sa.not_(own)),
    "of another alias": sa.select(other.id).join(Person, Person.id == other.id).where(own),
    "of one side of a join": sa.select(Person.id).join(Enrollment, Enrollment.person_id == Person.id).where(own),
    # An outer join keeps its left rows, whatever it says about them.
    "in an outer join": sa.select(Person.id).outerjoin(Enrollment, sa.and_(same_person, own)),
    "outside a subquery": sa.select(Person.id).where(own, Person.id.in_(sa.select(Teaching.person_id))),
    "in a count": sa.select(sa.func.count()).select_from(Visit),
    "in a row that is added": sqlite.insert(Visit).values(
        school_id=HERE,
        id=HERE,
        person_id=sa.select(Person.id).limit(1).scalar_subquery(),
        lesson_id="",
        step="",
        sent_at=now(),
    ),
    "of rows that are copied": sa.insert(Teaching).from_select(
        ["school_id", "id"], sa.select(Person.school_id, Person.id)
    ),
    "in one half of a union": sa.union(sa.select(Person.id).where(own), sa.select(Visit.id)),
    "in what comes before": sa.select(sa.select(Person.id).cte("everybody").c.id),
    "of the schools": sa.select(School.name),
    "of a change": sa.update(Person).where(Person.id == HERE).values(display_name="새"),
    "of a deletion": sa.delete(SignInSession).where(SignInSession.expires_at < now()),
    "by hand": sa.text("SELECT id FROM person"),
}


@pytest.mark.parametrize("statement", STATED.values(), ids=STATED.keys())
def test_a_statement_that_says_whose_rows_it_means_is_executed(app: Flask, cast: Cast, statement: Any) -> None:
    with acting(app, cast):
        begin_write()
        with suppress(
            sa.exc.DBAPIError
        ):  # a school that does not exist may be refused by the database, after the guard
            db.session.execute(statement)


@pytest.mark.parametrize("statement", UNSTATED.values(), ids=UNSTATED.keys())
def test_a_statement_that_does_not_is_refused_each_time(app: Flask, cast: Cast, statement: Any) -> None:
    with acting(app, cast):
        for _ in range(2):
            with pytest.raises(SchoolNotStated, match="of which school"):
                db.session.execute(statement)


def test_a_statement_without_sqlalchemy_is_read_too(app: Flask, cast: Cast) -> None:
    with acting(app, cast), pytest.raises(SchoolNotStated, match=r"^person: "):
        db.session.connection().exec_driver_sql("select * from Person")


def test_what_the_session_writes_by_itself_passes(app: Flask, cast: Cast) -> None:
    with acting(app, cast):
        begin_write()
        person = db.session.get_one(Person, (cast.school_id, cast.han.id))
        person.display_name = "한 선생"
        db.session.flush()
        db.session.refresh(person)
        db.session.delete(person)
        db.session.flush()


def test_a_shape_is_judged_once(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    judged = []
    judge = tenancy._open_in
    monkeypatch.setattr(tenancy, "_open_in", lambda *given: judged.append(given) or judge(*given))
    with acting(app, cast):
        for member in cast.everybody:
            # No other test makes this shape, which would be judged already.
            unique = sa.select(Person.id, Person.role, sa.literal(1), Person.suspended)
            db.session.execute(unique.where(Person.school_id == member.school_id, Person.id == member.id))
    assert len(judged) == 1


def test_the_exceptions_are_these(app: Flask, cast: Cast) -> None:
    assert {one.name for one in Across} == {"SCHOOLS", "CLASS_CODE", "MIGRATION"}
    with as_the_program(), app.app_context():
        assert home_school() == cast.school_id
        assert {name for _, name in school_ids()} == {"햇살중학교", "달빛중학교"}
        assert acting_for() is None
        found = classroom_with_code("CCCC3333")
        assert found is not None
        assert found.school_id == cast.other_school_id == acting_for()


# whom a request acts for


def test_to_act_for_a_school_meanwhile_ends(app: Flask, cast: Cast) -> None:
    with app.app_context():
        act_for(cast.school_id)
        with pytest.raises(ZeroDivisionError), acting_meanwhile(cast.other_school_id):
            assert acting_for() == cast.other_school_id
            raise ZeroDivisionError
        assert acting_for() == cast.school_id
    with app.app_context():
        assert acting_for() is None
    assert acting_for() is None


def test_a_browser_may_go_from_one_school_to_another(app: Flask, cast: Cast, client: SiteClient) -> None:
    """The session before it, of the other school, ends; the page before it shows who is still signed in."""
    client.sign_in(cast.gaon)
    client.post("/ko/join", {"code": cast.lumi.class_code})
    assert "가온" in client.get("/ko/join/number").text
    client.post("/ko/join/number", {"number": cast.lumi.number, "code": "482915"})
    assert "루미" in client.get("/ko/class").text
    assert {row[0] for row in rows_of(app)["sign_in_session"]} == {cast.other_school_id}


def test_the_demo_and_its_projections_are_made_under_the_locks(app: Flask, cast: Cast) -> None:
    with as_the_program(), app.app_context():
        load_demo(sign_ins=new_sign_ins(), today=now())
        db.session.commit()
    made = rows_of(app)
    assert [row[1] for row in made["school"]] == ["neoreundeul"]
    assert len(made["attempt"]) > 50
    with as_the_program():
        rebuilt = app.test_cli_runner().invoke(
            command_line(app.extensions["settings"], lambda: app), ["quizzes", "rebuild"]
        )
    assert rebuilt.exit_code == 0, rebuilt.output
    assert f"{len(made['lesson_progress'])} progress rows, {len(made['item_tally'])} tallies" in rebuilt.output


# row-level security


@contextmanager
def unguarded(app: Flask, cast: Cast) -> Iterator[sa.Connection]:
    """Act for the first school with the guard switched off: no statement is refused, and no policy knows the reason."""
    with acting(app, cast), db.engine.connect().execution_options(**{ACROSS: "nothing"}) as connection:
        yield connection


def schools_in(connection: sa.Connection, table: str) -> set[Any]:
    column = Base.metadata.tables[table].c
    return set(connection.scalars(sa.select(column.id if table == "school" else column.school_id)))


@on_postgresql
def test_the_program_is_nobody_special(app: Flask, cast: Cast) -> None:
    with unguarded(app, cast) as connection:
        row = connection.exec_driver_sql(
            "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).one()
        assert tuple(row) == (PROGRAM, False, False)
        assert connection.exec_driver_sql("SHOW transaction_isolation").scalar_one() == "read committed"


@on_postgresql
def test_every_table_of_a_school_is_under_row_level_security(app: Flask) -> None:
    with outside(app) as connection:
        held = connection.exec_driver_sql(
            "SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
            " WHERE nspname = 'public' AND relkind = 'r' AND relrowsecurity AND relforcerowsecurity"
        )
        assert set(held.scalars()) == {*OF_SCHOOL, "school"}
        policies = connection.exec_driver_sql("SELECT tablename, policyname, cmd FROM pg_policies").all()
    assert {tuple(one) for one in policies} == {(table, "own_school", "ALL") for table in (*OF_SCHOOL, "school")} | {
        ("school", Across.SCHOOLS, "SELECT"),
        ("classroom", Across.CLASS_CODE, "SELECT"),
    }


@on_postgresql
@pytest.mark.parametrize("table", ["school", "person", "classroom", "enrollment", "teaching"])
def test_without_the_guard_no_row_of_another_school_is_there(app: Flask, cast: Cast, table: str) -> None:
    with unguarded(app, cast) as connection:
        assert schools_in(connection, table) == {cast.school_id}
        # Nothing but the second lock does that: without it there are both schools, although the guard is off as before.
        connection.execute(sa.DDL(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"))
        assert schools_in(connection, table) == {cast.school_id, cast.other_school_id}


@on_postgresql
@pytest.mark.parametrize("table", ["school", "person", "classroom", "enrollment", "teaching"])
def test_who_acts_for_no_school_sees_none(app: Flask, table: str) -> None:
    with as_the_program(), app.app_context(), db.engine.connect() as connection:
        connection.execution_options(**{ACROSS: "nothing"})
        assert schools_in(connection, table) == set()


def add_a_foreign_visit(connection: sa.Connection, cast: Cast) -> None:
    row = {"school_id": cast.other_school_id, "id": uuid4(), "person_id": cast.lumi.id, "lesson_id": "", "step": ""}
    connection.execute(sa.insert(Visit).values(**row, sent_at=now()))


@on_postgresql
def test_without_the_guard_no_row_can_be_put_into_another_school(app: Flask, cast: Cast) -> None:
    with unguarded(app, cast) as connection:
        with pytest.raises(sa.exc.ProgrammingError, match="row-level security"):
            add_a_foreign_visit(connection, cast)
        connection.rollback()
        connection.execute(sa.DDL("ALTER TABLE visit DISABLE ROW LEVEL SECURITY"))
        add_a_foreign_visit(connection, cast)


@on_postgresql
def test_without_the_guard_no_foreign_row_can_be_changed_or_moved(app: Flask, cast: Cast) -> None:
    rename = sa.update(Person).values(display_name="모두")
    with unguarded(app, cast) as connection:
        assert connection.execute(rename).rowcount == sum(one.school_id == cast.school_id for one in cast.everybody)
        assert connection.execute(sa.delete(Person).where(Person.id == cast.lumi.id)).rowcount == 0
        with pytest.raises(sa.exc.ProgrammingError, match="row-level security"):
            connection.execute(
                sa.update(Teaching).where(Teaching.person_id == cast.han.id).values(school_id=cast.other_school_id)
            )


@on_postgresql
@pytest.mark.parametrize("reason", Across)
def test_an_exception_opens_one_table_and_only_to_read(app: Flask, cast: Cast, reason: Across) -> None:
    opened = {Across.SCHOOLS: {"school"}, Across.CLASS_CODE: {"classroom"}, Across.MIGRATION: set()}[reason]
    with acting(app, cast), db.engine.connect().execution_options(**{ACROSS: reason}) as connection:
        tables = {"school", "person", "classroom", "enrollment", "teaching"}
        assert {table for table in tables if len(schools_in(connection, table)) > 1} == opened
        foreign = sa.update(Classroom).where(Classroom.school_id == cast.other_school_id).values(course="high")
        assert connection.execute(foreign).rowcount == 0


@on_postgresql
def test_the_setting_ends_with_the_transaction(app: Flask, cast: Cast) -> None:
    with unguarded(app, cast) as connection:
        for end in (connection.commit, connection.rollback):
            assert schools_in(connection, "person") == {cast.school_id}
            end()
            raw = connection.connection.cursor()
            setting = raw.execute("SELECT current_setting('dongui.school', true)").fetchone()[0]
            assert not setting
            raw.connection.rollback()


@on_postgresql
def test_a_savepoint_that_is_taken_back_takes_no_school_away(app: Flask, cast: Cast) -> None:
    with unguarded(app, cast) as connection, connection.begin():
        with pytest.raises(ZeroDivisionError), connection.begin_nested():
            assert schools_in(connection, "person") == {cast.school_id}
            raise ZeroDivisionError
        assert schools_in(connection, "person") == {cast.school_id}


# the migrations of PostgreSQL


@pytest.fixture
def empty(postgres: Server, tmp_path: Any) -> Iterator[Flask]:
    """An app with a migrated, empty PostgreSQL database of its own."""
    database = PostgresDatabase(postgres, "empty")
    app = create_app(Settings(data=tmp_path / "data", database=database.url))
    create_database(app)
    yield app
    with app.app_context():
        db.engine.dispose()


def in_the_catalogue(app: Flask) -> dict[str, int]:
    counts = {
        "tables": "pg_tables WHERE schemaname = 'public'",
        "policies": "pg_policies",
        "indexes": "pg_indexes WHERE schemaname = 'public'",
        "types": "pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'",
    }
    with app.app_context(), db.engine.connect() as connection:
        return {
            name: connection.exec_driver_sql(f"SELECT count(*) FROM {rest}").scalar_one()
            for name, rest in counts.items()
        }


def test_up_and_down_leaves_no_trace_on_postgresql_either(empty: Flask) -> None:
    whole = in_the_catalogue(empty)
    assert whole["tables"] == len(Base.metadata.tables) + 1
    assert whole["policies"] == len(OF_SCHOOL) + 3
    # The tables of later revisions are gone with them; of the policies none is left before the second.
    for revision, left in (("0001", {"policies": 0}), ("base", {"tables": 1, "policies": 0, "indexes": 1})):
        with empty.app_context(), db.engine.connect() as connection:
            command.downgrade(config_for(connection), revision)
            connection.commit()
        assert in_the_catalogue(empty).items() >= ({"types": 0} | left).items()
    create_database(empty)
    assert in_the_catalogue(empty) == whole


def test_the_migrated_schema_is_that_of_the_models_on_postgresql_too(empty: Flask) -> None:
    with empty.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
