"""Owns which facts and contacts are to be read again: their review day has passed, or comes within sixty days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from curriculum.catalog.contact import Contact
from curriculum.catalog.fact import Fact
from curriculum.catalog.text import Text

SOON: Final = timedelta(days=60)


@dataclass(frozen=True)
class Due:
    """One of them; `what` names it, `afterwards` is what a page shows from the day after `review_by`.

    safe: the fact's safe sentence, whole: the fact as it stands, checked: the contact with the day it was checked.
    """

    id: str
    what: Text
    source: Text
    as_of: date
    review_by: date
    afterwards: Literal["safe", "whole", "checked"]

    def is_overdue(self, today: date) -> bool:
        """Whether its review day has passed; on the day itself it still holds."""
        return today > self.review_by

    @property
    def remedy(self) -> str:
        """What whoever keeps the registers is to do."""
        asked = "ask there or read its page again" if self.afterwards == "checked" else "read its source again"
        return f"{asked}, then set as_of and review_by"


def due(facts: Mapping[str, Fact], contacts: Mapping[str, Contact], today: date) -> list[Due]:
    """Return what is overdue or due within sixty days, the longest overdue first."""
    found = [*map(_of_fact, facts.values()), *map(_of_contact, contacts.values())]
    return sorted((one for one in found if one.review_by <= today + SOON), key=lambda one: (one.review_by, one.id))


def _of_fact(fact: Fact) -> Due:
    source = Text(fact.source_in("ko"), fact.source_in("en"))
    afterwards: Literal["safe", "whole"] = "safe" if fact.has_figures else "whole"
    return Due(fact.id, fact.safe, source, fact.as_of, fact.review_by, afterwards)


def _of_contact(contact: Contact) -> Due:
    return Due(contact.id, contact.name, contact.source, contact.as_of, contact.review_by, "checked")
