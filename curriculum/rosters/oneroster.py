"""Owns how a OneRoster 1.2 CSV package becomes the lines of a roster: users, classes and enrollments in a zip."""

import re
import zipfile
from collections.abc import Iterator, Mapping

from curriculum.classrooms.roster import MOST_SECTIONS
from curriculum.rosters.roster_file import named
from curriculum.rosters.roster_line import Line, Reading, Trouble, trouble, whole_number
from curriculum.sheets import Fault, Unreadable, part_of_zip, parts_of_zip, rows_of_text, text_of

# 1EdTech OneRoster 1.2 CSV binding: names of files are fixed, columns are known by their heads.
FILES = ("users.csv", "classes.csv", "enrollments.csv")
GONE = "tobedeleted"  # a status; what is to be deleted is left alone: nobody is taken off by a file
_TITLE = re.compile(r"([1-6])\D+([0-9]{1,2})(?!\d)")

Record = Mapping[str, str]


def is_oneroster(data: bytes) -> bool:
    """Whether a zip holds the files of OneRoster."""
    return {_last(name) for name in parts_of_zip(data).namelist()} >= set(FILES)


def oneroster_lines(data: bytes) -> Reading:
    """What a package says of its students, each in one class; Unreadable. Rows are those of enrollments.csv."""
    archive = parts_of_zip(data)
    users, classes, enrollments = (_table(archive, name) for name in FILES)
    of_user, of_class = _by_id(users), _by_id(classes)
    homerooms = {key for key, one in of_class.items() if one.get("classtype", "").lower() == "homeroom"}
    found = []
    for row, one in enumerate(enrollments, 2):
        leads = one.get("classsourcedid", "")
        wanted = leads in homerooms or not homerooms
        if wanted and _is_there(one) and one.get("role", "student").lower() == "student":
            found.append(_line(row, of_user.get(one.get("usersourcedid", "")), of_class.get(leads)))
    if not found:
        raise Unreadable(Fault.EMPTY)
    lines = tuple(one for one in found if isinstance(one, Line))
    return Reading(lines, tuple(one for one in found if isinstance(one, Trouble)))


def _line(row: int, user: Record | None, classroom: Record | None) -> Line | Trouble:
    if user is None or classroom is None:
        return trouble(row, "refers-to-nothing")
    place = _place(classroom)
    if place is None:
        return trouble(row, "class", classroom.get("title", ""))
    name = _name(user)
    return named(Line(row, name, None, *place)) if name else trouble(row, "no-name")


def _place(classroom: Record) -> tuple[int, int] | None:
    """Grade and section as the title or the code of a class says them: 2학년 3반, 2-3, 중2-3."""
    for text in (classroom.get("title", ""), classroom.get("classcode", "")):
        found = _TITLE.search(text)
        if found and 1 <= int(found[2]) <= MOST_SECTIONS:
            return int(found[1]), int(found[2])
    section, grade = whole_number(classroom.get("classcode", "")), whole_number(classroom.get("grades", ""))
    return (grade, section) if grade and section and grade <= 6 else None


def _name(user: Record) -> str:
    """Family name first where it is written in Hangul, as Korean names stand."""
    family = user.get("preferredfamilyname") or user.get("familyname", "")
    given = user.get("preferredgivenname") or user.get("givenname", "")
    return f"{family}{given}" if re.search("[가-힣]", family + given) else f"{given} {family}".strip()


def _is_there(record: Record) -> bool:
    return record.get("status", "").lower() != GONE


def _by_id(records: Iterator[Record]) -> dict[str, Record]:
    return {one.get("sourcedid", ""): one for one in records if _is_there(one)}


def _table(archive: zipfile.ZipFile, name: str) -> Iterator[Record]:
    [path] = [one for one in archive.namelist() if _last(one) == name][:1] or [""]
    heads, *rows = rows_of_text(text_of(part_of_zip(archive, path)))
    keys = [head.casefold() for head in heads]
    return (dict(zip(keys, row, strict=False)) for row in rows)


def _last(path: str) -> str:
    return path.rsplit("/", 1)[-1]
