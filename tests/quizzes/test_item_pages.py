"""Shows that each type's items stand on a page as the form reads them, keep what was chosen, and say what was right."""

from xml.etree import ElementTree

import pytest
from flask import Flask

from curriculum.quizzes.item import Item
from curriculum.quizzes.quiz import Quiz
from tests.inspection import Page
from tests.quizzes.private_parts import put_in_place
from tests.quizzes.sample import LESSONS, fields, pencil_item, pencil_quiz, sent, wrong
from tests.site_client import SiteClient

ADDRESSES = [
    f"/{start}/lessons/{LESSONS[0]}/quiz{end}" for start, end in (("ko", ""), ("en", ""), ("ko", "?read=both"))
]
EVERY = pytest.mark.parametrize("item", pencil_quiz().items, ids=lambda item: item.type)


@pytest.fixture
def pencils(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Quiz:
    """The quiz about pencils, in place of a lesson's own."""
    quiz = pencil_quiz()
    put_in_place(app, monkeypatch, quiz)
    return quiz


def offered(page: Page, item: Item) -> dict[str, list[str]]:
    """Every value that can be sent for an item, by the name of its field."""
    found: dict[str, list[str]] = {}
    for control in page.root.iter():
        name = control.attrib.get("name", "")
        if control.tag in {"input", "select"} and name.split(".")[0] == f"item-{item.id}":
            values = [control] if control.tag == "input" else list(control.iter("option"))
            found.setdefault(name, []).extend(one.attrib["value"] for one in values if one.attrib["value"])
    return found


def chosen(page: Page, item: Item) -> dict[str, list[str]]:
    """The values that stand as chosen, by the name of their field."""
    return {
        name: marked for name in offered(page, item) if (marked := [one.attrib["value"] for one in _marked(page, name)])
    }


def _marked(page: Page, name: str) -> list[ElementTree.Element]:
    named = [one for one in page.root.iter() if one.attrib.get("name") == name]
    return [one for field in named for one in field.iter() if {"checked", "selected"} & one.attrib.keys()]


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_item_offers_its_fields_and_their_values_and_nothing_else(
    client: SiteClient, pencils: Quiz, address: str
) -> None:
    page = client.get(address)
    for item in pencils.items:
        names = {
            f"item-{item.id}.{field}" if field else f"item-{item.id}": list(values)
            for field, values in item.fields.items()
        }
        assert offered(page, item) == names
        assert chosen(page, item) == {}


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_was_chosen_is_kept_when_something_else_is_missing(
    client: SiteClient, pencils: Quiz, address: str
) -> None:
    form = sent(pencils, wrong_at=tuple(item.id for item in pencils.items))
    left_out = fields(pencils.items[0], wrong(pencils.items[0]))
    page = client.post(
        address, {name: value for name, value in form.items() if name not in left_out}, status=422, on=address
    )
    for item in pencils.items[1:]:
        assert chosen(page, item) == fields(item, wrong(item))


@EVERY
def test_an_item_half_answered_keeps_that_half(client: SiteClient, pencils: Quiz, item: Item) -> None:
    name, value = next(iter(fields(item, wrong(item)).items()))
    page = client.post(
        ADDRESSES[0], {"number": "1", "version": pencils.digest, name: value}, status=422, on=ADDRESSES[0]
    )
    assert chosen(page, item) == {name: value}


def told(page: Page, item: Item) -> str:
    """What is said about an item after the response."""
    (section,) = [one for one in page.all("section") if one.attrib.get("aria-labelledby") == f"told-{item.id}"]
    return page.words(section)


def test_both_right_partners_of_a_card_are_named_and_what_was_chosen(client: SiteClient, pencils: Quiz) -> None:
    item = pencil_item("lend")
    words = told(client.post(ADDRESSES[0], sent(pencils) | fields(item, ("x=b", "y=a", "z=c")), status=200), item)
    assert "다른 것이 더 알맞아요 카드 x 내가 고른 것 필통 b 알맞은 것 필통 a 까닭 x" in words
    assert "알맞게 골랐어요 카드 y 내가 고른 것 필통 a 알맞은 것 필통 a 필통 b 까닭 y" in words
    assert "알맞게 골랐어요 카드 z 내가 고른 것 필통 c 까닭 z" in words


def test_the_explanation_follows_a_wrong_reason_and_a_right_one(client: SiteClient, pencils: Quiz) -> None:
    item = pencil_item("claim")
    for response in (("fails", "b"), ("fails", "a"), ("holds", "c")):
        words = told(client.post(ADDRESSES[0], sent(pencils) | fields(item, response), status=200), item)
        assert "빌린 연필은 내 것이다." in words
        assert words.count("빌린 것은 돌려줘요.") == 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_words_of_the_other_language_are_marked_after_the_response(
    client: SiteClient, pencils: Quiz, address: str
) -> None:
    form = sent(pencils, wrong_at=tuple(item.id for item in pencils.items))
    page = client.post(address, form, status=200, on=address)  # the client inspects the languages of every page
    assert all(told(page, item) for item in pencils.items)
