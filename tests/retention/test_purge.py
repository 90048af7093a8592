"""Shows that what was announced goes at its time, all of it, once, also after a kill; and that totals stay."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from uuid_utils.compat import uuid7

from curriculum.accounts.services import add_person
from curriculum.accounts.viewer import Role
from curriculum.administration.labels import labels
from curriculum.classrooms.services import enroll, open_class
from curriculum.config import PROJECT
from curriculum.database import begin_write, db
from curriculum.progress.models import Visit
from curriculum.quizzes.models import Attempt, ItemResponse
from curriculum.quizzes.services import rebuild
from curriculum.retention import services
from curriculum.retention.models import YearTotal
from curriculum.retention.services import Purge, planned, purge
from curriculum.retention.term import kept_until
from curriculum.rosters.models import RosterImport
from curriculum.tenancy import acting_meanwhile
from tests.cast import Cast
from tests.site.rows import change, named, outside, rows_of
from tests.site.traces import traces

LESSON = "middle/consent/every-step"
THEN = datetime(2026, 6, 1, 3, tzinfo=UTC)  # in the year that ends
LATER = datetime(2027, 6, 1, 3, tzinfo=UTC)
OVER = kept_until(2026, 12)
CLASSMATES, CANARY = 7, "카나리아꼬리표"


def learn(school_id: UUID, person_id: UUID, classroom_id: UUID, moment: datetime, number: int = 1) -> None:
    """A step sent and an attempt closed, as the program writes them."""
    own: dict[str, Any] = {"school_id": school_id, "person_id": person_id, "lesson_id": LESSON}
    attempt = uuid7()
    visit = {"step": f"s{number}", "sent_at": moment}
    db.session.execute(sa.insert(Visit).values(id=uuid7(), **own, **visit))
    scored = {"points": 1, "out_of": 2, "help_route_right": True, "quiz_digest": "0" * 12, "number": number}
    times = {"opened_at": moment, "closed_at": moment, "classroom_id": classroom_id}
    db.session.execute(sa.insert(Attempt).values(id=attempt, **own, **scored, **times))
    given = {"item_id": "say", "options": ["a"], "points": 1, "counter": 1}
    db.session.execute(sa.insert(ItemResponse).values(school_id=school_id, id=uuid7(), attempt_id=attempt, **given))


@pytest.fixture
def old(app: Flask, cast: Cast) -> Flask:
    """A year with seven who took part in Gaon's class; Narae learns on in the next year, in a class of that year."""
    with app.app_context(), acting_meanwhile(cast.school_id):
        begin_write()
        for number in range(20, 20 + CLASSMATES - 2):
            who = {"role": Role.STUDENT, "display_name": CANARY, "secret_hash": ""}
            person = add_person(school_id=cast.school_id, **who)
            db.session.flush()
            enroll(school_id=cast.school_id, classroom_id=cast.classroom_id, person_id=person.id, number=number)
            learn(cast.school_id, person.id, cast.classroom_id, THEN)
        db.session.flush()
        for member in (cast.gaon, cast.narae):
            learn(cast.school_id, member.id, cast.classroom_id, THEN)
        place = {"school_year": 2027, "level": "middle", "grade": 3, "section": 1}
        new = open_class(school_id=cast.school_id, **place, course="middle", pseudonyms=False)
        enroll(school_id=cast.school_id, classroom_id=new, person_id=cast.narae.id, number=2)
        db.session.flush()
        learn(cast.school_id, cast.narae.id, new, LATER, number=2)
        rebuild(school_id=cast.school_id)
        db.session.commit()
    return app


def run(app: Flask, cast: Cast, moment: datetime = OVER, *, dry: bool = False) -> Purge:
    with app.app_context(), acting_meanwhile(cast.school_id):
        done = (planned if dry else purge)(school_id=cast.school_id, moment=moment)
        db.session.rollback()
    return done


def personal(app: Flask, cast: Cast) -> dict[str, int]:
    """How many rows about students the school has, by table; who taught a class goes with it."""
    rows = named(rows_of(app))
    return {
        name: count
        for name, label in labels().items()
        if label.of
        and name not in {"teaching", "card_reading"}
        and (count := sum(row["school_id"] == cast.school_id for row in rows[name]))
    }


def test_nothing_goes_a_second_before_its_time(old: Flask, cast: Cast) -> None:
    before = rows_of(old)
    assert run(old, cast, OVER - timedelta(seconds=1)).people == 0
    assert rows_of(old) == before


def test_what_was_announced_is_what_goes_and_a_second_run_does_nothing(old: Flask, cast: Cast) -> None:
    there = rows_of(old)
    announced, before = run(old, cast, dry=True), personal(old, cast)
    assert rows_of(old) == there
    done, after = run(old, cast), personal(old, cast)
    assert done == announced
    assert {name: before[name] - after.get(name, 0) for name in before} == {
        name: done.rows.get(name, 0) for name in before
    }
    kept = rows_of(old)
    assert run(old, cast) == Purge(2026, 0, 0, {})
    assert rows_of(old) == kept


def test_who_learns_on_keeps_the_new_year_and_nothing_of_the_old_one(old: Flask, cast: Cast) -> None:
    run(old, cast)
    rows = named(rows_of(old))
    of_nobody = {"school", "throttle"}
    here = {name: [one for one in rows[name] if one["school_id"] == cast.school_id] for name in rows.keys() - of_nobody}
    assert [one["id"] for one in here["person"] if one["role"] == "student"] == [cast.narae.id]
    assert [one["sent_at"] for one in here["visit"]] == [LATER]
    assert [one["number"] for one in here["attempt"]] == [2]
    assert [one["steps_sent"] for one in here["lesson_progress"]] == [1]
    assert [one["school_year"] for one in here["classroom"]] == [2027]
    assert len(here["item_response"]) == 1


