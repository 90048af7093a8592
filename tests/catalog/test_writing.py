"""How lessons are written: one planted fault or more for every rule, each found in its file and on its line."""

import shutil
import tomllib
from pathlib import Path

import pytest

from curriculum.catalog.check import check_content, unshowable
from curriculum.catalog.pack import read_pack
from curriculum.catalog.reading_level import grade
from curriculum.catalog.sentences import Sentence, english_words, paragraphs_of, sentences_in, syllable_blocks
from tests.catalog.writing_faults import LESSON, NOTE, RULED, WRITING, Written

TWIN = (
    "민준이가 지우개를 떨어뜨려서 모두가 책상 밑을 함께 들여다보고 서로 웃으며 하나씩 주워 주었어요. "
    "그러고 나서 아무 일도 없었다는 듯이 다시 자리에 앉아 창밖의 비를 보았어요."
)
NEARLY = TWIN.replace("하나씩", "둘씩")


def plant(pack: Path, fault: Written) -> None:
    for name, old, new in fault.changes:
        path = pack / name
        text = path.read_text("utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new, 1), "utf-8")


def codes(pack: Path) -> set[str]:
    """What the check says, but that a changed original is to be translated."""
    return {problem.code for problem in check_content(pack)} - {"translation_older"}


@pytest.mark.parametrize("fault", [*RULED, *WRITING], ids=lambda fault: f"{fault.code} in {fault.file}")
def test_a_planted_fault_is_found_in_its_file_and_on_its_line(pack: Path, fault: Written) -> None:
    before = codes(pack)
    plant(pack, fault)
    found = [problem for problem in check_content(pack) if problem.code == fault.code]
    assert fault.code not in before
    assert [(one.path, one.line) for one in found[:1]] == [(pack / fault.file, fault.line)]
    assert all(one.remedy for one in found)


def test_every_rule_of_the_pack_has_a_planted_fault(pack: Path) -> None:
    rules = tomllib.loads((pack / "rules.toml").read_text("utf-8"))
    stated = {rule["code"] for part in ("avoid", "say", "apart") for rule in rules[part]}
    assert stated == {fault.code for fault in RULED}


@pytest.mark.parametrize("fault", [*RULED, *WRITING], ids=lambda fault: f"{fault.code} in {fault.file}")
def test_how_a_lesson_is_written_keeps_no_school_from_starting(pack: Path, fault: Written) -> None:
    before = unshowable(read_pack(pack))
    plant(pack, fault)
    assert unshowable(read_pack(pack)) == before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("ko.md", NOTE, f"{NOTE} “너라면 어떻게 할 거야?”"),  # somebody says it
        ("en.md", "nothing but pencils.", "nothing but pencils. “Have you ever lost one?”"),
        ("ko.md", NOTE, f"{NOTE} 연필이 아니라면 너라면 뭐든 돼요."),  # what lets a sentence pass
        ("quiz.toml", "말없이 가져가요.", "너라면 어떻게 할지 물어요."),  # an option may be weak
        ("ko.md", NOTE, f"{NOTE} 잉크는 없어요."),  # the file cites the line
        ("guide.ko.md", "차분히", "만년필로 차분히"),  # a word for teachers
        ("../family.ko.md", "연필을 빌리는", "만년필을 빌리는"),  # and for families
    ],
)
def test_what_may_be_written_passes(pack: Path, name: str, old: str, new: str) -> None:
    before = codes(pack)
    plant(pack, Written("", "", 0, ((f"{LESSON}/{name}", old, new),)))
    assert codes(pack) == before


@pytest.mark.parametrize(
    "written", ['items = "x"', 'items = ["x"]', "items = [{ chart = 1, options = 2, cards = [3] }]"]
)
def test_a_quiz_of_another_shape_is_read_without_harm(pack: Path, written: str) -> None:
    (pack / LESSON / "quiz.toml").write_text(written, "utf-8")
    assert "objective_unchecked" in codes(pack)
    assert unshowable(read_pack(pack)) == []


def test_a_course_without_a_level_is_not_measured(pack: Path) -> None:
    plant(pack, Written("", "", 0, (("rules.toml", "[levels.middle]", "[levels.high]"),)))
    plant(pack, Written("", "", 0, ((f"{LESSON}/ko.md", NOTE, f"{NOTE} 연필은 길어요. " * 60),)))
    assert "text_long" not in codes(pack)


