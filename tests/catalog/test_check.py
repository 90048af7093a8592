"""The content check: one planted fault per code, each found in its file and on its line."""

import re
from pathlib import Path
from typing import TypeAlias

import pytest

from curriculum.catalog.catalog import LessonNotFound, load_catalog
from curriculum.catalog.check import check_content
from curriculum.catalog.pair import restamp, stamp
from curriculum.catalog.problem import ContentError
from tests.catalog.course_faults import GRAVE, LIGHT, MISSING
from tests.catalog.writing_faults import WRITING

CATALOG = Path(__file__).parents[2] / "curriculum" / "catalog"
LESSON = "middle/pencils/asking"
NOTE = "이 수업에는 연필만 나와요."
CANNOT_BE_SHOWN = {
    *("block_missing", "block_order", "blocks_unequal", "front_field_missing", "lesson_unknown"),
    *(
        "reference_unknown",
        "block_header_invalid",
        "block_id_repeated",
        "block_inside_block",
        "block_unclosed",
    ),
    *("field_invalid", "file_missing", "file_not_utf8", "front_matter_invalid", "front_matter_missing"),
    *("front_matter_unclosed", "text_outside_block", "toml_invalid"),
}

# code, file, what is replaced, by what, line on which the fault is reported
Fault: TypeAlias = tuple[str, str, str | None, str | bytes | None, int]
FAULTS: list[Fault] = [
    ("block_header_invalid", f"{LESSON}/ko.md", "/// note | note", "/// note", 6),
    ("block_id_repeated", f"{LESSON}/ko.md", "warmup | warmup", "warmup | rules", 15),
    ("block_inside_block", f"{LESSON}/ko.md", NOTE, "/// story | x", 7),
    ("block_missing", f"{LESSON}/ko.md", "help | help", "check | help", 1),
    ("block_missing", f"{LESSON}/guide.ko.md", "care | care", "extension | care", 1),
    ("block_order", f"{LESSON}/ko.md", "rules | rules", "check | rules", 1),
    ("block_order", f"{LESSON}/guide.ko.md", "prepare | prepare", "extension | prepare", 1),
    ("block_repeated", f"{LESSON}/ko.md", "warmup | warmup", "rules | warmup", 17),
    ("block_repeated", f"{LESSON}/guide.en.md", "care | care", "staff | care", 44),
    ("block_unclosed", f"{LESSON}/other.ko.md", "적어 봐요.\n///", "적어 봐요.", 4),
    ("blocks_unequal", f"{LESSON}/en.md", "learn | returning", "learn | giving", 31),
    ("field_invalid", "facts.toml", 'en = "Ask first."', "en = 5", 16),
    ("field_invalid", "contacts.toml", 'need = "talk"', 'need = "chat"', 1),
    ("field_invalid", "sequence.toml", 'ages = "12-15"', 'age = "12-15"', 1),
    ("file_missing", f"{LESSON}/guide.en.md", None, None, 1),
    ("file_missing", "words.toml", None, None, 1),
    ("file_not_utf8", f"{LESSON}/en.md", None, "연필".encode("cp949"), 1),
    ("front_field_missing", f"{LESSON}/ko.md", 'summary = "물어보고 빌리는 법을 배워요."', "", 1),
    ("front_field_unknown", f"{LESSON}/ko.md", "summary =", 'author = "x"\nsummary =', 3),
    ("front_matter_invalid", f"{LESSON}/ko.md", 'title = "', 'title = ', 2),
    ("front_matter_missing", f"{LESSON}/other.ko.md", "+++\n+++", "", 1),
    ("front_matter_unclosed", f"{LESSON}/other.ko.md", "+++\n+++", "+++", 1),
    ("heading_level", f"{LESSON}/ko.md", "### 생각해요", "## 생각해요", 24),
    ("heading_long", f"{LESSON}/ko.md", "## 사라진 연필", "## 어느 봄날 교실에서 사라진 연필 이야기", 21),
    ("heading_missing", f"{LESSON}/ko.md", "## 약속\n", "", 11),
    ("heading_missing", f"{LESSON}/guide.ko.md", "## 돌봄\n", "", 42),
    ("heading_unwanted", f"{LESSON}/ko.md", NOTE, f"## 제목\n{NOTE}", 7),
    ("headings_unequal", f"{LESSON}/en.md", "### Think\n", "", 23),
    ("id_repeated", "middle/pencils/unit.toml", 'id = "asks-first"', 'id = "asking"', 6),
    ("image", f"{LESSON}/ko.md", NOTE, "![연필](pencil.png)", 7),
    ("lesson_not_listed", "middle/pencils/unit.toml", None, "folder", 1),
    ("lesson_unknown", "sequence.toml", '["middle/pencils/asking"]', '["middle/pencils/taking"]', 2),
    ("link", f"{LESSON}/ko.md", NOTE, f"{NOTE}\n<https://pencils.example>", 8),
    ("markup_in_title", f"{LESSON}/ko.md", "## 사라진 연필", "## 사라진 *연필*", 21),
    ("markup_in_title", "glossary.toml", "잠깐", "{fact:pencil-law}", 4),
    ("number_by_hand", f"{LESSON}/ko.md", NOTE, f"연필은\n{NOTE} 그리고 5자루예요.", 8),
    ("number_by_hand", f"{LESSON}/ko.md", NOTE, "５자루예요.", 7),
    ("number_by_hand", f"{LESSON}/ko.md", NOTE, "{word:borrow|5분}", 7),
    ("number_by_hand", f"{LESSON}/ko.md", "연필을 빌려요", "연필 2자루", 2),
    ("number_by_hand", f"{LESSON}/quiz.toml", "말없이 가져가요.", "1분 뒤에 가져가요.", 19),
    ("number_by_hand", f"{LESSON}/quiz.toml", '무엇을 하면', '3일 뒤 무엇을 하면', 7),
    ("number_by_hand", f"{LESSON}/guide.ko.md", "5분", "5교시", 8),
    ("number_by_hand", "glossary.toml", "잠깐", "3일", 4),
    ("figure_value_differs", "facts.toml", 'en = "3 days"\n', 'en = "3 days"\nfigures.days.value = 4\n', 1),
    ("number_in_safe_sentence", "facts.toml", 'safe.ko = "먼저', 'safe.ko = "2번 먼저', 20),
    ("objective_lesson_unknown", "middle/pencils/unit.toml", 'lesson = "asking"', 'lesson = "taking"', 12),
    ("objective_missing", "middle/pencils/unit.toml", 'lesson = "asking"', 'lesson = "taking"', 1),
    ("objective_unchecked", f"{LESSON}/quiz.toml", '"asks-first"', '"sings"', 1),
    ("objective_unknown", f"{LESSON}/quiz.toml", '"asks-first"', '"sings"', 4),
    ("other_path_missing", f"{LESSON}/other.ko.md", "story | lost-pencil", "practice | words", 1),
    ("other_path_unknown", f"{LESSON}/other.ko.md", "lost-pencil", "found-pencil", 6),
    ("raw_html", f"{LESSON}/ko.md", NOTE, f"{NOTE} <b>연필</b>", 7),
    ("raw_html", f"{LESSON}/ko.md", NOTE, f"{NOTE}\n\n<div>\n연필\n</div>", 9),
    ("reference_unknown", f"{LESSON}/ko.md", "{contact:pencil-line}", "{contact:pen-line}", 53),
    ("reference_unknown", f"{LESSON}/ko.md", "pencil-law.days", "pencil-law.weeks", 32),
    ("reference_unknown", f"{LESSON}/quiz.toml", "맞아요. {fact:pencil-custom}", "맞아요. {fact:custom}", 14),
    ("stray_mark", f"{LESSON}/ko.md", NOTE, "**연필**만{word:}", 7),
    ("stray_mark", f"{LESSON}/ko.md", NOTE, "**“연필”**만 나와요.", 7),
    ("text_empty", f"{LESSON}/ko.md", "서로 들어요.\n", "", 12),
    ("text_empty", f"{LESSON}/ko.md", 'title = "연필을 빌려요"', 'title = " "', 2),
    ("text_empty", f"{LESSON}/quiz.toml", '"말없이 가져가요."', '""', 19),
    ("text_outside_block", f"{LESSON}/ko.md", "/// note | note", "연필\n\n/// note | note", 6),
    ("text_unpaired", f"{LESSON}/quiz.toml", 'feedback.en = "Ask first next time."', "", 21),
    ("toml_invalid", f"{LESSON}/quiz.toml", "[[items]]", "[[items", 1),
    ("translation_older", f"{LESSON}/ko.md", "서로 들어요.", "서로 잘 들어요.", 4),
    ("word_avoided", f"{LESSON}/ko.md", NOTE, "그건 도둑\n**연필**이에요.", 7),
    ("word_avoided", f"{LESSON}/quiz.toml", "Take it without", "Be a Pencil Thief without", 20),
    ("word_avoided", "contacts.toml", 'name.ko = "연필 상담"', 'name.ko = "도둑연필 상담"', 2),
]  # fmt: skip


