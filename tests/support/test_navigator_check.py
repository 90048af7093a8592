"""The check of the navigator: one planted fault per code, each found in its file and on its line."""

import re
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import CliRunner

from curriculum.catalog.problem import ContentError
from curriculum.cli import command_line
from curriculum.config import Settings
from curriculum.support import name_check, path_check, plan_check
from curriculum.support.plan_check import load_navigator, navigator_problems

ASKING, PLAN = "help/questions.toml", "help/plan.toml"
CANNOT_BE_SHOWN = {
    *("file_missing", "file_not_utf8", "toml_invalid", "field_invalid"),
    *("id_repeated", "sections_differ", "question_unknown", "option_unknown", "contact_unknown", "reference_unknown"),
}

# code, file, what is replaced, by what, the words on whose line the fault is reported (none: line 1)
Fault: TypeAlias = tuple[str, str, str | None, str | None, str | None]
FAULTS: list[Fault] = [
    ("file_missing", ASKING, None, None, None),
    ("file_missing", PLAN, None, None, None),
    ("file_not_utf8", PLAN, "천천히", "\udcff", None),
    ("toml_invalid", PLAN, 'id = "calm"', 'id = "calm', None),
    ("field_invalid", ASKING, 'en = "Yes"', "", None),  # in one language only
    ("field_invalid", ASKING, "hint.en", "hnt.en", None),
    ("field_invalid", ASKING, 'id = "hurry"', 'id = "in a hurry"', None),
    ("field_invalid", PLAN, 'country = ["us"]', "country = []", None),
    ("id_repeated", ASKING, 'id = "hurry"', 'id = "who"', 'id = "who"'),
    ("id_repeated", ASKING, 'id = "no"', 'id = "yes"', 'id = "yes"'),
    ("id_repeated", PLAN, 'id = "wait"', 'id = "box"', 'id = "box"'),
    ("sections_differ", PLAN, 'id = "school"', 'id = "home"', None),
    ("question_unknown", ASKING, "asked = { who", "asked = { country", 'id = "hurry"'),  # asked only later
    ("question_unknown", PLAN, "hurry = [", "speed = [", 'id = "borrow"'),
    ("option_unknown", ASKING, 'who = ["owner"]', 'who = ["thief"]', 'id = "hurry"'),
    ("option_unknown", PLAN, 'hurry = ["yes"]', 'hurry = ["perhaps"]', 'id = "borrow"'),
    ("contact_unknown", PLAN, '"pencil-friend"]', '"pencil-foe"]', 'id = "call-here"'),
    ("reference_unknown", PLAN, 'ko = "{fact:pencil-law}"', 'ko = "{fact:pencil-lore}"', "{fact:pencil-lore}"),
    ("number_by_hand", PLAN, "며칠", "7일", "7일"),
    ("number_by_hand", ASKING, "시험이 곧", "시험이 3분 뒤에", "3분"),
    ("markup_in_title", ASKING, "내 연필이에요", "**내** 연필이에요", "**내** 연필이에요"),
    ("raw_html", PLAN, "Wait a few days.", "Wait <b>a few</b> days.", "<b>"),
    ("word_avoided", PLAN, "언제 사라졌는지", "도둑 연필이 언제 사라졌는지", "도둑"),
    ("text_empty", PLAN, "Breathe slowly.", " ", 'en = " "'),
    ("sentence_not_quoted", PLAN, "“My pencil is gone.”", "My pencil is gone.", 'id = "say-owner"'),
    ("speaker_missing", PLAN, 'when = { who = ["finder"] }', 'when = { country = ["kr"] }', 'id = "say-finder"'),
    ("no_first_sentence", PLAN, 'when = { who = ["finder"] }', 'when = { who = ["owner"] }', 'id = "say"'),
    ("section_empty", PLAN, 'when = { country = ["us"] }', 'when = { country = ["kr"] }', 'id = "call"'),
    ("no_contact", PLAN, 'contacts = ["pencil-page"]', 'contacts = ["pencil-friend"]', None),
    ("entry_never_shown", PLAN, 'who = ["owner"], hurry', 'who = ["finder"], hurry', 'id = "borrow"'),
    ("role_left_out", PLAN, 'who = ["owner"], hurry', 'who = ["owner", "finder"], hurry', 'id = "borrow"'),
    ("contact_of_another_country", PLAN, '["pencil-page"]', '["pencil-page", "pencil-line"]', 'id = "call-there"'),
]


