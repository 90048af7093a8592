"""A small quiz about pencils with one item of each type, and ways to answer any quiz as a page sends it."""

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from flask import Flask

from curriculum.quizzes.item import Item, Response
from curriculum.quizzes.order import OrderSteps
from curriculum.quizzes.queries import quiz_of
from curriculum.quizzes.quiz import Quiz, quiz_from

LESSONS = ("middle/consent/every-step", "middle/images/fake-image-real-harm", "middle/help/the-first-day")

_OPTION = """
[[items.options]]
id = "{0}"
ko = "연필 {0}"
en = "pencil {0}"
feedback.ko = "까닭 {0}"
feedback.en = "why {0}"
"""
_ITEM = """
[[items]]
id = "{id}"
type = "{type}"
objective = "pencils"
help_route = {help_route}
key = {key}
prompt.ko = "연필을 빌려요."
prompt.en = "You borrow a pencil."
"""


def _written(id_: str, type_: str, help_route: str, key: str, options: str) -> str:
    return _ITEM.format(id=id_, type=type_, help_route=help_route, key=key) + "".join(map(_OPTION.format, options))


WRITTEN = (
    _written("ask", "single", "true", '["b"]', "abc")
    + _written("reasons", "several", "false", '["a", "c"]', "abcd")
    + _written("steps", "order", "false", '[["c", "a", "b"], ["c", "b", "a"]]', "abc")
)
RIGHT: Mapping[str, Response] = {"ask": ("b",), "reasons": ("a", "c"), "steps": ("c", "a", "b")}


def content() -> dict[str, Any]:
    """The quiz as read from its file, free to be changed."""
    return tomllib.loads(WRITTEN)


def pencil_quiz(lesson_id: str = LESSONS[0], digest: str = "pencils") -> Quiz:
    """The quiz, as the quiz of this lesson."""
    return quiz_from(lesson_id, digest, content())


def pencil_item(item_id: str, **changes: Any) -> Item:
    """One item of it, with some of what is written changed."""
    written = content()
    entry = next(one for one in written["items"] if one["id"] == item_id)
    entry.update(deepcopy(changes))
    found = quiz_from("", "", {"items": [entry]}).items[0]
    assert isinstance(found, Item)
    return found


def right(item: Item) -> Response:
    """A fully right response to any item."""
    if isinstance(item, OrderSteps):
        return item.key[0]
    return tuple(option for option in item.option_ids if item.belongs_to_key(option))


def wrong(item: Item) -> Response:
    """A response to any item that is not fully right."""
    if isinstance(item, OrderSteps):
        return item.option_ids
    return (next(option for option in item.option_ids if not item.belongs_to_key(option)),)


def fields(item: Item, response: Response) -> dict[str, Any]:
    """The form fields by which a page sends this response."""
    if isinstance(item, OrderSteps):
        return {f"item-{item.id}-{option}": str(place) for place, option in enumerate(response, start=1)}
    return {f"item-{item.id}": list(response)}


def sent(quiz: Quiz, *, token: str = "a-token", wrong_at: tuple[str, ...] = ()) -> dict[str, Any]:
    """A whole form with right responses, wrong ones at the items named."""
    form: dict[str, Any] = {"token": token, "version": quiz.digest}
    for item in quiz.items:
        form |= fields(item, wrong(item) if item.id in wrong_at else right(item))
    return form


def quiz_in(app: Flask, lesson_id: str) -> Quiz:
    """The quiz of a lesson of the app."""
    with app.app_context():
        return quiz_of(lesson_id)