def plant(pack: Path, name: str, old: str | None, new: str | bytes | None) -> None:
    path = pack / name
    if old is not None and isinstance(new, str):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    elif isinstance(new, bytes):
        path.write_bytes(new)
    elif new == "folder":
        (path.parent / "unlisted").mkdir()
    else:
        path.unlink()


def test_the_pack_without_a_fault_has_no_problem(pack: Path) -> None:
    assert check_content(pack) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[0]} in {fault[1].rpartition('/')[2]}")
def test_a_planted_fault_is_found_in_its_file_and_on_its_line(pack: Path, fault: Fault) -> None:
    code, name, old, new, line = fault
    plant(pack, name, old, new)
    where = name.replace("ko.md", "en.md") if code == "translation_older" else name
    problems = check_content(pack)
    found = [(problem.path, problem.line) for problem in problems if problem.code == code]
    assert found, problems
    assert found[0] == (pack / where, line)
    assert all(problem.remedy for problem in problems)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[0]} in {fault[1].rpartition('/')[2]}")
def test_the_program_refuses_only_what_it_cannot_show(pack: Path, fault: Fault) -> None:
    _, name, old, new, _ = fault
    plant(pack, name, old, new)
    grave = [problem for problem in check_content(pack) if problem.code in CANNOT_BE_SHOWN]
    if grave:
        with pytest.raises(ContentError) as caught:
            load_catalog(pack)
        assert set(grave) <= set(caught.value.problems)
    else:
        assert load_catalog(pack).lesson(LESSON).steps


