"""Every page of the site for everybody who can see one, and how each is reached: what the walks over all pages walk."""

from collections.abc import Callable
from typing import NamedTuple

from tests.journeys.browsing import FIRST_DAY, Person

OTHERS = ("middle/consent/every-step", "middle/images/fake-image-real-harm")
NOWHERE = "/lessons/middle/help/no-such-lesson"
ROLES, LOCALES = ("visitor", "student", "teacher"), ("ko", "en")


class Place(NamedTuple):
    """A page in one language: its name for a report, and the way there."""

    name: str
    reach: Callable[[Person, str], object]


def at(path: str) -> Place:
    """A page with an address."""
    return Place(path, lambda person, locale: person.go(f"/{locale}{path}"))


def sent_empty(path: str) -> Place:
    """A form that came back because nothing was filled in."""

    def send(person: Person, locale: str) -> None:
        person.go(f"/{locale}{path}")
        person.send_form(path)

    return Place(f"{path}, sent empty", send)


def answered(query: str = "") -> Place:
    """The result of a quiz that has just been sent in."""
    name = f"/lessons/{FIRST_DAY}/quiz/result{query}"
    return Place(name, lambda person, locale: person.answer(locale=locale, query=query))


def _slip(person: Person) -> dict[str, str]:
    return person.site.student(1, 20)


def _open_class(person: Person, locale: str) -> None:
    person.go(f"/{locale}/teach/")
    with person.page.expect_navigation():
        person.page.locator(".cards a").first.click()


def _open_items(person: Person, locale: str) -> None:
    _open_class(person, locale)
    person.go(person.page.url.removeprefix(person.site.url).removeprefix(f"/{locale}").join([f"/{locale}", "/items"]))


READING = [
    at("/"),
    at("/lessons/"),
    at(f"/lessons/{FIRST_DAY}"),
    at(f"/lessons/{FIRST_DAY}?read=both"),
    at(f"/lessons/{FIRST_DAY}/quiz"),
    at(f"/lessons/{FIRST_DAY}/quiz?read=both"),
    at("/help/"),
    at("/help/contacts"),
    at("/privacy"),
    at(NOWHERE),
]
PLACES = {
    "visitor": [
        *READING,
        # The text of a lesson is the same for everybody: once is enough.
        *(at(f"/lessons/{lesson}{quiz}") for lesson in OTHERS for quiz in ("", "/quiz")),
        at("/join"),
        sent_empty("/join"),
        Place("/join/number", lambda person, locale: person.enter_class(_slip(person), locale)),
        sent_empty("/join/number"),
        at("/sign-in"),
        sent_empty("/sign-in"),
        sent_empty(f"/lessons/{FIRST_DAY}/quiz"),
        answered(),
    ],
    "student": [
        at("/class"),
        *READING,
        sent_empty(f"/lessons/{FIRST_DAY}/quiz"),
        answered(),
        answered("?read=both"),
    ],
    "teacher": [
        at("/teach/"),
        Place("/teach/classes/<id>", _open_class),
        Place("/teach/classes/<id>/items", _open_items),
        *READING,
        *(at(f"/lessons/{lesson}/guide") for lesson in (*OTHERS, FIRST_DAY)),
        at(f"/lessons/{FIRST_DAY}/guide?read=both"),
    ],
}


def come_in(person: Person, role: str) -> None:
    """Sign in as somebody of the role; a visitor just comes."""
    if role == "student":
        person.join(_slip(person))
    elif role == "teacher":
        person.sign_in(person.site.teacher())
