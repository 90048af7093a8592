"""Shows the page of places to turn to: by need, signed out, storing nothing, honest about its age."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from babel.dates import format_date
from flask import Flask

from curriculum.catalog.contact import Contact
from tests.inspection import Page
from tests.site.rows import rows_of
from tests.site_client import SiteClient

PAGE = "/ko/help/contacts"
# A person first, danger next, then what happened (curriculum, section 6).
ORDER = ["adult", "danger", "image", "school", "talk", "life", "removal", "language", "law"]
NEXT_DAY = timedelta(days=1)


@pytest.fixture
def contacts(app: Flask) -> list[Contact]:
    """Every contact there is."""
    return list(app.extensions["catalog"].contacts.values())


def on(day: date) -> datetime:
    """Noon in Korea."""
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


def sections(page: Page) -> list[str]:
    found = [one.attrib.get("aria-labelledby", "") for one in page.all("section")]
    return [one.removeprefix("need-") for one in found if one.startswith("need-")]


def test_it_works(client: SiteClient) -> None:
    page = client.get(PAGE)
    assert page.h1 == "도움받을 곳"
    assert page.words().index("당신 잘못이 아니에요.") < page.words().index("112")


def test_needs_come_in_the_order_in_which_they_help(client: SiteClient) -> None:
    found = sections(client.get(PAGE))
    assert found == [need for need in ORDER if need in found]
    assert {"adult", "danger", "image", "talk", "life"} <= set(found)


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_every_contact_is_there_with_a_number_that_dials(app: Flask, contacts: list[Contact], locale: str) -> None:
    page = Page(app.test_client().get(f"/{locale}/help/contacts"), f"/{locale}/help/contacts")
    text, links = page.words(), {one.attrib.get("href") for one in page.all("a")}
    for contact in contacts:
        assert getattr(contact.name, locale) in text, contact.id
        if contact.phone:
            assert f"tel:{contact.dial}" in links, contact.id
        if contact.url:
            assert contact.url in links, contact.id


def test_it_works_signed_out_and_leaves_no_trace(app: Flask) -> None:
    before = rows_of(app)
    response = app.test_client().get(PAGE)
    assert response.status_code == 200
    assert response.headers.getlist("Set-Cookie") == []
    assert rows_of(app) == before


@pytest.mark.parametrize(("locale", "neutral"), [("ko", "연락할 곳 · 동의"), ("en", "Contacts · Dongui")])
def test_its_title_names_nothing_that_happened(client: SiteClient, locale: str, neutral: str) -> None:
    page = client.get(PAGE.replace("/ko/", f"/{locale}/"))
    title = page.words(page.all("title")[0])
    assert title == neutral


def test_a_contact_that_was_checked_in_time_shows_no_day(client: SiteClient, contacts: list[Contact]) -> None:
    with time_machine.travel(on(min(one.review_by for one in contacts)), tick=False):
        assert "마지막으로 확인한 날" not in client.get(PAGE).text


def test_a_contact_past_its_review_day_stays_and_shows_the_day(client: SiteClient, contacts: list[Contact]) -> None:
    first = min(contacts, key=lambda one: one.review_by)
    with time_machine.travel(on(first.review_by + NEXT_DAY), tick=False):
        page = client.get(PAGE)
        [row, *_] = [one for one in page.all("li") if first.name.ko in page.words(one)]
        assert f"마지막으로 확인한 날 {format_date(first.as_of, 'long', 'ko')}" in page.words(row)


def test_long_after_every_contact_is_there_with_its_day(client: SiteClient, contacts: list[Contact]) -> None:
    with time_machine.travel(on(max(one.review_by for one in contacts) + NEXT_DAY), tick=False):
        page = client.get(PAGE)
    rows = [page.words(one) for one in page.all("li") if one.attrib.get("class") == "contact-row"]
    assert len(rows) == len(contacts)
    assert all("마지막으로 확인한 날" in row for row in rows)


def test_contacts_abroad_are_folded_away(client: SiteClient, contacts: list[Contact]) -> None:
    page = client.get(PAGE)
    abroad = [one for one in contacts if one.country not in {"KR", "INT"}]
    assert abroad
    assert all("open" not in one.attrib for one in page.all("details"))
    assert names_in(page, "details") == {one.name.ko for one in abroad}
    assert names_in(page, "section") == {one.name.ko for one in contacts if one not in abroad}
    summaries = [page.words(one) for one in page.all("summary")]
    assert len(summaries) == len({one.country for one in abroad})
    assert all(summaries)


def names_in(page: Page, tag: str) -> set[str]:
    """The names of the contacts that stand in elements of this tag."""
    rows = [row for one in page.all(tag) for row in one.iter("p")]
    return {page.words(row) for row in rows if row.attrib.get("class") == "contact-row__name"}


@pytest.mark.parametrize("path", ["/ko/", "/ko/join", "/ko/nothing", PAGE])
def test_the_numbers_at_the_foot_are_on_every_page(app: Flask, path: str) -> None:
    page = Page(app.test_client().get(path), path)
    [foot] = page.all("footer")
    numbers = [one.attrib["href"] for one in foot.iter("a") if one.attrib["href"].startswith("tel:")]
    assert numbers[0] == "tel:112"  # danger first
    assert "tel:109" in numbers  # thoughts of dying
    assert len(numbers) == len(set(numbers)) == 5


def test_of_the_database_the_page_asks_for_the_schools_own_people_alone(app: Flask, statements: list[str]) -> None:
    app.test_client().get(PAGE)
    [only] = statements
    assert "SELECT school.contacts" in only
