"""Shows that a roster is read before anything is done, done as a whole, and undone while nothing depends on it."""

import io
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from curriculum.classrooms.school_year import school_year_of
from curriculum.config import PROJECT
from curriculum.database import db, now
from curriculum.rosters import batch
from tests.cast import Cast
from tests.databases import at_once
from tests.inspection import Page
from tests.site.rows import change, count, named, rows_of
from tests.site_client import SiteClient

Visitors = Callable[[], SiteClient]


def roster_of(cast: Cast) -> str:
    return f"/ko/teach/classes/{cast.classroom_id}/roster"


def send(client: SiteClient, path: str, text: str, **more: Any) -> str:
    """Send a roster as text; where its plan stands."""
    client.post(path, {"text": text, **more})
    return client.location


def decide(
    client: SiteClient, plan: str, way: str, *, status: int = 303, shown: str | None = None, consent: str = "paper"
) -> Page:
    page = client.get(plan)
    digest = [one.attrib["value"] for one in page.all("input") if one.attrib.get("name") == "shown"]
    return client.post(plan, {"way": way, "shown": shown or (digest or [""])[0], "consent": consent}, status=status)


def names(app: Flask, classroom_id: object) -> dict[int, str]:
    from sqlalchemy import text

    from tests.site.rows import outside

    query = (
        "SELECT e.number, p.display_name FROM enrollment e JOIN person p ON p.id = e.person_id WHERE e.classroom_id = "
    )
    with outside(app) as connection:
        value = classroom_id if connection.dialect.name == "postgresql" else getattr(classroom_id, "hex", "")
        return {row[0]: row[1] for row in connection.execute(text(query + ":one"), {"one": value})}


@pytest.fixture
def han(client: SiteClient, cast: Cast) -> SiteClient:
    """A teacher with every right in the class."""
    return client.sign_in(cast.han)


@pytest.fixture
def moon(client: SiteClient, cast: Cast) -> SiteClient:
    """The administrator."""
    return client.sign_in(cast.moon)


def test_it_works(app: Flask, cast: Cast, han: SiteClient) -> None:
    before = rows_of(app)["person"]
    plan = send(han, roster_of(cast), "1 가온\n2 나리\n20 새봄\nx 다온")
    page = han.get(plan)
    assert [word in page.text for word in ("새봄", "나래", "나리", "다온")] == [True] * 4
    assert rows_of(app)["person"] == before  # it was only read
    decide(han, plan, "apply")
    assert names(app, cast.classroom_id) == {1: "가온", 2: "나리", 9: "사라", 20: "새봄"}
    assert "roster-applied" in repr(rows_of(app)["audit_line"])
    assert "새봄" not in repr(rows_of(app)["roster_import"])  # what was read is not kept
    decide(han, plan, "undo")
    assert names(app, cast.classroom_id) == {1: "가온", 2: "나래", 9: "사라"}
    assert count(app, "roster_import") == 0


def test_where_no_guardian_has_agreed_students_are_numbers_until_one_has(
    app: Flask, cast: Cast, han: SiteClient
) -> None:
    text = "2 나리\n20 새봄"
    decide(han, send(han, roster_of(cast), text), "apply", consent="")
    assert names(app, cast.classroom_id) == {1: "가온", 2: "나래", 9: "사라", 20: "20번"}
    assert count(app, "guardian_consent") == 0
    assert "새봄" not in repr(rows_of(app))
    decide(han, send(han, roster_of(cast), text), "apply", consent="nonsense")
    assert count(app, "guardian_consent") == 0
    decide(han, send(han, roster_of(cast), text), "apply", consent="online")
    assert names(app, cast.classroom_id) == {1: "가온", 2: "나리", 9: "사라", 20: "새봄"}
    assert count(app, "guardian_consent") == 2


def test_the_same_file_twice_has_nothing_to_do(app: Flask, cast: Cast, han: SiteClient) -> None:
    text = "20 새봄\n21 한울"
    decide(han, send(han, roster_of(cast), text), "apply")
    before = names(app, cast.classroom_id)
    page = han.get(send(han, roster_of(cast), text))
    assert 'value="apply"' not in page.text
    assert names(app, cast.classroom_id) == before


