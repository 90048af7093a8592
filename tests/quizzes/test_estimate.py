"""Shows that an estimate asks between two ends, and tells what a survey found only when it is asked for."""

from typing import Any

import pytest

from curriculum.quizzes.quiz import Quiz
from tests.inspection import Page
from tests.quizzes.private_parts import FACT, PATH, asked, private_part
from tests.site_client import SiteClient

__all__ = ["asked"]
FOUND = "89.4%"


def part_of(page: Page) -> str:
    """The words of the estimate: a chart about the same fact may stand beside it."""
    return page.words(page.root.find(".//*[@data-part='guess']"))


def told(client: SiteClient) -> Page:
    """The page after its button was pressed without a script."""
    form = {"check": "guess", "number": "1", "version": "pencils", "owner": ""}
    return client.post(PATH, form, status=200)


def test_it_works(client: SiteClient, asked: Quiz) -> None:
    page = client.get(PATH)
    [field] = [one for one in page.all("input") if one.attrib.get("id") == "own-guess"]
    assert (field.attrib["type"], field.attrib["min"], field.attrib["max"]) == ("number", "0", "999999")
    assert FOUND not in part_of(page)
    after = part_of(told(client))
    assert FOUND in after
    assert "함께 읽었어요." in after


def test_the_source_and_its_day_stand_with_what_is_told(client: SiteClient, asked: Quiz) -> None:
    assert "교육부" not in part_of(client.get(PATH))
    page = told(client)
    assert "교육부, 2024. 12. 확인한 날 2024년 12월 11일" in part_of(page)
    assert len([one for one in page.all("li") if one.attrib.get("id", "").startswith("source-guess-")]) == 1


def test_the_page_does_not_know_the_guess(client: SiteClient, asked: Quiz) -> None:
    form = {
        "check": "guess",
        "number": "1",
        "version": "pencils",
        "owner": "",
        "item-guess": "730519",
        "own-guess": "7",
    }
    page = client.post(PATH, form, status=200)
    [field] = [one for one in page.all("input") if one.attrib.get("id") == "own-guess"]
    assert "value" not in field.attrib
    assert "730519" not in page.text


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"least": 100}, None),
        ({"least": 999999}, "estimate-without-range"),
        ({"least": -1}, "estimate-without-range"),
        ({"answer": {"ko": "많아요.", "en": "Many."}}, "told-without-fact"),
        ({"answer": {"ko": f"{{fact:{FACT}}}", "en": "Many."}}, "told-without-fact"),
        ({"answer": {"ko": f"{{fact:{FACT}.crime}}", "en": f"{{fact:{FACT}.crime}}"}}, "told-without-fact"),
    ],
)
def test_it_must_have_a_range_and_a_fact(changes: dict[str, Any], code: str | None) -> None:
    assert private_part("guess", **changes).problem() == code
