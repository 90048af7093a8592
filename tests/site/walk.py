"""Walks the table of URLs: each with a real address, and bodies made comparable."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from flask import Flask
from werkzeug.test import TestResponse

from curriculum.security import Door
from tests.cast import Cast

COURSE, UNIT, SLUG = "middle", "consent", "every-step"
LESSON = f"/ko/lessons/{COURSE}/{UNIT}/{SLUG}"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

TOKEN = re.compile(r'(name="csrf_token"[^>]*value=)"[^"]*"')
# Of an address that exists for others the language control keeps the place: that an address exists is no secret.
LANGUAGES = re.compile(r'<nav class="languages-nav".*?</nav>', re.DOTALL)


class Address(NamedTuple):
    """One way to knock at a door."""

    door: Door
    method: str
    path: str


def addresses(app: Flask, cast: Cast) -> Iterator[Address]:
    """Every URL and method of the table, with ids of things that exist: Gaon's class, a real lesson and step."""
    step = app.extensions["catalog"].lesson(f"{COURSE}/{UNIT}/{SLUG}").step_ids[0]
    known: dict[str, str | UUID] = {
        "locale": "ko",
        "course": COURSE,
        "unit": UNIT,
        "slug": SLUG,
        "step": step,
        "classroom_id": cast.classroom_id,
        "filename": "icon.svg",
    }
    urls = app.url_map.bind("localhost")
    rules = {rule.rule: rule for rule in app.url_map.iter_rules()}
    for door in app.extensions["access"]:
        values = {name: known[name] for name in rules[door.rule].arguments}
        for method in door.methods:
            yield Address(door, method, urls.build(door.endpoint, values, method))


def comparable(response: TestResponse, *varying: object) -> tuple[int, str]:
    """Status and body of a page, without its token, its language control and what differs by what was typed."""
    text = LANGUAGES.sub("", TOKEN.sub(r'\1""', response.text))
    for one in varying:
        text = text.replace(str(one), "·")
    return response.status_code, text
