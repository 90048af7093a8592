"""Owns a class and its students as plain data: what pages and rules pass around."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from curriculum.classrooms.school_year import end_of

LEVELS = ("elementary", "middle", "high")
GRADES = {"elementary": 6, "middle": 3, "high": 3}
MOST_SECTIONS = 40
MOST_STUDENTS = 60  # the numbers of a class


class ClassroomRow(NamedTuple):
    """A class as pages show it."""

    school_id: UUID
    id: UUID
    code: str
    school_year: int
    level: str
    grade: int
    section: int
    course: str
    code_expires_at: datetime | None = None
    archived_at: datetime | None = None
    pseudonyms: bool = False

    @property
    def code_ends_at(self) -> datetime:
        """From when on the code lets nobody in."""
        return self.code_expires_at or end_of(self.school_year)

    def takes_in(self, moment: datetime) -> bool:
        """Whether students come in with the code at a moment."""
        return self.archived_at is None and moment < self.code_ends_at


class StudentRow(NamedTuple):
    """A student as the class page shows one."""

    id: UUID
    number: int
    display_name: str


class Learner(NamedTuple):
    """A student of a class with whether there is a slip that lets them in."""

    id: UUID
    number: int
    name: str
    has_slip: bool


def pseudonym(number: int) -> str:
    """What a student is called where no names are kept."""
    return f"{number}번"
