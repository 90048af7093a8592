"""Owns the person in front of the page: role and identity, as plain data."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person is in a school. The operator has the console and no web role."""

    STUDENT = "student"
    TEACHER = "teacher"
    COUNSELLOR = "counsellor"
    ADMINISTRATOR = "administrator"


STAFF = frozenset({Role.TEACHER, Role.COUNSELLOR, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A signed-in person. `token` is the secret of this one session, as the cookie carries it; `school_contacts` are
    the school's own people, as `support` keeps them with the school, `school_pauses` what rests, likewise; `half` says
    that a password was right and a one-time code is awaited: to every page but that one, nobody is signed in; `seen_at`
    is when the session was last used, as far as that is written down."""

    school_id: UUID
    id: UUID
    role: Role
    display_name: str
    school_name: str
    token: str
    school_contacts: str | None = None
    school_pauses: str | None = None
    half: bool = False
    seen_at: datetime | None = None

    # What Flask-Login asks of a user.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    @property
    def is_staff(self) -> bool:
        """Whether this is a grown-up who works at the school."""
        return self.role in STAFF

    @property
    def is_student(self) -> bool:
        """Whether this is a student."""
        return self.role is Role.STUDENT

    @property
    def first_page(self) -> str:
        """The endpoint of where somebody in this role begins."""
        if self.is_student:
            return "reading.student_home"
        return "dashboard.classes" if self.role is Role.TEACHER else "administration.school"

    def get_id(self) -> str:
        """What the cookie carries: the school, then the session's secret."""
        return f"{self.school_id.hex}.{self.token}"
