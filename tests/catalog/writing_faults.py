"""Faults of writing, each with what to replace in the pencil pack so that it is there: one or more for every rule."""

from typing import NamedTuple, TypeAlias

LESSON = "middle/pencils/asking"
NOTE = "이 수업에는 연필만 나와요."
ENGLISH = "We listen."
EASY = ('source.ko = "연필 학회', 'easy.ko = "먼저 물어요."\neasy.en = "Ask first."\nsource.ko = "연필 학회')

Change: TypeAlias = tuple[str, str, str]  # file, what is replaced there, by what


class Written(NamedTuple):
    """A fault: its code, the file and line where it is reported, and how it is planted."""

    code: str
    file: str
    line: int
    changes: tuple[Change, ...]


def _ko(code: str, line: int, old: str, new: str) -> Written:
    return Written(code, f"{LESSON}/ko.md", line, ((f"{LESSON}/ko.md", old, new),))


def _en(code: str, line: int, old: str, new: str) -> Written:
    return Written(code, f"{LESSON}/en.md", line, ((f"{LESSON}/en.md", old, new),))


def _in(code: str, name: str, line: int, old: str, new: str) -> Written:
    return Written(code, name, line, ((name, old, new),))


# The rules that stand in the pack's own rules.toml.
RULED = [
    _ko("asks_experience", 8, NOTE, f"{NOTE}\n연필을 빌려 본 적이 있나요?"),
    _ko("asks_experience", 25, "민준이는 무엇을 할 수 있을까요?", "너라면 무엇을 할까요?"),
    _en("asks_experience", 9, "nothing but pencils.", "nothing but pencils.\nHave you ever lost one?"),
    _in("asks_experience", f"{LESSON}/quiz.toml", 7, "무엇을 하면 좋을까요?", "보고, 너라면 어떻게 할까요?"),
    _in("asks_experience", f"{LESSON}/guide.en.md", 19, "{fact:pencil-law}", "{fact:pencil-law} What would you do?"),
    _ko("names_tool", 38, "“빌려도 돼?”", "“샤프 빌려도 돼?”"),
    _in("names_tool", f"{LESSON}/quiz.toml", 20, "Take it without", "Take the sharpener without"),
    _in("ink_alone", f"{LESSON}/other.ko.md", 6, "적어 봐요.", "잉크로 적어 봐요."),
    _ko("too_early", 7, NOTE, f"{NOTE} 만년필은 나중이에요."),
    _ko("note_says_nothing", 7, NOTE, "이 수업에는 하나만 나와요."),
    _ko("help_without_line", 53, "{contact:pencil-line} 또는", "혼자 또는"),
    Written(
        "return_without_law",
        f"{LESSON}/en.md",
        31,
        ((f"{LESSON}/en.md", "{fact:pencil-law} ", ""), (f"{LESSON}/en.md", "{fact:pencil-law.days}", "short")),
    ),
    _in("guide_without_law", f"{LESSON}/guide.ko.md", 18, "{fact:pencil-law}", "차분히 진행합니다."),
    _ko("line_and_law_mixed", 53, "{contact:pencil-line} 또는", "{contact:pencil-line} {fact:pencil-law}"),
]  # fmt: skip
# Those that the program states.
WRITING = [
    Written(
        "fact_for_children",
        f"{LESSON}/ko.md",
        30,
        (("facts.toml", *EASY), (f"{LESSON}/ko.md", "{fact:pencil-custom}", "{fact:pencil-custom.easy}")),
    ),
    Written("fact_not_easy", f"{LESSON}/en.md", 31, (("rules.toml", "grade = 8.0", "grade = 8.0\neasy_facts = true"),)),
    Written(
        "fact_for_children",
        f"{LESSON}/quiz.toml",
        14,
        (("facts.toml", *EASY), (f"{LESSON}/quiz.toml", "{fact:pencil-custom}", "{fact:pencil-custom.easy}")),
    ),
    _en("facts_outweigh", 1, "- We smile.", "- {fact:pencil-law} {fact:pencil-law} {fact:pencil-law}"),
    _en("lengths_unequal", 1, ENGLISH, f"{ENGLISH} " * 50),
    _ko("many_long_sentences", 1, NOTE, f"{NOTE} 이 말은 하나 둘 셋 넷 길어요.\n이 말은 하나 둘 셋 넷 길어요."),
    Written("pattern_invalid", "rules.toml", 9, (("rules.toml", "'샤프'", "'샤프('"),)),
    _ko("sentence_long", 8, NOTE, f"{NOTE}\n이 말은 하나 둘 셋 넷 다섯 여섯 아주 길어요."),
    _en("sentences_long", 1, ENGLISH, "We all sit down in here and we listen. " * 60),
    _ko("text_long", 1, NOTE, f"{NOTE} 연필은 길어요. " * 20),
    Written("text_short", f"{LESSON}/ko.md", 1, (("rules.toml", "syllables = [60", "syllables = [120"),)),
    _en("words_hard", 1, ENGLISH, "Communication necessitates considerable consideration. " * 20),
]
