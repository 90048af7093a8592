"""Owns the page about access for people who run a school: the table of URLs, written from what the app states."""

import re
from collections.abc import Iterable
from typing import Protocol

VERSION = re.compile(r"^/static/[0-9a-f]+/")  # it changes with every style

HEAD = """# Who may reach what

Written by `python3 run.py access write` from the access marks on the URLs; a test fails when it is not current.
`<locale>` is `ko` or `en`. A mark says who may reach an address. Which class, attempt or person is found behind it is
decided by the fetch, which takes the person and the school; what is not found is the same 404 as what does not exist.

| address | methods | who | what it shows of other people |
|---|---|---|---|
"""


class Address(Protocol):
    """One URL of the site, as the app states it."""

    @property
    def rule(self) -> str:
        """The pattern of the address."""

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods it takes."""

    @property
    def mark(self) -> str:
        """Who may come in."""

    @property
    def shows(self) -> tuple[str, ...]:
        """What it shows of others."""


def access_page(addresses: Iterable[Address]) -> str:
    """The page in Markdown, a row an address."""
    return HEAD + "".join(_row(one) for one in addresses)


def _row(one: Address) -> str:
    rule = VERSION.sub("/static/<version>/", one.rule.replace("<any(ko, en):locale>", "<locale>"))
    return f"| `{rule}` | {', '.join(one.methods)} | {one.mark} | {'; '.join(one.shows) or '–'} |\n"
