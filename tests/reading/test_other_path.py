"""Shows that nobody can know which path was read: both stand in the same document, and neither asks for anything."""

import re
from xml.etree import ElementTree

import pytest
from flask import Flask

from tests.cast import Cast
from tests.inspection import Page
from tests.quizzes.stored import row_counts
from tests.site_client import SiteClient

LESSONS = ("middle/consent/every-step", "middle/images/fake-image-real-harm", "middle/help/the-first-day")
# What a browser fetches, sends or runs on its own or when it is touched.
ASKING = {
    "form",
    "input",
    "button",
    "select",
    "textarea",
    "img",
    "script",
    "iframe",
    "object",
    "video",
    "audio",
    "link",
}
WHO = (None, "gaon", "han")
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')  # it holds the second at which it was made


def paths_of(page: Page) -> list[ElementTree.Element]:
    return [one for one in page.all("details") if "path" in one.attrib.get("class", "").split()]


def inside(page: Page) -> list[ElementTree.Element]:
    """Every element within either path."""
    return [element for path in paths_of(page) for element in path.iter()]


def test_it_works(app: Flask, client: SiteClient) -> None:
    page = client.get(f"/ko/lessons/{LESSONS[0]}")
    stories = [step for step in app.extensions["catalog"].lesson(LESSONS[0]).steps if step.other]
    assert stories
    assert len(paths_of(page)) == 2 * len(stories)


@pytest.mark.parametrize("lesson_id", LESSONS)
@pytest.mark.parametrize("who", WHO)
def test_both_paths_stand_in_the_same_document(
    app: Flask, client: SiteClient, cast: Cast, lesson_id: str, who: str | None
) -> None:
    if who:
        client.sign_in(getattr(cast, who))
    page = client.get(f"/en/lessons/{lesson_id}?read=both")
    words = page.words()
    for step in app.extensions["catalog"].lesson(lesson_id).steps:
        if step.other:
            assert {step.other.heading.ko, step.other.heading.en, step.heading.ko, step.heading.en} <= {
                page.words(one) for one in page.all("h2")
            }
            assert step.other.heading.ko in words


@pytest.mark.parametrize("lesson_id", LESSONS)
@pytest.mark.parametrize("who", WHO)
def test_neither_path_asks_the_server_for_anything(
    client: SiteClient, cast: Cast, lesson_id: str, who: str | None
) -> None:
    if who:
        client.sign_in(getattr(cast, who))
    page = client.get(f"/ko/lessons/{lesson_id}")
    assert inside(page)
    assert not [element for element in inside(page) if element.tag in ASKING]
    links = [element.attrib["href"] for element in inside(page) if element.tag == "a"]
    assert not [link for link in links if not link.startswith(("#", "tel:"))]


@pytest.mark.parametrize("lesson_id", LESSONS)
def test_only_one_path_is_open_at_a_time(client: SiteClient, lesson_id: str) -> None:
    paths = paths_of(client.get(f"/ko/lessons/{lesson_id}"))
    for story, other in zip(paths[::2], paths[1::2], strict=True):
        assert story.attrib["name"] == other.attrib["name"]
        assert ("open" in story.attrib, "open" in other.attrib) == (True, False)


@pytest.mark.parametrize("question", ["?path=other", "?other=1", "?read=other"])
def test_no_address_opens_the_other_path(client: SiteClient, cast: Cast, question: str) -> None:
    # Were there one, a log could hold it. The forms, and so all that can be sent, are the same.
    client.sign_in(cast.gaon)
    own, asked = (client.get(f"/ko/lessons/{LESSONS[0]}{after}").text for after in ("", question))
    assert TOKEN.sub("", own) == TOKEN.sub("", asked)


def test_a_finished_lesson_tells_nothing_of_the_path(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    lesson = f"/ko/lessons/{LESSONS[0]}"
    for step in app.extensions["catalog"].lesson(LESSONS[0]).step_ids:
        client.post(f"{lesson}/steps/{step}", on=lesson)
    page = client.get(lesson)
    actions = [form.attrib["action"] for form in page.all("form")]
    assert not [action for action in actions if "other" in action or "path" in action]
    assert row_counts(app)["visit"] == len(app.extensions["catalog"].lesson(LESSONS[0]).step_ids)
