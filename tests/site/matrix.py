"""Asks at an address as one of the people, and says what is wrong with the answer: the cells of docs/access.toml."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import UUID

from werkzeug.test import TestResponse

from curriculum.administration.labels import labels
from curriculum.operations.access_page import AccessRow, rule_of
from curriculum.support.models import SchoolContact
from tests.inspection import header_faults
from tests.site.canaries import canaries_seen
from tests.site.people import TABLE, Scene
from tests.site.rows import named, rows_of, written
from tests.site.walk import ID, NOBODY, SAFE, Address, ask, comparable

SIGNED_IN = TABLE.rows["/<locale>/sign-out"].methods["POST"]
KEEPS_CONTACTS = TABLE.rows["/<locale>/school/contacts"].methods["GET"]
KEEPS_CLASSES = TABLE.rows["/<locale>/school/classes"].methods["GET"]
KEEPS_RECORDS = TABLE.rows["/<locale>/school/people"].methods["GET"]
KEEPS_STAFF = TABLE.rows["/<locale>/school/staff"].methods["GET"]
LINK = "/<locale>/invitation/password"  # shows whom a link belongs to, to whoever has it
OF_THE_LINK = {"school.name", "person.display_name", "person.email"}
SIGN_INS = {"/ko/sign-in", "/ko/join"}
ENDS_A_SESSION = {"GET /exit", "HEAD /exit"}  # the one address whose GET changes anything: see support.views
SIGNS_IN = {
    "POST /<locale>/sign-in",
    "POST /<locale>/sign-in/passkey",
    "POST /<locale>/join/number",
    "POST /<locale>/join/card",
    "POST /<locale>/invitation/password",
}  # what is written is of the person who is known now
# What of a row is shown on any page to whom it belongs: a person's own, and to teachers that of their classes.
OWN = {
    "person.display_name",
    "school.name",
    "school.id",
    "classroom.id",
    "classroom.code",
    "attempt.id",
    "school_contact.id",
    "roster_import.id",
    "roster_import.content",
    "passkey.id",
    "passkey.name",
}
# What everybody may see of their school, and who is signed out of the one that the site stands for.
OPEN = {"school.id", "school.contacts", *(str(one) for one in SchoolContact.__table__.columns if one.name != "id")}
# What of the class in the address each thing that a page shows of others lets through; figures carry no canary.
SHOWN: Mapping[str, set[str]] = {
    "number and display name": {"person.id", "person.display_name"},
    "how far someone is": set(),
    "best score": set(),
    "attempts and which items were right, opened when asked for": {"person.id", "attempt.id"},
    "how a class answered, without persons": set(),
    "how a class chose in a story, from ten on": set(),
    "what staff did and when": {"person.display_name"},
    # Of the student in the address, to administrators who were asked for it.
    "everything that is kept, opened when it is asked for": {
        f"{table}.{column}" for table, label in labels().items() if label.of for column in label.shown
    },
    "who learns at the school": {"person.id", "person.display_name"},
    "who works at the school": {"person.id", "person.display_name", "person.email"},
}


class Answer(NamedTuple):
    """What came back, what the request itself had told, what was logged meanwhile, and whether anything was written."""

    response: TestResponse
    told: str
    cookie: list[dict[str, Any]]
    log: str
    wrote: bool


def knock(scene: Scene, name: str, address: Address, **more: Any) -> Answer:
    """Knock as one of the people with all that a proper request has; `more` goes to the client as it is."""
    client = scene.enter(name).client
    wish = ask(address, scene.facts)
    if wish.session:
        with client.session_transaction() as session:
            session.update(wish.session)
    if address.method not in SAFE and "json" not in more:
        more["data"] = {**more.get("data", {}), **wish.form, "csrf_token": scene.tokens[name]}
    before = written(scene.app)
    with _listening() as log:
        response = client.open(address.path, method=address.method, **more)
        response.get_data()
        response.close()
    told = repr((address.path, more, wish))
    return Answer(response, told, in_cookie(scene, response), "\n".join(log), written(scene.app) > before)


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Every record of every log, the least important ones too."""
    said: list[str] = []
    root, handler = logging.getLogger(), logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield said
    root.setLevel(before)
    root.removeHandler(handler)


def in_cookie(scene: Scene, response: TestResponse) -> list[dict[str, Any]]:
    """What a cookie that is set says to whoever opens it: it is signed, not sealed."""
    sealed = scene.app.session_interface.get_signing_serializer(scene.app)  # type: ignore[attr-defined]
    name = f"{scene.app.config['SESSION_COOKIE_NAME']}="
    values = [one.partition(";")[0] for one in response.headers.getlist("Set-Cookie")]
    return [sealed.loads(one.removeprefix(name)) for one in values if one.startswith(name) and one != name]


