"""The rules of lessons/rules.toml: each finds what it is for, in both languages, and lets pass what may be said."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from curriculum.catalog.block import Document
from curriculum.catalog.pack import LessonFolder, Pack, read_pack
from curriculum.catalog.pack_reader import PackReader
from curriculum.catalog.passage import Passage
from curriculum.catalog.phrasing import phrasing_problems
from curriculum.catalog.rulebook import Rulebook, read_rulebook
from curriculum.catalog.telling import telling_problems
from curriculum.catalog.text import LOCALES, Locale

LESSONS = Path(__file__).parents[2] / "lessons"
THREATS = "middle/help/threats-and-recovery"

# code, course, sentence: what a rule is for
FOUND: list[tuple[str, str, Locale, str]] = [
    ("asks_experience", "middle", "ko", "누군가의 사진을 묻지 않고 올려 본 적이 있나요?"),
    ("asks_experience", "high", "ko", "여러분은 이런 메시지를 받았나요?"),
    ("asks_experience", "middle", "ko", "여러분이라면 어떻게 했을까요?"),
    ("asks_experience", "elementary", "ko", "친구에게 놀림을 당한 적 있나요?"),
    ("asks_experience", "middle", "en", "Have you ever posted a photo without asking?"),
    ("asks_experience", "high", "en", "Has anyone ever threatened you?"),
    ("asks_experience", "middle", "en", "What would you do?"),
    ("promises_secrecy", "middle", "ko", "상담 내용은 비밀이 보장돼요."),
    ("promises_secrecy", "middle", "ko", "선생님이 비밀을 꼭 지켜 줄게요."),
    ("promises_secrecy", "middle", "en", "Your secret is safe with us."),
    ("promises_secrecy", "high", "en", "The talk is strictly confidential."),
    ("promises_removal", "middle", "ko", "신고하면 사진이 완전히 지워져요."),
    ("promises_removal", "high", "ko", "경찰이 반드시 잡아요."),
    ("promises_removal", "middle", "en", "Then the picture is deleted for good."),
    ("frightens", "middle", "ko", "한 번의 실수로 인생이 끝나요."),
    ("frightens", "high", "ko", "전과자가 될 수 있어요."),
    ("frightens", "middle", "en", "One click can ruin your whole life."),
    ("frightens", "high", "en", "They will go to prison."),
    ("blames", "middle", "ko", "처음부터 사진을 올리지 않았더라면 좋았을 거예요."),
    ("blames", "middle", "ko", "더 조심했어야 해요."),
    ("blames", "middle", "en", "She should have been more careful."),
    ("blames", "high", "en", "Be careful what you post."),
    ("keeps_image", "middle", "ko", "사진을 캡처해 증거로 남겨요."),
    ("keeps_image", "middle", "en", "Screenshot the image and show a teacher."),
    ("names_tool", "middle", "ko", "“미드저니로 만들었대.”"),
    ("names_tool", "high", "en", "He used ChatGPT."),
    ("names_tool", "high", "en", "There are nudify sites."),
    ("names_platform", "middle", "ko", "“텔레그램 방이 있대.”"),
    ("names_platform", "elementary", "en", "It was on TikTok."),
    ("dying_alone", "middle", "ko", "“죽고 싶어.”"),
    ("dying_alone", "high", "en", "Some think of self-harm."),
    ("method_of_dying", "high", "ko", "손목을 보았어요."),
    ("method_of_dying", "high", "en", "She spoke of an overdose."),
    ("too_early", "elementary", "ko", "그것은 성범죄예요."),
    ("too_early", "elementary", "ko", "벌금을 내야 해요."),
    ("too_early", "elementary", "en", "It is a sexual picture."),
    ("too_early", "elementary", "en", "They may go to court and be punished."),
]
# What resembles it and may be said, in a course
PASSED: list[tuple[str, Locale, str]] = [
    ("middle", "ko", "상우는 무엇을 겪었나요?"),
    ("middle", "ko", "민준이는 무엇을 할 수 있을까요?"),
    ("middle", "ko", "몇 살인 나이라면 다를까요?"),
    ("middle", "ko", "아무 말 못 한 적이 있는 사람도 많아요."),
    ("middle", "ko", "그런 친구에게 “너라면 어떻게 할래?” 하고 물어요."),
    ("middle", "ko", "비밀로 하겠다고 약속할 수 없어요."),
    ("middle", "ko", "비밀을 보장하지 못해요. 대신 곁에 있을게요."),
    ("middle", "ko", "사진이 모두 사라진다고 약속할 수는 없어요."),
    ("middle", "ko", "삭제를 도와요. 경찰이 수사해요."),
    ("middle", "ko", "“인생 끝났어.” 준서가 중얼거렸어요."),
    ("middle", "ko", "“조심했어야지.”라는 말은 그 사람을 혼자 둬요."),
    ("middle", "ko", "사진을 저장하거나 캡처하지 않아요."),
    ("middle", "ko", "링크와 계정 이름, 시각을 적어 둬요."),
    ("middle", "ko", "“죽고 싶어.” 그 말을 들으면 {contact:kr-channel-109}에 함께 전화해요."),
    ("middle", "ko", "{fact:eu-ai-act-nudify-ban}"),
    ("high", "ko", "텔레그램 대표가 조사를 받았어요."),
    ("high", "ko", "법원은 벌금을 정해요."),
    ("elementary", "ko", "성적표가 나오는 날이에요. 아주 큰 잘못이라서 어른들이 꼭 나서야 해요."),
    ("middle", "en", "What did Sangwoo live through?"),
    ("middle", "en", "What could Minjun do?"),
    ("middle", "en", "“What would you do?” Anna asked."),
    ("middle", "en", "Your teacher cannot keep it strictly confidential."),
    ("middle", "en", "Nobody can promise that every copy will be completely deleted."),
    ("middle", "en", "“Is my life over now?” Yunjae asked."),
    ("middle", "en", "It is never her own fault."),
    ("middle", "en", "Do not save the picture, and do not screenshot the image."),
    ("middle", "en", "It helps to keep the image from going further."),
    ("middle", "en", "A talk about dying belongs with {contact:kr-channel-109}."),
    ("elementary", "en", "It is very wrong, and adults must step in."),
]  # fmt: skip


@pytest.fixture(scope="module")
def rules() -> Rulebook:
    reader = PackReader()
    found = read_rulebook(reader, LESSONS)
    assert reader.problems == []
    return found


@pytest.fixture(scope="module")
def taught() -> Pack:
    return read_pack(LESSONS)


def said_of(rules: Rulebook, course: str, locale: Locale, sentence: str) -> list[str]:
    passage = Passage(LESSONS / course / "ko.md", 1, locale, sentence, "prose")
    return [problem.code for problem in phrasing_problems(passage, rules.avoid, course, sentence)]


@pytest.mark.parametrize(("code", "course", "locale", "sentence"), FOUND)
def test_what_may_not_be_said_is_found(rules: Rulebook, code: str, course: str, locale: Locale, sentence: str) -> None:
    assert said_of(rules, course, locale, sentence) == [code]


@pytest.mark.parametrize(("course", "locale", "sentence"), PASSED)
def test_what_resembles_it_and_may_be_said_passes(rules: Rulebook, course: str, locale: Locale, sentence: str) -> None:
    assert said_of(rules, course, locale, sentence) == []


def test_each_rule_about_sentences_is_planted_in_both_languages(rules: Rulebook) -> None:
    planted = {(code, locale) for code, _, locale, _ in FOUND}
    assert planted == {(avoid.code, locale) for avoid in rules.avoid for locale in LOCALES}


def lesson_of(taught: Pack, lesson_id: str = THREATS) -> LessonFolder:
    return next(lesson for lesson in taught.lessons if lesson.id == lesson_id)


def rewritten(lesson: LessonFolder, name: str, kind: str, source: str) -> LessonFolder:
    """The lesson with the blocks of one kind in one file written anew."""
    document = lesson.documents[name]
    blocks = tuple(replace(one, source=source) if one.kind == kind else one for one in document.blocks)
    return replace(lesson, documents={**lesson.documents, name: Document(document.front, blocks)})


def spoiled(rules: Rulebook) -> Iterator[tuple[str, str, str]]:
    for say in rules.say:
        for locale in LOCALES:
            yield say.code, f"{'guide.' if say.file == 'guide' else ''}{locale}.md", say.block


def test_a_block_that_says_something_else_is_told_what_is_missing(rules: Rulebook, taught: Pack) -> None:
    lesson, planted = lesson_of(taught), list(spoiled(rules))
    assert len(planted) == 2 * len(rules.say) >= 20
    for code, name, kind in planted:
        changed = rewritten(lesson, name, kind, "—")
        found = [problem for problem in telling_problems(changed, rules) if problem.code == code]
        assert [problem.path for problem in found] == [lesson.path / name], (code, name)
        assert found[0].remedy
        assert found[0].line > 1


def test_the_service_and_the_law_of_one_name_stand_in_paragraphs_of_their_own(rules: Rulebook, taught: Pack) -> None:
    service, law = "- {contact:intl-channel-ncmec-take-it-down}", "{fact:us-take-it-down-act}"
    for between, codes in ((" ", ["take_it_down_mixed"]), ("\n\n", []), ("\n- ", [])):
        changed = rewritten(lesson_of(taught), "ko.md", "practice", f"“그래.”\n\n{service}{between}{law}")
        found = [problem.code for problem in telling_problems(changed, rules)]
        assert found == codes * 2, between  # the lesson has two blocks of this kind


def test_every_course_has_a_level(rules: Rulebook) -> None:
    assert set(rules.levels) == {"elementary", "middle", "high"}
    assert [course for course, level in rules.levels.items() if level.easy_facts] == ["elementary"]
