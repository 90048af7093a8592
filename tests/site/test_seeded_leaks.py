"""Tests of the tests: a leak of each kind is planted, and the matrix must turn red and say where."""

import logging
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Blueprint, Flask, Response, abort, make_response, request
from flask.typing import ResponseReturnValue

from curriculum import app as app_module
from curriculum.accounts.access import Mark
from curriculum.accounts.models import Person
from curriculum.accounts.queries import signed_in
from curriculum.accounts.viewer import Viewer
from curriculum.classrooms.models import Classroom
from curriculum.classrooms.queries import COLUMNS
from curriculum.classrooms.roster import ClassroomRow
from curriculum.database import db, now
from curriculum.localization import PREFIX
from curriculum.operations.access_page import table_problems
from curriculum.progress.services import send_step
from curriculum.security import access
from tests.site import canaries
from tests.site.another_app import another_app
from tests.site.matrix import cells, faults_everywhere
from tests.site.people import TABLE, Scene
from tests.site.test_extra_fields import walked
from tests.site.test_foreign_ids import Sending, faults_with_foreign_ids
from tests.site.walk import WELL_FORMED, Address

Around = Callable[[Callable[[], ResponseReturnValue]], ResponseReturnValue]
CLASSROOM = "/<locale>/teach/classes/<uuid:classroom_id>"


@pytest.fixture
def plant(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Around], None]:
    """Puts something around the view of an endpoint; its mark stays."""

    def around(endpoint: str, what: Around) -> None:
        view = app.view_functions[endpoint]

        @wraps(view)
        def planted(**values: Any) -> ResponseReturnValue:
            return what(lambda: view(**values))

        monkeypatch.setitem(app.view_functions, endpoint, planted)

    return around


def at(scene: Scene, *names: str) -> list[Address]:
    """The cells of these addresses, written as in docs/access.toml."""
    return [one for one in cells(scene) if one.name in names]


def with_header(response: ResponseReturnValue, name: str, value: str) -> Response:
    made = make_response(response)
    made.headers[name] = value
    return made


def a_name_over_there(scene: Scene) -> str:
    return next(row["display_name"] for row in scene.rows["person"] if row["school_id"] == scene.cast.other_school_id)


def any_part(teacher: Viewer, classroom_id: UUID) -> tuple[ClassroomRow, bool] | None:
    """The fetch of the class page, which has forgotten that a teacher sees their own classes."""
    of_school = sa.select(*COLUMNS).where(Classroom.school_id == teacher.school_id, Classroom.id == classroom_id)
    row = db.session.execute(of_school).one_or_none()
    return (ClassroomRow(*row), False) if row else None


# the table


def test_a_url_without_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = Blueprint("planted", __name__, url_prefix=PREFIX)
    part.add_url_rule("/planted", view_func=access(Mark.PUBLIC)(lambda: ""), endpoint="planted")
    monkeypatch.setattr(app_module, "support", part)
    with another_app(tmp_path) as other:
        problems = table_problems(other.extensions["access"], TABLE)
    assert "GET /<locale>/planted has no row in docs/access.toml" in problems
    assert "GET /exit is in docs/access.toml and nowhere else" in problems


