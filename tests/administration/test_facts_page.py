"""Shows that an administrator sees which facts and contacts are to be checked again, and what is shown meanwhile."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from curriculum.catalog.due import SOON, due
from curriculum.catalog.fact import Fact
from tests.cast import Cast
from tests.inspection import Page
from tests.site_client import SiteClient

PAGE, START = "/school/facts", "/ko/school/"
LATE, NEAR = "다시 확인할 날이 지났습니다", "두 달 안에 다시 확인합니다"


def seen_on(app: Flask, cast: Cast, day: date, locale: str = "ko") -> Page:
    """The page at noon in Korea, as the administrator has it."""
    with time_machine.travel(datetime(day.year, day.month, day.day, 3, tzinfo=UTC), tick=False):
        return SiteClient(app).sign_in(cast.moon).get(f"/{locale}{PAGE}")


@pytest.fixture
def first(app: Flask) -> Fact:
    """A fact that nothing is due before."""
    catalog = app.extensions["catalog"]
    earliest = min(one.review_by for one in (*catalog.facts.values(), *catalog.contacts.values()))
    return next(fact for fact in catalog.facts.values() if fact.review_by == earliest)


def test_two_months_before_the_first_review_day_there_is_nothing_to_check(app: Flask, cast: Cast, first: Fact) -> None:
    page = seen_on(app, cast, first.review_by - SOON - timedelta(days=1))
    assert "다시 확인할 것이 없습니다" in page.words()
    assert page.all("table") == []


@pytest.mark.parametrize(("past", "heading"), [(0, NEAR), (1, LATE)])
def test_a_fact_is_listed_before_its_day_and_after_it(
    app: Flask, cast: Cast, first: Fact, past: int, heading: str
) -> None:
    page = seen_on(app, cast, first.review_by + timedelta(days=past))
    words = page.words()
    assert words.index(heading) < words.index(first.safe.ko) < words.index("늘 맞는 문장이 대신 나옵니다.")


def test_the_page_shows_what_the_command_lists(app: Flask, cast: Cast, first: Fact) -> None:
    catalog, day = app.extensions["catalog"], first.review_by + timedelta(days=1)
    listed = due(catalog.facts, catalog.contacts, day)
    page = seen_on(app, cast, day, "en")
    assert len(page.all("tr")) == len(listed) + len(page.all("table"))
    assert all(one.what.en in page.words() for one in listed)


def test_the_start_page_leads_there_for_administrators_alone(app: Flask, cast: Cast) -> None:
    for member, leads in ((cast.moon, True), (cast.yu, False)):
        links = [one.attrib.get("href") for one in SiteClient(app).sign_in(member).get(START).all("a")]
        assert (f"/ko{PAGE}" in links) is leads
