"""Shows that the check of stories finds each fault it is for, with line and remedy, and nothing in a good story."""

import re
import shutil
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import CliRunner

from curriculum.catalog.problem import ContentError
from curriculum.cli import command_line
from curriculum.config import PROJECT, Settings
from curriculum.stories import check, way_check
from curriculum.stories.check import load_stories, story_problems
from tests.stories.sample import HELP, REPAIR, WRITTEN, put_in, scene

PACK = PROJECT / "tests" / "catalog" / "pack"
LONG = "아주 " * 20
CANNOT_BE_SHOWN = {"toml_invalid", "field_invalid", "reference_unknown", *way_check.REMEDY}

TURNING = scene("hidden", "own-up>reply", "put-back>reply"), scene("hidden", "own-up>hidden", "put-back>hidden")

# code, what is replaced, by what, the words on whose line the fault is reported (none: line 1)
Fault: TypeAlias = tuple[str, str, str, str | None]
FAULTS: list[Fault] = [
    ("toml_invalid", 'id = "desk"', 'id = "desk', None),
    ("field_invalid", 'en = "go for ask"', "", None),  # in one language only
    ("field_invalid", 'then.en = "It went to ask."', "", None),
    ("field_invalid", 'id = "take"', 'id = "Take It"', None),
    ("field_invalid", 'ending = "safe"', 'ending = "shame"', None),  # there is no such ending
    ("field_invalid", "again = true", "againn = true", None),
    ("id_repeated", 'id = "hidden"', 'id = "gone"', 'id = "gone"'),
    ("id_repeated", 'id = "hide"', 'id = "tell"', 'id = "tell"'),
    ("scene_unknown", 'to = "hidden"', 'to = "nowhere"', 'to = "nowhere"'),
    ("too_few_scenes", scene("hidden", "own-up>reply", "put-back>reply"), "", 'id = "desk"'),
    ("too_few_choices", 'id = "put-back"\nto = "reply"\n', 'id = "put-back"\nto = "desk"\nagain = true\n', "hidden"),
    ("dead_end", 'ending = "safe"', "", 'id = "kept"'),
    (
        "ending_goes_on",
        'ending = "safe"',
        'ending = "safe"\nchoices = [{id = "x", to = "left", ko = "x", en = "x"}]',
        "kept",
    ),
    ("scene_unreachable", 'to = "hidden"', 'to = "reply"', 'id = "hidden"'),
    ("circle", "again = true", "", '"desk"'),
    ("not_a_way_back", 'id = "back"\nto = "desk"', 'id = "back"\nto = "reply"', "gone"),
    ("no_recovery", *TURNING, 'id = "hidden"'),
    ("ending_without_help", HELP, "", 'id = "kept"'),
    ("ending_without_help", "Tell {contact:pencil-friend}.", "Tell a friend.", 'id = "kept"'),
    ("ending_without_repair", REPAIR, "", 'id = "left"'),
    ("help_outside_ending", 'ko = "지우가 desk 앞에 서요."', 'ko = "지우가 desk 앞에 서요."\n' + REPAIR, '"desk"'),
    ("reference_unknown", "{contact:pencil-friend}에게", "{contact:pencil-foe}에게", "{contact:pencil-foe}에게"),
    (
        "references_unequal",
        "It went to ask.",
        "It went to {contact:pencil-friend}.",
        "It went to {contact:pencil-friend}",
    ),
    ("paragraphs_unequal", '"Jiwoo stands at desk."', '"""Jiwoo\n\nstands at desk."""', "Jiwoo\n"),
    ("text_empty", '"With Jiwoo and Taeo."', '" "', 'intro.en = " "'),
    ("text_too_long", "ask 쪽으로 간다", LONG + LONG, LONG),
    ("text_too_long", "장면 desk", LONG, LONG),
    ("number_by_hand", "지우가 desk 앞에", "지우가 3초 동안 desk 앞에", "3초"),
    ("markup_in_title", "ask 쪽으로 간다", "**ask** 쪽으로 간다", "**ask** 쪽"),
    ("raw_html", "Jiwoo stands at desk.", "Jiwoo <b>stands</b> at desk.", "<b>"),
    ("word_avoided", "지우가 desk", "도둑 연필과 desk", "도둑 연필과"),
    ("asks_experience", "지우와 태오가 나와요.", "너라면 어떻게 할까요?", "너라면"),
    ("asks_experience", "지우와 태오가 나와요.", "연필을 빌려 본 적이 있나요?", "본 적이"),
    ("asks_experience", "With Jiwoo and Taeo.", "Have you ever borrowed one?", "Have you ever"),
    ("asks_experience", "With Jiwoo and Taeo.", "What would you do?", "What would you"),
]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return shutil.copytree(PACK, tmp_path / "lessons")


def plant(pack: Path, old: str, new: str) -> Path:
    assert old in WRITTEN
    return put_in(pack, WRITTEN.replace(old, new, 1))


def test_it_works(pack: Path) -> None:
    put_in(pack)
    assert [str(problem) for problem in story_problems(pack)] == []
    assert list(load_stories(pack)) == ["middle/pencils/asking"]


def test_the_lessons_own_stories_are_good() -> None:
    assert [str(problem) for problem in story_problems(PROJECT / "lessons")] == []
    assert load_stories(PROJECT / "lessons")


@pytest.mark.parametrize(("code", "old", "new", "words"), FAULTS)
def test_a_planted_fault_is_found_on_its_line(pack: Path, code: str, old: str, new: str, words: str | None) -> None:
    path = plant(pack, old, new)
    found = [problem for problem in story_problems(pack) if problem.code == code]
    assert found, [str(problem) for problem in story_problems(pack)]
    assert found[0].path == path
    assert found[0].remedy
    lines = path.read_text("utf-8").split("\n")
    assert (words or "").split("\n")[0] in lines[found[0].line - 1] if words else found[0].line == 1


@pytest.mark.parametrize(("code", "old", "new"), [fault[:3] for fault in FAULTS])
def test_what_cannot_be_shown_keeps_the_site_from_starting(pack: Path, code: str, old: str, new: str) -> None:
    plant(pack, old, new)
    if code in CANNOT_BE_SHOWN:
        with pytest.raises(ContentError, match=code.replace("_", " ")):
            load_stories(pack)
    else:
        assert load_stories(pack)


def test_every_fault_that_is_looked_for_has_been_planted() -> None:
    written = "".join(Path(one.__file__).read_text("utf-8") for one in (check, way_check))
    named = {*re.findall(r'"([a-z]+(?:_[a-z]+)+)"', written), *way_check.REMEDY}
    assert "text_too_long" in named
    assert named <= {code for code, *_ in FAULTS}


def test_the_content_check_says_what_is_wrong_with_stories(pack: Path) -> None:
    plant(pack, 'to = "hidden"', 'to = "nowhere"')
    settings = Settings(data=pack.parent / "data", database="sqlite://", lessons=pack)
    command = command_line(settings, lambda: pytest.fail("this command needs no app"))
    said = CliRunner().invoke(command, ["content", "check"])
    assert said.exit_code == 1
    assert "story.toml" in said.output
    assert "scene unknown (nowhere) — name a scene of this story in `to`" in said.output


def test_a_lesson_needs_no_story(pack: Path) -> None:
    assert load_stories(pack) == {}
    assert story_problems(pack) == []