def test_a_new_student_comes_in_only_with_a_slip(app: Flask, cast: Cast, han: SiteClient, visitor: Visitors) -> None:
    decide(han, send(han, roster_of(cast), "20 새봄"), "apply")
    guest = visitor()
    guest.post("/ko/join", {"code": "AAAA1111"})
    for code in ("000000", ""):
        guest.post("/ko/join/number", {"number": 20, "code": code}, status=422)


def test_what_was_shown_is_what_is_done_or_nothing_is(
    app: Flask, cast: Cast, han: SiteClient, visitor: Visitors
) -> None:
    mine = send(han, roster_of(cast), "20 새봄")
    other = visitor().sign_in(cast.moon)
    theirs = send(other, f"/ko/school/classes/{cast.classroom_id}/roster", "20 한울")
    shown = next(one.attrib["value"] for one in han.get(mine).all("input") if one.attrib.get("name") == "shown")
    decide(other, theirs, "apply")
    page = decide(han, mine, "apply", status=409, shown=shown)
    assert names(app, cast.classroom_id)[20] == "한울"
    assert "한울" in page.text  # the plan as it is now


def test_of_two_administrators_who_save_rosters_of_one_class_at_once_one_is_shown_what_has_changed(
    app: Flask, cast: Cast, moon: SiteClient, visitor: Visitors
) -> None:
    change(app, "UPDATE person SET role = 'administrator' WHERE id = :id", id=cast.yu.id)
    clients, texts = [moon, visitor().sign_in(cast.yu)], ["2,9,1,새봄\n2,9,2,한울", "2,9,1,노을\n2,9,2,마루"]
    plans = [send(client, "/ko/school/roster", **school(text)) for client, text in zip(clients, texts, strict=True)]

    def save(client: SiteClient, plan: str) -> Callable[[], object]:
        form = {"csrf_token": client.token(plan), "way": "apply", "consent": "paper"}
        form["shown"] = shown_on(client.client, plan)
        return lambda: client.client.post(plan, data=form).status_code

    statuses = at_once(*(save(client, plan) for client, plan in zip(clients, plans, strict=True)))
    assert sorted(map(str, statuses)) == ["303", "409"]
    [made] = [row["id"] for row in named(rows_of(app))["classroom"] if row["section"] == 9]
    assert set(names(app, made).values()) in ({"새봄", "한울"}, {"노을", "마루"})


@pytest.mark.parametrize("touch", ["slip", "today", "moved", "renamed"])
def test_a_roster_on_which_something_depends_is_not_undone(app: Flask, cast: Cast, han: SiteClient, touch: str) -> None:
    plan = send(han, roster_of(cast), "2 나리\n20 새봄")
    decide(han, plan, "apply")
    cards = f"/ko/teach/classes/{cast.classroom_id}/cards"
    if touch == "moved":
        change(app, "UPDATE enrollment SET number = 33 WHERE number = 20")
    elif touch == "renamed":
        change(app, "UPDATE person SET display_name = 'x' WHERE display_name = '나리'")
    else:
        han.post(cards, {"way": "one" if touch == "slip" else "today", "number": 20}, status=200)
    before = rows_of(app)
    decide(han, plan, "undo", status=409)
    assert rows_of(app) == before


def test_nothing_is_kept_that_nobody_confirms(app: Flask, cast: Cast, han: SiteClient) -> None:
    plan = send(han, roster_of(cast), "20 새봄")
    change(app, "UPDATE roster_import SET expires_at = '2020-01-01 00:00:00'")
    han.get(plan, status=404)
    send(han, roster_of(cast), "21 한울")
    assert count(app, "roster_import") == 1


def test_a_roster_is_shown_to_who_sent_it_alone(cast: Cast, han: SiteClient, visitor: Visitors) -> None:
    plan = send(han, roster_of(cast), "20 새봄")
    for member in (cast.bae, cast.lim, cast.moon):
        visitor().sign_in(member).get(plan, status=404)


def test_who_is_taken_off_the_class_can_no_longer_apply(app: Flask, cast: Cast, han: SiteClient) -> None:
    plan = send(han, roster_of(cast), "20 새봄")
    token = han.token(plan)
    change(app, "DELETE FROM teaching WHERE person_id = :id", id=cast.han.id)
    assert han.client.post(plan, data={"csrf_token": token, "way": "apply"}).status_code == 404
    assert 20 not in names(app, cast.classroom_id)


def test_a_read_only_teacher_reads_no_roster_in(cast: Cast, client: SiteClient) -> None:
    client.sign_in(cast.lim).get(roster_of(cast), status=404)


