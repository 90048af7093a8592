"""Shows that every column of every table says what it is, whose it is and how long it is kept."""

import re

import pytest

from curriculum.administration.labels import UNSHOWN, labels, unlabelled
from curriculum.config import PROJECT
from curriculum.database import Base

TABLES = {name: set(table.columns.keys()) for name, table in Base.metadata.tables.items()}
OF_NOBODY = {"throttle"}  # its keys hold ids of the program alone, for a day at most
OF_SCHOOLS = {name: columns for name, columns in TABLES.items() if name not in OF_NOBODY}


def test_every_table_and_column_has_a_label() -> None:
    assert list(unlabelled(OF_SCHOOLS)) == []


def test_a_new_table_and_a_new_column_are_missed() -> None:
    grown = {**OF_SCHOOLS, "diary": {"id"}, "visit": OF_SCHOOLS["visit"] | {"mood"}}
    assert list(unlabelled(grown)) == ["diary.id", "visit.mood"]
    assert list(unlabelled({name: columns for name, columns in OF_SCHOOLS.items() if name != "visit"}))


@pytest.mark.parametrize("table", sorted(OF_SCHOOLS))
def test_whom_a_row_is_about_is_a_column_or_leads_through_a_table_that_has_one(table: str) -> None:
    label = labels()[table]
    refers = {column for column in TABLES[table] if column in {"person_id", "attempt_id"}}
    assert bool(label.of) == bool(refers) or table == "person"
    if label.of:
        assert label.person_column in TABLES[table]
        assert not label.through or labels()[label.through].of


def test_no_secret_is_shown() -> None:
    hidden = {column for label in labels().values() for column, kind in label.columns.items() if kind in UNSHOWN}
    assert {"secret_hash", "token_hash"} <= hidden
    assert not [name for label in labels().values() for name in label.shown if name.endswith("_hash")]


def test_every_column_that_a_person_reads_of_themselves_has_a_name_and_every_name_a_column() -> None:
    page = (PROJECT / "templates/administration/record.html").read_text("utf-8")
    named = set(re.findall(r'"(\w+)": _\(', page))
    assert {column for label in labels().values() if label.of for column in label.readable} == named
