"""Shows that of a student who is erased nothing is left in any table: not in a row, and not in a byte."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from uuid_utils.compat import uuid7

from curriculum.administration.labels import labels
from curriculum.assignments.models import StoredAssignment, StoredOwn
from curriculum.database import Base, db
from curriculum.stories.models import StoryMark
from tests.administration.test_rights import learn, page_of
from tests.cards.test_slips import codes_on
from tests.cast import Cast
from tests.quizzes.sample import LESSONS
from tests.rosters.test_roster_pages import decide, send
from tests.site.rows import change, count, named, outside, rows_of
from tests.site.traces import traces
from tests.site_client import SiteClient

CANARY, BEFORE = "카나리아꼬리표", "카나리아옛이름"
# What only somebody who works at the school has rows in.
OF_STAFF = {"invitation", "recovery_code", "passkey", "sign_on_link", "challenge", "teaching", "card_reading"}
OF_STUDENTS = {name for name, label in labels().items() if label.of} - OF_STAFF


@pytest.fixture
def moon(app: Flask, cast: Cast) -> SiteClient:
    """The administrator."""
    return SiteClient(app).sign_in(cast.moon)


@pytest.fixture
def lived(app: Flask, cast: Cast, moon: SiteClient) -> Cast:
    """Gaon has been in everything that a student can be in, under two names."""
    change(app, "UPDATE person SET display_name = :name WHERE id = :id", name=BEFORE, id=cast.gaon.id)
    roster = f"/ko/school/classes/{cast.classroom_id}/roster"
    decide(moon, send(moon, roster, f"1 {CANARY}"), "apply")
    send(moon, roster, f"1 {CANARY}\n30 {BEFORE}")  # and one that nobody has decided about yet
    cards = f"/ko/school/classes/{cast.classroom_id}/cards"
    moon.post(cards, {"way": "one", "number": 1}, status=200)
    [code] = codes_on(moon.post(cards, {"way": "today", "number": 1}, status=200))
    guest = SiteClient(app)
    guest.post("/ko/join", {"code": cast.gaon.class_code})
    guest.post("/ko/join/number", {"number": 1, "code": code})
    learn(app, cast.gaon, guest)
    _chosen_and_caught_up(app, cast)
    return cast


def _chosen_and_caught_up(app: Flask, cast: Cast) -> None:
    own = {"school_id": cast.school_id, "lesson_id": LESSONS[0]}
    asked = {**own, "id": uuid7(), "classroom_id": cast.classroom_id, "results_held": False, "assigned": True}
    hers = {"school_id": cast.school_id, "id": uuid7(), "assignment_id": asked["id"], "person_id": cast.gaon.id}
    with outside(app, writing=True) as connection:
        connection.execute(sa.insert(StoryMark).values(**own, person_id=cast.gaon.id, story_digest="0" * 12))
        connection.execute(sa.insert(StoredAssignment).values(**asked, taught_on=date(2026, 11, 2)))
        connection.execute(sa.insert(StoredOwn).values(**hers))


def tables_with(app: Flask, cast: Cast) -> set[str]:
    """The tables in which something of Gaon is left: by a reference, or by a name."""
    rows = named(rows_of(app))
    attempts = {row["id"] for row in rows["attempt"] if row["person_id"] == cast.gaon.id}
    wanted = {cast.gaon.id, *attempts}
    return {
        name
        for name, several in rows.items()
        if any(wanted & {*map(_plain, row.values())} or CANARY in str(row) or BEFORE in str(row) for row in several)
    }


def _plain(value: object) -> object:
    return value if value.__hash__ else None


def test_no_row_in_any_table_is_left(app: Flask, cast: Cast, lived: Cast, moon: SiteClient) -> None:
    assert tables_with(app, cast) - {"audit_line"} == OF_STUDENTS  # a table that is missed here would be forgotten
    moon.post(f"{page_of(cast.gaon)}/erase", {"number": cast.gaon.number})
    assert tables_with(app, cast) <= {"audit_line"}  # what staff did stays written down, by an id that says nothing now
    assert traces_in_log(app) == 0


def traces_in_log(app: Flask) -> int:
    return sum(word in repr(row) for row in rows_of(app)["audit_line"] for word in (CANARY, BEFORE))


def test_no_byte_is_left(
    app: Flask, cast: Cast, lived: Cast, moon: SiteClient, prepared: tuple[Flask, Cast, Path]
) -> None:
    folder = prepared[2] / "data"
    assert traces(app, folder, CANARY)
    assert traces(app, folder, BEFORE)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":  # what was written last stands beside the database, and is looked at too
            assert "dongui.sqlite-wal" in traces(app, folder, CANARY)
    moon.post(f"{page_of(cast.gaon)}/erase", {"number": cast.gaon.number})
    assert traces(app, folder, CANARY, BEFORE) == []


def test_a_class_that_gives_up_names_leaves_none_to_be_taken_back(
    app: Flask, cast: Cast, lived: Cast, moon: SiteClient, prepared: tuple[Flask, Cast, Path]
) -> None:
    moon.post(f"/ko/school/classes/{cast.classroom_id}", {"way": "numbers"})
    assert count(app, "roster_import") == 0
    assert traces(app, prepared[2] / "data", CANARY, BEFORE) == []


@pytest.mark.parametrize("table", sorted(name for name, label in labels().items() if label.of and name != "person"))
def test_whatever_is_about_a_person_goes_with_the_person(table: str) -> None:
    """Staff too: the database itself sees to it, whoever forgets the table."""
    label = labels()[table]
    leads = {"person", label.through} - {""}
    keys = [
        key
        for key in Base.metadata.tables[table].foreign_key_constraints
        if key.referred_table.name in leads and label.person_column in key.column_keys
    ]
    assert [key.ondelete for key in keys] == ["CASCADE"]