def test_a_write_of_which_nobody_said_what_is_sent(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(WELL_FORMED, "POST /<locale>/sign-out")
    with pytest.raises(AssertionError, match=r"POST /<locale>/sign-out: say in tests/site/walk\.py"):
        faults_everywhere(scene, "student", at(scene, "POST /<locale>/sign-out"))


def test_a_column_without_a_canary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(canaries.PLANTED, "person.email")
    assert canaries.text_columns() - set(canaries.PLANTED) - set(canaries.PLAIN) == {"person.email"}


# who gets in


def test_a_mark_too_wide(scene: Scene, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.view_functions["dashboard.classes"], "access_mark", Mark.SIGNED_IN)
    cell = at(scene, "GET /<locale>/teach/")
    assert faults_everywhere(scene, "counsellor", cell) == [
        "counsellor: GET /<locale>/teach/: is denied (200), which does not look like absent (404)"
    ]
    assert faults_everywhere(scene, "teacher", cell) == []


def test_a_mark_too_narrow(scene: Scene, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.view_functions["reading.guide"], "access_mark", Mark.TEACHER)
    [fault] = faults_everywhere(scene, "counsellor", [one for one in cells(scene) if one.path.endswith("/guide")][:1])
    assert fault.endswith("/guide: is let in, and got 404 ")


def test_a_fetch_without_the_person(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curriculum.dashboard.views.part_in", any_part)
    faults = faults_everywhere(scene, "other-teacher", at(scene, f"GET {CLASSROOM}"))
    assert any("is denied (200)" in one for one in faults)
    assert any("shows person.display_name of somebody in its body" in one for one in faults)


# what is shown


@pytest.mark.parametrize(
    ("place", "leak"),
    [
        ("body", lambda view, name: str(view()) + name),
        ("body", lambda view, name: str(view()) + name.encode().hex(" ") + name.lower()),
        ("headers", lambda view, name: with_header(view(), "Content-Disposition", f'attachment; filename="{name}"')),
        ("log", lambda view, name: (logging.getLogger("planted").debug("seen: %s", name), view())[1]),
    ],
)
def test_a_canary_of_another_school(scene: Scene, plant: Any, place: str, leak: Callable[..., Any]) -> None:
    name = a_name_over_there(scene).removeprefix("이름 ")
    plant("dashboard.classroom", lambda view: leak(view, name))
    faults = faults_everywhere(scene, "teacher", at(scene, f"GET {CLASSROOM}"))
    assert faults == [f"teacher: GET {CLASSROOM}: shows person.display_name of somebody in its {place}"]


@pytest.mark.parametrize("what", ["attempt.id", "classroom.code", "person.email", "item_response.options"])
def test_a_canary_of_the_same_class_that_the_table_does_not_name(scene: Scene, plant: Any, what: str) -> None:
    own = scene.people["teacher"]
    assert own is not None
    canary = next(key for key, one in scene.canaries.items() if one.column == what and own.id not in one.row)
    plant("dashboard.classroom", lambda view: f"{view()}<!-- {canary.lower()} -->")
    faults = faults_everywhere(scene, "read-only", at(scene, f"GET {CLASSROOM}"))
    expected = [] if what == "classroom.code" else [f"shows {what} of somebody in its body"]
    assert [one.rpartition(": ")[2] for one in faults] == expected  # the code of their class is theirs to see


def test_a_hash_of_a_secret(scene: Scene, plant: Any) -> None:
    plant("reading.student_home", lambda view: str(view()) + scene.rows["person"][0]["secret_hash"])
    [fault] = faults_everywhere(scene, "student", at(scene, "GET /<locale>/class"))
    assert fault.endswith("shows $ARGON2 of somebody in its body")


# what is written


def test_a_get_that_writes(scene: Scene, plant: Any) -> None:
    def counting(view: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
        person = signed_in()
        send_step(school_id=person.school_id, person_id=person.id, lesson_id="a/b/c", step="seen", moment=now())
        db.session.commit()
        return view()

    plant("reading.student_home", counting)
    fault = "student: GET /<locale>/class: changes lesson_progress, visit"
    assert faults_everywhere(scene, "student", at(scene, "GET /<locale>/class")) == [fault]
    assert faults_everywhere(scene, "teacher", at(scene, "GET /<locale>/class")) == []


@pytest.mark.parametrize(
    "sent",
    [
        lambda: request.form,
        lambda: request.args,
        lambda: request.get_json(silent=True) or {},
        lambda: (request.get_json(silent=True) or {}).get("items", [{}])[0],
        lambda: {field: request.form.get(f"person[{field}]") for field in ("display_name", "role")},
    ],
    ids=["form", "query", "json", "nested json", "nested form"],
)
@pytest.mark.parametrize(
    ("name", "endpoint", "field"),
    [("student", "reading.send", "display_name"), ("teacher", "accounts.sign_out", "role")],
)
def test_a_field_that_is_assigned_with_all_others(
    scene: Scene, plant: Any, name: str, endpoint: str, field: str, sent: Callable[[], dict[str, str]]
) -> None:
    def assigning(view: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
        person = signed_in()
        key = person.school_id, person.id
        response = view()
        if value := sent().get(field):
            setattr(db.session.get_one(Person, key), field, value)
        return response

    plant(endpoint, assigning)
    [fault] = walked(scene, name, [one for one in cells(scene) if one.door.endpoint == endpoint])
    assert fault.endswith("with extra fields: makes a difference")


def test_an_id_of_somebody_else_that_is_taken(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curriculum.dashboard.views.part_in", any_part)
    asked = Sending("GET", f"/ko/teach/classes/{scene.cast.classroom_id}")
    _, faults = faults_with_foreign_ids(scene, "teacher", [asked])
    assert len(faults) >= 2


# denied and absent


@pytest.mark.parametrize(
    "denial",
    [
        lambda: abort(403),
        lambda: ("not yours", 404),
        lambda: with_header(make_response(("", 404)), "X-Why", "not yours"),
    ],
)
def test_denied_that_differs_from_absent(scene: Scene, plant: Any, denial: Callable[[], Any]) -> None:
    there_is_one = str(scene.cast.classroom_id)
    plant("dashboard.classroom", lambda view: denial() if there_is_one in request.path else view())
    [fault] = faults_everywhere(scene, "there-teacher", at(scene, f"GET {CLASSROOM}"))
    assert "which does not look like absent (404)" in fault
