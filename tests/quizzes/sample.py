"""A small quiz about pencils with one item of each graded type, and ways to answer any quiz as a page sends it."""

import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from itertools import product
from typing import Any

from flask import Flask

from curriculum.quizzes.item import Item, Response, ResponseError
from curriculum.quizzes.queries import quiz_of
from curriculum.quizzes.quiz import Quiz, quiz_from

LESSONS = ("middle/consent/every-step", "middle/images/fake-image-real-harm", "middle/help/the-first-day")

_ITEM = """
[[items]]
id = "{id}"
type = "{type}"
objective = "pencils"
help_route = {help_route}
prompt.ko = "연필을 빌려요."
prompt.en = "You borrow a pencil."
{more}
"""
_OPTION = """
[[items.options]]
id = "{0}"
ko = "연필 {0}"
en = "pencil {0}"
feedback.ko = "까닭 {0}"
feedback.en = "why {0}"
"""
_CARD = """
[[items.cards]]
id = "{0}"
key = {1}
ko = "카드 {0}"
en = "card {0}"
feedback.ko = "까닭 {0}"
feedback.en = "why {0}"
"""
_PLACE = """
[[items.options]]
id = "{0}"
ko = "필통 {0}"
en = "pencil case {0}"
"""


def _text(name: str, ko: str, en: str) -> str:
    return f'\n{name}.ko = "{ko}"\n{name}.en = "{en}"'


_FACT = "kr-stat-moe-crime-victimblame"
_CHART = "\nchart.most = 100" + "".join(
    _text(f"chart.{name}", f"연필 {name}", f"pencil {name}") for name in ("title", "unit", "base", "year", "limits")
)
_CHART += f"""
chart.rows = [
    {{ ko = "연필", en = "pencils", value = "{{fact:{_FACT}.crime}}" }},
    {{ ko = "공책", en = "notebooks", value = "{{fact:{_FACT}.maker}}" }},
]"""


def _chosen(id_: str, type_: str, more: str, options: str, help_route: str = "false") -> str:
    return _ITEM.format(id=id_, type=type_, help_route=help_route, more=more) + "".join(map(_OPTION.format, options))


def _placed(id_: str, type_: str, cards: Mapping[str, str], options: str) -> str:
    written = _ITEM.format(id=id_, type=type_, help_route="false", more="")
    return written + "".join(_CARD.format(*card) for card in cards.items()) + "".join(map(_PLACE.format, options))


WRITTEN = (
    _chosen("ask", "single", 'key = ["b"]', "abc", "true")
    + _chosen("reasons", "several", 'key = ["a", "c"]', "abcd")
    + _chosen("steps", "order", 'key = [["c", "a", "b"], ["c", "b", "a"]]', "abc")
    + _chosen("kind", "safe", 'key = ["a", "c"]', "abcd")
    + _placed("lend", "match", {"x": '["a"]', "y": '["a", "b"]', "z": '["c"]'}, "abc")
    + _placed("tidy", "sort", {"x": '["a"]', "y": '["b"]', "z": '["a"]'}, "ab")
    + _chosen("say", "wording", 'key = ["a", "c"]' + _text("sentence", "연필 줘.", "Pencil!"), "abc")
    + _chosen(
        "claim",
        "reason",
        'key = ["fails", "b"]'
        + _text("statement", "빌린 연필은 내 것이다.", "A pencil that was lent is mine.")
        + _text("explanation", "빌린 것은 돌려줘요.", "What was lent is given back."),
        "abc",
    )
    + _chosen("read", "chart", 'key = ["b"]' + _CHART, "abc")
)
RIGHT: Mapping[str, Response] = {
    "ask": ("b",),
    "reasons": ("a", "c"),
    "steps": ("c", "a", "b"),
    "kind": ("c",),
    "lend": ("x=a", "y=b", "z=c"),
    "tidy": ("x=a", "y=b", "z=a"),
    "say": ("c",),
    "claim": ("fails", "b"),
    "read": ("b",),
}


def content() -> dict[str, Any]:
    """The quiz as read from its file, free to be changed."""
    return deepcopy(_read())


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(WRITTEN)


def pencil_quiz(lesson_id: str = LESSONS[0], digest: str = "pencils") -> Quiz:
    """The quiz, as the quiz of this lesson."""
    return quiz_from(lesson_id, digest, content())


def pencil_item(item_id: str, **changes: Any) -> Item:
    """One item of it, with some of what is written changed."""
    entry = deepcopy(next(one for one in _read()["items"] if one["id"] == item_id))
    entry.update(deepcopy(changes))
    found = quiz_from("", "", {"items": [entry]}).items[0]
    assert isinstance(found, Item)
    return found


def right(item: Item) -> Response:
    """A fully right response to any item."""
    return item.right_response


def wrong(item: Item) -> Response:
    """A response to any item that is as far from right as one value for each field can be."""
    return min(_responses(item), key=item.points)


def _responses(item: Item) -> Iterator[Response]:
    for values in product(*item.fields.values()):
        try:
            yield item.parse({field: [value] for field, value in zip(item.fields, values, strict=True)})
        except ResponseError:
            continue


def fields(item: Item, response: Response) -> dict[str, Any]:
    """The form fields by which a page sends this response."""
    name = f"item-{item.id}"
    return {f"{name}.{field}" if field else name: list(values) for field, values in item.given(response).items()}


def sent(quiz: Quiz, *, number: int = 1, owner: str = "", wrong_at: tuple[str, ...] = ()) -> dict[str, Any]:
    """A whole form with right responses, wrong ones at the items named."""
    form: dict[str, Any] = {"number": str(number), "version": quiz.digest, "owner": owner}
    for item in quiz.items:
        form |= fields(item, wrong(item) if item.id in wrong_at else right(item))
    return form


def quiz_in(app: Flask, lesson_id: str) -> Quiz:
    """The quiz of a lesson of the app."""
    with app.app_context():
        return quiz_of(lesson_id)