def test_every_code_has_a_planted_fault() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in CATALOG.glob("*.py"))
    codes = set(re.findall(r'(?:Problem|DocumentError)\([^"()]*(?:\([^"()]*\)[^"()]*)*"([a-z0-9_]+)"', written))
    codes |= set(re.findall(r'": \("([a-z_]+)", "', written))
    planted = {code for code, *_ in [*FAULTS, *WRITING, *GRAVE, *LIGHT, *MISSING]}
    assert codes == planted | {"paragraph_shared"}


@pytest.mark.parametrize(
    ("before", "kind", "sound"),
    [
        ("/// check |", "story", True),
        ("/// check |", "learn", True),
        ("/// reflection |", "practice", False),
        ("/// story |", "learn", False),
        ("/// warmup |", "story", False),
    ],
)
def test_story_learn_and_practice_may_alternate_only_in_the_middle(
    pack: Path, before: str, kind: str, sound: bool
) -> None:
    for name in ("ko.md", "en.md"):
        plant(pack, f"{LESSON}/{name}", before, f"/// {kind} | more\n## More\nMore.\n///\n\n{before}")
    for name in ("other.ko.md", "other.en.md") if kind == "story" else ():
        plant(pack, f"{LESSON}/{name}", "/// story", "/// story | more\n## More\nMore.\n///\n\n/// story")
    found = {problem.code for problem in check_content(pack)}
    assert found == {"translation_older"} if sound else found == {"translation_older", "block_order"}


