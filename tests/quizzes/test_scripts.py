"""Shows that a quiz page brings little JavaScript, and no other than its own."""

from flask import Flask

from curriculum.config import PROJECT
from tests.inspection import Page
from tests.quizzes.devices import PATH
from tests.site_client import SiteClient

MOST = 15_000  # bytes


def loaded(page: Page) -> list[str]:
    """The scripts of a page, each once, as files."""
    return sorted({one.attrib["src"].split("/", 3)[3] for one in page.all("script")})


def size(page: Page) -> int:
    return sum((PROJECT / "static" / one).stat().st_size for one in loaded(page))


def test_it_works(client: SiteClient) -> None:
    assert {"js/quiz.js", "js/exit.js"} <= set(loaded(client.get(PATH)))


def test_the_scripts_of_each_quiz_come_to_less_than_fifteen_kilobytes(app: Flask, client: SiteClient) -> None:
    lessons = app.extensions["catalog"].lessons
    assert len(lessons) >= 3
    for lesson in lessons:
        page = Page(client.client.get(f"/ko/lessons/{lesson}/quiz"), PATH)
        assert 0 < size(page) < MOST, f"{lesson}: {loaded(page)}"
