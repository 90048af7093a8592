"""Shows what a teacher sees of the choices of a class: released counts in words and bars, else an honest sentence."""

import re

import pytest
from flask import Flask

from tests.cast import Cast
from tests.site.rows import change
from tests.site_client import SiteClient
from tests.stories.sample import add_all, crowd, told

NOT_YET = "아직 열 명이 되지 않았거나 모두 같은 것을 골라서 보여 주지 않습니다."


def options_of_course(app: Flask) -> list[object]:
    """The choices that are counted, story by story, of the course that the class follows."""
    stories = app.extensions["stories"].values()
    return [story.options for story in stories if story.lesson_id.startswith("middle/")]


def address(cast: Cast, locale: str = "ko") -> str:
    return f"/{locale}/teach/classes/{cast.classroom_id}/stories"


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_it_works(app: Flask, cast: Cast, client: SiteClient, locale: str) -> None:
    story = told(app)
    add_all(app, cast.school_id, crowd(app, cast.school_id, cast.classroom_id, 20), story, [0, 1, 1, 1])
    page = client.sign_in(cast.han).get(address(cast, locale))
    bars = [one for one in page.all("li") if one.attrib.get("class") == "distribution"]
    assert len(bars) == sum(len(options) for options in story.options.values())
    counts = [re.search(r"(\d+)(?:명| student)", page.words(bar)) for bar in bars]
    assert [int(one[1]) for one in counts if one][:4] == [5, 15, 0, 0]
    offered = [choice.in_(locale) for choice in story.scenes[0].choices]
    assert [page.words(bar).startswith(words) for bar, words in zip(bars, offered, strict=False)] == [True] * 4


@pytest.mark.parametrize(("size", "places"), [(0, [0]), (9, [0, 1]), (10, [0]), (30, [2])])
def test_too_few_or_all_the_same_is_said_and_not_shown(
    app: Flask, cast: Cast, client: SiteClient, size: int, places: list[int]
) -> None:
    """The same page for each of them, one sentence a story: not even how many have added can be read from it. Nor has
    anybody added to the other stories of the course."""
    before = client.sign_in(cast.han).get(address(cast)).words()
    add_all(app, cast.school_id, crowd(app, cast.school_id, cast.classroom_id, size), told(app), places)
    page = client.get(address(cast))
    assert page.words() == before
    assert page.words().count(NOT_YET) == len(options_of_course(app))
    assert "distribution" not in page.text


def test_between_two_tens_nothing_changes(app: Flask, cast: Cast, client: SiteClient) -> None:
    people = crowd(app, cast.school_id, cast.classroom_id, 21)
    client.sign_in(cast.han)
    seen = []
    for size in range(22):
        add_all(app, cast.school_id, people[size - 1 : size], told(app), [size % 3])
        seen.append(client.get(address(cast)).words())
    assert [seen.index(one) for one in seen] == [0] * 10 + [10] * 10 + [20] * 2


def test_the_class_page_leads_there(cast: Cast, client: SiteClient) -> None:
    page = client.sign_in(cast.han).get(f"/ko/teach/classes/{cast.classroom_id}")
    assert f'href="{address(cast)}"' in page.text


def test_no_student_is_named(app: Flask, cast: Cast, client: SiteClient) -> None:
    add_all(app, cast.school_id, crowd(app, cast.school_id, cast.classroom_id, 10), told(app), [0, 1])
    words = client.sign_in(cast.han).get(address(cast)).words()
    assert not [name for name in ("가온", "나래", "학생 0") if name in words]


def test_a_course_without_stories_says_so(app: Flask, cast: Cast, client: SiteClient) -> None:
    change(app, "UPDATE classroom SET course = 'none' WHERE id = :id", id=cast.classroom_id)
    assert "이야기가 있는 수업이 없습니다" in client.sign_in(cast.han).get(address(cast)).words()


def test_it_takes_three_statements(app: Flask, cast: Cast, client: SiteClient, statements: list[str]) -> None:
    client.sign_in(cast.han).get(address(cast))
    statements.clear()
    client.client.get(address(cast))
    assert len([one for one in statements if not one.startswith("SET LOCAL")]) <= 3, statements
