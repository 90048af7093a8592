"""Shows that no id of another class, person or school opens anything: it is as good as one that nobody has."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4
from zlib import crc32

import pytest
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.inspection import Page
from tests.site.matrix import cells, in_cookie, is_let_in, knock, own_rows, rows_of_students
from tests.site.people import PEOPLE, Scene
from tests.site.rows import rows_of
from tests.site.walk import ID, SAFE, ask, comparable

Record = Callable[[str, object], None]
SHARE = 8  # of the other kinds of ids one in so many is tried in a short round


@dataclass(frozen=True)
class Sending:
    """A request that carries ids: in its address, its query, its form, or anywhere in its JSON."""

    method: str
    path: str
    form: Mapping[str, Any] = field(default_factory=dict)

    def ids(self) -> set[str]:
        """Every id it carries."""
        return set(ID.findall(repr(self)))

    def with_id(self, old: str, new: UUID) -> "Sending":
        """The same with one id in the place of another."""
        return Sending(self.method, self.path.replace(old, str(new)), swapped(self.form, old, str(new)))


def swapped(value: Any, old: str, new: str) -> Any:
    """A value of whatever depth with one id in the place of another."""
    if isinstance(value, Mapping):
        return {key: swapped(one, old, new) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [swapped(one, old, new) for one in value]
    return value.replace(old, new) if isinstance(value, str) else value


def sendings(scene: Scene, name: str, *, every: bool = False) -> list[Sending]:
    """Every request with an id: in an address, in a link or form that this person is shown, in where a write leads to.
    Addresses at which the matrix shows that nobody like this gets in are left to `every`."""
    found = []
    for address in cells(scene):
        if address.path == "/exit" or address.method == "HEAD":
            continue
        if every or is_let_in(name, address):
            found.append(Sending(address.method, address.path, ask(address, scene.facts).form))
        if is_let_in(name, address):
            response = knock(scene, name, address).response
            found += [Sending("GET", one) for one in response.headers.getlist("Location")]
            found += _on_page(Page(response, address.path)) if ID.search(response.text) else []
            if address.method not in SAFE:
                scene.restore()
    # Of a list with a link for each row one link is enough.
    unique = {ID.sub("·", repr(one)): one for one in found if one.ids()}
    return list(unique.values())


def _on_page(page: Page) -> Iterator[Sending]:
    yield from (Sending("GET", one.attrib.get("href", "")) for one in page.all("a"))
    for form in page.all("form"):
        fields = {one.attrib["name"]: one.attrib.get("value", "") for one in form.iter("input") if "name" in one.attrib}
        fields.pop("csrf_token", None)
        yield Sending(form.attrib.get("method", "get").upper(), form.attrib["action"], fields)


def foreign_ids(scene: Scene, name: str, of: str, *, every: bool) -> list[UUID]:
    """Ids of rows that are not this person's: two of each class or school of the kind that stood there, and one of some
    other kinds, which change with the kind; or every one."""
    own = own_rows(scene, name) | rows_of_students(scene, name)
    kind = next((one.row[0] for key, one in scene.canaries.items() if key == UUID(of).hex.upper()), None)
    found: dict[str, dict[UUID | None, list[UUID]]] = {}
    for table, rows in scene.rows.items():
        for row in rows:
            if "id" in row and (table, *(row[key] for key in ("school_id", "id") if key in row)) not in own:
                group = row.get("classroom_id") or row.get("school_id")
                found.setdefault(table, {}).setdefault(group, []).append(row["id"])
    if every:
        return [one for groups in found.values() for ids in groups.values() for one in ids]
    others = [next(iter(groups.values()))[0] for table, groups in sorted(found.items()) if table != kind]
    first = crc32((kind or "").encode()) % SHARE
    return [one for ids in found[kind or "person"].values() for one in ids[:2]] + others[first::SHARE]


def outcome(scene: Scene, name: str, sending: Sending, id_: UUID) -> tuple[Any, ...]:
    """What comes back, the id itself left out; and what is stored then."""
    client = scene.enter(name).client
    if sending.method in SAFE:
        response = client.open(sending.path, method=sending.method)
    else:
        form = {**sending.form, "csrf_token": scene.tokens[name]}
        response = client.open(sending.path, method=sending.method, data=form)
    return (*comparable(response, id_), _headers(response, id_), in_cookie(scene, response))


def _headers(response: TestResponse, id_: UUID) -> str:
    """Every header; but a cookie is sealed with the second in which it was set."""
    response.close()
    lasting = sorted(one for one in response.headers.items() if one[0] != "Set-Cookie")
    return repr(lasting).replace(str(id_), "·")


def faults_with_foreign_ids(
    scene: Scene, name: str, asked: Iterable[Sending], *, every: bool = False
) -> tuple[int, list[str]]:
    """How many foreign ids were tried, and where one was told from an id that nobody has, or did anything."""
    tried, faults = 0, []
    for sending in asked:
        for old in sending.ids():
            nobody = uuid4()
            absent = outcome(scene, name, sending.with_id(old, nobody), nobody)
            for foreign in foreign_ids(scene, name, old, every=every):
                tried += 1
                if outcome(scene, name, sending.with_id(old, foreign), foreign) != absent:
                    faults.append(f"{name}: {sending.method} {sending.path} with {foreign}")
    if rows_of(scene.app) != scene.stored:
        faults.append(f"{name}: something was written")
        scene.restore()
    return tried, faults


@pytest.mark.parametrize("name", PEOPLE)
def test_a_foreign_id_is_as_good_as_one_that_nobody_has(scene: Scene, name: str, record_property: Record) -> None:
    tried, faults = faults_with_foreign_ids(scene, name, sendings(scene, name))
    record_property("foreign ids", tried)
    assert faults == []
    assert tried


@pytest.mark.full
@pytest.mark.parametrize("name", PEOPLE)
def test_no_id_of_the_whole_database_opens_anything(scene: Scene, name: str, record_property: Record) -> None:
    tried, faults = faults_with_foreign_ids(scene, name, sendings(scene, name, every=True), every=True)
    record_property("foreign ids", tried)
    assert faults == []


def test_ids_are_looked_for_wherever_they_stand(scene: Scene) -> None:
    assert any("/quiz/result?attempt=" in one.path for one in sendings(scene, "student"))
    assert any("/teach/classes/" in one.path for one in sendings(scene, "other-teacher"))
    assert any(set(ID.findall(str(one.form))) for one in sendings(scene, "counsellor"))


def test_an_id_is_swapped_at_any_depth() -> None:
    old, new = uuid4(), uuid4()
    sending = Sending("POST", f"/{old}?a={old}", {"b": str(old), "c": {"d": [f"x{old}", {"e": (str(old), 1)}]}})
    assert sending.ids() == {str(old)}
    there = sending.with_id(str(old), new)
    assert str(old) not in repr(there)
    assert repr(there).count(str(new)) == 5


@pytest.mark.parametrize("swap", [str, lambda one: one.hex, lambda one: str(one).upper(), lambda one: f"{{{one}}}"])
def test_no_way_of_writing_an_id_opens_a_foreign_class(scene: Scene, cast: Cast, swap: Callable[..., str]) -> None:
    client = scene.enter("other-teacher").client
    assert client.get(f"/ko/teach/classes/{swap(cast.classroom_id)}").status_code == 404
