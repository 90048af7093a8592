"""Shows that a class leaves as a file with the figures of its page, readable in Korean, with nothing that runs."""

import csv
import io
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from openpyxl import load_workbook

from curriculum.audit import AuditLine
from tests.cast import Cast
from tests.dashboard.school_day import add_students, answers, reads
from tests.dashboard.test_class_page import address, grid
from tests.inspection import header_faults
from tests.quizzes.sample import LESSONS
from tests.site.rows import change, outside
from tests.site_client import SiteClient

STATES = {"done": "마침", "partly": "하는 중", "none": "시작 전"}
FORMULAS = ["=1+1", "+82", "-1", "@sum", "＝1+1", "\t=1"]


def taken_out(client: SiteClient, cast: Cast, kind: str) -> bytes:
    token = {"csrf_token": client.token(address(cast.classroom_id))}
    response = client.client.post(address(cast.classroom_id, f"/export.{kind}"), data=token)
    assert response.status_code == 200
    assert list(header_faults(response)) == []
    return response.data


def rows_of_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def rows_of_xlsx(data: bytes) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]


def shown(client: SiteClient, cast: Cast) -> list[list[str]]:
    """The grid of every page, a row a student, as the file writes it."""
    rows = []
    for page in ("", "?page=2"):
        for name, (number, *marks) in grid(client.get(address(cast.classroom_id, page))).items():
            cells = [mark.partition(" ") for mark in marks]
            rows.append(
                [number, name, *(one for state, _, score in cells for one in (STATES[state], score.rstrip("%")))]
            )
    return rows


@pytest.fixture
def han(app: Flask, cast: Cast) -> SiteClient:
    """Han, whose class of fifty-two has read and answered something."""
    add_students(app, cast.school_id, cast.classroom_id, [f"학생{number:02}" for number in range(1, 51)], 10)
    reads(app, cast.gaon, LESSONS[0])
    answers(app, cast.gaon, LESSONS[0])
    reads(app, cast.narae, LESSONS[1], steps=2)
    return SiteClient(app).sign_in(cast.han)


def test_both_files_hold_what_the_pages_show(han: SiteClient, cast: Cast) -> None:
    on_screen = shown(han, cast)
    assert len(on_screen) == 52
    in_csv = rows_of_csv(taken_out(han, cast, "csv"))
    in_xlsx = rows_of_xlsx(taken_out(han, cast, "xlsx"))
    assert in_csv[1:-1] == on_screen
    assert [[str(cell) for cell in row] for row in in_xlsx] == in_csv
    assert in_csv[0][:4] == ["번호", "이름", "B1.1 진도", "B1.1 점수(%)"]


def test_numbers_stay_numbers_and_korean_opens_as_it_is(han: SiteClient, cast: Cast) -> None:
    assert taken_out(han, cast, "csv").startswith(b"\xef\xbb\xbf")
    gaon = rows_of_xlsx(taken_out(han, cast, "xlsx"))[1]
    assert gaon[0] == 1
    assert isinstance(gaon[3], int)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", FORMULAS)
def test_no_name_becomes_a_formula(app: Flask, cast: Cast, han: SiteClient, name: str, kind: str) -> None:
    change(app, "UPDATE person SET display_name = :name WHERE id = :id", name=name, id=cast.gaon.id)
    data = taken_out(han, cast, kind)
    rows = rows_of_csv(data) if kind == "csv" else rows_of_xlsx(data)
    assert rows[1][1] == f"'{name}"


def test_it_speaks_the_language_of_the_page_and_is_written_down(app: Flask, cast: Cast, han: SiteClient) -> None:
    path = f"/en/teach/classes/{cast.classroom_id}"
    han.post(f"{path}/export.csv", on=path, status=200)
    assert rows_of_csv(han.last.data)[0][:3] == ["No.", "Name", "B1.1 progress"]
    assert han.last.headers["Content-Disposition"] == 'attachment; filename="class-2026-2-1.csv"'
    with outside(app) as connection:
        assert connection.scalars(sa.select(AuditLine.act)).all() == ["class-exported"]


def test_another_file_and_another_class_are_not_there(cast: Cast, han: SiteClient) -> None:
    token = {"csrf_token": han.token(address(cast.classroom_id))}
    for path in (address(cast.classroom_id, "/export.pdf"), address(cast.other_classroom_id, "/export.csv")):
        assert han.client.post(path, data=token).status_code == 404
