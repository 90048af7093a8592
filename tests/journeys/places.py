"""Every page of the site for everybody who can see one, and how each is reached: what the walks over all pages walk."""

from collections.abc import Callable
from typing import NamedTuple

from tests.journeys.browsing import FIRST_DAY, Person

OTHERS = ("middle/consent/every-step", "middle/images/fake-image-real-harm")
OTHER_COURSES = (
    "elementary",
    "elementary/help",
    "elementary/help/numbers-that-help",
    "elementary/consent/no-is-enough/story",
    "high",
    "high/media/equality-and-violence",
    "high/media/equality-and-violence/quiz",
)
STORY = OTHERS[1]
NOWHERE = "/lessons/middle/help/no-such-lesson"
ROLES = ("visitor", "student", "teacher", "co-teacher", "counsellor", "administrator")
LOCALES = ("ko", "en")
# In a short round one page in so many is looked at in a language: of a role’s own, and of those seen by another.
OWN_SHARE, SHARE = 4, 6
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
    return person.site.student(2, 20)


def _send_no_number(person: Person, locale: str) -> None:
    person.enter_class(_slip(person), locale)
    person.send_form("/join/number")


def _open_class(person: Person, locale: str) -> None:
    person.go(f"/{locale}/teach/")
    with person.page.expect_navigation():
        person.page.locator(".cards a").first.click()


def _open_class_to_look_at(person: Person, locale: str) -> None:
    person.go(f"/{locale}/teach/")
    with person.page.expect_navigation():
        person.page.locator(".cards a").last.click()


def _open_own(page: str) -> Callable[[Person, str], None]:
    """A page below that of a class one teaches."""

    def reach(person: Person, locale: str) -> None:
        _open_class(person, locale)
        person.go(person.page.url.removeprefix(person.site.url) + page)

    return reach


def _open_of_school(page: str, way: str | None = None) -> Callable[[Person, str], None]:
    """A page below that of a class of the school; with a way, what comes back for a student whom no walk signs in."""

    def reach(person: Person, locale: str) -> None:
        person.go(f"/{locale}/school/classes")
        with person.page.expect_navigation():
            person.page.locator("main table a").last.click()
        person.go(person.page.url.removeprefix(person.site.url) + page)
        if way:
            person.page.locator("#number").fill("27")
            with person.page.expect_navigation():
                person.page.locator(f"button[value={way}]").click()

    return reach


def _open_slides(query: str) -> Callable[[Person, str], None]:
    """The slides of a lesson, once its card was read."""

    def reach(person: Person, locale: str) -> None:
        _open_own(PREPARED)(person, locale)
        path = person.page.url.removeprefix(person.site.url).partition("#")[0]
        with person.page.expect_navigation():
            person.page.locator("#card form button").click()
        person.go(f"{path}/slides{query}")
        assert person.page.locator(".slide__told").count() == ("told=" in query)  # an item that is there is told

    return reach


def _send_roster(person: Person, locale: str) -> None:
    _open_own("/roster")(person, locale)
    person.page.locator("#text").fill("1 =1+1\n2 가 온\n40 새봄\n40 한울\n41 새봄\nx")
    person.send_form("/roster")


def _open_contact(way: str) -> Callable[[Person, str], None]:
    def reach(person: Person, locale: str) -> None:
        person.go(f"/{locale}/school/contacts")
        with person.page.expect_navigation():
            getattr(person.page.locator(".own-list .actions a"), way).click()

    return reach


def _send_no_contact(person: Person, locale: str) -> None:
    person.go(f"/{locale}/school/contacts/new")
    person.send_form("/school/contacts")


def _open_member(person: Person, locale: str) -> None:
    person.go(f"/{locale}/school/staff")
    with person.page.expect_navigation():
        person.page.locator("main td a").last.click()


def _remove_member(person: Person, locale: str) -> None:
    _open_member(person, locale)
    with person.page.expect_navigation():
        person.page.locator("main a.button--danger").click()


def _make_link(person: Person, locale: str) -> None:
    _open_member(person, locale)
    with person.page.expect_navigation():
        person.page.locator('main form[action$="/link"] button').click()


def _follow_link(person: Person, locale: str) -> None:
    _make_link(person, locale)
    link = person.page.locator("#link").input_value().partition("#")[2]
    person.go(f"/{locale}/invitation#{link}")
    person.send_form("/invitation")


