"""Owns how contacts are shown: grouped by need, in the order in which they help, in the language of the page."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from curriculum.catalog.contact import Contact, Need
from curriculum.catalog.text import Locale

# The order of the help panel (curriculum, section 6): a person first, danger next, then what happened.
NEEDS: Sequence[Need] = ("adult", "danger", "image", "school", "talk", "life", "removal", "language", "law")
# What the strip at the foot of every page dials: danger, images, school, somebody to talk to, thoughts of dying.
STRIP: Sequence[Need] = ("danger", "image", "school", "talk", "life")
# Whom the note before a lesson for children names, each with a sign: a person first.
SIGNPOST: Sequence[Need] = ("adult", "danger", "image", "school", "talk")
HERE = "KR"


@dataclass(frozen=True, slots=True)
class ShownContact:
    """A contact in one language.

    `dial` is its phone as a `tel:` address takes it. `checked` is the day it was checked, once its review day has
    passed.
    """

    id: str
    need: Need
    name: str
    purpose: str
    phone: str | None
    dial: str | None
    hours: str
    languages: str
    note: str | None
    url: str | None
    checked: date | None
    always: bool


def shown(contact: Contact, locale: Locale, today: date) -> ShownContact:
    """A contact as a page shows it. It never disappears: past its review day it says when it was checked."""
    return ShownContact(
        id=contact.id,
        need=contact.need,
        name=contact.name.in_(locale),
        purpose=contact.purpose.in_(locale),
        phone=contact.phone,
        dial=contact.dial,
        hours=contact.hours.in_(locale),
        languages=contact.languages.in_(locale),
        note=contact.note.in_(locale) if contact.note else None,
        url=contact.url,
        checked=contact.as_of if contact.is_overdue(today) else None,
        always=contact.always,
    )


def by_need(contacts: Iterable[Contact], locale: Locale, today: date) -> Mapping[Need, list[ShownContact]]:
    """The contacts in this country by need; in each need those of the help panel come first, in its order."""
    here = sorted((contact for contact in contacts if contact.country in {HERE, "INT"}), key=_place)
    return {
        need: [shown(contact, locale, today) for contact in group]
        for need, group in groupby(here, key=lambda contact: contact.need)
    }


def _place(contact: Contact) -> tuple[int, float, str]:
    return NEEDS.index(contact.need), contact.panel or math.inf, contact.id


def abroad(contacts: Iterable[Contact], locale: Locale, today: date) -> Mapping[str, list[ShownContact]]:
    """The contacts of other countries, by country code."""
    away = sorted(
        (contact for contact in contacts if contact.country not in {HERE, "INT"}), key=lambda one: one.country
    )
    return {
        country: [shown(contact, locale, today) for contact in group]
        for country, group in groupby(away, key=lambda contact: contact.country)
    }


def strip(panel: Iterable[Contact], locale: Locale, today: date) -> list[ShownContact]:
    """The numbers at the foot of every page: for each need of the strip the first of the panel that can be dialled."""
    first: dict[Need, Contact] = {}
    for contact in panel:
        if contact.phone and contact.need in STRIP:
            first.setdefault(contact.need, contact)
    return [shown(first[need], locale, today) for need in STRIP if need in first]


def for_children(panel: Iterable[Contact], locale: Locale, today: date) -> list[ShownContact]:
    """The places of the panel that speak to children, in their words and with nothing else to read."""
    eased = [(contact, contact.easy) for contact in panel if contact.easy]
    return [
        replace(shown(contact, locale, today), purpose=easy.in_(locale), note=None, url=None) for contact, easy in eased
    ]


def signpost(panel: Iterable[ShownContact]) -> list[ShownContact]:
    """Whom a child can turn to, in one look: the first of the panel for each need of the signpost."""
    first: dict[Need, ShownContact] = {}
    for contact in panel:
        first.setdefault(contact.need, contact)
    return [first[need] for need in SIGNPOST if need in first]