PROBLEMS = ["", "\n\n", "번호,학년\n1,2", "\0", "1 가온\n" * 6_000]


@pytest.mark.parametrize("text", PROBLEMS)
def test_what_cannot_be_read_is_said_kindly_and_kept_in_the_form(
    app: Flask, cast: Cast, han: SiteClient, text: str
) -> None:
    page = han.post(roster_of(cast), {"text": text}, status=422)
    assert (page.all("textarea")[0].text or "").split() == text.replace("\0", "").split()
    assert 'role="alert"' in page.text
    assert count(app, "roster_import") == 0


def test_a_file_is_what_its_bytes_say(app: Flask, cast: Cast, han: SiteClient) -> None:
    path = roster_of(cast)
    for data, status in (
        ("20,새봄\n".encode("cp949"), 303),
        (b"\x89PNG\r\n\x1a\n\0\0", 422),
        (b"1,a\n" * 100_000, 422),
    ):
        form = {"csrf_token": han.token(path), "file": (io.BytesIO(data), "roster.xlsx"), "text": ""}
        assert han.client.post(path, data=form).status_code == status


def test_a_class_without_names_never_stores_one(app: Flask, cast: Cast, moon: SiteClient) -> None:
    here = f"/ko/school/classes/{cast.classroom_id}"
    moon.post(here, {"way": "numbers"})
    plan = send(moon, f"{here}/roster", "1 가온\n20 새봄")
    assert "새봄" not in moon.get(plan).text
    assert "새봄" not in repr(rows_of(app)["roster_import"])
    decide(moon, plan, "apply")
    assert names(app, cast.classroom_id) == {1: "1번", 2: "2번", 9: "9번", 20: "20번"}


def school(lines: str) -> dict[str, str]:
    return {"text": lines, "level": "middle", "school_year": str(school_year_of(now()))}


def whole_school(count: int) -> dict[str, str]:
    lines = [
        f"{grade},{section},{number},학생{chr(0xAC00 + number)}{chr(0xB098 + section)}"
        for grade in (1, 2, 3)
        for section in range(11, 27)
        for number in range(1, 33)
    ]
    return school("\n".join(lines[:count]))


def shown_on(raw: FlaskClient, plan: str) -> str:
    [shown] = set(re.findall(r'name="shown" value="(\w+)"', raw.get(plan).text))
    return shown


def progress(page: str) -> list[int]:
    """What the bar says: how far, of how many."""
    return [int(found) for name in ("value", "max") for found in re.findall(rf'<progress[^>]* {name}="(\d+)"', page)]


def test_a_school_moves_in_within_five_seconds_and_sees_how_far_it_is(app: Flask, cast: Cast, moon: SiteClient) -> None:
    raw, token = moon.client, moon.token("/ko/school/roster")
    # Seconds of work, so that what else a machine does decides nothing; and without the inspection of so long a page,
    # which takes longer than all the rest.
    begun = time.process_time()
    plan = raw.post("/ko/school/roster", data={"csrf_token": token, **whole_school(1500)}).location
    form = {"csrf_token": token, "way": "apply", "consent": "paper"}
    raw.post(plan, data={**form, "shown": shown_on(raw, plan)})
    seen = []
    while page := progress(raw.get(plan).text):
        seen.append(page)
        raw.post(plan, data=form)
    assert time.process_time() - begun < 5
    assert seen == [[512, 1500], [1024, 1500]]
    assert count(app, "enrollment") == 1500 + 5
    before = rows_of(app)
    decide(moon, plan, "undo")
    assert count(app, "enrollment") == 5
    assert len(before["classroom"]) - count(app, "classroom") == 47


@pytest.fixture
def halfway(app: Flask, cast: Cast, moon: SiteClient, monkeypatch: pytest.MonkeyPatch) -> str:
    """A roster of three classes of which one is done."""
    monkeypatch.setattr(batch, "AT_ONCE", 2)
    plan = send(
        moon, "/ko/school/roster", **school("3,1,1,새봄\n3,2,1,한울\n3,1,2,가람\n3,2,2,노을\n3,3,1,=1+1\n3,3,2,마루")
    )
    decide(moon, plan, "apply")
    return plan


