"""Makes an app of its own for tests that need other settings than the shared one has."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask

from curriculum.app import create_app
from curriculum.config import Settings
from curriculum.database import create_database, db
from tests.databases import let_tests_look


@contextmanager
def another_app(folder: Path, **settings: Any) -> Iterator[Flask]:
    """An app with an empty database in this folder; its connections are closed in the end."""
    data = folder / "data"
    app = create_app(Settings(**{"data": data, "database": f"sqlite:///{data / 'dongui.sqlite'}", **settings}))
    app.testing = True
    let_tests_look(app)
    create_database(app)
    yield app
    with app.app_context():
        db.engine.dispose()
