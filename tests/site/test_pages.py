"""Every page, for everybody who may see it, in every language it has, is a good page (tests/inspection.py)."""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.site_client import SiteClient

LESSONS = ("middle/consent/every-step", "middle/images/fake-image-real-harm", "middle/help/the-first-day")
OPEN = ("", "lessons/", "help/contacts", "join", "sign-in", *(f"lessons/{one}" for one in LESSONS))
BOTH = tuple(path for one in LESSONS for path in (f"lessons/{one}", f"lessons/{one}/quiz"))


@pytest.mark.parametrize("locale", ["ko", "en"])
@pytest.mark.parametrize("path", [*OPEN, *(f"lessons/{one}/quiz" for one in LESSONS)])
def test_open_pages(client: SiteClient, locale: str, path: str) -> None:
    client.get(f"/{locale}/{path}")


@pytest.mark.parametrize("locale", ["ko", "en"])
@pytest.mark.parametrize("path", BOTH)
def test_pages_in_both_languages_at_once(client: SiteClient, locale: str, path: str) -> None:
    client.get(f"/{locale}/{path}?read=both")


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_pages_of_a_student(client: SiteClient, cast: Cast, locale: str) -> None:
    client.sign_in(cast.gaon)
    for path in ("class", "lessons/", *BOTH):
        client.get(f"/{locale}/{path}")


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_pages_of_a_teacher(client: SiteClient, cast: Cast, locale: str) -> None:
    client.sign_in(cast.han)
    place = f"teach/classes/{cast.classroom_id}"
    for path in ("teach/", place, f"{place}/items", *(f"lessons/{one}/guide" for one in LESSONS)):
        client.get(f"/{locale}/{path}")


@pytest.mark.parametrize("path", ["/ko/nothing", "/en/nothing", "/nothing", "/en/lessons/middle/consent/nothing"])
def test_pages_that_are_not_there(client: SiteClient, path: str) -> None:
    client.get(path, status=404)


def test_everybody_gets_the_same_signed_out_lesson(visitor: Callable[[], SiteClient]) -> None:
    one, other = (visitor().get(f"/ko/lessons/{LESSONS[0]}").text for _ in range(2))
    assert one == other
