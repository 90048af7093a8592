"""Owns a class and its students as plain data: what pages and rules pass around."""

from typing import NamedTuple
from uuid import UUID


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


class StudentRow(NamedTuple):
    """A student as the class page shows one."""

    id: UUID
    number: int
    display_name: str
