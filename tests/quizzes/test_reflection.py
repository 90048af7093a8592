"""Shows that a reflection says what to know before its field, names who can help, and asks for no experience."""

import pytest

from curriculum.quizzes.quiz import Quiz
from tests.inspection import Page
from tests.quizzes.private_parts import PATH, asked, private_part
from tests.site_client import SiteClient

__all__ = ["asked"]
NOTICE = {
    "ko": (
        "어디에도 보내거나 저장하지 않아요",
        "이름이나 실제로 있었던 일은 쓰지 않아요",
        "옆 사람이 화면을 볼 수 있어요",
    ),
    "en": ("not sent or saved anywhere", "Do not write names", "people near you can see the screen"),
}


def field_of(page: Page) -> dict[str, str]:
    """The attributes of the one field of the page that is written in."""
    [field] = page.all("textarea")
    return field.attrib


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_it_works(client: SiteClient, asked: Quiz, locale: str) -> None:
    page = client.get(PATH.replace("/ko/", f"/{locale}/"))
    before = page.text[: page.text.index("<textarea")]
    assert all(sentence in before for sentence in NOTICE[locale])
    notice = next(one for one in page.root.iter() if one.attrib.get("id") == field_of(page)["aria-describedby"])
    assert [link.attrib["href"] for link in notice.iter("a")] == ["tel:1366", "tel:112", f"/{locale}/help/"]


def test_nothing_that_helps_with_writing_may_carry_it_away(client: SiteClient, asked: Quiz) -> None:
    field = field_of(client.get(PATH))
    asks = {"autocomplete": "off", "spellcheck": "false", "writingsuggestions": "false"}
    assert {name: field.get(name) for name in asks} == asks
    assert "name" not in field


def test_sentences_may_be_offered_to_begin_with_or_not(client: SiteClient, asked: Quiz) -> None:
    assert "연필아, …" in client.get(PATH).words()
    assert private_part("think", starters=[]).asked["starters"] == []


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("비슷한 일을 겪은 적이 있나요?", "What happened?"),
        ("사진을 보낸 적 있나요?", "A photo?"),
        ("쓰세요.", "Have you ever seen this?"),
        ("쓰세요.", "Did you ever forward one?"),
    ],
)
def test_nobody_is_asked_what_happened_to_them(ko: str, en: str) -> None:
    assert private_part("think", prompt={"ko": ko, "en": en}).problem() == "reflection-asks-for-experience"
    assert private_part("think", starters=[{"ko": ko, "en": en}]).problem() == "reflection-asks-for-experience"


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("지우에게 하고 싶은 말을 적어 봐요.", "Write what you would say to Jiwoo."),
        ("오늘 읽은 말 가운데 하나를 골라요.", "Choose one sentence you read today."),
    ],
)
def test_a_question_about_a_story_or_a_word_is_good(ko: str, en: str) -> None:
    assert private_part("think", prompt={"ko": ko, "en": en}).problem() is None
