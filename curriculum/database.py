"""Owns the database: table base, constraint names, the connection contract and one commit per request."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from inspect import iscoroutinefunction
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from flask import Flask, request
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, Engine, make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from uuid_utils.compat import uuid7

from curriculum.tenancy import ACROSS, Across, keep_schools_apart

try:  # Not on Windows: there SQLite's own waiting has to do.
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]  # the one platform switch of the program

try:  # Many systems' own SQLite can lose committed rows in WAL mode; this wheel brings one that does not.
    import pysqlite3
except ImportError:
    pysqlite3 = None

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
)
# What a database that is full, busy or away raises.
CANNOT_WRITE = (sa.exc.OperationalError, sa.exc.InternalError, sa.exc.TimeoutError, OSError)
CONNECT_TIMEOUT = 5  # seconds, for a PostgreSQL that does not answer
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

db = SQLAlchemy(session_options={"expire_on_commit": False})


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


class UtcDateTime(sa.TypeDecorator[datetime]):
    """A moment with its zone: stored in UTC, read back as UTC, on databases that forget zones too."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """A moment as the database takes it; ValueError when it has no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """A moment as the program takes it, in UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {datetime: UtcDateTime, UUID: sa.Uuid}


class OfSchool:
    """A table that belongs to a school: the key is (school_id, id), the id is made by the program, in order of time."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7, sort_order=-9)

    @declared_attr
    @classmethod
    def school_id(cls) -> Mapped[UUID]:
        """The school that the row belongs to; first in the key, so that tables can be spread by it."""
        return mapped_column(sa.ForeignKey("school.id", ondelete="CASCADE"), primary_key=True, sort_order=-10)


def of_same_school(column: str, table: str) -> sa.ForeignKeyConstraint:
    """A foreign key that carries the school, so that a row of another school cannot be referenced at all."""
    return sa.ForeignKeyConstraint(["school_id", column], [f"{table}.school_id", f"{table}.id"], ondelete="CASCADE")


def begin_write() -> None:
    """Begin the one writing transaction of this request; a reading one that is open ends here.

    Expensive work (hashing, parsing) belongs before this call: from here on every other writer waits.
    """
    if db.session.in_transaction():
        if db.session.connection().get_execution_options().get("writing"):
            return
        db.session.rollback()
    db.session.connection(execution_options={"writing": True})


def upsert(table: type[Base]) -> Any:
    """An INSERT that knows ON CONFLICT, in the dialect of the database in use."""
    return postgresql.insert(table) if db.engine.dialect.name == "postgresql" else sqlite.insert(table)


def leave_nothing_behind() -> None:
    """Once this request's transaction is committed, let no file of an SQLite database hold what it has deleted.

    `secure_delete` has overwritten it in the pages; here the log of earlier pages is written back and emptied.
    """
    if db.engine.dialect.name == "sqlite":
        event.listen(db.session, "after_commit", _empty_log, once=True)


def _empty_log(_session: object) -> None:
    # A connection as it is: inside BEGIN there is no checkpoint. It waits for readers as long as any writer would.
    connection = db.engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


@contextmanager
def writing_apart() -> Iterator[Connection]:
    """A writing transaction of its own, for what must be kept although the request is refused."""
    db.session.rollback()
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        yield connection


def end_request(status: int) -> None:
    """The one commit point: an unsafe request that succeeded is committed, everything else is rolled back."""
    if request.method not in SAFE_METHODS and status < 400:
        db.session.commit()
    else:
        db.session.rollback()


def init_database(app: Flask, url: str) -> None:
    """Give the app its engine: SQLite with its connection contract, and either with the locks between schools."""
    own = _sqlite_options if make_url(url).get_backend_name() == "sqlite" else _postgresql_options
    app.config["SQLALCHEMY_ENGINES"] = {"default": {"url": url, **own(url)}}
    db.init_app(app)
    # The extension ends asyncio sessions too. There are none, and it would start an event loop after every request.
    app.teardown_appcontext_funcs = [end for end in app.teardown_appcontext_funcs if not iscoroutinefunction(end)]
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            keep_contract(db.engine)
        keep_schools_apart(db.engine, Base.metadata)


def _sqlite_options(url: str) -> dict[str, Any]:
    path = make_url(url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    return {"module": sqlite_module(), "pool_size": 8, "connect_args": {"check_same_thread": False}}


def _postgresql_options(url: str) -> dict[str, Any]:
    # Statements prepared on a server connection are lost when a pooler gives the next transaction another one.
    connect = {"prepare_threshold": None, "connect_timeout": CONNECT_TIMEOUT}
    given = {name: value for name, value in connect.items() if name not in make_url(url).query}
    # The writes are made for this isolation level: each statement sees what is committed when it begins, and waits for
    # a row that another writer holds. A connection that broke while nobody used it is replaced before it is used.
    return {"isolation_level": "READ COMMITTED", "pool_size": 8, "pool_pre_ping": True, "connect_args": given}


def sqlite_module() -> ModuleType:
    """The SQLite driver in use: the wheel's newer SQLite where there is one, else Python's own."""
    return pysqlite3.dbapi2 if pysqlite3 else sqlite3


def keep_contract(engine: Engine) -> None:
    """Bind the SQLite contract to an engine: pragmas, explicit BEGIN, and one file lock for all writers.

    SQLite's busy handler sleeps and starves; `flock` queues. The lock's descriptor belongs to a connection, is taken
    before BEGIN IMMEDIATE and released when the connection goes back to the pool, after its commit.
    """
    lock = f"{engine.url.database}.lock"

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(pragma)
        record.info["lock"] = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)

    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkin", _release)
    event.listen(engine, "close", _forget_lock)


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    if writing and fcntl:
        fcntl.flock(connection.info["lock"], fcntl.LOCK_EX)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _release(connection: Any, record: Any) -> None:
    if connection is not None and connection.in_transaction:
        connection.rollback()  # a COMMIT that failed leaves its transaction open, and with it the database locked
    if fcntl and "lock" in record.info:
        fcntl.flock(record.info["lock"], fcntl.LOCK_UN)


def _forget_lock(_connection: Any, record: Any) -> None:
    if "lock" in record.info:
        os.close(record.info.pop("lock"))


def create_database(app: Flask) -> None:
    """Bring the database of this app to the newest schema, making it when it is not there."""
    from alembic import command  # slow to import, needed by commands only
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).resolve().parent.parent / "migrations"))
    options = {"writing": True, ACROSS: Across.MIGRATION}
    with app.app_context(), db.engine.connect().execution_options(**options) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
