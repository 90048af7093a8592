"""Shows that past its review day a figure is not printed any more: the sentence that stays true stands instead."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from curriculum.catalog.fact import Fact
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.text import Locale
from tests.inspection import Page
from tests.site_client import SiteClient

LESSONS = ("middle/consent/every-step", "middle/images/fake-image-real-harm", "middle/help/the-first-day")
CHECKED = re.compile("마지막으로 확인한 날|Last checked")
MODES: list[tuple[Locale, str]] = [("ko", ""), ("en", ""), ("ko", "?read=both")]


def cited(app: Flask, lesson: Lesson) -> list[Fact]:
    """The facts with figures whose whole sentence a lesson prints."""
    bodies = [step.body.ko + (step.other.body.ko if step.other else "") for step in lesson.steps]
    ids = re.findall(r"\{fact:([a-z0-9-]+)\}", " ".join([*bodies, lesson.note.ko]))
    return [fact for one in ids if (fact := app.extensions["catalog"].facts[one]).has_figures]


def paragraphs(page: Page) -> list[str]:
    """What stands in the text; a note in the margin says the day on which its own source was read."""
    texts = [one for tag in ("p", "li", "td") for one in page.all(tag)]
    return [page.words(one) for one in texts if "notes__source" not in one.attrib.get("class", "")]


@pytest.fixture
def later(app: Flask) -> Iterator[None]:
    """A day on which every review day has passed."""
    last = max(fact.review_by for fact in app.extensions["catalog"].facts.values())
    with time_machine.travel(datetime.combine(last, datetime.min.time(), UTC) + timedelta(days=2), tick=False):
        yield


@pytest.fixture
def in_time(app: Flask) -> Iterator[None]:
    """The day by which the content is judged."""
    with time_machine.travel(datetime.combine(app.extensions["catalog"].as_of, datetime.min.time(), UTC), tick=False):
        yield


def test_it_works(app: Flask, client: SiteClient, in_time: None) -> None:
    figures = 0
    for lesson_id in LESSONS:
        text = client.get(f"/ko/lessons/{lesson_id}").words()
        for fact in cited(app, app.extensions["catalog"].lesson(lesson_id)):
            assert re.sub(r"\W", "", fact.ko.polite) in re.sub(r"\W", "", text)
            figures += 1
    assert figures > 2


@pytest.mark.parametrize("lesson_id", LESSONS)
@pytest.mark.parametrize(("locale", "read"), MODES)
def test_an_overdue_fact_says_its_safe_sentence_without_a_digit(
    app: Flask, client: SiteClient, later: None, lesson_id: str, locale: Locale, read: str
) -> None:
    page = client.get(f"/{locale}/lessons/{lesson_id}{read}")
    facts = cited(app, app.extensions["catalog"].lesson(lesson_id))
    assert facts
    for fact in facts:
        for language in ("ko", "en") if read else (locale,):
            holding = [one for one in paragraphs(page) if fact.safe.in_(language) in one]
            assert holding, fact.id
            assert not [one for one in holding if re.search(r"\d", one)]


@pytest.mark.parametrize("lesson_id", LESSONS)
@pytest.mark.parametrize(("locale", "read"), MODES)
def test_no_overdue_figure_is_left_anywhere_in_the_lesson(
    app: Flask, client: SiteClient, later: None, lesson_id: str, locale: Locale, read: str
) -> None:
    page = client.get(f"/{locale}/lessons/{lesson_id}{read}")
    # The contacts below the help step say the day on which they were read, as they should.
    words = " ".join(one for one in paragraphs(page) if not CHECKED.search(one))
    for fact in cited(app, app.extensions["catalog"].lesson(lesson_id)):
        assert fact.ko.polite not in words
        assert fact.en not in words
        for figure in fact.figures.values():
            for text in (figure.ko, figure.en):
                # A figure of one small number alone, such as an age, may be part of a telephone number.
                assert text.isdecimal() or text not in words, (fact.id, text)


def test_an_overdue_fact_brings_no_source_along(app: Flask, client: SiteClient, later: None) -> None:
    page = client.get(f"/ko/lessons/{LESSONS[0]}")
    sources = " ".join(page.words(one) for one in page.root.iter() if "source" in one.attrib.get("class", ""))
    overdue = cited(app, app.extensions["catalog"].lesson(LESSONS[0]))
    assert not [fact for fact in overdue if fact.source.ko in sources]


def test_contacts_stay_and_say_when_they_were_checked(app: Flask, client: SiteClient, later: None) -> None:
    page = client.get("/ko/help/contacts")
    with_phone = [one for one in app.extensions["catalog"].contacts.values() if one.phone]
    calls = {one.attrib["href"] for one in page.all("a") if one.attrib["href"].startswith("tel:")}
    assert {f"tel:{one.phone.replace('-', '')}" for one in with_phone if one.panel is not None} <= calls
    assert "마지막으로 확인한 날" in page.text