def plant(pack: Path, name: str, old: str | None, new: str | None) -> None:
    path = pack / name
    if old is None or new is None:
        path.unlink()
        return
    text = path.read_text("utf-8")
    assert text.count(old) >= 1
    path.write_bytes(text.replace(old, new, 1).encode("utf-8", "surrogateescape"))


def expected_line(pack: Path, name: str, words: str | None) -> int:
    lines = (pack / name).read_text("utf-8").splitlines() if words else []
    return next((number for number, line in enumerate(lines, 1) if words and words in line), 1)


def test_it_works(pack: Path) -> None:
    assert navigator_problems(pack) == []


@pytest.mark.parametrize(("code", "name", "old", "new", "words"), FAULTS)
def test_a_planted_fault_is_found_where_it_stands(
    pack: Path, code: str, name: str, old: str | None, new: str | None, words: str | None
) -> None:
    plant(pack, name, old, new)
    found = [problem for problem in navigator_problems(pack) if problem.code == code]
    assert [(problem.path, problem.line) for problem in found][:1] == [
        (pack / name, expected_line(pack, name, words))
    ], navigator_problems(pack)
    assert all(problem.remedy for problem in found)


@pytest.mark.parametrize(("code", "name", "old", "new", "words"), FAULTS)
def test_only_what_cannot_be_shown_keeps_the_app_from_starting(
    pack: Path, code: str, name: str, old: str | None, new: str | None, words: str | None
) -> None:
    plant(pack, name, old, new)
    if code in CANNOT_BE_SHOWN:
        with pytest.raises(ContentError) as caught:
            load_navigator(pack)
        assert code in {problem.code for problem in caught.value.problems}
    else:
        assert load_navigator(pack).questions


def test_every_code_of_the_check_is_planted() -> None:
    sources = [Path(module.__file__ or "").read_text("utf-8") for module in (name_check, path_check, plan_check)]
    codes = {code for source in sources for code in re.findall(r'"([a-z]+(?:_[a-z]+)+)"', source)}
    assert codes
    assert codes <= {code for code, *_ in FAULTS}


def test_a_gap_is_told_once_for_each_role_with_one_way_into_it(pack: Path) -> None:
    plant(pack, PLAN, 'when = { country = ["us"] }', 'when = { country = ["kr"] }')
    details = [problem.detail for problem in navigator_problems(pack) if problem.code == "section_empty"]
    assert sorted(details) == [
        "finder: 1 ways, such as who=finder country=us",
        "owner: 2 ways, such as who=owner hurry=yes country=us",
    ]


def test_a_contact_named_in_the_text_can_be_reached_too(pack: Path) -> None:
    plant(pack, PLAN, 'contacts = ["pencil-page"]', "")
    assert "no_contact" in {problem.code for problem in navigator_problems(pack)}
    plant(pack, PLAN, "어디서나 열 수 있는 곳이에요.", "{contact:pencil-page}")
    assert "no_contact" not in {problem.code for problem in navigator_problems(pack)}


def test_the_content_command_checks_the_navigator(pack: Path, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", database="sqlite://", lessons=pack)
    command = command_line(settings, lambda: pytest.fail("this command needs no app"))
    plant(pack, PLAN, "며칠", "7일")
    result = CliRunner().invoke(command, ["content", "check"])
    assert "number by hand (7)" in result.output
