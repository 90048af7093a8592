"""Shows that a position line asks for a place between two ends, and tells two arguments that stand on facts."""

from typing import Any

import pytest

from curriculum.quizzes.quiz import Quiz
from curriculum.quizzes.setting import setting_problems
from tests.quizzes.private_parts import FACT, OTHER_FACT, PATH, asked, private_part, private_quiz
from tests.site_client import SiteClient

__all__ = ["asked"]
FORM = {"check": "stand", "number": "1", "version": "pencils", "owner": ""}
CITING = {"ko": f"{{fact:{FACT}}}", "en": f"{{fact:{FACT}}}"}


def test_it_works(client: SiteClient, asked: Quiz) -> None:
    page = client.get(PATH)
    [line] = [one for one in page.all("input") if one.attrib.get("id") == "own-stand"]
    assert [line.attrib[name] for name in ("type", "min", "max", "value")] == ["range", "1", "5", "3"]
    assert "연필은 학교가 사야 한다." in page.words()
    assert "첫째 생각이에요." not in page.words()
    after = client.post(PATH, FORM, status=200).words()
    assert after.index("첫째 생각이에요.") < after.index("둘째 생각이에요.")


def test_the_ends_of_the_line_are_named_to_who_cannot_see_it(client: SiteClient, asked: Quiz) -> None:
    page = client.get(PATH)
    ends = next(one for one in page.root.iter() if one.attrib.get("id") == "ends-stand")
    assert page.words(ends) == "왼쪽 끝: 학교가 오른쪽 끝: 저마다"
    [line] = [one for one in page.all("input") if one.attrib.get("id") == "own-stand"]
    assert line.attrib["aria-describedby"] == "ends-stand"


def test_both_arguments_bring_their_sources(client: SiteClient, asked: Quiz) -> None:
    page = client.post(PATH, FORM, status=200)
    ids = [one.attrib["id"] for one in page.all("li") if one.attrib.get("id", "").startswith("source-stand-")]
    assert ids == [f"source-stand-ko-{FACT}", f"source-stand-ko-{OTHER_FACT}"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([CITING, CITING], None),
        ([CITING], "position-needs-two-arguments"),
        ([CITING] * 3, "position-needs-two-arguments"),
        ([CITING, {"ko": "그냥요.", "en": "Because."}], "told-without-fact"),
    ],
)
def test_it_must_have_two_arguments_with_a_fact_each(arguments: list[dict[str, Any]], code: str | None) -> None:
    assert private_part("stand", arguments=arguments).problem() == code


@pytest.mark.parametrize(
    ("course", "too_young"), [("elementary", ["guess", "stand"]), ("middle", ["stand"]), ("high", [])]
)
def test_it_is_for_the_oldest_and_an_estimate_is_not_for_the_youngest(course: str, too_young: list[str]) -> None:
    found = [
        part for code, part in setting_problems(private_quiz(), course, (), {}) if code == "type-for-older-students"
    ]
    assert [part for part in found if part != "read"] == too_young
