"""Looks at the rows of the database from outside the app: everything that is stored, and changes made by hand."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from curriculum.database import Base, db

# Made anew at every run: ids, secrets and moments.
VOLATILE = frozenset({"id", "attempt_id", "token_hash", "expires_at", "sent_at", "closed_at", "token"})
Rows = Mapping[str, list[Mapping[str, Any]]]
# What a statement begins with that changes no row.
LOOKS = ("SELECT", "BEGIN", "SET ", "PRAGMA", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
_written: WeakKeyDictionary[Flask, list[None]] = WeakKeyDictionary()


@contextmanager
def outside(app: Flask, *, writing: bool = False) -> Iterator[sa.Connection]:
    """A connection of the tests' own, which sees every school (tests/databases.py); what is done on it is committed."""
    with app.app_context(), db.engine.connect().execution_options(writing=writing) as connection, connection.begin():
        yield connection


def written(app: Flask) -> int:
    """How many statements have been sent that may have changed a row. Reading all rows takes longer than most requests:
    they are read where this number has grown, and once more at the end of a walk."""
    if app not in _written:
        found = _written[app] = []

        def listen(_connection: object, _cursor: object, said: str, *_: object) -> None:
            if not said.lstrip().upper().startswith(LOOKS):
                found.append(None)

        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", listen)
    return len(_written[app])


def rows_of(app: Flask, *, without: frozenset[str] = frozenset()) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table in a fixed order, without the columns of these names."""
    found = {}
    with outside(app) as connection:
        for table in Base.metadata.sorted_tables:
            columns = [column for column in table.columns if column.name not in without] or [sa.literal(1)]
            rows = connection.execute(sa.select(*columns).select_from(table))
            found[table.name] = sorted((tuple(row) for row in rows), key=repr)
    return found


def named(rows: Mapping[str, list[tuple[Any, ...]]]) -> Rows:
    """The same rows, each by the names of its columns."""
    columns = {table.name: table.columns.keys() for table in Base.metadata.sorted_tables}
    return {table: [dict(zip(columns[table], row, strict=True)) for row in several] for table, several in rows.items()}


def put_back(app: Flask, rows: Rows) -> None:
    """Let the database hold these rows and no others."""
    with outside(app, writing=True) as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(sa.delete(table))
        for table in Base.metadata.sorted_tables:
            if rows[table.name]:
                connection.execute(sa.insert(table), list(rows[table.name]))


def count(app: Flask, table: str) -> int:
    """How many rows a table has."""
    return len(rows_of(app)[table])


def change(app: Flask, statement: str, **values: Any) -> None:
    """Change rows by hand, as an administrator of the database could; values are ids and whatever SQL knows."""
    ids = [sa.bindparam(name, type_=sa.Uuid()) for name, value in values.items() if isinstance(value, UUID)]
    with outside(app, writing=True) as connection:
        connection.execute(sa.text(statement).bindparams(*ids), values)
