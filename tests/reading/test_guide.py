"""Shows that the teacher's guide is for staff alone, in the languages asked for."""

import re

import pytest
from flask import Flask

from tests.cast import Cast
from tests.site_client import SiteClient

ID = "middle/consent/every-step"
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
GUIDE = f"/ko/lessons/{ID}/guide"


def test_it_works(app: Flask, client: SiteClient, cast: Cast) -> None:
    page = client.sign_in(cast.han).get(GUIDE)
    sections = [one.attrib["id"] for one in page.all("section") if "guide-section" in one.attrib.get("class", "")]
    assert sections == [section.id for section in app.extensions["catalog"].lesson(ID).guide]


@pytest.mark.parametrize("who", ["han", "lim", "bae", "yu", "moon", "seo"])
def test_all_staff_may_read_it(client: SiteClient, cast: Cast, who: str) -> None:
    # Another school's teacher signs in at a site of that school; what is asked here is the mark alone.
    if who == "seo":
        client.app.config["SCHOOL"] = "dalbit"
    try:
        client.sign_in(getattr(cast, who)).get(GUIDE)
    finally:
        client.app.config["SCHOOL"] = "haetsal"


def test_a_visitor_is_led_to_the_sign_in_of_staff(client: SiteClient) -> None:
    client.get(GUIDE, status=303)
    assert client.location == "/ko/sign-in"


@pytest.mark.parametrize("who", ["gaon", "daon", "lumi"])
def test_a_student_finds_nothing_there(client: SiteClient, cast: Cast, who: str) -> None:
    client.sign_in(getattr(cast, who))
    denied = client.get(GUIDE, status=404).text
    absent = client.get(GUIDE.replace("every-step", "nothing"), status=404).text
    assert TOKEN.sub("", denied.replace("every-step", "nothing")) == TOKEN.sub("", absent)


def test_the_lesson_offers_it_to_staff_alone(client: SiteClient, cast: Cast) -> None:
    assert GUIDE not in client.get(GUIDE.removesuffix("/guide")).text
    assert GUIDE not in client.sign_in(cast.gaon).get(GUIDE.removesuffix("/guide")).text
    assert GUIDE in client.sign_in(cast.han).get(GUIDE.removesuffix("/guide")).text


@pytest.mark.parametrize(("locale", "read"), [("ko", ""), ("en", ""), ("ko", "?read=both"), ("en", "?read=both")])
def test_its_headings_stand_in_the_languages_asked_for(
    app: Flask, client: SiteClient, cast: Cast, locale: str, read: str
) -> None:
    page = client.sign_in(cast.han).get(GUIDE.replace("/ko/", f"/{locale}/") + read)
    headings = {(page.inherited(one, "lang"), page.words(one)) for one in page.all("h2")}
    for section in app.extensions["catalog"].lesson(ID).guide:
        for language in ("ko", "en"):
            shown = (language, section.heading.in_(language)) in headings
            assert shown == (bool(read) or language == locale)