def test_totals_of_five_or_more_stay_without_persons(old: Flask, cast: Cast) -> None:
    run(old, cast)
    with outside(old) as connection:
        columns = (YearTotal.section, YearTotal.lesson_id, YearTotal.students, YearTotal.took_part)
        assert [tuple(row) for row in connection.execute(sa.select(*columns))] == [(1, LESSON, CLASSMATES, CLASSMATES)]


def test_another_school_is_left_alone(old: Flask, cast: Cast) -> None:
    run(old, cast)
    rows = named(rows_of(old))
    assert cast.lumi.id in [one["id"] for one in rows["person"]]
    assert cast.foreign_classroom_id in [one["id"] for one in rows["classroom"]]


@pytest.mark.parametrize("parts", range(4))
def test_a_run_that_was_cut_off_is_gone_on_with_and_the_totals_are_the_first_ones(
    old: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, parts: int
) -> None:
    monkeypatch.setattr(services, "AT_ONCE", 2)
    whole = services.rows_of_people
    calls = iter(range(100))

    def cut(school_id: UUID, people: Any) -> Any:
        if next(calls) == parts:
            raise KeyboardInterrupt
        return whole(school_id, people)

    monkeypatch.setattr(services, "rows_of_people", cut)
    with pytest.raises(KeyboardInterrupt):
        run(old, cast)
    monkeypatch.setattr(services, "rows_of_people", whole)
    run(old, cast)
    assert run(old, cast, dry=True).people == 0
    with outside(old) as connection:
        assert list(connection.scalars(sa.select(YearTotal.students))) == [CLASSMATES]


@pytest.mark.only("sqlite")
def test_a_killed_command_is_gone_on_with_and_no_byte_is_left(
    old: Flask, cast: Cast, prepared: tuple[Flask, Cast, Path]
) -> None:
    folder = prepared[2] / "data"
    with old.app_context():
        db.engine.dispose()
    kill = "import os, signal; import curriculum.retention.services as s\n"
    kill += "s.AT_ONCE = 2\nthen = s.rows_of_people\ncalls = iter(range(99))\n"
    kill += "s.rows_of_people = lambda *a: os.kill(os.getpid(), signal.SIGKILL) if next(calls) == 2 else then(*a)\n"
    assert command(folder, kill) == -signal.SIGKILL
    assert traces(old, folder, CANARY) != []
    assert command(folder, "") == 0
    assert traces(old, folder, CANARY) == []


def command(folder: Path, first: str) -> int:
    """`retention run` in a process of its own, two years later."""
    code = f"{first}\nimport curriculum.retention.commands as c; from datetime import datetime, UTC\n"
    code += "c.now = lambda: datetime(2028, 3, 2, tzinfo=UTC)\nfrom curriculum.app import main; main()"
    told = {**os.environ, "DONGUI_DATA": str(folder), "PYTHONPATH": str(PROJECT)}
    arguments = [sys.executable, "-c", code, "retention", "run"]
    return subprocess.run(arguments, env=told, cwd=PROJECT, capture_output=True, timeout=60, check=False).returncode


def test_no_trace_of_those_who_went_is_left(old: Flask, cast: Cast, prepared: tuple[Flask, Cast, Path]) -> None:
    keep_a_roster(old, cast, OVER + timedelta(days=1))
    assert traces(old, prepared[2] / "data", CANARY)
    run(old, cast)
    assert traces(old, prepared[2] / "data", CANARY) == []


def test_a_roster_that_nobody_can_take_back_any_more_goes_with_every_run(app: Flask, cast: Cast) -> None:
    """Whether or not a year is over; one whose time is not over stays."""
    keep_a_roster(app, cast, OVER)
    keep_a_roster(app, cast, OVER + timedelta(days=1))
    change(app, "DELETE FROM enrollment")
    change(app, "DELETE FROM classroom")
    change(app, "DELETE FROM person WHERE role = 'student'")
    run(app, cast)
    assert len(rows_of(app)["roster_import"]) == 1


def keep_a_roster(app: Flask, cast: Cast, until: datetime) -> None:
    own = {"school_id": cast.school_id, "id": uuid7(), "person_id": cast.moon.id, "classroom_id": None}
    with outside(app, writing=True) as connection:
        connection.execute(sa.insert(RosterImport).values(**own, content=CANARY, done=None, expires_at=until))


def test_an_account_in_no_class_goes_with_the_year_it_was_made_in(app: Flask, cast: Cast) -> None:
    change(app, "DELETE FROM enrollment WHERE person_id = :id", id=cast.daon.id)
    made = datetime.fromtimestamp((cast.daon.id.int >> 80) / 1000, tz=UTC)
    assert made.year >= 2026
    assert run(app, cast, kept_until(made.year + 1, 12), dry=True).people >= 1
    assert cast.daon.id not in due_people(app, cast, made.year - 2)


def due_people(app: Flask, cast: Cast, year: int) -> list[UUID]:
    from curriculum.retention.queries import due_in

    with app.app_context(), acting_meanwhile(cast.school_id):
        return list(due_in(cast.school_id, year).people)


def test_progress_is_what_is_computed_anew(old: Flask, cast: Cast) -> None:
    run(old, cast)
    rows = rows_of(old, without=frozenset({"id"}))
    with old.app_context(), acting_meanwhile(cast.school_id):
        rebuild(school_id=cast.school_id)
        db.session.commit()
    again = rows_of(old, without=frozenset({"id"}))
    assert rows["lesson_progress"]
    assert (again["lesson_progress"], again["item_tally"]) == (rows["lesson_progress"], rows["item_tally"])