def test_what_is_done_is_done_by_whole_classes_and_the_rest_is_gone_on_with(
    app: Flask, cast: Cast, moon: SiteClient, halfway: str
) -> None:
    page = moon.get(halfway)
    assert (progress(page.text), "5줄 가운데 2줄" in page.words()) == ([2, 5], True)
    assert count(app, "classroom") == 3 + 1
    assert "한울" in repr(rows_of(app)["roster_import"])
    assert "새봄" not in repr(rows_of(app)["roster_import"])  # of what is done nothing more is kept
    for _ in range(2):
        moon.post(halfway, {"way": "apply"})
    assert progress(moon.get(halfway).text) == []
    assert count(app, "enrollment") == 5 + 5
    moon.post(halfway, {"way": "apply"})  # pressed once too often
    assert count(app, "enrollment") == 5 + 5
    decide(moon, halfway, "undo")
    assert (count(app, "classroom"), count(app, "enrollment")) == (3, 5)


def test_halfway_it_can_be_left_at_that_or_taken_back(app: Flask, cast: Cast, moon: SiteClient, halfway: str) -> None:
    moon.post(halfway, {"way": "drop"})
    assert "한울" not in repr(rows_of(app))
    assert count(app, "enrollment") == 5 + 2
    decide(moon, halfway, "undo")
    assert (count(app, "classroom"), count(app, "enrollment")) == (3, 5)


def test_halfway_a_class_that_somebody_else_has_changed_is_shown_before_it_is_done(
    app: Flask, cast: Cast, moon: SiteClient, halfway: str
) -> None:
    other = send(moon, "/ko/school/roster", **school("3,2,1,다솜"))
    decide(moon, other, "apply")
    moon.post(halfway, {"way": "apply"}, status=409)
    page = moon.get(halfway)
    assert ("다솜" in page.text, 'name="consent"' in page.text) == (True, False)
    for _ in range(2):
        decide(moon, halfway, "apply")
    assert count(app, "enrollment") == 5 + 5


@pytest.mark.only("sqlite")
def test_a_server_that_is_killed_leaves_no_class_half_done(
    app: Flask, cast: Cast, moon: SiteClient, halfway: str, prepared: tuple[Flask, Cast, Path]
) -> None:
    before = rows_of(app)
    with app.app_context():
        db.engine.dispose()
    assert killed_in_a_batch(prepared[2] / "data", halfway.rpartition("/")[2], cast) == -signal.SIGKILL
    assert rows_of(app) == before
    assert progress(moon.get(halfway).text) == [2, 5]


KILLED = """
import os, signal, sys, uuid
import curriculum.rosters.services as services
from curriculum.accounts.viewer import Role, Viewer
from curriculum.app import create_app
from curriculum.config import Settings
from curriculum.rosters.queries import sent_roster
from curriculum.tenancy import acting_meanwhile
school, person, roster = map(uuid.UUID, sys.argv[1:])
services.note = lambda **_: os.kill(os.getpid(), signal.SIGKILL)  # all is written, nothing is committed
who = {"school_id": school, "id": person, "role": Role.ADMINISTRATOR}
viewer = Viewer(**who, display_name="", school_name="", token="")
with create_app(Settings.from_environment()).app_context(), acting_meanwhile(school):
    sent = sent_roster(viewer, roster)
    services.apply_roster(viewer=viewer, sent=sent, shown="", course="middle", consent=None)
"""


def killed_in_a_batch(folder: Path, roster: str, cast: Cast) -> int:
    told = {**os.environ, "DONGUI_DATA": str(folder), "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-c", KILLED, str(cast.school_id), str(cast.moon.id), roster]
    return subprocess.run(command, env=told, cwd=PROJECT, timeout=60, check=False).returncode


def test_another_schools_class_is_never_met(app: Flask, cast: Cast, moon: SiteClient) -> None:
    before = names(app, cast.foreign_classroom_id)
    year = rows_of(app)["classroom"][0]
    assert year
    plan = send(moon, "/ko/school/roster", **school("2,3,1,새봄"))
    decide(moon, plan, "apply")
    assert names(app, cast.foreign_classroom_id) == before
    moon.get(f"/ko/school/classes/{cast.foreign_classroom_id}/roster", status=404)


def test_both_languages(cast: Cast, han: SiteClient) -> None:
    path = roster_of(cast).replace("/ko/", "/en/")
    han.get(path)
    plan = send(han, path, "1 가온\n2 나리\n20 새봄\n20 한울\nx\n21 =1+1")
    han.get(plan)
    decide(han, plan, "apply")
    han.get(plan)
