"""Shows the demo school: believable, whole, consistent with itself, and never loaded over a school."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner, Result
from flask import Flask

from curriculum.accounts import secret
from curriculum.accounts.queries import school_ids
from curriculum.cli import command_line
from curriculum.database import db
from curriculum.operations.demo_names import GIVEN_NAMES
from curriculum.operations.services import SIGN_INS, keep_sign_ins, new_sign_ins
from curriculum.quizzes.services import rebuild
from tests.site.another_app import another_app
from tests.site.rows import VOLATILE, outside, rows_of
from tests.site_client import SiteClient

# What a school made anew has of its own.
OWN = frozenset(
    {"school_id", "person_id", "classroom_id", "secret_hash", "body_digest", "about_id", "actor_id", "at", "seal"}
    | {"recorded_at"}
)


def run(app: Flask, *words: str) -> Result:
    """Run one of the app's commands."""
    return CliRunner().invoke(command_line(app.extensions["settings"], lambda: app), list(words))


def load(app: Flask) -> Result:
    return run(app, "demo", "load", "--data", str(app.extensions["settings"].data))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo school, loaded once by its command; the tests only read it."""
    slow, secret.HASHER = secret.HASHER, PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)
    secret._of_nobody.cache_clear()
    with another_app(tmp_path_factory.mktemp("demo"), demo=True) as app:
        result = load(app)
        assert result.exit_code == 0, result.output
        yield app
    secret.HASHER = slow


def sign_ins_of(app: Flask) -> dict[str, Any]:
    folder = app.extensions["settings"].data
    found: dict[str, Any] = json.loads((folder / SIGN_INS).read_text("utf-8"))
    return found


def test_it_works(demo: Flask) -> None:
    found = {table: len(rows) for table, rows in rows_of(demo).items()}
    assert found["school"] == 1
    assert (found["person"], found["classroom"], found["enrollment"]) == (88, 3, 84)
    assert found["attempt"] > 84
    assert found["visit"] > 84
    assert found["throttle"] == found["sign_in_session"] == 0


def test_its_staff_has_every_role(demo: Flask) -> None:
    roles = sorted(row[2] for row in rows_of(demo)["person"] if row[2] != "student")
    assert roles == ["administrator", "counsellor", "teacher", "teacher"]


def test_its_sign_ins_are_for_their_owner_only(demo: Flask) -> None:
    path = demo.extensions["settings"].data / SIGN_INS
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_everybody_of_it_can_sign_in(demo: Flask) -> None:
    sign_ins = sign_ins_of(demo)
    for one in sign_ins["classes"]:
        for student in (one["students"][0], one["students"][-1]):
            client = SiteClient(demo)
            client.post("/ko/join", {"code": one["class_code"]})
            client.post("/ko/join/number", {"number": student["number"], "code": student["code"]})
            assert student["name"] in client.get("/ko/class").text
    for person in sign_ins["staff"]:
        SiteClient(demo).post("/ko/sign-in", {"email": person["email"], "password": person["password"]})


def test_its_sign_ins_are_printed_and_nothing_else_is(demo: Flask) -> None:
    result = run(demo, "demo", "sign-ins", "--json", "--data", str(demo.extensions["settings"].data))
    assert result.exit_code == 0
    assert json.loads(result.output) == sign_ins_of(demo)


def test_a_folder_without_a_demo_has_no_sign_ins(demo: Flask, tmp_path: Path) -> None:
    result = run(demo, "demo", "sign-ins", "--json", "--data", str(tmp_path))
    assert result.exit_code != 0
    assert "holds no demo school" in result.output


def test_its_figures_are_those_that_recounting_gives(demo: Flask) -> None:
    """Progress rows and item tallies are what visits, attempts and responses come to."""
    before = rows_of(demo, without=VOLATILE)
    with demo.app_context():
        [(school_id, name)] = school_ids()
        assert name == "너른들중학교"
        counted = rebuild(school_id=school_id)
        db.session.commit()
    after = rows_of(demo, without=VOLATILE)
    assert counted == (len(before["lesson_progress"]), len(before["item_tally"]))
    assert after == before


def test_its_term_is_a_believable_one(demo: Flask) -> None:
    with outside(demo) as connection:
        rows = connection.exec_driver_sql("SELECT points, out_of, help_route_right FROM attempt").all()
    shares = [row[0] / row[1] for row in rows]
    assert 0.5 < sum(shares) / len(shares) < 0.95
    assert len({round(share, 2) for share in shares}) > 5
    assert {bool(row[2]) for row in rows} == {True, False}


def test_a_class_has_chosen_in_stories_of_lessons_it_had(demo: Flask) -> None:
    with outside(demo) as connection:
        had = connection.exec_driver_sql(
            "SELECT e.classroom_id, p.lesson_id FROM lesson_progress p JOIN enrollment e ON e.person_id = p.person_id"
        ).all()
        chosen = connection.exec_driver_sql("SELECT classroom_id, lesson_id FROM story_tally").all()
    assert set(map(tuple, chosen)) <= set(map(tuple, had))
    assert len({lesson_id for _, lesson_id in chosen}) > 1


def test_its_teacher_sees_a_class_at_work(demo: Flask) -> None:
    teacher = next(one for one in sign_ins_of(demo)["staff"] if one["role"] == "teacher")
    client = SiteClient(demo)
    client.post("/ko/sign-in", {"email": teacher["email"], "password": teacher["password"]})
    page = client.get("/ko/teach/")
    links = [one.attrib["href"] for one in page.all("a") if "/teach/classes/" in one.attrib["href"]]
    assert len(links) == 3
    names = [student["name"] for student in sign_ins_of(demo)["classes"][0]["students"]]
    pages = [client.get(link) for link in links]
    assert any(all(name in one.text for name in names) for one in pages)
    assert all("체험용 학교" in one.text for one in pages)


def test_loading_it_again_keeps_its_sign_ins_and_makes_it_once(demo: Flask) -> None:
    kept, before = sign_ins_of(demo), rows_of(demo, without=VOLATILE | OWN)
    assert load(demo).exit_code == 0
    assert sign_ins_of(demo) == kept
    before["sign_in_session"] = []  # who was signed in at the old one is not at the new one
    # The same term from the same seed: nothing but ids, secrets and moments differs.
    assert rows_of(demo, without=VOLATILE | OWN) == before


@pytest.mark.parametrize("told", [False, True])
def test_it_is_refused_where_a_school_may_be(tmp_path: Path, told: bool) -> None:
    """Without DONGUI_DEMO, and into any other folder than its own."""
    with another_app(tmp_path / "school", demo=told) as app:
        folder = tmp_path / "elsewhere" if told else app.extensions["settings"].data
        folder.mkdir(exist_ok=True)
        before = rows_of(app)
        result = run(app, "demo", "load", "--data", str(folder))
        assert result.exit_code != 0
        assert "DONGUI_DEMO=1" in result.output
        assert rows_of(app) == before
        assert not (folder / SIGN_INS).exists()


def test_codes_and_passwords_are_made_at_random() -> None:
    one, other = new_sign_ins(), new_sign_ins()
    assert all(mine["password"] != yours["password"] for mine, yours in zip(one["staff"], other["staff"], strict=True))
    codes = [student["code"] for entry in one["classes"] for student in entry["students"]]
    assert len(codes) == 84
    assert codes != [student["code"] for entry in other["classes"] for student in entry["students"]]
    assert len({entry["class_code"] for entry in (*one["classes"], *other["classes"])}) == 6


def test_sign_ins_are_made_once_and_kept(tmp_path: Path) -> None:
    assert keep_sign_ins(tmp_path) == keep_sign_ins(tmp_path)


def test_no_two_students_share_a_name() -> None:
    assert len(set(GIVEN_NAMES)) == len(GIVEN_NAMES) == 84