def row_of(address: Address) -> AccessRow:
    """The row of the table for this address."""
    return TABLE.rows[rule_of(address.door)]


def is_let_in(name: str, address: Address) -> bool:
    """What the table says."""
    return name in _let_in(address)


def _let_in(address: Address) -> frozenset[str]:
    return row_of(address).methods["GET" if address.method == "HEAD" else address.method]


def faults_in(scene: Scene, name: str, address: Address, *, rows: bool = True) -> list[str]:
    """What is wrong in one cell; nothing when all is well. Rows that were changed are put back, where they are looked
    at: with `rows`, and where anything was written."""
    answer = knock(scene, name, address)
    faults = [*_of_the_door(scene, name, address, answer.response), *header_faults(answer.response)]
    faults += leaks_in(scene, name, address, answer)
    faults += _of_the_rows(scene, name, address) if rows and answer.wrote else []
    return [f"{name}: {address.name}: {one}" for one in faults]


def faults_everywhere(scene: Scene, name: str, asked: Iterable[Address]) -> list[str]:
    """What is wrong in any of these cells. After the safe ones the rows are looked at once, if need be after each; and
    once more in the end, whatever the statements said."""
    safe = [one for one in asked if one.method in SAFE and one.name not in ENDS_A_SESSION]
    faults = [fault for one in safe for fault in faults_in(scene, name, one, rows=False)]
    if rows_of(scene.app) != scene.stored:
        scene.restore()
        faults = [fault for one in safe for fault in faults_in(scene, name, one)]
    faults += [fault for one in asked if one not in safe for fault in faults_in(scene, name, one)]
    return faults if rows_of(scene.app) == scene.stored else [*faults, f"{name}: rows are different in the end"]


def _of_the_door(scene: Scene, name: str, address: Address, response: TestResponse) -> Iterator[str]:
    may, status, leads_to = is_let_in(name, address), response.status_code, response.headers.get("Location", "")
    # What is open to everybody may lead to a sign-in for reasons of its own.
    led_away = leads_to in SIGN_INS and _let_in(address) != set(TABLE.people)
    if may and (status >= 400 or led_away):
        yield f"is let in, and got {status} {leads_to}"
    elif not may and name in SIGNED_IN:
        absent, ids = _absent(scene, name, address), ID.findall(address.path)
        seen, expected = comparable(response, *ids), comparable(absent, NOBODY)
        if status < 400 or (seen, _headers(response)) != (expected, _headers(absent)):
            yield f"is denied ({status}), which does not look like absent ({absent.status_code})"
    elif not may and not led_away:
        yield f"is signed out, and got {status} {leads_to} instead of a sign-in"


def _absent(scene: Scene, name: str, address: Address) -> TestResponse:
    """What there is where nothing is: under an id that nobody has, else under an address that there is not."""
    if ID.search(address.path):
        return knock(scene, name, address._replace(path=ID.sub(str(NOBODY), address.path))).response
    key = (name, address.method)
    if key not in scene.absent:
        headers = {"X-CSRFToken": scene.tokens[name]}
        scene.absent[key] = scene.enter(name).client.open("/ko/not/there", method=address.method, headers=headers)
    return scene.absent[key]


def _headers(response: TestResponse) -> dict[str, str]:
    # The language control, which keeps the place, makes a page of the same words longer or shorter.
    return {name: value for name, value in response.headers.items() if name != "Content-Length"}


def leaks_in(scene: Scene, name: str, address: Address, answer: Answer) -> list[str]:
    """Canaries of others in body, headers, file names, cookie and log."""
    response = answer.response
    allowed = may_see(scene, name, address) | canaries_seen(answer.told, scene.canaries)
    places = {
        "body": response.text if response.mimetype.startswith(("text/", "application/json")) else repr(response.data),
        "headers": "\n".join(f"{key}: {value}" for key, value in response.headers.items() if key != "Set-Cookie"),
        "cookie": repr(answer.cookie),
        "log": answer.log,
    }
    return [
        f"shows {scene.canaries[one].column if one in scene.canaries else one} of somebody in its {place}"
        for place, text in places.items()
        for one in sorted(canaries_seen(text, scene.canaries) - (set() if place == "log" else allowed))
    ]


