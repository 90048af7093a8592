"""Shows that a term can be planned from a course's page, and that families and staff find what is theirs."""

from xml.etree import ElementTree

import pytest
from flask import Flask

from curriculum.catalog.course import Course
from curriculum.catalog.duty import Duty
from curriculum.catalog.text import Text
from curriculum.reading.course_view import Length, duties_of, length_of
from tests.cast import Cast
from tests.inspection import Page
from tests.site_client import SiteClient

PLACE, UNIT = "/lessons/middle", "/lessons/middle/peers"
LESSON = f"{UNIT}/watching-to-helping"


def course_in(app: Flask) -> Course:
    found: Course = app.extensions["catalog"].course("middle")
    return found


def by_class(page: Page, name: str) -> list[ElementTree.Element]:
    """The elements with this class."""
    return [one for one in page.root.iter() if name in one.attrib.get("class", "").split()]


def hrefs(page: Page) -> list[str]:
    return [one.attrib["href"] for one in page.all("a")]


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_every_lesson_stands_with_what_is_planned_from(app: Flask, client: SiteClient, locale: str) -> None:
    page = client.get(f"/{locale}{PLACE}")
    shown = [page.words(one) for one in by_class(page, "plan-lesson")]
    lessons = course_in(app).lessons
    for words, lesson in zip(shown, lessons, strict=True):
        told = [lesson.code, lesson.title.in_(locale), lesson.summary.in_(locale), str(lesson.minutes)]
        assert all(one in words for one in [*told, *(one.text.in_(locale) for one in lesson.objectives)])
    for unit in course_in(app).units:
        assert f"/{locale}/lessons/middle/{unit.id}" in hrefs(page)
        assert ", ".join(unit.unesco) in page.words()


def test_exactly_the_short_route_is_marked_in_words(app: Flask, client: SiteClient) -> None:
    page = client.get(f"/ko{PLACE}")
    marked = ["짧은 길" in page.words(one) for one in by_class(page, "plan-lesson")]
    route = app.extensions["catalog"].short_route
    assert marked == [lesson.id in route for lesson in course_in(app).lessons]
    assert {True, False} == set(marked)


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_a_duty_is_told_as_its_fact_says_with_its_source(app: Flask, client: SiteClient, locale: str) -> None:
    catalog = app.extensions["catalog"]
    page = client.get(f"/{locale}{PLACE}")
    assert catalog.duties
    for duty in catalog.duties:
        fact = catalog.facts[duty.fact]
        assert (fact.en if locale == "en" else fact.ko.plain) in page.text
        assert fact.source.in_(locale) in page.words()
        assert duty.text.in_(locale) in page.words()


def test_guides_and_the_survey_are_led_to_where_they_open(client: SiteClient, cast: Cast) -> None:
    theirs = {f"/ko{LESSON}/guide", f"/ko{PLACE}/survey"}
    assert not theirs & set(hrefs(client.get(f"/ko{PLACE}")))
    assert theirs <= set(hrefs(client.sign_in(cast.han).get(f"/ko{PLACE}")))


def test_the_length_of_lessons_is_told_in_hours_and_minutes(app: Flask) -> None:
    lessons = course_in(app).lessons
    assert length_of(lessons[:2]) == Length(2, 1, 30)
    assert length_of(()) == Length(0, 0, 0)


def test_a_duty_names_its_lessons_unless_all_of_them_help(app: Flask) -> None:
    course = course_in(app)
    ids = tuple(lesson.id for lesson in course.lessons)
    duties = [Duty("a", Text("가", "a"), covered) for covered in (ids, ids[1:3], ("high/law/other",))]
    assert [(one.duty.lessons, one.codes) for one in duties_of(course, duties)] == [
        (ids, []),
        (ids[1:3], [lesson.code for lesson in course.lessons[1:3]]),
    ]


@pytest.mark.parametrize(("locale", "read", "languages"), [("ko", "", 1), ("en", "", 1), ("en", "?read=both", 2)])
def test_a_unit_tells_families_what_is_taught_and_where_to_turn(
    app: Flask, client: SiteClient, locale: str, read: str, languages: int
) -> None:
    unit = course_in(app).unit("peers")
    assert unit is not None
    page = client.get(f"/{locale}{UNIT}{read}")
    parts = by_class(page, "family__part")
    assert [one.attrib["id"] for one in parts] == ["taught", "talk", "tells", "help"]
    assert [len(list(one.iter("h2"))) for one in parts] == [languages] * 4
    numbers = [one.attrib["href"] for one in parts[3].iter("a") if one.attrib["href"].startswith("tel:")]
    panel = [contact.dial for contact in app.extensions["catalog"].panel if contact.dial]
    assert [f"tel:{dial}" for dial in panel] == numbers[-len(panel) :]
    assert all(any(f"/lessons/{one.id}" in href for href in hrefs(page)) for one in unit.lessons)


@pytest.mark.parametrize("who", [None, "gaon", "han"])
def test_course_and_unit_need_few_statements(
    client: SiteClient, cast: Cast, statements: list[str], who: str | None
) -> None:
    if who:
        client.sign_in(getattr(cast, who))
    for place in (PLACE, f"{UNIT}?read=both"):
        statements.clear()
        client.get(f"/ko{place}")
        assert len(statements) <= 1, statements


@pytest.mark.parametrize("place", [LESSON, f"{LESSON}/guide", UNIT, f"{PLACE}/survey"])
def test_a_way_leads_back_to_course_and_unit(client: SiteClient, cast: Cast, place: str) -> None:
    page = client.sign_in(cast.han).get(f"/en{place}")
    (trail,) = by_class(page, "trail")
    way = ["/en/lessons/", f"/en{PLACE}", f"/en{UNIT}"]
    assert [one.attrib["href"] for one in trail.iter("a")] == (way if LESSON in place else way[:2])


@pytest.mark.parametrize("read", ["", "?read=both"])
def test_staff_read_what_is_asked_and_which_answer_is_right(
    app: Flask, client: SiteClient, cast: Cast, read: str
) -> None:
    page = client.sign_in(cast.yu).get(f"/ko{PLACE}/survey{read}")
    for item in course_in(app).survey:
        assert item.prompt.ko in page.words()
        assert (item.prompt.en in page.words()) is bool(read)
    right = [page.words(page.parents[one]) for one in by_class(page, "survey-items__key")]
    keyed = [item for item in course_in(app).survey if item.key]
    assert len(right) == len(keyed)
    for words, item in zip(right, keyed, strict=True):
        assert next(one.ko for one in item.options if one.id == item.key) in words
    assert not page.all("input") or {one.attrib["name"] for one in page.all("input")} == {"csrf_token"}


@pytest.mark.parametrize(
    "place", ["/lessons/none", "/lessons/middle/none", "/lessons/none/peers", "/lessons/none/survey"]
)
def test_what_is_not_there_is_not_found(client: SiteClient, cast: Cast, place: str) -> None:
    client.sign_in(cast.han).get(f"/ko{place}", status=404)
