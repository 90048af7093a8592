"""Owns the writes of where to turn: a school's own people, and what pages show of them, in one transaction."""

from uuid import UUID

import sqlalchemy as sa
from msgspec.structs import asdict
from uuid_utils.compat import uuid7

from curriculum.accounts.services import hold_school, keep_contacts
from curriculum.audit import Act, note
from curriculum.database import begin_write, db
from curriculum.support.models import SchoolContact
from curriculum.support.queries import ContactRow, contacts_of_school
from curriculum.support.school_people import MOST, SchoolPerson, moved, written


class ContactGone(Exception):
    """Somebody else has removed the entry meanwhile, or there never was one."""


class ContactChanged(Exception):
    """Somebody else has changed the entry meanwhile; `present` is what it says now."""

    def __init__(self, present: ContactRow) -> None:
        super().__init__()
        self.present = present


class TooManyContacts(Exception):
    """The school has as many entries as are read through."""


def add_contact(*, school_id: UUID, person: SchoolPerson) -> None:
    """Put somebody at the end. The same entry sent twice stands once; raises TooManyContacts."""
    rows = _present(school_id)
    if any(row.person == person for row in rows):
        return
    if len(rows) >= MOST:
        raise TooManyContacts
    values = {"school_id": school_id, "id": uuid7(), "place": len(rows) + 1, "version": 1, **asdict(person)}
    db.session.execute(sa.insert(SchoolContact).values(values))
    _show(school_id)
    note(school_id=school_id, act=Act.CONTACT_ADDED, about=values["id"])


def save(*, school_id: UUID, entry: UUID | None, seen: int | None, person: SchoolPerson) -> None:
    """Write an entry as `change_contact` does, or without one as `add_contact`."""
    if entry is None:
        add_contact(school_id=school_id, person=person)
    else:
        change_contact(school_id=school_id, contact_id=entry, seen=seen, person=person)


def change_contact(*, school_id: UUID, contact_id: UUID, seen: int | None, person: SchoolPerson) -> None:
    """Write an entry anew, if it still is the version that was seen; raises ContactChanged and ContactGone."""
    _unchanged(school_id, contact_id, seen)
    values = {"version": SchoolContact.version + 1, **asdict(person)}
    db.session.execute(sa.update(SchoolContact).where(*_one(school_id, contact_id)).values(values))
    _show(school_id)
    note(school_id=school_id, act=Act.CONTACT_CHANGED, about=contact_id)


def move_contact(*, school_id: UUID, contact_id: UUID, by: int) -> None:
    """Move an entry by so many places among those that stand there now (-1 is up); raises ContactGone."""
    ids = [row.id for row in _present(school_id)]
    if contact_id not in ids:
        raise ContactGone
    _put_in_order(school_id, moved(ids, contact_id, by))
    note(school_id=school_id, act=Act.CONTACT_MOVED, about=contact_id)


def remove_contact(*, school_id: UUID, contact_id: UUID, seen: int | None) -> None:
    """Remove an entry, if it still is the version that was seen; raises ContactChanged and ContactGone."""
    rows = _unchanged(school_id, contact_id, seen)
    db.session.execute(sa.delete(SchoolContact).where(*_one(school_id, contact_id)))
    _put_in_order(school_id, [row.id for row in rows if row.id != contact_id])
    note(school_id=school_id, act=Act.CONTACT_REMOVED, about=contact_id)


def _present(school_id: UUID) -> list[ContactRow]:
    """The entries as they stand now; whoever else would write of this school waits until the transaction ends."""
    begin_write()
    hold_school(school_id=school_id)
    return contacts_of_school(school_id)


def _unchanged(school_id: UUID, contact_id: UUID, seen: int | None) -> list[ContactRow]:
    rows = _present(school_id)
    found = next((row for row in rows if row.id == contact_id), None)
    if found is None:
        raise ContactGone
    if found.version != seen:
        raise ContactChanged(found)
    return rows


def _put_in_order(school_id: UUID, ids: list[UUID]) -> None:
    for place, contact_id in enumerate(ids, start=1):
        db.session.execute(sa.update(SchoolContact).where(*_one(school_id, contact_id)).values(place=place))
    _show(school_id)


def _one(school_id: UUID, contact_id: UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return SchoolContact.school_id == school_id, SchoolContact.id == contact_id


def _show(school_id: UUID) -> None:
    keep_contacts(school_id=school_id, text=written(row.person for row in contacts_of_school(school_id)))