def may_see(scene: Scene, name: str, address: Address) -> set[str]:
    """The canaries that the table lets this person see at this address."""
    own, of_class = own_rows(scene, name), _rows_of_class(scene, name, address)
    shown = set().union(*(SHOWN[one] for one in row_of(address).shows)) if is_let_in(name, address) else set()
    schools = {scene.cast.school_id} | {row[1] for row in own}
    invited, here = scene.invited, scene.cast.school_id
    of_link = {("school", here), ("person", here, invited)} if rule_of(address.door) == LINK else set()
    return {
        key
        for key, one in scene.canaries.items()
        if (one.column in OWN and one.row in own)
        or (one.column in OPEN and one.row[1] in schools)
        or (one.column in shown and one.row in of_class | own)
        or (one.column in OF_THE_LINK and one.row in of_link)
    }


def own_rows(scene: Scene, name: str) -> set[tuple[Any, ...]]:
    """The keys of the rows that are this person's: what they are, did, teach or keep."""
    person = scene.people[name]
    if person is None or name not in SIGNED_IN:
        return set()
    own: set[tuple[Any, ...]] = {("school", person.school_id), ("person", person.school_id, person.id)}
    own |= {("attempt", one["school_id"], one["id"]) for one in scene.rows["attempt"] if one["person_id"] == person.id}
    taught = [one for one in scene.rows["teaching"] if one["person_id"] == person.id]
    own |= {("classroom", one["school_id"], one["classroom_id"]) for one in taught}
    own |= {
        ("roster_import", person.school_id, one["id"])
        for one in scene.rows["roster_import"]
        if one["person_id"] == person.id
    }
    own |= {("passkey", one["school_id"], one["id"]) for one in scene.rows["passkey"] if one["person_id"] == person.id}
    if name in KEEPS_RECORDS:
        own |= {
            (table, person.school_id, one["id"])
            for table, label in labels().items()
            if label.of
            for one in scene.rows[table]
            if one["school_id"] == person.school_id and not one.get("email")
        }
    if name in KEEPS_CLASSES:
        own |= {
            ("classroom", person.school_id, one["id"])
            for one in scene.rows["classroom"]
            if one["school_id"] == person.school_id
        }
    if name in KEEPS_STAFF:
        staff = [one for one in scene.rows["person"] if one["school_id"] == person.school_id and one["email"]]
        own |= {("person", one["school_id"], one["id"]) for one in staff}
    if name in KEEPS_CONTACTS:
        kept = [one for one in scene.rows["school_contact"] if one["school_id"] == person.school_id]
        own |= {("school_contact", one["school_id"], one["id"]) for one in kept}
    return own


def _rows_of_class(scene: Scene, name: str, address: Address) -> set[tuple[Any, ...]]:
    """Who learns in the class of the address; where it names none, in those that this person teaches."""
    if "classroom_id" not in address.door.rule:
        return rows_of_students(scene, name)
    return _learning_in(scene, {scene.cast.classroom_id})


def rows_of_students(scene: Scene, name: str) -> set[tuple[Any, ...]]:
    """The keys of those who learn in a class that this person teaches or looks at."""
    person = scene.people[name]
    if person is None or name not in SIGNED_IN:
        return set()
    return _learning_in(scene, {one["classroom_id"] for one in scene.rows["teaching"] if one["person_id"] == person.id})


def _learning_in(scene: Scene, classrooms: Collection[UUID]) -> set[tuple[Any, ...]]:
    enrolled = [one for one in scene.rows["enrollment"] if one["classroom_id"] in classrooms]
    return {("person", one["school_id"], one["person_id"]) for one in enrolled}


def _of_the_rows(scene: Scene, name: str, address: Address) -> Iterator[str]:
    after = rows_of(scene.app)
    if after == scene.stored:
        return
    before, now = named(scene.stored), named(after)
    changed = [(table, row) for table in now for row in now[table] if row not in before[table]]
    changed += [(table, row) for table in before for row in before[table] if row not in now[table]]
    scene.restore()
    if address.name in ENDS_A_SESSION:
        changed = [one for one in changed if one[0] != "sign_in_session"]
    elif address.method not in SAFE and is_let_in(name, address):
        person = scene.people[name]
        home = {scene.cast.school_id} if address.name in SIGNS_IN or person is None else set()
        schools = home | ({person.school_id} if person else set())
        changed = [one for one in changed if one[1].get("school_id", one[1].get("id")) not in schools]
    if changed:
        yield f"changes {', '.join(sorted({table for table, _ in changed}))}"


def cells(scene: Scene) -> list[Address]:
    """Every address and method, HEAD beside each GET."""
    found = scene.addresses()
    return [*found, *(one._replace(method="HEAD") for one in found if one.method == "GET")]
