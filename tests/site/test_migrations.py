"""Shows that the migrations make exactly the tables of the models, and take them back without a trace."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from curriculum.config import PROJECT
from curriculum.database import Base, create_database, db
from tests.site.another_app import another_app
from tests.site.rows import outside


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An app whose database is migrated and empty; each test leaves it so."""
    with another_app(tmp_path_factory.mktemp("fresh")) as app:
        yield app


def config_for(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(PROJECT / "migrations"))
    config.attributes["connection"] = connection
    return config


def names_in(connection: sa.Connection) -> set[str]:
    found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    return {row[0] for row in found}


def checks_in(connection: sa.Connection) -> dict[str, dict[str, str]]:
    """Table -> check constraint -> its rule."""
    look = sa.inspect(connection)
    return {
        table: {str(check["name"]): " ".join(check["sqltext"].split()) for check in look.get_check_constraints(table)}
        for table in look.get_table_names()
        if table != "alembic_version"
    }


def test_it_works(fresh: Flask) -> None:
    with outside(fresh) as connection:
        assert set(Base.metadata.tables) < names_in(connection)


def test_up_and_down_leaves_no_trace(fresh: Flask) -> None:
    with fresh.app_context(), db.engine.connect().execution_options(writing=True) as connection:
        command.downgrade(config_for(connection), "base")
    with outside(fresh) as connection:
        assert names_in(connection) == {"alembic_version"}
        assert connection.exec_driver_sql("SELECT count(*) FROM alembic_version").scalar_one() == 0
    create_database(fresh)
    with outside(fresh) as connection:
        assert set(Base.metadata.tables) < names_in(connection)


def test_the_migrated_schema_is_that_of_the_models(fresh: Flask) -> None:
    with outside(fresh) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrated_check_constraints_are_those_of_the_models(fresh: Flask) -> None:
    """Alembic does not compare these."""
    ours = sa.create_engine("sqlite://")
    Base.metadata.create_all(ours)
    with outside(fresh) as connection, ours.connect() as own:
        assert checks_in(connection) == checks_in(own)
    ours.dispose()


def test_upgrading_twice_changes_nothing(fresh: Flask) -> None:
    with outside(fresh) as connection:
        before = connection.exec_driver_sql("SELECT sql FROM sqlite_master").all()
    create_database(fresh)
    with outside(fresh) as connection:
        assert connection.exec_driver_sql("SELECT sql FROM sqlite_master").all() == before


def test_there_is_one_line_of_migrations() -> None:
    assert len(ScriptDirectory.from_config(config_for()).get_heads()) == 1
