"""Owns what a text of a quiz cites: a whole fact, which always stays a sentence, or a figure, which may give way."""

import re

from curriculum.catalog.text import LOCALES, Text

_FACT = re.compile(r"\{fact:[a-z0-9-]+\}")
_FIGURE = re.compile(r"\{fact:[a-z0-9-]+\.")


def cites_fact(text: Text) -> bool:
    """Whether the text cites a whole fact in both languages."""
    return all(_FACT.search(text.in_(locale)) for locale in LOCALES)


def cites_figure(text: Text) -> bool:
    """Whether the text cites a figure in either language."""
    return any(_FIGURE.search(text.in_(locale)) for locale in LOCALES)
