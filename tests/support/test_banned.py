"""Shows that contacts and names that must not be printed are found, with file, line and what to write instead."""

from pathlib import Path

import pytest

from curriculum.config import LESSONS
from curriculum.support.banned import BANNED, banned_contacts


def test_it_works() -> None:
    assert banned_contacts(LESSONS) == []


@pytest.mark.parametrize(("text", "remedy"), BANNED)
@pytest.mark.parametrize("name", ["middle/help/lesson/ko.md", "contacts.toml"])
def test_a_planted_one_is_found_with_file_line_and_remedy(tmp_path: Path, name: str, text: str, remedy: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"첫 줄\n\n여기에 {text} 있어요\n", "utf-8")
    [problem] = banned_contacts(tmp_path)
    assert (problem.path, problem.line, problem.detail) == (path, 3, text)
    assert problem.remedy == remedy


def test_every_place_is_found(tmp_path: Path) -> None:
    (tmp_path / "en.md").write_text("1393\n1393\nd4u.or.kr 1393\n", "utf-8")
    assert [problem.line for problem in banned_contacts(tmp_path)] == [1, 2, 3, 3]


def test_other_files_are_not_content(tmp_path: Path) -> None:
    (tmp_path / "picture.svg").write_text("1393", "utf-8")
    assert banned_contacts(tmp_path) == []
