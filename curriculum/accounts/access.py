"""Owns the access rules: what each mark on a URL means, judged from the person alone."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from uuid import UUID

from curriculum.accounts.viewer import Role, Viewer

_NOBODY = UUID(int=0)


class Mark(StrEnum):
    """Who may reach a URL. What they may see behind it is decided by the fetch, per person and school."""

    PUBLIC = "everyone"
    READER = "everyone, or who is signed in where the school keeps its lessons to itself"
    STUDENT = "students"
    STAFF = "staff"
    TEACHER = "teachers"
    SUPPORT = "counsellors and administrators"
    ADMINISTRATOR = "administrators"
    SIGNED_IN = "whoever is signed in"


class Shown(StrEnum):
    """What a page can show of somebody else. The privacy page is made from what the URLs state."""

    ROSTER = "number and display name"
    PROGRESS = "how far someone is"
    SCORE = "best score"
    RIGHT_ITEMS = "attempts and which items were right, opened when asked for"
    CLASS_ITEMS = "how a class answered, without persons"
    STORY_CHOICES = "how a class chose in a story, from ten on"
    AUDIT_LOG = "what staff did and when"
    STAFF = "who works at the school"
    STUDENTS = "who learns at the school"
    RECORD = "everything that is kept, opened when it is asked for"


ALLOWED: Mapping[str, Callable[[Viewer | None], bool]] = {
    Mark.PUBLIC: lambda _viewer: True,
    Mark.READER: lambda _viewer: True,  # closed lessons are a matter of the school, which the guard asks
    Mark.STUDENT: lambda viewer: viewer is not None and viewer.role is Role.STUDENT,
    Mark.STAFF: lambda viewer: viewer is not None and viewer.is_staff,
    Mark.TEACHER: lambda viewer: viewer is not None and viewer.role is Role.TEACHER,
    Mark.SUPPORT: lambda viewer: viewer is not None and viewer.role in {Role.COUNSELLOR, Role.ADMINISTRATOR},
    Mark.ADMINISTRATOR: lambda viewer: viewer is not None and viewer.role is Role.ADMINISTRATOR,
    Mark.SIGNED_IN: lambda viewer: viewer is not None,
}


def seen_by(role: Role, doors: Iterable[tuple[str, Iterable[str]]]) -> list[Shown]:
    """What somebody in this role can be shown of others, from (mark, what is shown) of every URL, in order of Shown."""
    somebody = Viewer(school_id=_NOBODY, id=_NOBODY, role=role, display_name="", school_name="", token="")
    shown = {what for mark, shows in doors if allows(mark, somebody) for what in shows}
    return [what for what in Shown if what in shown]


def needs_code(role: Role, *, has_codes: bool, offline: bool) -> bool:
    """Whether a right password is half a sign-in: for who has set up one-time codes, and for every administrator of a
    school that is not offline."""
    return role is not Role.STUDENT and (has_codes or (role is Role.ADMINISTRATOR and not offline))


def allows(mark: str, viewer: Viewer | None) -> bool:
    """Whether the viewer may reach a URL with this mark; an unknown mark lets nobody in."""
    judge = ALLOWED.get(mark)
    return judge is not None and judge(viewer)
