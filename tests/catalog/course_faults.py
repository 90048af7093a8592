"""Faults above the lessons, each with what to replace in the pencil pack: strands, route, duties, families, surveys."""

from tests.catalog.writing_faults import Written

UNIT, FAMILY = "middle/pencils/unit.toml", "middle/pencils/family.ko.md"
ENGLISH, SURVEY, SEQUENCE = "middle/pencils/family.en.md", "middle/survey.toml", "sequence.toml"
ROUTE = '["middle/pencils/asking"]'
FIRST = '[[items]]\nid = "returning"'
ITEM = '[[items]]\nid = "more-{0}"\nkind = "norm"\nprompt.ko = "다들 돌려줘요."\nprompt.en = "They return it."\n\n'


def _in(code: str, name: str, line: int, old: str, new: str) -> Written:
    return Written(code, name, line, ((name, old, new),))


# With one of these the program does not start.
GRAVE = [
    _in("block_header_invalid", FAMILY, 9, "/// talk | talk", "/// talk"),
    _in("block_missing", FAMILY, 1, "/// tells | tells", "/// talk | tells"),
    _in("block_order", FAMILY, 1, "/// tells | tells", "/// talk | more\n말\n///\n\n/// tells | tells"),
    _in("blocks_unequal", ENGLISH, 12, "/// talk | talk", "/// talk | chat"),
    _in("field_invalid", SURVEY, 1, 'kind = "norm"', 'kind = "habit"'),
    _in("field_invalid", UNIT, 1, '"consent", "images"', '"consent", "pens"'),
    _in("lesson_unknown", SEQUENCE, 2, ROUTE, '["middle/pencils/taking"]'),
    _in("lesson_unknown", SEQUENCE, 13, 'covers = ["middle/pencils/asking"]', 'covers = ["upper"]'),
    _in("reference_unknown", FAMILY, 21, "{fact:pencil-law}", "{fact:pencil-habit}"),
    _in("reference_unknown", SEQUENCE, 12, '"pencil-custom"', '"pencil-habit"'),
]
# These are for the check alone.
LIGHT = [
    _in("heading_missing", FAMILY, 10, "## 나눌 말\n", ""),
    _in("id_repeated", SURVEY, 2, 'id = "asking"', 'id = "returning"'),
    _in("id_repeated", SURVEY, 2, 'id = "kept"', 'id = "later"'),
    _in("number_by_hand", SEQUENCE, 14, "물어보는 말을", "3번 물어보는 말을"),
    _in("number_by_hand", SURVEY, 32, "나는 먼저", "나는 2번 먼저"),
    _in("route_order", SEQUENCE, 2, ROUTE, ROUTE.replace("]", ", ") + ROUTE[1:]),
    _in("strand_missing", UNIT, 6, 'strands = ["consent", "images", "law", "peers", "help"]\n', ""),
    Written("strand_unmet", SEQUENCE, 5, ((UNIT, '"law", ', ""),)),
    _in("survey_key", SURVEY, 2, 'key = "later"', 'key = "sold"'),
    _in("survey_key", SURVEY, 2, 'key = "later"\n', ""),
    _in("survey_kind_missing", SURVEY, 1, 'kind = "route"', 'kind = "norm"'),
    _in("survey_length", SURVEY, 1, FIRST, "".join(map(ITEM.format, "abc")) + FIRST),
    _in("survey_options", SURVEY, 2, '{ id = "kept", ko = "가져요.", en = "It is kept." },', ""),
    _in("survey_own_experience", SURVEY, 30, "나는 먼저 물어볼 거예요.", "나는 물어본 적이 있어요."),
    _in("survey_own_experience", SURVEY, 30, "I will ask first.", "I have seen it."),
    _in("text_empty", FAMILY, 11, "“민준이는 왜 물어봤을까?”\n", ""),
    Written("translation_older", ENGLISH, 2, ((FAMILY, "민준이는 왜", "민준이는 언제"),)),
]  # fmt: skip
# A file that is not there is no word to replace.
MISSING = [("family_missing", FAMILY), ("family_missing", ENGLISH), ("survey_missing", SURVEY)]
