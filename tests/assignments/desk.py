"""What the tests of the plan's pages share: addresses, a teacher at the desk, the plan as it is stored."""

from collections.abc import Mapping
from uuid import UUID

from flask import Flask

from curriculum.accounts.viewer import Viewer
from curriculum.assignments.assignment import Assignment
from curriculum.assignments.plan import Plan
from curriculum.assignments.queries import assignment_for, plan_of
from curriculum.assignments.services import assign_many
from curriculum.classrooms.queries import classroom_of_school
from curriculum.classrooms.roster import ClassroomRow
from curriculum.database import db
from curriculum.tenancy import act_for
from tests.cast import Cast, Member
from tests.inspection import Page


def at(cast: Cast, page: str = "", locale: str = "ko") -> str:
    """The address of the plan of Gaon's class, or of a page below it."""
    return f"/{locale}/teach/classes/{cast.classroom_id}/assignments{page and '/'}{page}"


def viewer_of(member: Member) -> Viewer:
    """A member as the program knows who is signed in."""
    own = {"school_id": member.school_id, "id": member.id, "role": member.role}
    return Viewer(**own, display_name="", school_name="", token="")


def classroom(cast: Cast, classroom_id: UUID | None = None) -> ClassroomRow:
    """A class of the first school, in an open app context."""
    act_for(cast.school_id)
    found = classroom_of_school(cast.school_id, classroom_id or cast.classroom_id)
    assert found
    return found


def planned(app: Flask, cast: Cast, classroom_id: UUID | None = None) -> Plan:
    """The plan of a class as it is stored."""
    with app.app_context():
        return plan_of(classroom(cast, classroom_id))


def plan(app: Flask, cast: Cast, wanted: Mapping[str, Assignment], classroom_id: UUID | None = None) -> None:
    """Let a class have this plan."""
    with app.app_context():
        shown = {lesson_id: Assignment().version for lesson_id in wanted}
        assign_many(classroom=classroom(cast, classroom_id), shown=shown, wanted=wanted)
        db.session.commit()


def holds(app: Flask, member: Member, lesson_id: str) -> Assignment:
    """What holds for a student."""
    with app.app_context():
        act_for(member.school_id)
        return assignment_for(viewer_of(member), lesson_id)


def lines(page: Page) -> dict[str, list[str]]:
    """What the form of several lessons on a page sends."""
    [form] = [
        one for one in page.all("form") if any(field.attrib.get("name") == "wanted" for field in one.iter("input"))
    ]
    found: dict[str, list[str]] = {"shown": [], "wanted": []}
    for one in form.iter("input"):
        if one.attrib.get("name") in found:
            found[one.attrib["name"]].append(one.attrib["value"])
    return found


def hidden(page: Page, name: str) -> str:
    """The value of the first hidden field of this name."""
    return next(one.attrib["value"] for one in page.all("input") if one.attrib.get("name") == name)
