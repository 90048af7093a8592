"""A word that is explained in the margin."""

import msgspec

from curriculum.catalog.text import Text


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word as it is printed, and its meaning in a sentence or two of plain text."""

    id: str
    term: Text
    meaning: Text
