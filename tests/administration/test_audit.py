"""Shows that what staff did is written down and read, and that no line can be changed, taken out or moved unseen."""

from collections.abc import Callable
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from curriculum.administration.commands import audit_commands
from curriculum.audit import Act, AuditHead, AuditLine, broken_at, note
from curriculum.database import begin_write, db
from curriculum.tenancy import acting_meanwhile
from tests.cast import Cast
from tests.site.rows import outside
from tests.site_client import SiteClient

LOG, CONTACTS, NEW = "/ko/school/audit", "/ko/school/contacts", "/ko/school/contacts/new"
NURSE = {"role_ko": "보건 선생님", "room_ko": "보건실", "hours_ko": "쉬는 시간"}
LINES = 30


@pytest.fixture(autouse=True)
def read_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few lines are enough where they are read few at a time."""
    monkeypatch.setattr("curriculum.audit._AT_ONCE", 7)


def written(app: Flask, cast: Cast, lines: int = LINES) -> None:
    with app.test_request_context(), acting_meanwhile(cast.school_id):
        begin_write()
        for number in range(lines):
            note(school_id=cast.school_id, act=Act.ASSIGNED, about=cast.classroom_id, detail=f"lesson-{number}")
        db.session.commit()


def broken(app: Flask, school_id: UUID) -> int | None:
    with app.test_request_context(), acting_meanwhile(school_id):
        return broken_at(school_id)


def altered(app: Flask, statement: sa.Executable) -> None:
    with outside(app, writing=True) as connection:
        connection.execute(statement)


def line(number: int) -> sa.ColumnElement[bool]:
    return AuditLine.number == number


def test_an_untouched_log_is_whole(app: Flask, cast: Cast) -> None:
    assert broken(app, cast.school_id) is None
    written(app, cast)
    assert broken(app, cast.school_id) is None


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        (lambda: sa.update(AuditLine).where(line(15)).values(act="contact-removed"), 15),
        (lambda: sa.update(AuditLine).where(line(15)).values(detail="lesson-1"), 15),
        (lambda: sa.update(AuditLine).where(line(15)).values(actor_id=UUID(int=7)), 15),
        (lambda: sa.update(AuditLine).where(line(15)).values(about_id=None), 15),
        (lambda: sa.update(AuditLine).where(line(15)).values(seal=bytes(32)), 15),
        (lambda: sa.delete(AuditLine).where(line(1)), 1),
        (lambda: sa.delete(AuditLine).where(line(15)), 15),
        (lambda: sa.delete(AuditLine).where(line(LINES)), LINES),
        (lambda: sa.delete(AuditHead), LINES + 1),
    ],
)
def test_a_line_altered_or_taken_out_is_found(
    app: Flask, cast: Cast, fault: Callable[[], sa.Executable], found: int
) -> None:
    written(app, cast)
    altered(app, fault())
    assert broken(app, cast.school_id) == found


@pytest.mark.full
@pytest.mark.parametrize("number", [1, 5_000, 9_999])
def test_one_altered_line_of_ten_thousand_is_found(app: Flask, cast: Cast, number: int) -> None:
    written(app, cast, 10_000)
    altered(app, sa.update(AuditLine).where(line(number)).values(detail="x"))
    assert broken(app, cast.school_id) == number


def test_lines_that_changed_places_are_found(app: Flask, cast: Cast) -> None:
    written(app, cast)
    for one, other in ((20, 1000), (21, 20), (1000, 21)):
        altered(app, sa.update(AuditLine).where(line(one)).values(number=other))
    assert broken(app, cast.school_id) == 20


def test_a_line_of_one_school_does_not_fit_another(app: Flask, cast: Cast) -> None:
    written(app, cast, 3)
    with outside(app, writing=True) as connection:
        for table in (AuditLine, AuditHead):
            rows = [dict(row._mapping) for row in connection.execute(sa.select(table.__table__))]
            connection.execute(sa.insert(table), [{**row, "school_id": cast.other_school_id} for row in rows])
    assert broken(app, cast.school_id) is None
    assert broken(app, cast.other_school_id) == 1


def test_the_key_of_the_site_is_needed_to_write_a_line_that_fits(app: Flask, cast: Cast) -> None:
    written(app, cast, 2)
    key, app.secret_key = app.secret_key, "another"
    try:
        assert broken(app, cast.school_id) == 1
    finally:
        app.secret_key = key


def test_what_is_done_to_the_list_of_contacts_is_written_down_with_the_name(app: Flask, cast: Cast) -> None:
    moon = SiteClient(app).sign_in(cast.moon)
    moon.get(LOG)
    moon.post(CONTACTS, NURSE, on=NEW)
    page = moon.get(LOG)
    rows = [["".join(cell.itertext()).strip() for cell in row.iter("td")] for row in page.all("tr")][1:]
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("1", cast.moon.name, "우리 학교 도움받을 곳을 추가했습니다.")
    ]
    assert "보건" not in page.text.split("<main")[1].split("</main>")[0]


def test_a_request_that_is_refused_leaves_no_line(app: Flask, cast: Cast) -> None:
    moon = SiteClient(app).sign_in(cast.moon)
    moon.post(CONTACTS, {"role_ko": ""}, on=NEW, status=422)
    with outside(app) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(AuditLine)) == 0


def test_a_broken_log_is_said_on_its_page_and_by_the_command(app: Flask, cast: Cast) -> None:
    written(app, cast, 60)
    moon, runner = SiteClient(app).sign_in(cast.moon), app.test_cli_runner()
    assert "모두 60줄이고, 바뀌거나 빠진 줄이 없습니다." in moon.get(LOG).text
    assert runner.invoke(audit_commands(), ["check"]).exit_code == 0
    altered(app, sa.update(AuditLine).where(line(7)).values(detail="x"))
    assert "7번 줄부터 기록이 맞지 않습니다." in moon.get(LOG).text
    told = runner.invoke(audit_commands(), ["check"])
    assert (told.exit_code, "line 7 does not fit" in told.output) == (1, True)
    moon.get(f"{LOG}?page=2")
    moon.get(f"{LOG}?page=3", status=404)


def test_nobody_but_an_administrator_reads_it_and_another_school_has_its_own(app: Flask, cast: Cast) -> None:
    written(app, cast, 1)
    for member in (cast.yu, cast.han, cast.gaon):
        SiteClient(app).sign_in(member).get(LOG, status=404)
