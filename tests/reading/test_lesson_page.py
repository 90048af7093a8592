"""Shows that a lesson stands as written, in the languages asked for, with note, help and way out where they belong."""

from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from flask import Flask

from curriculum.catalog.lesson import Lesson
from tests.cast import Cast
from tests.inspection import Page
from tests.site_client import SiteClient

LESSONS = ("middle/consent/every-step", "middle/images/fake-image-real-harm", "middle/help/the-first-day")
MODES = [("ko", "", ["ko"]), ("en", "", ["en"]), ("ko", "?read=both", ["ko", "en"]), ("en", "?read=both", ["en", "ko"])]


def lesson_of(app: Flask, lesson_id: str) -> Lesson:
    found: Lesson = app.extensions["catalog"].lesson(lesson_id)
    return found


def steps_of(page: Page) -> list[ElementTree.Element]:
    return [one for one in page.all("section") if one.attrib.get("class", "").startswith("step ")]


def by_class(page: Page, name: str) -> list[ElementTree.Element]:
    """The elements with this class."""
    return [one for one in page.root.iter() if name in one.attrib.get("class", "").split()]


def test_it_works(app: Flask, client: SiteClient) -> None:
    page = client.get(f"/ko/lessons/{LESSONS[0]}")
    assert page.h1.startswith(lesson_of(app, LESSONS[0]).title.ko)


@pytest.mark.parametrize("lesson_id", LESSONS)
@pytest.mark.parametrize(("locale", "read", "languages"), MODES)
def test_every_mode_has_the_same_steps_in_the_languages_asked_for(
    app: Flask, client: SiteClient, lesson_id: str, locale: str, read: str, languages: list[str]
) -> None:
    lesson = lesson_of(app, lesson_id)
    page = client.get(f"/{locale}/lessons/{lesson_id}{read}")
    steps = steps_of(page)
    assert [step.attrib["id"] for step in steps] == list(lesson.step_ids)
    for step, written in zip(steps, lesson.steps, strict=True):
        headings = [(page.inherited(one, "lang"), page.words(one)) for one in step.iter("h2")]
        expected = [(one, written.heading.in_(one)) for one in languages]
        if written.other:
            expected += [(one, written.other.heading.in_(one)) for one in languages]
        assert headings == expected


@pytest.mark.parametrize(("locale", "read", "languages"), MODES)
def test_the_content_note_comes_before_every_step(
    client: SiteClient, locale: str, read: str, languages: list[str]
) -> None:
    page = client.get(f"/{locale}/lessons/{LESSONS[0]}{read}")
    (note,) = by_class(page, "content-note")
    inside = list(page.root.iter())
    assert inside.index(note) < min(inside.index(step) for step in steps_of(page))
    assert [one.attrib["lang"] for one in note.iter("div") if "lang" in one.attrib] == languages
    assert all(page.words(one) for one in note.iter("div"))


@pytest.mark.parametrize("lesson_id", LESSONS)
def test_the_note_leads_to_the_other_path(app: Flask, client: SiteClient, lesson_id: str) -> None:
    page = client.get(f"/ko/lessons/{lesson_id}")
    (link,) = by_class(page, "content-note__other")
    story = next(step for step in lesson_of(app, lesson_id).steps if step.other)
    assert link.attrib["href"] == f"#{story.id}-other"


@pytest.mark.parametrize("lesson_id", LESSONS)
def test_the_help_step_shows_where_to_turn(app: Flask, client: SiteClient, lesson_id: str) -> None:
    page = client.get(f"/ko/lessons/{lesson_id}")
    help_step = next(step for step in steps_of(page) if "step--help" in step.attrib["class"])
    numbers = [one.attrib["href"] for one in help_step.iter("a") if one.attrib["href"].startswith("tel:")]
    panel = [contact.phone for contact in app.extensions["catalog"].panel if contact.phone]
    assert len(panel) > 2
    assert [f"tel:{phone.replace('-', '')}" for phone in panel] == numbers[-len(panel) :]


def test_the_check_step_leads_to_the_quiz_in_the_same_mode(client: SiteClient) -> None:
    page = client.get(f"/en/lessons/{LESSONS[0]}?read=both")
    check = next(step for step in steps_of(page) if "step--check" in step.attrib["class"])
    assert f"/en/lessons/{LESSONS[0]}/quiz?read=both" in [one.attrib["href"] for one in check.iter("a")]


def test_the_language_control_keeps_the_lesson(client: SiteClient) -> None:
    page = client.get(f"/ko/lessons/{LESSONS[0]}?read=both")
    choices = {one.attrib["href"]: one.attrib.get("aria-current") for one in by_class(page, "languages__link")}
    place = f"lessons/{LESSONS[0]}"
    assert choices == {f"/ko/{place}": None, f"/en/{place}": None, f"/ko/{place}?read=both": "true"}


def test_signed_out_next_leads_on_without_sending_anything(app: Flask, client: SiteClient) -> None:
    page = client.get(f"/ko/lessons/{LESSONS[0]}")
    ids = lesson_of(app, LESSONS[0]).step_ids
    onward = [one for part in by_class(page, "step__next") for one in part.iter("a")]
    assert [one.attrib["href"] for one in onward] == [f"#{one}" for one in ids[1:]]
    assert not [one for one in page.all("form") if "/steps/" in one.attrib["action"]]


@pytest.mark.parametrize("who", [None, "gaon"])
def test_a_lesson_needs_three_statements_at_most(
    client: SiteClient, cast: Cast, statements: list[str], who: str | None
) -> None:
    if who:
        client.sign_in(getattr(cast, who))
    statements.clear()
    client.get(f"/ko/lessons/{LESSONS[0]}?read=both")
    assert len(statements) == (2 if who else 1), statements  # signed out: whom the school says to turn to


@pytest.mark.parametrize("place", ["middle/consent/nothing", "nothing/consent/every-step", "middle/nothing/every-step"])
def test_a_lesson_that_is_not_there_is_not_found(client: SiteClient, place: str) -> None:
    client.get(f"/ko/lessons/{place}", status=404)


def test_the_kept_text_holds_nothing_of_who_read_it_before(visitor: Callable[[], SiteClient], cast: Cast) -> None:
    gaon, narae = visitor().sign_in(cast.gaon), visitor().sign_in(cast.narae)
    pages = [one.get(f"/ko/lessons/{LESSONS[0]}") for one in (gaon, narae, gaon)]
    tokens = [
        {one.attrib["value"] for one in page.all("input") if one.attrib["name"] == "csrf_token"} for page in pages
    ]
    assert not tokens[0] & tokens[1]
    assert cast.gaon.name not in pages[1].text
    assert "filled-in" not in "".join(page.text for page in pages)