def _open_student(person: Person, locale: str) -> None:
    for way in ("main nav a", "main td a"):
        if way == "main nav a":
            person.go(f"/{locale}/school/people")
        with person.page.expect_navigation():
            person.page.locator(way).first.click()


def _open_record(person: Person, locale: str) -> None:
    _open_student(person, locale)
    with person.page.expect_navigation():
        person.page.locator('main form[action$="/record"] button').first.click()


def _erase_student(person: Person, locale: str) -> None:
    _open_student(person, locale)
    with person.page.expect_navigation():
        person.page.locator("main a.button--danger").click()


def _erase_nobody(person: Person, locale: str) -> None:
    _erase_student(person, locale)
    with person.page.expect_navigation():
        person.page.locator('main form[action$="/erase"] button').click()


def _begin_codes(person: Person, locale: str) -> None:
    person.go(f"/{locale}/account/codes")
    person.send_form("/account/codes")


def _open_letter(person: Person, locale: str) -> None:
    person.go(f"/{locale}/school/papers")
    with person.page.expect_navigation():
        person.page.locator("main .actions a").first.click()


def _open_learner(person: Person, locale: str) -> None:
    _open_class(person, locale)
    with person.page.expect_navigation():
        person.page.locator(".class-grid__name a").first.click()


def _open_attempts(person: Person, locale: str) -> None:
    _open_learner(person, locale)
    with person.page.expect_navigation():
        person.page.locator("main form button").last.click()


def _print_certificates(person: Person, locale: str) -> None:
    _open_own("/certificates")(person, locale)
    with person.page.expect_navigation():
        person.page.locator('main form[action$="/certificates"] button').click()


