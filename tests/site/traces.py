"""Looks for what should be gone: in every byte of the data folder, and on PostgreSQL in every column after VACUUM."""

from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from curriculum.database import db
from tests.site.rows import outside

# The types whose values can hold a word. What VACUUM frees, PostgreSQL does not overwrite: there only SQL is asked, and
# who reads the pages of the server's files may still find it until they are used again.
_COLUMNS = sa.text(
    "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
    " AND data_type IN ('text', 'character varying', 'character', 'bytea', 'json', 'jsonb', 'ARRAY')"
    " ORDER BY table_name, column_name"
)


def traces(app: Flask, folder: Path, *words: str) -> list[str]:
    """Where one of these words still stands: files of the data folder, and `table.column` on PostgreSQL."""
    with app.app_context():
        is_file = db.engine.dialect.name == "sqlite"
    needles = [word.encode() for word in words]
    files = [one for one in folder.rglob("*") if one.is_file()]
    found = [one.name for one in files if any(needle in one.read_bytes() for needle in needles)]
    return found if is_file else found + _columns_with(app, words)


def _columns_with(app: Flask, words: tuple[str, ...]) -> list[str]:
    with app.app_context(), db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM")
    found = []
    with outside(app) as connection:
        for table, column, kind in connection.execute(_COLUMNS).all():
            text = f"encode(\"{column}\", 'escape')" if kind == "bytea" else f'"{column}"::text'
            asked = sa.text(f'SELECT count(*) FROM "{table}" WHERE position(:word IN {text}) > 0')
            escaped = {word: _escaped(word) if kind == "bytea" else word for word in words}
            if any(connection.scalar(asked, {"word": word}) for word in escaped.values()):
                found.append(f"{table}.{column}")
    return found


def _escaped(word: str) -> str:
    """A word as PostgreSQL's `encode(…, 'escape')` writes its bytes."""
    return "".join(chr(byte) if byte < 128 else f"\\{byte:03o}" for byte in word.encode())
