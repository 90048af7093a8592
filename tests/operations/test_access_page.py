"""docs/access.md says what docs/access.toml and the app state, no more and no less."""

import pytest
from flask import Flask

from curriculum.operations.access_page import (
    AccessTable,
    AccessTableError,
    access_page,
    read_access_table,
    table_problems,
)
from curriculum.operations.commands import ACCESS_PAGE, ACCESS_TABLE
from curriculum.security import Door

WRITTEN = """
[people]
han = "teaches"
gaon = "learns"
[groups]
everyone = ["staff", "gaon"]
staff = ["han"]
[at."/<locale>/teach/"]
GET = "staff"
POST = "everyone"
shows = ["names", "best score"]
"""
DOOR = Door("/<any(ko, en):locale>/teach/", ("GET", "POST"), "dashboard.classes", "teachers", ("best score", "names"))


@pytest.fixture(scope="module")
def table() -> AccessTable:
    return read_access_table(ACCESS_TABLE.read_text("utf-8"))


def test_it_works(app: Flask, table: AccessTable) -> None:
    assert ACCESS_PAGE.read_text("utf-8") == access_page(app.extensions["access"], table), "python3 run.py access write"


def test_the_page_says_who_what_is_shown_and_who_gets_in() -> None:
    page = access_page([DOOR], read_access_table(WRITTEN))
    assert "| `/<locale>/teach/` | GET, POST | teachers | best score; names | – |\n" in page
    assert "1. **han**: teaches\n2. **gaon**: learns\n" in page
    assert page.endswith("| `/<locale>/teach/` | GET | ● | · |\n| `/<locale>/teach/` | POST | ● | ● |\n")


def test_groups_are_made_of_people_and_groups() -> None:
    row = read_access_table(WRITTEN).rows["/<locale>/teach/"]
    assert row.methods == {"GET": {"han"}, "POST": {"han", "gaon"}}


@pytest.mark.parametrize("slip", ['GET = "staf"', 'staff = ["hann"]'])
def test_somebody_unknown_is_refused(slip: str) -> None:
    name = slip.split(maxsplit=1)[0]
    written = "\n".join(slip if line.startswith(f"{name} ") else line for line in WRITTEN.splitlines())
    with pytest.raises(AccessTableError, match="nobody is called"):
        read_access_table(written)


@pytest.mark.parametrize(
    ("door", "problem"),
    [
        (Door("/new", ("GET",), "new", "everyone", ()), "GET /new has no row in docs/access.toml"),
        (
            Door(DOOR.rule, ("GET",), "", "", DOOR.shows),
            "POST /<locale>/teach/ is in docs/access.toml and nowhere else",
        ),
        (Door(DOOR.rule, DOOR.methods, "", "", ("names",)), "/<locale>/teach/ states that it shows ['names'];"),
    ],
)
def test_a_page_that_does_not_match_its_urls_is_not_written(door: Door, problem: str) -> None:
    written = read_access_table(WRITTEN)
    assert any(one.startswith(problem) for one in table_problems([door], written))
    with pytest.raises(AccessTableError):
        access_page([door], written)


def test_the_version_of_the_files_stays_out(app: Flask, table: AccessTable) -> None:
    assert "`/static/<version>/<path:filename>`" in access_page(app.extensions["access"], table)
