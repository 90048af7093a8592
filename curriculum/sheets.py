"""Owns tables in files: CSV and XLSX in, whatever they claim to be; CSV and XLSX out, without formulas."""

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import islice
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

MOST_ROWS = 5_000
ROWS_AT_ONCE = 200  # of a file that is sent while it is written
MOST_CELLS = 60  # of a row: what stands further right is not read
MOST_UNPACKED = 64 * 1024 * 1024  # bytes of a zip, by what it says of itself and by what comes out
MOST_PARTS = 500
DELIMITERS = "\t,;"
# A cell that a spreadsheet would run, full-width signs too; OWASP's list of CSV injection.
_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)

Row = tuple[str, ...]
Cells: TypeAlias = Sequence[str | int | float | None]  # of a row that is written


class Fault(StrEnum):
    """Why a file cannot be read as a table."""

    EMPTY = "empty"
    ENCODING = "encoding"
    NOT_A_TABLE = "not-a-table"
    OLD_EXCEL = "old-excel"
    TOO_LARGE = "too-large"
    TOO_MANY_ROWS = "too-many-rows"


class Unreadable(Exception):
    """A file is no table that can be read; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def is_zip(data: bytes) -> bool:
    """Whether these bytes begin as a zip does, whatever the file is called."""
    return data.startswith(_ZIP)


def rows_in(data: bytes) -> list[Row]:
    """The rows of a CSV or XLSX file, each with its cells as text, trimmed; Unreadable. Row 1 is the first: empty rows
    keep their place. What the file is, its bytes say, not its name."""
    if data.startswith(_OLE):
        raise Unreadable(Fault.OLD_EXCEL)  # or an XLSX with a password
    return _rows_of_xlsx(data) if is_zip(data) else rows_of_text(text_of(data))


def text_of(data: bytes) -> str:
    """The text of a file in UTF-8 with or without BOM, UTF-16 with BOM, or CP949, as Korean spreadsheets write it."""
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp949")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text or text.startswith("%PDF-"):
            raise Unreadable(Fault.NOT_A_TABLE)
        return text
    raise Unreadable(Fault.NOT_A_TABLE if b"\0" in data else Fault.ENCODING)


def rows_of_text(text: str) -> list[Row]:
    """The rows of typed, pasted or CSV text. What parts its cells is found from the text; else it is white space."""
    lines = text.splitlines()
    delimiter = max(DELIMITERS, key=lambda sign: sum(sign in line for line in lines))
    if not any(delimiter in line for line in lines):
        return _checked(tuple(line.split(None, 1)) for line in lines)
    try:
        return _checked(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise Unreadable(Fault.NOT_A_TABLE) from None


def parts_of_zip(data: bytes) -> zipfile.ZipFile:
    """A zip that is neither a bomb nor broken, to be read; Unreadable."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable(Fault.NOT_A_TABLE) from None
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable(Fault.TOO_LARGE)
    return archive


def part_of_zip(archive: zipfile.ZipFile, name: str) -> bytes:
    """One file of a zip, never more of it than MOST_UNPACKED; Unreadable."""
    try:
        with archive.open(name) as part:
            data = part.read(MOST_UNPACKED + 1)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, EOFError, zlib.error):
        raise Unreadable(Fault.NOT_A_TABLE) from None
    if len(data) > MOST_UNPACKED:
        raise Unreadable(Fault.TOO_LARGE)
    return data


def _rows_of_xlsx(data: bytes) -> list[Row]:
    archive = parts_of_zip(data)
    names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    if "[Content_Types].xml" not in names:
        raise Unreadable(Fault.NOT_A_TABLE)
    # Read through beforehand: no office program writes entities, and a bomb comes out here.
    if any(_ENTITIES.search(part_of_zip(archive, name)) for name in names):
        raise Unreadable(Fault.NOT_A_TABLE)
    from openpyxl import load_workbook  # slow to import, needed by an upload only

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.active or book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its size is not believed
        return _checked(sheet.iter_rows(values_only=True))
    except Unreadable:
        raise
    except Exception:  # openpyxl raises whatever a broken file makes it meet, and all of it means this
        raise Unreadable(Fault.NOT_A_TABLE) from None


def _checked(rows: Iterable[Iterable[Any]]) -> list[Row]:
    found: list[Row] = []
    full = 0
    for row in rows:
        found.append(tuple(_text(cell) for cell in list(row)[:MOST_CELLS]))
        full += any(found[-1])
        if full > MOST_ROWS or len(found) > 4 * MOST_ROWS:  # a sheet may have empty rows to its end
            raise Unreadable(Fault.TOO_MANY_ROWS)
    if not full:
        raise Unreadable(Fault.EMPTY)
    return found


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, datetime) else str(cell).strip()


def harmless(cell: str | int | float | None) -> str | int | float | None:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before it. Numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in _FORMULA else cell


def csv_parts(rows: Iterable[Cells]) -> Iterator[bytes]:
    """A CSV file that Korean spreadsheets open as it is, UTF-8 with BOM, some rows at a time: no row is read before the
    ones in front of it have been taken."""
    out = io.StringIO(newline="")
    writer, rest = csv.writer(out, lineterminator="\r\n"), iter(rows)
    yield codecs.BOM_UTF8
    while batch := list(islice(rest, ROWS_AT_ONCE)):
        writer.writerows([harmless(cell) for cell in row] for row in batch)
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()


def csv_of(rows: Iterable[Cells]) -> bytes:
    """The same as a whole."""
    return b"".join(csv_parts(rows))


def xlsx_of(rows: Iterable[Cells]) -> bytes:
    """The same as XLSX: text stays text there, and is made harmless as well for whoever saves it as CSV.

    Rows are in memory one at a time. What is written meanwhile stands in a folder that nobody else reads and that is
    gone with the call.
    """
    from xlsxwriter import Workbook  # slow to import, needed by a download only

    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with (
        TemporaryDirectory() as folder,
        Workbook(out, {**options, "strings_to_numbers": False, "tmpdir": folder}) as book,
    ):
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            if number == 0:  # the heads say how wide a column is; a Korean letter takes two places
                for column, head in enumerate(row):
                    sheet.set_column(column, column, 2 + 2 * len(str(head)))
            for column, cell in enumerate(row):
                write = sheet.write_string if isinstance(cell, str) else sheet.write
                write(number, column, harmless(cell))
    return out.getvalue()


def xlsx_parts(rows: Iterable[Cells]) -> Iterator[bytes]:
    """An XLSX file, for who sends either: it is a zip, whose table of contents comes last, and so one part."""
    yield xlsx_of(rows)


WRITERS: Mapping[str, tuple[Callable[[Iterable[Cells]], Iterator[bytes]], str]] = {
    "csv": (csv_parts, "text/csv"),
    "xlsx": (xlsx_parts, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
