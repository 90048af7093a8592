"""Shows that a teacher's classes stand on one page, in any order, with the figures of the class pages."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from uuid_utils.compat import uuid7

from curriculum.assignments.models import StoredAssignment
from curriculum.classrooms.services import add_classroom, let_teach
from curriculum.database import begin_write, db
from tests.cast import Cast
from tests.dashboard.school_day import add_students, answers, reads
from tests.inspection import Page
from tests.quizzes.sample import LESSONS
from tests.site.rows import change, outside
from tests.site_client import SiteClient

ACROSS = "/ko/teach/across"
FOREIGN = "카나리아"


def add_classes(app: Flask, cast: Cast, count: int) -> list[UUID]:
    """So many further classes that Han teaches, without students."""
    with app.app_context():
        begin_write()
        made = []
        for section in range(11, 11 + count):
            place = {"school_year": 2026, "level": "middle", "grade": 3, "section": section, "course": "middle"}
            made.append(add_classroom(school_id=cast.school_id, code=f"DDDD{section:04}", **place).id)
            db.session.flush()
            let_teach(school_id=cast.school_id, classroom_id=made[-1], person_id=cast.han.id, read_only=False)
        db.session.commit()
    return made


def rows(page: Page) -> list[list[str]]:
    """The cells of the table."""
    return [[page.words(cell) for cell in row] for body in page.all("tbody") for row in body.iter("tr")]


@pytest.fixture
def han(app: Flask, cast: Cast) -> SiteClient:
    """Han, with three classes: one that works, one that is begun, one without students."""
    begun, _empty = add_classes(app, cast, 2)
    add_students(app, cast.school_id, cast.classroom_id, ["다래", "라온", "마루"], 20)
    [somebody] = add_students(app, cast.school_id, begun, ["바다"], 1)
    for student in (cast.gaon, cast.narae):
        reads(app, student, LESSONS[0])
        answers(app, student, LESSONS[0])
    answers(app, somebody, LESSONS[1], "ways")
    return SiteClient(app).sign_in(cast.han)


def test_each_class_has_a_line_with_the_figures_of_its_page(han: SiteClient) -> None:
    found = {row[0].split(" 2026")[0]: row[1:] for row in rows(han.get(ACROSS))}
    assert found["2학년 1반"][0] == "5"
    assert found["2학년 1반"][1].startswith("B1.1")
    assert found["2학년 1반"][2:] == ["2", "100%", "–"]
    assert found["3학년 11반"][0] == "1"
    assert found["3학년 12반"] == ["0", "시작 전", "–", "–", "–"]


def test_the_lines_can_be_read_in_any_order_without_script(han: SiteClient) -> None:
    def students(path: str) -> list[str]:
        return [row[1] for row in rows(han.get(path))]

    assert students(f"{ACROSS}?by=students") == ["0", "1", "5"]
    assert students(f"{ACROSS}?by=students&down=1") == ["5", "1", "0"]
    assert students(f"{ACROSS}?by=average")[-1] == "0"  # what is not there comes last
    assert students(f"{ACROSS}?by=average&down=1")[-1] == "0"
    assert students(f"{ACROSS}?by=person_id") == students(ACROSS) == ["5", "1", "0"]
    page = han.get(f"{ACROSS}?by=students")
    assert [one.attrib["aria-sort"] for one in page.all("th") if "aria-sort" in one.attrib] == ["ascending"]
    assert any(one.attrib["href"] == f"{ACROSS}?by=students&down=1" for one in page.all("a"))


def test_what_is_due_next_is_named(app: Flask, cast: Cast, han: SiteClient) -> None:
    moment = datetime.now(UTC).replace(microsecond=0)
    stored = sa.insert(StoredAssignment)
    with outside(app, writing=True) as connection:
        for lesson, days in zip(LESSONS[:3], (-1, 9, 2), strict=True):
            due = {"due_at": moment + timedelta(days=days), "assigned": True, "results_held": False}
            own = {"school_id": cast.school_id, "id": uuid7(), "classroom_id": cast.classroom_id}
            connection.execute(stored.values(**own, lesson_id=lesson, **due))
    code = app.extensions["catalog"].lesson(LESSONS[2]).code
    [line] = [row for row in rows(han.get(ACROSS)) if row[0].startswith("2학년 1반")]
    assert line[-1].startswith(code)


def test_only_own_classes_that_are_open_are_there(app: Flask, cast: Cast, han: SiteClient) -> None:
    add_students(app, cast.school_id, cast.other_classroom_id, [FOREIGN], 20)
    change(app, "UPDATE classroom SET archived_at = '2026-03-02 00:00:00' WHERE section = 12")
    page = han.get(ACROSS)
    assert [row[0].split(" 2026")[0] for row in rows(page)] == ["2학년 1반", "3학년 11반"]
    assert "2학년 2반" not in page.text


def test_who_teaches_no_class_is_told_so(app: Flask, cast: Cast, client: SiteClient) -> None:
    change(app, "DELETE FROM teaching WHERE person_id = :id", id=cast.bae.id)
    assert "맡은 학급이 없습니다" in client.sign_in(cast.bae).get(ACROSS).text


def test_as_many_statements_for_two_classes_as_for_twenty(
    app: Flask, cast: Cast, han: SiteClient, statements: list[str]
) -> None:
    statements.clear()
    han.get(ACROSS)
    few = len(statements)
    with app.app_context():
        begin_write()
        for section in range(1, 18):
            place = {"school_year": 2026, "level": "middle", "grade": 1, "section": section, "course": "middle"}
            made = add_classroom(school_id=cast.school_id, code=f"EEEE{section:04}", **place)
            db.session.flush()
            let_teach(school_id=cast.school_id, classroom_id=made.id, person_id=cast.han.id, read_only=False)
        db.session.commit()
    statements.clear()
    assert len(rows(han.get(ACROSS))) == 20
    assert len(statements) == few <= 5, statements