def with_twin(pack: Path, kind: str, first: str, second: str) -> list[tuple[str, int]]:
    """Where a paragraph that stands in two lessons is reported, when each has one in a block of this kind."""
    unit = pack / "middle/pencils/unit.toml"
    lesson = '[[lessons]]\nslug = "giving"\ncode = "B1.2"\nminutes = 45\n\n[[objectives]]'
    unit.write_text(unit.read_text("utf-8").replace("[[objectives]]", lesson, 1), "utf-8")
    shutil.copytree(pack / LESSON, pack / "middle/pencils/giving")
    for slug, words in (("asking", first), ("giving", second)):
        path = pack / "middle/pencils" / slug / "ko.md"
        text = path.read_text("utf-8")
        start = text.index(f"/// {kind} |")
        path.write_text(text[:start] + text[start:].replace("\n///", f"\n\n{words}\n///", 1), "utf-8")
    found = [problem for problem in check_content(pack) if problem.code == "paragraph_shared"]
    return [(str(one.path.relative_to(pack)), one.line) for one in found if one.path.name == "ko.md"]


@pytest.mark.parametrize("second", [TWIN, NEARLY])
def test_two_lessons_share_no_paragraph_and_none_that_is_nearly_the_same(pack: Path, second: str) -> None:
    assert with_twin(pack, "warmup", TWIN, second) == [("middle/pencils/giving/ko.md", 19)]


def test_two_lessons_may_share_turns_of_phrase_and_each_its_own_words(pack: Path) -> None:
    assert with_twin(pack, "warmup", "민준이가 지우개를 떨어뜨려서 모두가 웃었어요.", TWIN) == []


def test_fixed_promises_may_resemble_but_not_be_equal(pack: Path, tmp_path: Path) -> None:
    other = shutil.copytree(pack, tmp_path / "other")
    assert with_twin(pack, "rules", TWIN, NEARLY) == []
    assert with_twin(other, "rules", TWIN, TWIN) == [("middle/pencils/giving/ko.md", 12)]


@pytest.mark.parametrize(
    ("source", "sentences"),
    [
        ("민준이는 웃어요. 하은이도요!", [3 - 1, 1]),
        ("- 민준: “빌려도 돼? 금방 줄게.”", [3, 2]),
        ("| 하나 | 둘 |\n|---|---|\n| 셋 | 넷 |", []),
        ("### 생각해요\n민준이는 웃어요.", [2]),
        ("{fact:pencil-law}", []),
        ("기한은 {fact:pencil-law.days} 안이에요. {fact:pencil-law}", [3]),
        ("{contact:pencil-line}에 말해요.", [2]),
        ("{word:borrow|빌리고} 싶어요.", [2]),
        ("**강조한** 말이에요. > 다른 말", [2, 2]),
    ],
)
def test_sentences_are_what_somebody_reads(source: str, sentences: list[int]) -> None:
    assert [one.words for one in sentences_in(source)] == sentences


def test_lengths_leave_out_facts_and_contacts() -> None:
    assert syllable_blocks("연필 {word:borrow|빌려요} {fact:pencil-law} {contact:pencil-line}") == 5
    assert english_words("A pencil’s {word:borrow|loan} {fact:pencil-law}") == ["A", "pencil’s", "loan"]


def test_paragraphs_are_told_apart_with_their_lines() -> None:
    source = "하나\n둘\n\n- 셋\n- 넷\n\n| 다섯 |"
    assert [(one.line, one.text) for one in paragraphs_of(source)] == [
        (0, "하나\n둘"),
        (3, "- 셋"),
        (4, "- 넷"),
        (6, "| 다섯 |"),
    ]


def test_the_grade_follows_the_published_formula() -> None:
    assert grade([]) == 0
    # Ten words and eleven syllables in two sentences.
    easy = [Sentence(0, "The cat sat on it."), Sentence(0, "A pencil is a pen.")]
    assert grade(easy) == pytest.approx(0.39 * 5 + 11.8 * 1.1 - 15.59)
    assert grade([Sentence(0, "Communication necessitates consideration.")]) > 12
