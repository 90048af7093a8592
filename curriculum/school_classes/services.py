"""Owns what becomes of names when a class stops having them: in the class, and in the rosters that were read."""

from curriculum.classrooms.roster import ClassroomRow
from curriculum.classrooms.services import keep_names
from curriculum.database import leave_nothing_behind
from curriculum.rosters.services import forget_rosters


def use_names(*, classroom: ClassroomRow, used: bool) -> None:
    """Let a class have names from now on, or take away those it has, and those that rosters still hold to be undone."""
    keep_names(classroom=classroom, kept=used)
    if not used:
        forget_rosters(school_id=classroom.school_id)
        leave_nothing_behind()
