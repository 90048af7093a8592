"""The commands say what they found, and leave with 1 when there is something to do."""

from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner

from curriculum.catalog.commands import content_commands, facts_commands
from curriculum.catalog.problem import Problem

LESSON = "middle/pencils/asking"


def rewrite(pack: Path, rule: str) -> Path:
    path = pack / LESSON / "ko.md"
    path.write_text(path.read_text(encoding="utf-8").replace("서로 들어요.", rule), encoding="utf-8")
    return path


def test_content_check_is_content_with_a_sound_pack(pack: Path) -> None:
    result = CliRunner().invoke(content_commands(pack), ["check"])
    assert (result.exit_code, result.output) == (0, "0 problems\n")


def test_content_check_names_file_line_and_remedy_and_asks_the_other_features_too(pack: Path) -> None:
    path = pack / LESSON / "ko.md"
    path.write_text(path.read_text(encoding="utf-8").replace("서로 들어요.", "서로 <b>들어요</b>."), encoding="utf-8")
    extra = Problem(pack / "quiz.toml", 3, "key_missing", "add the key", "ask")
    result = CliRunner().invoke(content_commands(pack, [lambda _folder: [extra]]), ["check"])
    assert result.exit_code == 1
    assert f"{path}:12: raw html (<b>) — write it in Markdown\n" in result.output
    assert f"{pack}/quiz.toml:3: key missing (ask) — add the key\n" in result.output


def test_content_stamp_settles_a_changed_original(pack: Path) -> None:
    path = pack / LESSON / "ko.md"
    path.write_text(path.read_text(encoding="utf-8").replace("서로 들어요.", "서로 잘 들어요."), encoding="utf-8")
    commands = content_commands(pack)
    assert CliRunner().invoke(commands, ["check"]).exit_code == 1
    assert CliRunner().invoke(commands, ["stamp", LESSON]).output == f"{LESSON}: stamped\n"
    assert CliRunner().invoke(commands, ["check"]).exit_code == 0


def test_content_stamp_says_when_there_is_no_such_lesson(pack: Path) -> None:
    result = CliRunner().invoke(content_commands(pack), ["stamp", "middle/pencils/nothing"])
    assert result.exit_code == 1
    assert "middle/pencils/nothing" in result.output


@pytest.mark.parametrize(
    ("now", "soon", "count"), [("2026-04-30T14:59Z", 0, 0), ("2026-06-30T14:59Z", 3, 0), ("2026-06-30T15:00Z", 0, 3)]
)
def test_facts_check_fails_from_the_korean_day_after_a_review_day(pack: Path, now: str, soon: int, count: int) -> None:
    with time_machine.travel(now, tick=False):
        result = CliRunner().invoke(facts_commands(pack), ["check"])
    assert result.exit_code == (1 if count else 0)
    assert result.output.endswith(f"{soon} due within 60 days\n{count} overdue\n")
    assert result.output.count("due by 2026-06-30") == soon
    assert result.output.count("overdue since 2026-06-30") == count
