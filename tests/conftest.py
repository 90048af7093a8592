"""Plumbing of the tests: one app a process and database, and for each test the cast's rows as they began."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import event

from curriculum.accounts import secret
from curriculum.database import db
from tests.cast import Cast
from tests.databases import POSTGRESQL, SQLITE, PostgresDatabase, SqliteFile, Stage, prepare
from tests.postgres import REMEDY, Server, programs, running_server
from tests.site_client import SiteClient

FULL = os.environ.get("DONGUI_TEST_FULL") == "1"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long rounds to `--full`, and of a test with many cases all but the last one on the second database."""
    if FULL:
        return
    for item in items:
        if item.get_closest_marker("full"):
            item.add_marker(pytest.mark.skip(reason="a long round: python3 run.py test --full"))
    left = _other_cases(items)
    config.hook.pytest_deselected(items=left)
    items[:] = [one for one in items if one not in left]


def _other_cases(items: list[pytest.Item]) -> set[pytest.Item]:
    """The cases on PostgreSQL after which another of the same test comes, but for what PostgreSQL alone has to do: a
    rule is a rule on both databases, and what it is tried with hangs on neither. Lists end with the hardest case."""
    tests: dict[str, list[pytest.Item]] = {}
    for item in items:
        case = getattr(item, "callspec", None)
        if case and case.params.get("prepared") == POSTGRESQL and not item.get_closest_marker("only"):
            tests.setdefault(item.nodeid.partition("[")[0], []).append(item)
    return {case for cases in tests.values() for case in cases[:-1]}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where CI says so, a browser test that is skipped is a failure: it would hide that nothing was shown."""
    report = yield
    expected = item.get_closest_marker("journey") and (FULL or not item.get_closest_marker("full"))
    if report.skipped and expected and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"a browser test was skipped in CI: {report.longrepr}"
    return report


def pytest_configure(config: pytest.Config) -> None:
    """The mark of tests that speak of one of the two databases alone."""
    config.addinivalue_line("markers", "only(database): what only this database has to do: sqlite or postgresql")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once, where everybody looks, what was walked in a browser, and that half of the tests did not run."""
    walked = [report for report in terminalreporter.stats.get("passed", []) if "journey" in report.keywords]
    pages = sum(dict(report.user_properties).get("pages", 0) for report in walked)
    terminalreporter.write_line(f"browser journeys that passed: {len(walked)}; pages inspected on the way: {pages}")
    ended = [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("failed", [])]
    for line in (*axe_lines(ended), *matrix_lines(ended)):
        terminalreporter.write_line(line)
    missed = [report for report in terminalreporter.stats.get("skipped", []) if REMEDY in str(report.longrepr)]
    if missed:
        terminalreporter.write_line(f"{len(missed)} tests ran on SQLite alone. {REMEDY}", yellow=True)


def axe_lines(reports: list[pytest.TestReport]) -> Iterator[str]:
    """What axe found on the walks over all pages (tests/journeys/test_every_page.py), those that failed included."""
    walks = [dict(one.user_properties)["axe"] for one in reports if "axe" in dict(one.user_properties)]
    if walks:
        roles, languages, pages, violations = zip(*walks, strict=True)
        yield (
            f"axe, light and dark: {sum(pages)} pages, {len({*roles})} roles, {len({*languages})} languages;"
            f" violations: {sum(violations)}"
        )


def matrix_lines(reports: list[pytest.TestReport]) -> Iterator[str]:
    """What was asked of the access matrix (tests/site/test_matrix.py), by database."""
    for database in (SQLITE, POSTGRESQL):
        found = [dict(one.user_properties) for one in reports if f"[{database}-" in one.nodeid]
        asked = [one["matrix"] for one in found if "matrix" in one]
        if asked:
            (rules, pairs), cells = asked[0][:2], sum(pairs for _, pairs, _ in asked)
            faults = sum(faults for *_, faults in asked)
            ids, fields = (sum(one.get(name, 0) for one in found) for name in ("foreign ids", "extra fields"))
            yield (
                f"access matrix on {database}: {rules} rules, {pairs} by method, {len(asked)} people, {cells} cells;"
                f" {ids} foreign ids, {fields} extra fields; faults and leaks: {faults}"
            )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that has a database on both."""
    if "prepared" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("only")
        metafunc.parametrize("prepared", only.args if only else (SQLITE, POSTGRESQL), indirect=True, scope="session")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL of this process's own."""
    found = programs()
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(REMEDY)
    with running_server(found) as server:
        yield server


@pytest.fixture(scope="session")
def quick_hashes() -> Iterator[None]:
    """Hash secrets with the least work there is: what they cost is measured elsewhere."""
    slow, secret.HASHER = secret.HASHER, PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)
    secret._of_nobody.cache_clear()
    yield
    secret.HASHER = slow


@pytest.fixture(scope="session")
def stages() -> Iterator[dict[str, Stage]]:
    """What was prepared so far, by the name of its database: each is prepared once, whichever order tests run in."""
    stages: dict[str, Stage] = {}
    yield stages
    for stage in stages.values():
        with stage.app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def prepared(
    request: pytest.FixtureRequest,
    stages: dict[str, Stage],
    quick_hashes: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Flask, Cast, Path]:
    """An app with the cast in its database, the cast, and its folder."""
    if request.param not in stages:
        folder = tmp_path_factory.mktemp(request.param)
        if request.param == POSTGRESQL:
            stages[POSTGRESQL] = prepare(PostgresDatabase(request.getfixturevalue("postgres"), "school"), folder)
        else:
            stages[SQLITE] = prepare(SqliteFile(folder), folder)
    stage = stages[request.param]
    return stage.app, stage.cast, stage.folder


@pytest.fixture
def anew(prepared: tuple[Flask, Cast, Path], stages: dict[str, Stage]) -> Callable[[], None]:
    """Puts the database back to its beginning."""
    [stage] = [one for one in stages.values() if one.app is prepared[0]]
    return stage.restore


@pytest.fixture
def app(prepared: tuple[Flask, Cast, Path], anew: Callable[[], None]) -> Flask:
    """The app, its database as it was in the beginning."""
    anew()
    return prepared[0]


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
