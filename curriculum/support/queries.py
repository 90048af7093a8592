"""Owns the reads of where to turn: contacts as they hold today, the school's own people, and the navigator."""

from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from flask import current_app
from msgspec.structs import asdict

from curriculum.accounts.queries import kept_contacts
from curriculum.catalog.queries import catalog, renderer
from curriculum.database import db
from curriculum.localization import page_locale
from curriculum.support.contact_list import ShownContact, for_children, shown, strip
from curriculum.support.models import SchoolContact
from curriculum.support.navigator_page import NavigatorPage, render_navigator
from curriculum.support.school_people import LONGEST, SchoolPerson, ShownPerson, people_in, shown_person

_PAGES = 4  # two languages, today and yesterday

_TEXTS = [getattr(SchoolContact, name) for name in SchoolPerson.__struct_fields__]


class ContactRow(NamedTuple):
    """One of a school's own people as it stands in the table."""

    id: UUID
    version: int
    person: SchoolPerson

    @property
    def texts(self) -> dict[str, Any]:
        """Its texts, and whether they cover, by the names of the fields."""
        return asdict(self.person)

    @property
    def has_english(self) -> bool:
        """Whether everything that is said in Korean is said in English too."""
        return all(self.texts[f"{name}_en"] or not self.texts[f"{name}_ko"] for name in LONGEST)

    @property
    def shown(self) -> ShownPerson:
        """It as a page in this language shows it."""
        return shown_person(self.person, page_locale())


def contacts_of_school(school_id: UUID) -> list[ContactRow]:
    """A school's own people as they stand in the table, in order."""
    columns = (SchoolContact.id, SchoolContact.version, *_TEXTS)
    rows = db.session.execute(
        sa.select(*columns).where(SchoolContact.school_id == school_id).order_by(SchoolContact.place, SchoolContact.id)
    )
    return [ContactRow(contact_id, version, SchoolPerson(*texts)) for contact_id, version, *texts in rows]


def contact_of_school(school_id: UUID, contact_id: UUID) -> ContactRow | None:
    """One of a school's own people."""
    return next((row for row in contacts_of_school(school_id) if row.id == contact_id), None)


def school_people() -> list[ShownPerson]:
    """The own people of the school of this page, as they stand before every other place to turn to."""
    kept = kept_contacts()
    return [shown_person(person, page_locale()) for person in people_in(kept)] if kept else []


def help_strip() -> list[ShownContact]:
    """The numbers at the foot of every page."""
    return strip(catalog().panel, page_locale(), renderer().today)


def help_for_children() -> list[ShownContact]:
    """The places to turn to that speak to children, in the fixed order."""
    return for_children(catalog().panel, page_locale(), renderer().today)


def help_panel() -> list[ShownContact]:
    """The places to turn to under the help step of every lesson, in the fixed order."""
    return [shown(contact, page_locale(), renderer().today) for contact in catalog().panel]


def navigator_page() -> NavigatorPage:
    """The help navigator in the language of the page; it holds nothing personal."""
    return _navigator_page(renderer(), current_app.extensions["navigator"], page_locale())


_navigator_page = lru_cache(maxsize=_PAGES)(render_navigator)
