"""A place to turn to: what it is for, how to reach it, and the day on which that was checked."""

import re
from datetime import date
from typing import Literal, TypeAlias

import msgspec

from curriculum.catalog.text import Text

Need: TypeAlias = Literal["adult", "danger", "image", "school", "talk", "life", "removal", "language", "law"]


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One place to turn to; `panel` is its place in the help panel, `country` an ISO 3166 code.

    `easy` says to nine- to twelve-year-olds what it is for; a place without it is left out of their help panel.
    `always` says that its own number is answered at any hour of any day.
    """

    id: str
    name: Text
    purpose: Text
    hours: Text
    audience: Text
    languages: Text
    need: Need
    source: Text
    as_of: date
    review_by: date
    note: Text | None = None
    phone: str | None = None
    url: str | None = None
    panel: int | None = None
    easy: Text | None = None
    always: bool = False
    country: str = "KR"

    @property
    def dial(self) -> str | None:
        """The number as a `tel:` address takes it: digits and a leading plus."""
        return re.sub(r"[^\d+]", "", self.phone) if self.phone else None

    def is_overdue(self, today: date) -> bool:
        """Whether its review day has passed; it never disappears, but then shows the day it was checked."""
        return today > self.review_by
