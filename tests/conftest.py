"""Plumbing of the tests: one app a process, a fresh copy of the cast's database for each test."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import event

from curriculum.accounts import secret
from curriculum.app import create_app
from curriculum.config import Settings
from curriculum.database import create_database, db
from tests.cast import Cast, assemble
from tests.site_client import SiteClient

FULL = os.environ.get("DONGUI_TEST_FULL") == "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the long rounds to `--full`."""
    for item in items:
        if item.get_closest_marker("full") and not FULL:
            item.add_marker(pytest.mark.skip(reason="a long round: python3 run.py test --full"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where CI says so, a browser test that is skipped is a failure: it would hide that nothing was shown."""
    report = yield
    if report.skipped and item.get_closest_marker("journey") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"a browser test was skipped in CI: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Cast, Path]]:
    """An app with the cast in its database, and a copy of that database to begin each test with."""
    slow, secret.HASHER = secret.HASHER, PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)
    secret._of_nobody.cache_clear()
    folder = tmp_path_factory.mktemp("school")
    data = folder / "data"
    app = create_app(Settings(data=data, database=f"sqlite:///{data / 'dongui.sqlite'}", school="haetsal"))
    app.testing = True
    create_database(app)
    cast = assemble(app)
    with app.app_context():
        db.engine.dispose()
    shutil.copy(data / "dongui.sqlite", folder / "beginning.sqlite")
    yield app, cast, folder
    with app.app_context():
        db.engine.dispose()
    secret.HASHER = slow


@pytest.fixture
def app(prepared: tuple[Flask, Cast, Path]) -> Iterator[Flask]:
    """The app, its database as it was in the beginning."""
    app, _, folder = prepared
    with app.app_context():
        db.engine.dispose()
    for left_over in (folder / "data").glob("dongui.sqlite-*"):
        left_over.unlink()
    shutil.copy(folder / "beginning.sqlite", folder / "data" / "dongui.sqlite")
    yield app


@pytest.fixture
def cast(prepared: tuple[Flask, Cast, Path]) -> Cast:
    """The standing cast."""
    return prepared[1]


@pytest.fixture
def client(app: Flask) -> SiteClient:
    """A visitor who has not signed in."""
    return SiteClient(app)


@pytest.fixture
def visitor(app: Flask) -> Callable[[], SiteClient]:
    """Makes visitors, each with cookies of their own."""
    return lambda: SiteClient(app)


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """The SQL statements that ran, BEGIN left out."""
    ran: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith("BEGIN"):
            ran.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield ran
    event.remove(engine, "before_cursor_execute", note)
