"""Two students do the same lesson, one by the story and one by the other path: nothing that is sent or kept differs."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Request, expect

from tests.journeys.browsing import FIRST_DAY, FIRST_DAY_CODE, Person
from tests.journeys.conftest import Arrive
from tests.journeys.site import Site

pytestmark = pytest.mark.journey
SECTION, STORY, OTHER = 3, 20, 21  # two students of a class that has not come to this lesson yet
# The lesson says what it is to everybody; these differ between any two people, whatever they read.
OWN = re.compile(r"(csrf_token|token|code|number)=[^&]*")
HEADERS = ("accept", "content-type", "origin", "referer", "range", "if-none-match", "sec-fetch-mode", "sec-fetch-dest")


def recorded(requests: list[Request]) -> list[tuple[Any, ...]]:
    """What the server and anybody on the way could see of these requests."""
    return [
        (
            request.method,
            urlsplit(request.url)._replace(scheme="", netloc="").geturl(),
            _body(request),
            [(name, request.headers.get(name, "").partition(";")[0]) for name in HEADERS],
        )
        for request in requests
        # Files are the same for everybody and kept by the browser; when it looks for one again is its own affair.
        if "/static/" not in request.url
    ]


def _body(request: Request) -> list[str]:
    """What a form sends, without what anybody has alone; of a form in parts, which a script sends, the names."""
    body = request.post_data or ""
    return re.findall(r'name="([^"]+)"', body) or [OWN.sub(r"\1=", body)]


def read(arrive: Arrive, site: Site, number: int, choose: Callable[[Person], None]) -> list[tuple[Any, ...]]:
    """Join, read the lesson on the path that is chosen, and send every step; return all requests."""
    student = arrive()
    requests: list[Request] = []
    student.context.on("request", partial(list.append, requests))
    student.join(site.student(SECTION, number))
    student.go(f"/ko/lessons/{FIRST_DAY}")
    choose(student)
    student.finish_steps()
    return recorded(requests)


def by_the_story(student: Person) -> None:
    for path in student.page.locator("details.path[open]").all():
        expect(path.locator(".path__text")).to_be_visible()
        path.locator(".path__text p").last.scroll_into_view_if_needed()


def by_the_other_path(student: Person) -> None:
    student.page.locator(".content-note__other").click()  # the content note leads there without leaving the page
    for place in range(student.page.locator("details.path").count() // 2):
        other = student.page.locator("details.path").nth(2 * place + 1)
        if other.get_attribute("open") is None:
            other.locator("summary").click()
        expect(other.locator(".path__text")).to_be_visible()
        other.locator(".path__text p").last.scroll_into_view_if_needed()


# Ids and secrets are drawn by chance and moments pass; of everything else, what is kept of two people must be equal.
def kept(before: dict[str, list[tuple[Any, ...]]], after: dict[str, list[tuple[Any, ...]]]) -> list[tuple[Any, ...]]:
    """What was added to all tables in between, without ids, secrets and moments."""
    chance = re.compile(r"^[0-9a-f]{32}$|^\d{4}-\d\d-\d\d[ T]")
    return sorted(
        (table, *("·" if isinstance(value, bytes) or chance.match(str(value)) else value for value in row))
        for table, rows in after.items()
        for row in rows
        if row not in before[table]
    )


def seen_by_the_teacher(arrive: Arrive, site: Site, number: int) -> str:
    """How far a student is in the lesson, on the class page."""
    teacher = arrive()
    teacher.sign_in(site.teacher())
    teacher.press("2학년 3반")
    return teacher.mark(site.student(SECTION, number)["name"], FIRST_DAY_CODE).inner_text()


def test_it_works(arrive: Arrive, site: Site) -> None:
    said = site.log.read_text("utf-8")
    beginning = site.rows()
    story = read(arrive, site, STORY, by_the_story)
    between = site.rows()
    other = read(arrive, site, OTHER, by_the_other_path)
    end = site.rows()
    assert any("/steps/" in address for _, address, *_ in story)
    assert story == other
    assert kept(beginning, between) == kept(between, end) != []
    assert site.log.read_text("utf-8") == said
    assert seen_by_the_teacher(arrive, site, STORY) == seen_by_the_teacher(arrive, site, OTHER) != ""