YEARS_END = [
    at("/school/retention"),
    at("/school/papers"),
    at("/school/evidence"),
    at("/school/papers/committee"),
    at("/school/papers/record"),
    Place("/school/papers/letters/<id>", _open_letter),
]
READING = [
    at("/"),
    at("/lessons/"),
    at("/lessons/middle"),
    at("/lessons/middle/peers"),
    at("/lessons/middle/peers?read=both"),
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
    at("/sign-in/code"),
    at("/setup"),
    at("/account/codes"),
    at("/account/passkeys"),
    at("/sign-in/account"),
    at("/invitation"),
    at("/invitation/password"),
]
ACCOUNT = [at("/account"), at("/account/password"), sent_empty("/account/password"), at("/account/passkeys")]
STAFF = [
    at("/school/settings"),
    at("/school/staff"),
    at("/school/staff/new"),
    sent_empty("/school/staff/new"),
    Place("/school/staff/<id>", _open_member),
    Place("/school/staff/<id>/removal", _remove_member),
    Place("/school/staff/<id>, with a link", _make_link),
    Place("/invitation/password, with a link", _follow_link),
    Place("/account/codes, begun", _begin_codes),
]
RECORDS = [
    at("/school/audit"),
    at("/school/people"),
    Place("/school/people/<id>", _open_student),
    Place("/school/people/<id>, its record", _open_record),
    Place("/school/people/<id>/erase", _erase_student),
    Place("/school/people/<id>/erase, sent empty", _erase_nobody),
]
DESK = [
    *(
        Place(f"/teach/classes/<id>{page}", _open_own(page))
        for page in (
            "/items",
            f"/items/{FIRST_DAY}/rest",
            "/stories",
            "/assignments",
            "/assignments/draft",
            "/assignments/draft?what=route",
            "/assignments/students",
            "/pictures",
        )
    ),
    at("/teach/across"),
    at("/teach/across?by=average&down=1"),
    Place("/teach/classes/<id>/students/<id>", _open_learner),
    Place("/teach/classes/<id>/students/<id>, opened", _open_attempts),
]
PREPARED = f"/prepare/{STORY}"
PREVIEWS = ("/preview", "/preview?read=both", "/preview/quiz", "/preview/story")
PREPARING = [
    at(f"/teach/prepare/{STORY}"),
    Place("/teach/classes/<id>/prepare", _open_own("/prepare")),
    *(
        Place(f"/teach/classes/<id>{PREPARED}{page}", _open_own(f"{PREPARED}{page}"))
        for page in ("", *PREVIEWS, "/worksheet?texts=both", "/key")
    ),
    *(
        Place(f"/teach/classes/<id>{PREPARED}/slides{query}", _open_slides(query))
        for query in ("", "?read=both", "?told=one-sentence")
    ),
    Place("/teach/classes/<id>/pauses", _open_own(f"/pauses?lesson={STORY}")),
]
OWN_CLASS = [
    Place("/teach/classes/<id>/certificates", _open_own("/certificates")),
    Place("/teach/classes/<id>/letter", _open_own("/letter")),
    Place("/teach/classes/<id>/roster", _open_own("/roster")),
    Place("/teach/classes/<id>/cards", _open_own("/cards")),
]
CLASSES = [
    at("/school/classes"),
    at("/school/classes/new"),
    sent_empty("/school/classes/new"),
    Place("/school/classes/<id>", _open_of_school("")),
    Place("/school/classes/<id>/students/3", _open_of_school("/students/3")),
    Place("/school/classes/<id>/roster", _open_of_school("/roster")),
    Place("/school/classes/<id>/cards", _open_of_school("/cards")),
    Place("/school/classes/<id>/cards, a new slip", _open_of_school("/cards", "one")),
    Place("/school/classes/<id>/cards, a code for today", _open_of_school("/cards", "today")),
    at("/school/roster"),
    at("/school/network"),
]
OWN_PEOPLE = [
    at("/school/"),
    at("/school/pauses"),
    at(f"/school/pauses?lesson={STORY}"),
    at(f"/teach/prepare/{STORY}"),
    at("/school/contacts"),
    at("/school/contacts/new"),
    Place("/school/contacts, sent empty", _send_no_contact),
    Place("/school/contacts/<id>", _open_contact("first")),
    Place("/school/contacts/<id>/remove", _open_contact("last")),
]
GUIDES = [
    *(at(f"/lessons/{lesson}/guide") for lesson in (*OTHERS, FIRST_DAY)),
    at(f"/lessons/{FIRST_DAY}/guide?read=both"),
    at("/lessons/middle/survey"),
    at("/lessons/middle/survey?read=both"),
]
PLACES = {
    "visitor": [
        *READING,
        # The text of a lesson is the same for everybody: once is enough.
        *(at(f"/lessons/{lesson}{quiz}") for lesson in OTHERS for quiz in ("", "/quiz")),
        *(at(f"/lessons/{place}") for place in OTHER_COURSES),
        *SIGN_INS,
        sent_empty("/join"),
        Place("/join/number, sent empty", _send_no_number),
        sent_empty("/sign-in"),
        sent_empty("/invitation"),
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
        *ACCOUNT,
        Place("/teach/classes/<id>", _open_class),
        *DESK,
        *PREPARING,
        *OWN_CLASS,
        Place("/rosters/<id>", _send_roster),
        *READING,
        *GUIDES,
        *SIGN_INS,
    ],
    "co-teacher": [
        at("/teach/"),
        *ACCOUNT,
        Place("/teach/classes/<id>", _open_class_to_look_at),
        *DESK,
        *PREPARING,
        *OWN_CLASS,
        *READING,
        *GUIDES,
        *SIGN_INS,
    ],
    "counsellor": [*OWN_PEOPLE, *ACCOUNT, *READING, *GUIDES, *SIGN_INS],
    "administrator": [
        *OWN_PEOPLE,
        *CLASSES,
        *ACCOUNT,
        *STAFF,
        *RECORDS,
        at("/school/learning"),
        at("/school/facts"),
        *YEARS_END,
        *READING,
        *GUIDES,
        *SIGN_INS,
    ],
}


def come_in(person: Person, role: str) -> None:
    """Sign in as somebody of the role; a visitor just comes."""
    if role == "student":
        person.join(_slip(person))
    elif role != "visitor":
        person.sign_in(person.site.staff(role))


def sample(role: str, locale: str) -> list[Place]:
    """The pages for a short round: of those that no role before this one has seen half, in one language or the other,
    and a few of the rest."""
    turn = ROLES.index(role) + LOCALES.index(locale)
    before = {place.name for earlier in ROLES[: ROLES.index(role)] for place in PLACES[earlier]} - SAME_ADDRESS
    return [
        place
        for number, place in enumerate(PLACES[role])
        if number % (share := SHARE if place.name in before else OWN_SHARE) == turn % share
    ]
