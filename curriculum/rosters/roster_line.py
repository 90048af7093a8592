"""Owns what a roster says as plain data: its lines, and the rows that say nothing that can be used."""

import re
import unicodedata

import msgspec

SHOWN = 24  # characters of what stood in a row, on a page


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """A student. `row` counts from 1 as a spreadsheet does; without a number the student is found by name; grade and
    section are empty where the roster is of one class."""

    row: int
    name: str
    number: int | None = None
    grade: int | None = None
    section: int | None = None


class Trouble(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row that is left out, why (a code), and what stood there, cut short."""

    row: int
    code: str
    said: str = ""


class Reading(msgspec.Struct, frozen=True, omit_defaults=True):
    """A roster as it was read. `level` and `school_year` say which classes are meant, of one of the whole school."""

    lines: tuple[Line, ...]
    troubles: tuple[Trouble, ...] = ()
    level: str = ""
    school_year: int = 0


def trouble(row: int, code: str, said: str = "") -> Trouble:
    """A row that is left out; of what stood there only the beginning is kept."""
    return Trouble(row, code, said if len(said) <= SHOWN else f"{said[:SHOWN]}…")


def whole_number(cell: str) -> int | None:
    """The number that a cell means (3, 03, 3번, 3.0, full-width digits); None where it means none."""
    found = re.fullmatch(r"0*([0-9]{1,4})(?:\.0+)?\s*(?:번|학년|반|호)?", unicodedata.normalize("NFKC", cell).strip())
    return int(found[1]) if found else None
