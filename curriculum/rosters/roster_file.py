"""Owns how the rows of a sheet, or of what was typed, become the lines of a roster."""

import re
from collections.abc import Iterator, Mapping, Sequence

from curriculum.classrooms.roster import MOST_SECTIONS, MOST_STUDENTS
from curriculum.rosters.name_rule import NameFault, name_fault, tidy_name
from curriculum.rosters.roster_line import Line, Reading, Trouble, trouble, whole_number
from curriculum.sheets import Row

# What schools write over their columns, without spaces and in lower case.
HEADS: Mapping[str, frozenset[str]] = {
    "number": frozenset({"번호", "출석번호", "학생번호", "number", "no", "no.", "num"}),
    "name": frozenset({"이름", "성명", "학생이름", "학생명", "학생성명", "name", "student", "studentname", "fullname"}),
    "grade": frozenset({"학년", "grade", "year"}),
    "section": frozenset({"반", "학급", "반명", "class", "section", "homeroom"}),
}
HEADED_WITHIN = 10  # rows: above a table stand a title and a date
PLACES = {"class": ("number", "name"), "school": ("grade", "section", "number", "name")}
_SPAN = re.compile(r"([0-9]{1,2})\s*[-~–〜]\s*([0-9]{1,2})")


class NoColumns(Exception):
    """The sheet has columns, but none of numbers or names that can be told."""


def reading_of(rows: Sequence[Row], *, whole_school: bool) -> Reading:
    """What the rows say; without a line of heads the columns stand in the order of PLACES. NoColumns where there are
    heads without what is needed."""
    columns, first = _columns(rows, whole_school)
    found = [one for place, row in enumerate(rows[first:], first + 1) if any(row) for one in _said(place, row, columns)]
    lines = tuple(one for one in found if isinstance(one, Line))
    return Reading(lines, tuple(one for one in found if isinstance(one, Trouble)))


def _columns(rows: Sequence[Row], whole_school: bool) -> tuple[Mapping[str, int], int]:
    for place, row in enumerate(rows[:HEADED_WITHIN]):
        heads = {name: column for column, cell in enumerate(row) if (name := _head(cell))}
        if len(heads) >= 2:
            if "name" not in heads or (whole_school and not {"grade", "section"} <= heads.keys()):
                raise NoColumns
            return heads, place + 1
    names = PLACES["school" if whole_school else "class"]
    return {name: column for column, name in enumerate(names)}, 0


def _head(cell: str) -> str | None:
    word = "".join(cell.split()).casefold()
    return next((name for name, words in HEADS.items() if word in words), None)


def _said(row: int, cells: Row, columns: Mapping[str, int]) -> Iterator[Line | Trouble]:
    def cell(name: str) -> str:
        place = columns.get(name, len(cells))
        return cells[place] if place < len(cells) else ""

    span = _SPAN.fullmatch(cell("number")) if not cell("name") else None
    if span:  # a class without names: 1-30
        yield from (Line(row, "", number) for number in range(int(span[1]), min(int(span[2]), MOST_STUDENTS) + 1))
        return
    number = whole_number(cell("number"))
    if number is None or not 1 <= number <= MOST_STUDENTS:
        yield trouble(row, "number", " ".join(filter(None, cells)))
        return
    grade, section = whole_number(cell("grade")), whole_number(cell("section"))
    if "section" in columns and (not grade or not section or section > MOST_SECTIONS):
        yield trouble(row, "class", f"{cell('grade')} {cell('section')}".strip())
        return
    yield named(Line(row, cell("name"), number, grade, section))


def named(line: Line) -> Line | Trouble:
    """The line with its name tidied, or what is wrong with the name; whether there has to be one the class says."""
    name = tidy_name(line.name)
    fault = name_fault(name)
    if fault and fault is not NameFault.NONE:
        return trouble(line.row, fault, line.name)
    return Line(line.row, name, line.number, line.grade, line.section)
