"""docs/access.md says what the app states, no more and no less."""

from flask import Flask

from curriculum.operations.access_page import access_page
from curriculum.operations.commands import ACCESS_PAGE
from curriculum.security import Door


def test_it_works(app: Flask) -> None:
    assert ACCESS_PAGE.read_text("utf-8") == access_page(app.extensions["access"]), "python3 run.py access write"


def test_a_row_says_who_and_what_is_shown() -> None:
    door = Door("/<any(ko, en):locale>/teach/", ("GET",), "dashboard.classes", "teachers", ("best score", "names"))
    assert access_page([door]).endswith("| `/<locale>/teach/` | GET | teachers | best score; names |\n")


def test_the_version_of_the_files_stays_out(app: Flask) -> None:
    assert "`/static/<version>/<path:filename>`" in access_page(app.extensions["access"])
