"""Shows that what leaves across classes has the figures of the pages, in the reader's language, and runs nowhere."""

import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from curriculum.across.class_files import ClassMember, students_table
from curriculum.audit import AuditLine
from curriculum.progress.completion import Progress, State
from curriculum.sheets import ROWS_AT_ONCE, csv_parts
from tests.across.test_across_page import ACROSS, add_classes, rows
from tests.cast import Cast
from tests.dashboard.school_day import add_students, answers, reads
from tests.dashboard.test_export import rows_of_csv, rows_of_xlsx
from tests.inspection import header_faults
from tests.quizzes.sample import LESSONS
from tests.site.rows import change, outside
from tests.site_client import SiteClient

SCHOOL = "/ko/school/learning"
STATES = {State.DONE: "done", State.PARTLY: "partly", State.NONE: "none"}
LEVELS = {"middle": "middle school"}


def sent(client: SiteClient, page: str, path: str) -> list[list[Any]]:
    """The rows of a file, each cell as text."""
    response = client.client.post(path, data={"csrf_token": client.token(page)})
    assert (response.status_code, list(header_faults(response))) == (200, [])
    found = rows_of_csv(response.data) if path.endswith(".csv") else rows_of_xlsx(response.data)
    return [[str(cell) for cell in row] for row in found]


@pytest.fixture
def han(app: Flask, cast: Cast) -> SiteClient:
    """Han with two classes; in one a student has done everything of a lesson, and another is called by a formula."""
    [other] = add_classes(app, cast, 1)
    add_students(app, cast.school_id, other, ["=1+1", "다래"], 3)
    reads(app, cast.gaon, LESSONS[0])
    answers(app, cast.gaon, LESSONS[0])
    answers(app, cast.narae, LESSONS[1], "ways")
    return SiteClient(app).sign_in(cast.han)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_of_the_classes_has_the_cells_of_the_page(han: SiteClient, kind: str) -> None:
    head, *lines = sent(han, ACROSS, f"{ACROSS}/classes.{kind}")
    shown = rows(han.get(ACROSS))
    assert head[:5] == ["학년도", "학교급", "학년", "반", "학생"]
    assert [line[4] for line in lines] == [row[1] for row in shown]
    assert [f"{line[5]} {line[6]}" if line[5] else "시작 전" for line in lines] == [row[2] for row in shown]
    assert [line[7] or "–" for line in lines] == [row[3] for row in shown]
    assert [f"{line[8]}%" if line[8] else "–" for line in lines] == [row[4] for row in shown]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_of_the_students_has_a_row_for_each_and_runs_nothing(
    app: Flask, han: SiteClient, cast: Cast, kind: str
) -> None:
    head, *lines = sent(han, ACROSS, f"{ACROSS}/students.{kind}")
    assert [line[2:6] for line in lines] == [
        ["2", "1", "1", "가온"],
        ["2", "1", "2", "나래"],
        ["3", "11", "3", "'=1+1"],
        ["3", "11", "4", "다래"],
    ]
    first, second = (head.index(f"{code} 진도") for code in ("B1.1", "B2.1"))
    assert lines[0][first : first + 2] == ["마침", "100"]
    assert lines[1][second : second + 2][0] == "하는 중"
    assert set(lines[3][6:]) == {"시작 전", ""}
    assert len({len(line) for line in (head, *lines)}) == 1


def test_it_speaks_the_language_of_the_page_and_is_written_down(app: Flask, han: SiteClient) -> None:
    english = ACROSS.replace("/ko/", "/en/")
    assert sent(han, english, f"{english}/students.csv")[0][:6] == [
        "School year",
        "Level",
        "Grade",
        "Class",
        "No.",
        "Name",
    ]
    with outside(app) as connection:
        lines = connection.execute(sa.select(AuditLine.act, AuditLine.detail)).all()
    assert lines == [("classes-exported", "students csv")]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_files_of_the_school_have_the_cells_of_its_page(app: Flask, cast: Cast, kind: str) -> None:
    for student in add_students(app, cast.school_id, cast.classroom_id, [f"학생{one}" for one in range(12)], 20):
        reads(app, student, LESSONS[0])
        answers(app, student, LESSONS[0])
    moon = SiteClient(app).sign_in(cast.moon)
    large, small, lesson = rows(moon.get(SCHOOL))
    head, *lines = sent(moon, SCHOOL, f"{SCHOOL}/classes.{kind}")
    assert lines[0][4:] == [
        large[1],
        large[2],
        "B1.1",
        large[4].removesuffix("명 이상"),
        large[5].removesuffix("% 안팎"),
    ]
    assert lines[1][4:] == [small[1], "너무 적음", "", "", ""]
    assert (lines[2][4], lines[2][7]) == ("15", lesson[3].removesuffix("명 이상"))
    head, line = sent(moon, SCHOOL, f"{SCHOOL}/lessons.{kind}")
    assert [f"{line[0]} {line[1]}", *line[2:4]] == lesson[:3]
    assert (line[4], line[5]) == (lesson[3].removesuffix("명 이상"), lesson[4].removesuffix("% 안팎"))
    assert len(head) == len(line)


def test_another_part_or_kind_is_not_there(cast: Cast, han: SiteClient) -> None:
    token = {"csrf_token": han.token(ACROSS)}
    for path in (f"{ACROSS}/students.pdf", f"{ACROSS}/people.csv", f"{SCHOOL}/classes.csv"):
        assert han.client.post(path, data=token).status_code == 404


def members(count: int, taken: list[int]) -> Iterator[ClassMember]:
    """So many students, and beside it how many of them have been read."""
    for number in range(count):
        taken.append(number)
        done = Progress(steps_sent=3, attempts=1, best_points=1, out_of=1, help_route_right=True)
        yield ClassMember(2026, "middle", 1, 1, number, f"학생{number}", [("a", done)])


def test_rows_are_written_while_they_are_read_and_never_all_in_memory() -> None:
    taken: list[int] = []
    parts = csv_parts(students_table(members(3_000, taken), ["head"], {"a": 3}, STATES, LEVELS))
    assert (next(parts), next(parts)[:4], len(taken) <= ROWS_AT_ONCE) == (b"\xef\xbb\xbf", b"head", True)
    tracemalloc.start()
    size = sum(len(part) for part in parts)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(taken) == 3_000
    assert peak < size + 1_000_000


def test_a_class_that_is_gone_leaves_no_trace(app: Flask, cast: Cast, han: SiteClient) -> None:
    change(app, "DELETE FROM teaching WHERE person_id = :id", id=cast.han.id)
    assert len(sent(han, "/ko/account/password", f"{ACROSS}/students.csv")) == 1
