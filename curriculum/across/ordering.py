"""Owns the orders in which lines of classes can be read; what is not there comes last whichever way."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from curriculum.across.summary import ClassLine

# By what a link names. The classes themselves come as they are: newest year first, then by grade and section.
KEYS: Mapping[str, Callable[[ClassLine], Any]] = {
    "students": lambda line: line.students,
    "lesson": lambda line: line.latest and line.latest.code,
    "completed": lambda line: line.completed,
    "average": lambda line: line.average,
    "due": lambda line: line.due and line.due.at,
}
CLASS = "class"


def ordered(lines: Sequence[ClassLine], by: str, *, down: bool) -> list[ClassLine]:
    """The lines by one of KEYS, or by CLASS as they come; equal ones stay as they came."""
    if by not in KEYS:
        return list(reversed(lines)) if down else list(lines)
    key = KEYS[by]
    there = [line for line in lines if key(line) is not None]
    return sorted(there, key=key, reverse=down) + [line for line in lines if key(line) is None]
