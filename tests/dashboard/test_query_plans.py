"""Shows that no page and no submission reads through history: every read of a table that grows uses an index."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from curriculum.database import db
from tests.cast import Cast
from tests.quizzes.sample import LESSONS, quiz_in, sent
from tests.site_client import SiteClient

# These grow with every lesson hour, for as long as the school keeps them.
HISTORY = ("visit", "attempt", "item_response", "item_tally", "lesson_progress")
# How a query runs is asked of SQLite; PostgreSQL decides anew by how large the tables have grown.
pytestmark = pytest.mark.only("sqlite")
LESSON = f"/ko/lessons/{LESSONS[0]}"
QUIZ = f"{LESSON}/quiz"


def plan(app: Flask, statement: str) -> list[str]:
    """How SQLite would run a statement; which values it gets makes no difference to that."""
    values = (None,) * statement.count("?")
    with app.app_context(), db.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    return [row[3] for row in rows]


def reads_through(steps: list[str]) -> list[str]:
    """The steps of a plan that go through a whole table of history, or through a whole school's part of it."""
    tables = "|".join(HISTORY)
    scans = [step for step in steps if re.match(rf"SCAN ({tables})\b", step)]
    return scans + [step for step in steps if re.match(rf"SEARCH ({tables})\b.*\(school_id=\?\)$", step)]


def open_lesson(client: SiteClient, cast: Cast) -> None:
    client.get(LESSON)


def send_step(client: SiteClient, cast: Cast) -> None:
    client.post(f"{LESSON}/steps/rules", on=LESSON)


def submit(client: SiteClient, cast: Cast) -> None:
    client.post(QUIZ, sent(quiz_in(client.app, LESSONS[0])))


def submit_again(client: SiteClient, cast: Cast) -> None:
    for _ in range(2):
        submit(client, cast)


def see_result(client: SiteClient, cast: Cast) -> None:
    submit(client, cast)
    client.get(client.location)
    client.get(f"{QUIZ}/result")


def see_own_page(client: SiteClient, cast: Cast) -> None:
    client.get("/ko/class")
    client.get("/ko/lessons/")


def see_class(client: SiteClient, cast: Cast) -> None:
    client.get(f"/ko/teach/classes/{cast.classroom_id}")
    client.get(f"/ko/teach/classes/{cast.classroom_id}/items")


def follow_class(client: SiteClient, cast: Cast) -> None:
    now = f"/ko/teach/classes/{cast.classroom_id}/now"
    for _ in range(2):
        client.client.get(now)


def see_item(client: SiteClient, cast: Cast) -> None:
    item = quiz_in(client.app, LESSONS[0]).items[0].id
    client.get(f"/ko/teach/classes/{cast.classroom_id}/items/{LESSONS[0]}/{item}")


Act = Callable[[SiteClient, Cast], None]
HOT: list[tuple[str, Act, set[str]]] = [
    ("gaon", open_lesson, {"visit"}),
    ("gaon", send_step, {"visit", "lesson_progress"}),
    ("gaon", submit, {"attempt", "item_response", "item_tally", "lesson_progress"}),
    ("gaon", submit_again, {"attempt"}),
    ("gaon", see_result, {"attempt", "item_response", "lesson_progress"}),
    ("gaon", see_own_page, {"lesson_progress"}),
    ("han", see_class, {"lesson_progress", "item_tally"}),
    ("han", follow_class, {"lesson_progress", "item_tally"}),
    ("han", see_item, {"attempt", "item_response", "item_tally"}),
]


def test_it_works(app: Flask) -> None:
    # The check sees a scan, whole or of one school, where there is one.
    assert reads_through(plan(app, "SELECT * FROM attempt")) == ["SCAN attempt"]
    assert reads_through(plan(app, "SELECT * FROM visit WHERE school_id = ?"))
    assert not reads_through(plan(app, "SELECT * FROM attempt WHERE school_id = ? AND id = ?"))
    assert not reads_through(plan(app, "SELECT * FROM school"))


@pytest.mark.parametrize("hot", HOT, ids=[act.__name__ for _, act, _ in HOT])
def test_what_happens_all_day_reads_through_no_history(
    app: Flask, client: SiteClient, cast: Cast, statements: list[str], hot: tuple[str, Act, set[str]]
) -> None:
    who, act, tables = hot
    client.sign_in(getattr(cast, who))
    statements.clear()
    act(client, cast)
    ran = list(statements)
    assert {table for table in HISTORY for one in ran if re.search(rf"\b(FROM|INTO|JOIN) {table}\b", one)} >= tables
    assert not {one: found for one in ran if (found := reads_through(plan(app, one)))}


def test_every_table_of_history_exists(app: Flask) -> None:
    with app.app_context():
        assert set(HISTORY) <= set(sa.inspect(db.engine).get_table_names())
