"""Looks at the rows of the database from outside: everything that is stored, and a digest of it."""

from typing import Any

import sqlalchemy as sa
from flask import Flask

from curriculum.database import Base, begin_write, db

# Made anew at every run: ids, secrets and moments.
VOLATILE = frozenset({"id", "attempt_id", "token_hash", "expires_at", "sent_at", "closed_at", "token"})


def rows_of(app: Flask, *, without: frozenset[str] = frozenset()) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table in a fixed order, without the columns of these names."""
    found = {}
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            columns = [column for column in table.columns if column.name not in without]
            found[table.name] = sorted((tuple(row) for row in db.session.execute(sa.select(*columns))), key=repr)
    return found


def count(app: Flask, table: str) -> int:
    """How many rows a table has."""
    return len(rows_of(app)[table])


def change(app: Flask, statement: str, **values: Any) -> None:
    """Change rows by hand, as an administrator of the database could."""
    with app.app_context():
        begin_write()
        db.session.execute(sa.text(statement), values)
        db.session.commit()
