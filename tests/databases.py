"""The two databases that every test with a database runs on, and how each is put back to its beginning."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psycopg
from flask import Flask, has_request_context
from sqlalchemy import event
from sqlalchemy.engine import Connection

from curriculum.app import create_app
from curriculum.config import Settings
from curriculum.database import Base, create_database, db
from curriculum.tenancy import ACROSS
from tests.cast import Cast, assemble
from tests.postgres import PROGRAM, TESTS, Server

SQLITE, POSTGRESQL = "sqlite", "postgresql"
# The tests look at every school's rows and call services by hand. What the program itself does, in a request, is
# held by both locks; so is what stands in `as_the_program()`.
_free: ContextVar[bool] = ContextVar("free", default=True)


@contextmanager
def as_the_program() -> Iterator[None]:
    """Hold what follows to the locks between schools, as a request is."""
    before = _free.set(False)
    try:
        yield
    finally:
        _free.reset(before)


def let_tests_look(app: Flask) -> None:
    """Let statements of the tests themselves, outside any request, see every school."""

    def free() -> bool:
        return _free.get() and not has_request_context()

    def excuse(connection: Connection) -> None:
        if free():
            connection.execution_options(**{ACROSS: "tests"})

    def unlock(connection: Connection) -> None:
        if connection.get_execution_options().get(ACROSS) == "tests":
            connection.connection.cursor().execute(f"SET LOCAL ROLE {TESTS}")

    with app.app_context():
        event.listen(db.engine, "engine_connect", excuse)
        if db.engine.dialect.name == POSTGRESQL:
            event.listen(db.engine, "begin", unlock)


class Database(Protocol):
    """Where an app keeps its rows."""

    url: str

    def keep(self) -> None:
        """Take what is there now for the beginning."""

    def restore(self) -> None:
        """Put everything back to the beginning; nothing is connected."""


class SqliteFile:
    """A file, and a copy of it."""

    def __init__(self, folder: Path) -> None:
        self.file, self.copy = folder / "data" / "dongui.sqlite", folder / "beginning.sqlite"
        self.url = f"sqlite:///{self.file}"

    def keep(self) -> None:
        shutil.copy(self.file, self.copy)

    def restore(self) -> None:
        for left_over in self.file.parent.glob("dongui.sqlite-*"):
            left_over.unlink()
        shutil.copy(self.copy, self.file)


class PostgresDatabase:
    """A database of the instance; the beginning is a schema beside it, from which rows are copied back."""

    def __init__(self, server: Server, name: str) -> None:
        self.server, self.name, self.url = server, name, server.url(name)
        self.make()

    def make(self, template: str = "template0") -> None:
        """Make the database; the program's role owns it, as an operator's would."""
        with self.server.owner() as owner:
            owner.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
            owner.execute(f"CREATE DATABASE {self.name} OWNER {PROGRAM} TEMPLATE {template}")
        with self.server.owner(self.name) as owner:
            owner.execute(f"ALTER DEFAULT PRIVILEGES FOR ROLE {PROGRAM} GRANT ALL ON TABLES TO {TESTS}")

    def keep(self) -> None:
        with self.server.owner(self.name) as owner:
            owner.execute("CREATE SCHEMA beginning")
            for table in Base.metadata.tables:
                owner.execute(f"CREATE TABLE beginning.{table} AS TABLE public.{table}")
            steps = [f"DELETE FROM public.{name};" for name in ("school", "throttle")]
            steps += [f"INSERT INTO public.{one} TABLE beginning.{one};" for one in Base.metadata.sorted_tables]
            owner.execute(f"CREATE PROCEDURE beginning.restore() LANGUAGE sql AS $$ {' '.join(steps)} $$")
        with self.server.owner() as owner:
            owner.execute(f"CREATE DATABASE {self.name}_beginning TEMPLATE {self.name}")

    def restore(self) -> None:
        try:
            with self.server.owner(self.name) as owner:
                # A connection that a test has left open would hold its rows for ever.
                others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                owner.execute(f"SELECT pg_terminate_backend(pid) {others}")
                owner.execute("CALL beginning.restore()")
        except psycopg.ProgrammingError:  # a test has changed the tables themselves
            self.make(f"{self.name}_beginning")


@dataclass(frozen=True)
class Stage:
    """An app with the cast in its database."""

    app: Flask
    cast: Cast
    folder: Path
    database: Database

    def restore(self) -> None:
        """Put the database back to its beginning."""
        with self.app.app_context():
            db.engine.dispose()
        self.database.restore()


def prepare(database: Database, folder: Path) -> Stage:
    """Make the app and its tables, and let the cast move in."""
    app = create_app(Settings(data=folder / "data", database=database.url, school="haetsal"))
    app.testing = True
    let_tests_look(app)
    create_database(app)
    stage = Stage(app, assemble(app), folder, database)
    with app.app_context():
        db.engine.dispose()
    database.keep()
    return stage


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all of these in threads that start together, as the program does; what each returned or raised, in order."""
    outcomes: list[object] = [None] * len(acts)
    ready = threading.Barrier(len(acts))

    def do(place: int) -> None:
        ready.wait()
        try:
            with as_the_program():
                outcomes[place] = acts[place]()
        except Exception as error:
            outcomes[place] = error

    threads = [threading.Thread(target=do, args=[place]) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