def test_guides_may_write_minutes(pack: Path) -> None:
    for minutes in ("10분", "5–10분", "10 min", "10 minutes"):
        plant(pack, f"{LESSON}/guide.ko.md", "차분히", f"{minutes} 차분히")
    assert {problem.code for problem in check_content(pack)} == {"translation_older"}


def test_the_name_of_a_service_may_hold_an_avoided_word(pack: Path) -> None:
    plant(pack, "contacts.toml", 'name.en = "Pencil line"', 'name.en = "Pencil Thief Office"')
    assert check_content(pack) == []


def test_a_new_stamp_settles_a_changed_original(pack: Path) -> None:
    plant(pack, f"{LESSON}/ko.md", "서로 들어요.", "서로 잘 들어요.")
    plant(pack, f"{LESSON}/en.md", 'original = "', 'was = "')
    plant(pack, f"{LESSON}/en.md", "summary = ", 'original = "000000000000"\nsummary = ')
    plant(pack, f"{LESSON}/en.md", 'was = "', '# was "')
    assert [problem.code for problem in check_content(pack)] == ["translation_older"]
    restamp(pack, LESSON)
    assert check_content(pack) == []


def test_a_translation_without_a_stamp_is_given_one(pack: Path) -> None:
    path = pack / LESSON / "other.en.md"
    whole = path.read_text(encoding="utf-8")
    path.write_text(re.sub("original.*\n", "", whole), encoding="utf-8")
    restamp(pack, LESSON)
    assert path.read_text(encoding="utf-8") == whole


def test_a_stamp_outlives_line_ends_and_blank_lines_but_no_change_of_words() -> None:
    text = (CATALOG.parents[1] / "tests/catalog/pack" / LESSON / "ko.md").read_text(encoding="utf-8")
    assert stamp(text.replace("\n", "\r\n")) == stamp(text) == stamp(text.replace("///\n\n", "///\n\n\n"))
    assert len({stamp(text), stamp(text.replace("연필", "볼펜")), stamp(text.replace("| words", "| lines"))}) == 3


def test_a_lesson_is_put_together_from_both_languages(pack: Path) -> None:
    catalog = load_catalog(pack)
    lesson = catalog.lesson(LESSON)
    assert (lesson.code, lesson.minutes, lesson.title.en) == ("B1.1", 45, "Borrowing a pencil")
    assert lesson.step_ids[:3] == ("rules", "warmup", "lost-pencil")
    story = lesson.step("lost-pencil")
    assert story is not None
    assert story.other is not None
    assert (story.heading.in_("ko"), story.other.heading.in_("en")) == ("사라진 연필", "The eraser")
    assert lesson.step("nothing") is None
    assert [objective.id for objective in lesson.objectives] == ["asks-first"]
    assert [contact.id for contact in catalog.panel] == ["pencil-friend", "pencil-line"]
    assert catalog.courses[0].units[0].lessons == (lesson,)
    with pytest.raises(LessonNotFound):
        catalog.lesson("middle/pencils/nothing")


@pytest.mark.parametrize(("name", "quiz_changes"), [("quiz.toml", True), ("guide.en.md", False), ("ko.md", False)])
def test_digests_follow_the_files(pack: Path, name: str, quiz_changes: bool) -> None:
    before = load_catalog(pack).lesson(LESSON)
    with (pack / LESSON / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    after = load_catalog(pack).lesson(LESSON)
    assert after.digest != before.digest
    assert (after.quiz_digest != before.quiz_digest) is quiz_changes
    assert len(after.digest) == len(after.quiz_digest) == 12
