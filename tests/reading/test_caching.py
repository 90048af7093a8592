"""Shows that a lesson read signed out is sent once, and that nothing of a signed-in page is kept anywhere."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import meta

from curriculum.config import PROJECT
from tests.cast import Cast
from tests.site_client import SiteClient

LESSON = "/ko/lessons/middle/consent/every-step"


def test_it_works(client: SiteClient) -> None:
    client.get(LESSON)
    assert client.last.headers["ETag"]
    assert "no-cache" in client.last.headers["Cache-Control"]
    assert "no-store" not in client.last.headers["Cache-Control"]


def test_a_browser_that_has_the_lesson_is_told_so(client: SiteClient) -> None:
    client.get(LESSON)
    tag = client.last.headers["ETag"]
    client.get(LESSON, status=304, headers={"If-None-Match": tag})
    assert client.last.data == b""
    assert client.last.headers["ETag"] == tag


def test_each_mode_has_a_tag_of_its_own(client: SiteClient) -> None:
    tags = set()
    for path in (LESSON, f"{LESSON}?read=both", LESSON.replace("/ko/", "/en/")):
        client.get(path)
        tags.add(client.last.headers["ETag"])
    assert len(tags) == 3


def test_a_cache_keeps_the_pages_of_different_visitors_apart(client: SiteClient) -> None:
    client.get(LESSON)
    assert "Cookie" in client.last.headers["Vary"]


@pytest.mark.parametrize("who", ["gaon", "han", "moon"])
def test_signed_in_nothing_is_kept(client: SiteClient, cast: Cast, who: str) -> None:
    client.get(LESSON)
    tag = client.last.headers["ETag"]
    client.sign_in(getattr(cast, who))
    client.get(LESSON, headers={"If-None-Match": tag})
    assert client.last.headers["Cache-Control"] == "no-store"
    assert "ETag" not in client.last.headers


@pytest.mark.parametrize(("who", "path"), [("gaon", "/ko/class"), ("gaon", f"{LESSON}/quiz"), ("han", "/ko/teach/")])
def test_other_pages_are_never_kept(client: SiteClient, cast: Cast, who: str, path: str) -> None:
    client.sign_in(getattr(cast, who)).get(path)
    assert client.last.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("part", sorted((PROJECT / "templates" / "frame").iterdir()), ids=lambda part: part.name)
def test_a_part_of_the_frame_that_is_kept_asks_for_nothing_that_belongs_to_somebody(app: Flask, part: Path) -> None:
    asked = meta.find_undeclared_variables(app.jinja_env.parse(part.read_text("utf-8")))
    assert asked <= {"_", "url_for", "help_strip"}


def test_the_tag_changes_with_the_day_on_which_facts_are_judged(
    app: Flask, client: SiteClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(LESSON)
    before = client.last.headers["ETag"]
    last = max(fact.review_by for fact in app.extensions["catalog"].facts.values())
    monkeypatch.setattr("curriculum.catalog.queries.today_in_korea", lambda: last + timedelta(days=1))
    client.get(LESSON, headers={"If-None-Match": before})
    assert client.last.headers["ETag"] != before
