"""Owns the access rules: what each mark on a URL means, judged from the person alone."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from curriculum.accounts.viewer import Role, Viewer


class Mark(StrEnum):
    """Who may reach a URL. What they may see behind it is decided by the fetch, per person and school."""

    PUBLIC = "everyone"
    STUDENT = "students"
    STAFF = "staff"
    TEACHER = "teachers"
    SIGNED_IN = "whoever is signed in"


ALLOWED: Mapping[str, Callable[[Viewer | None], bool]] = {
    Mark.PUBLIC: lambda _viewer: True,
    Mark.STUDENT: lambda viewer: viewer is not None and viewer.role is Role.STUDENT,
    Mark.STAFF: lambda viewer: viewer is not None and viewer.is_staff,
    Mark.TEACHER: lambda viewer: viewer is not None and viewer.role is Role.TEACHER,
    Mark.SIGNED_IN: lambda viewer: viewer is not None,
}


def allows(mark: str, viewer: Viewer | None) -> bool:
    """Whether the viewer may reach a URL with this mark; an unknown mark lets nobody in."""
    judge = ALLOWED.get(mark)
    return judge is not None and judge(viewer)
