"""Shows that docs/review.md is current: its table is that of the lessons, and every code it names is known."""

import re
import shutil
from pathlib import Path

import pytest

from curriculum.catalog.commands import REVIEW
from curriculum.catalog.pack import read_pack
from curriculum.catalog.record import BEGIN, END, NoPlace, with_record
from curriculum.quizzes.check import REMEDY

ROOT = Path(__file__).parents[2]
LESSONS = ROOT / "lessons"


def rows_of(page: str) -> list[list[str]]:
    """The cells of the table, but for its two head lines."""
    lines = page.partition(BEGIN)[2].partition(END)[0].strip().split("\n")[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_table_is_current() -> None:
    page = REVIEW.read_text("utf-8")
    assert page == with_record(page, read_pack(LESSONS)), "run: python3 run.py content record"


def test_the_totals_are_those_of_the_lessons_above() -> None:
    rows = rows_of(REVIEW.read_text("utf-8"))
    lessons, courses = [row for row in rows if "**" not in row[0]], [row for row in rows if "**" in row[0]]
    assert len(lessons) == len(read_pack(LESSONS).lessons)
    for column in (1, 2):
        assert len({row[column] for row in lessons}) > 1
        assert _sum(lessons, column) == _sum(courses, column)
    assert sum(int(number) for row in lessons for number in re.findall(r"\d+", row[3])) == _sum(courses, 3)


def _sum(rows: list[list[str]], column: int) -> int:
    return sum(int(row[column].split()[0].replace(",", "")) for row in rows)


def test_a_row_says_how_long_a_lesson_is_and_what_students_find_in_it(tmp_path: Path) -> None:
    pack = shutil.copytree(ROOT / "tests" / "catalog" / "pack", tmp_path / "lessons")
    story = 'scenes = [{ ko = "{fact:of-the-story}" }, { ko = "{contact:pencil-line}" }]'
    (pack / "middle" / "pencils" / "asking" / "story.toml").write_text(story, "utf-8")
    (row, total) = rows_of(with_record(f"{BEGIN}{END}", read_pack(pack)))
    facts = "`of-the-story`, `pencil-custom`, `pencil-law`"
    assert row == ["B1.1 `middle/pencils/asking`", "115", "54", "1 single", "2", facts]
    assert total == ["**middle: 1 lessons**", "115", "54", "1 items", "1 stories", "3 facts"]


def test_a_page_without_its_markers_is_refused() -> None:
    with pytest.raises(NoPlace, match="content record"):
        with_record("# Nothing\n", read_pack(LESSONS))


def test_every_rule_has_its_row_and_every_code_it_names_is_one_of_the_check() -> None:
    page = REVIEW.read_text("utf-8")
    rules = re.findall(r"^\| ([PS]\d+) \|", page, re.MULTILINE)
    assert rules == [*(f"P{number}" for number in range(1, 21)), *(f"S{number}" for number in range(1, 16))]
    table = page.partition("## The rules")[2].partition("## The lessons")[0]
    named = {code for code in re.findall(r"`([a-z]+(?: [a-z0-9]+)+)`", table) if code != "facts check"}
    python = (path.read_text("utf-8") for path in (ROOT / "curriculum").glob("*/*.py"))
    known = "".join([*python, (LESSONS / "rules.toml").read_text("utf-8")])
    assert len(named) > 40
    assert {
        code for code in named if f'"{code.replace(" ", "_")}"' not in known and code.replace(" ", "-") not in REMEDY
    } == set()


def test_every_rule_of_the_file_is_named() -> None:
    codes = re.findall(r'^code = "(\w+)"', (LESSONS / "rules.toml").read_text("utf-8"), re.MULTILINE)
    page = REVIEW.read_text("utf-8")
    assert [code for code in codes if f"`{code.replace('_', ' ')}`" not in page] == []
