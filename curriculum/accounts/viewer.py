"""Owns the person in front of the page: role and identity, as plain data."""

from dataclasses import dataclass
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
    the school's own people, as `support` keeps them with the school."""

    school_id: UUID
    id: UUID
    role: Role
    display_name: str
    school_name: str
    token: str
    school_contacts: str | None = None

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

    def get_id(self) -> str:
        """What the cookie carries: the school, then the session's secret."""
        return f"{self.school_id.hex}.{self.token}"
