"""Shows that tables come out of whatever a school's programs write, and go in as cells that nothing runs."""

import contextlib
import csv
import io
import time
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from curriculum.sheets import MOST_ROWS, Fault, Unreadable, csv_of, harmless, rows_in, xlsx_of

ROWS = [("번호", "이름"), ("1", "가온"), ("2", "나래")]
TEXT = "번호,이름\r\n1,가온\r\n2,나래\r\n"
# OWASP's payloads and their full-width twins, each alone and before a call.
SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
CALLS = ["1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x","y")', "SUM(A1:A9)", 'WEBSERVICE("http://x")', " "]
PAYLOADS = [f"{sign}{call}" for sign in SIGNS for call in CALLS]


def workbook(rows: list[list[Any]]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_is_read_in_every_encoding_that_schools_write(encoding: str, delimiter: str) -> None:
    assert rows_in(TEXT.replace(",", delimiter).encode(encoding)) == ROWS


def test_a_workbook_is_read_as_its_cells_say() -> None:
    assert rows_in(workbook([["번호", "이름"], [1, "가온"], [2.0, " 나래 "]])) == ROWS


def test_a_formula_in_a_workbook_comes_as_text_and_is_not_computed() -> None:
    assert rows_in(workbook([[1, "=1+1"]])) == [("1", "=1+1")]


def test_an_empty_row_keeps_its_place() -> None:
    assert rows_in("1,가온\n\n,\n2,나래\n".encode())[3] == ("2", "나래")


FAULTS: list[tuple[bytes, Fault]] = [
    (b"", Fault.EMPTY),
    (b"\n \n,,\n", Fault.EMPTY),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Fault.OLD_EXCEL),
    (b"PK\x03\x04 that is all", Fault.NOT_A_TABLE),
    (b"%PDF-1.7\n1 0 obj", Fault.NOT_A_TABLE),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Fault.NOT_A_TABLE),
    (b"1,\xff\xfe\xfd\n", Fault.ENCODING),
    (zipped(**{"word/document.xml": b"<w/>"}), Fault.NOT_A_TABLE),
    (zipped(**{"[Content_Types].xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}), Fault.NOT_A_TABLE),
    (zipped(**{"[Content_Types].xml": b"<Types/>", "xl/a.xml": b"0" * (65 * 1024 * 1024)}), Fault.TOO_LARGE),
    (zipped(**{f"{number}.xml": b"" for number in range(600)}), Fault.TOO_LARGE),
    (workbook([[1, "가온"]])[:-200], Fault.NOT_A_TABLE),
    ("1,가온\n".encode() * (MOST_ROWS + 1), Fault.TOO_MANY_ROWS),
    ("1,가온\n".encode() * 100_000, Fault.TOO_MANY_ROWS),
    (b"\n" * 100_000 + "1,가온".encode(), Fault.TOO_MANY_ROWS),
]


def test_a_workbook_that_declares_entities_is_refused_although_it_could_be_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([[1, "가온"]]))) as book, zipfile.ZipFile(out, "w") as planted:
        for name in book.namelist():
            data = book.read(name)
            if name.endswith("sheet1.xml"):
                data = b'<!DOCTYPE worksheet [<!ENTITY a "b">]>' + data
            planted.writestr(name, data)
    with pytest.raises(Unreadable):
        rows_in(out.getvalue())


@pytest.mark.parametrize(("data", "fault"), FAULTS)
def test_what_is_no_table_is_refused_with_its_reason_and_soon(data: bytes, fault: Fault) -> None:
    begun = time.perf_counter()
    with pytest.raises(Unreadable) as refused:
        rows_in(data)
    assert refused.value.fault is fault
    assert time.perf_counter() - begun < 5


@given(st.binary(max_size=400))
def test_no_bytes_do_anything_but_be_read_or_refused(data: bytes) -> None:
    for begin in (b"", b"PK\x03\x04", b"\xff\xfe"):
        with contextlib.suppress(Unreadable):
            assert any(any(row) for row in rows_in(begin + data))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_that_goes_out_is_run(payload: str) -> None:
    assert harmless(payload) == f"'{payload}"
    [[cell]] = csv.reader(io.StringIO(csv_of([[payload]]).decode("utf-8-sig"), newline=""))
    assert cell[0] == "'"
    book = load_workbook(io.BytesIO(xlsx_of([[payload]])))
    assert book.active is not None
    assert book.active["A1"].data_type == "s"
    assert str(book.active["A1"].value).startswith("'")


def test_numbers_stay_numbers_and_korean_opens_in_a_spreadsheet() -> None:
    assert csv_of([[3, -2, "가온"]]) == b"\xef\xbb\xbf" + "3,-2,가온\r\n".encode()
    book = load_workbook(io.BytesIO(xlsx_of([[3, -2, "가온"]])))
    assert book.active is not None
    assert [cell.value for cell in book.active[1]] == [3, -2, "가온"]


@given(
    st.lists(
        st.tuples(st.integers(1, 60), st.text("가나다abc 12.", min_size=1).map(str.strip).filter(bool)), min_size=1
    )
)
def test_what_goes_out_comes_in_again(rows: list[tuple[int, str]]) -> None:
    expected = [(str(number), name) for number, name in rows]
    assert rows_in(csv_of(rows)) == expected
