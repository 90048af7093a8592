"""Every page of the site for everybody who can see one, and how each is reached: what the walks over all pages walk."""

from collections.abc import Callable
from typing import NamedTuple

from tests.journeys.browsing import FIRST_DAY, Person

OTHERS = ("middle/consent/every-step", "middle/images/fake-image-real-harm")
STORY = OTHERS[1]
NOWHERE = "/lessons/middle/help/no-such-lesson"
ROLES = ("visitor", "student", "teacher", "co-teacher", "counsellor", "administrator")
LOCALES = ("ko", "en")
SHARE = 6  # of the pages that another role has seen already, one in so many is looked at again in a short round
SAME_ADDRESS = frozenset({f"/lessons/{FIRST_DAY}"})  # a student's own steps stand where everybody reads


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


def _open_class_to_look_at(person: Person, locale: str) -> None:
    person.go(f"/{locale}/teach/")
    with person.page.expect_navigation():
        person.page.locator(".cards a").last.click()


def _open_items(person: Person, locale: str) -> None:
    _open_class(person, locale)
    person.go(person.page.url.removeprefix(person.site.url).removeprefix(f"/{locale}").join([f"/{locale}", "/items"]))


def _open_assignments(person: Person, locale: str) -> None:
    _open_class(person, locale)
    person.go(person.page.url.removeprefix(person.site.url) + "/assignments")


def _open_stories(person: Person, locale: str) -> None:
    _open_class(person, locale)
    person.go(person.page.url.removeprefix(person.site.url) + "/stories")


def _open_contact(way: str) -> Callable[[Person, str], None]:
    def reach(person: Person, locale: str) -> None:
        person.go(f"/{locale}/school/contacts")
        with person.page.expect_navigation():
            getattr(person.page.locator(".own-list .actions a"), way).click()

    return reach


def _send_no_contact(person: Person, locale: str) -> None:
    person.go(f"/{locale}/school/contacts/new")
    person.send_form("/school/contacts")


READING = [
    at("/"),
    at("/lessons/"),
    at(f"/lessons/{FIRST_DAY}"),
    at(f"/lessons/{FIRST_DAY}?read=both"),
    at(f"/lessons/{FIRST_DAY}/quiz"),
    at(f"/lessons/{FIRST_DAY}/quiz?read=both"),
    at(f"/lessons/{STORY}/story"),
    at(f"/lessons/{STORY}/story?read=both"),
    at("/help/"),
    at("/help/contacts"),
    at("/privacy"),
    at(NOWHERE),
]
SIGN_INS = [
    at("/join"),
    Place("/join/number", lambda person, locale: person.enter_class(_slip(person), locale)),
    at("/sign-in"),
]
OWN_PEOPLE = [
    at("/school/contacts"),
    at("/school/contacts/new"),
    Place("/school/contacts, sent empty", _send_no_contact),
    Place("/school/contacts/<id>", _open_contact("first")),
    Place("/school/contacts/<id>/remove", _open_contact("last")),
]
GUIDES = [
    *(at(f"/lessons/{lesson}/guide") for lesson in (*OTHERS, FIRST_DAY)),
    at(f"/lessons/{FIRST_DAY}/guide?read=both"),
]
PLACES = {
    "visitor": [
        *READING,
        # The text of a lesson is the same for everybody: once is enough.
        *(at(f"/lessons/{lesson}{quiz}") for lesson in OTHERS for quiz in ("", "/quiz")),
        *SIGN_INS,
        sent_empty("/join"),
        sent_empty("/join/number"),
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
        *SIGN_INS,
    ],
    "teacher": [
        at("/teach/"),
        Place("/teach/classes/<id>", _open_class),
        Place("/teach/classes/<id>/items", _open_items),
        Place("/teach/classes/<id>/stories", _open_stories),
        Place("/teach/classes/<id>/assignments", _open_assignments),
        *READING,
        *GUIDES,
        *SIGN_INS,
    ],
    "co-teacher": [
        at("/teach/"),
        Place("/teach/classes/<id>", _open_class_to_look_at),
        Place("/teach/classes/<id>/items", _open_items),
        Place("/teach/classes/<id>/stories", _open_stories),
        Place("/teach/classes/<id>/assignments", _open_assignments),
        *READING,
        *GUIDES,
        *SIGN_INS,
    ],
    "counsellor": [*OWN_PEOPLE, *READING, *GUIDES, *SIGN_INS],
    "administrator": [*OWN_PEOPLE, *READING, *GUIDES, *SIGN_INS],
}


def come_in(person: Person, role: str) -> None:
    """Sign in as somebody of the role; a visitor just comes."""
    if role == "student":
        person.join(_slip(person))
    elif role != "visitor":
        person.sign_in(person.site.staff(role))


def sample(role: str, locale: str) -> list[Place]:
    """The pages for a short round: what no role before this one has seen, and a few of the others."""
    turn = ROLES.index(role) + LOCALES.index(locale)
    before = {place.name for earlier in ROLES[: ROLES.index(role)] for place in PLACES[earlier]} - SAME_ADDRESS
    return [
        place for number, place in enumerate(PLACES[role]) if place.name not in before or number % SHARE == turn % SHARE
    ]
