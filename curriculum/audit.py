"""Owns the audit log: who did what, about whom, each line sealed together with the one before it."""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from flask import current_app, g
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from curriculum.database import Base, OfSchool, begin_write, db, now, upsert

SEAL_BYTES = 32
_AT_ONCE = 500  # lines read at a time when the whole log is checked


class Act(StrEnum):
    """What is written down. A line says that it was done, never what was said, answered or seen in it."""

    CONTACT_ADDED = "contact-added"
    CONTACT_CHANGED = "contact-changed"
    CONTACT_MOVED = "contact-moved"
    CONTACT_REMOVED = "contact-removed"
    ASSIGNED = "assigned"
    PLANNED = "planned"
    OWN_GIVEN = "own-given"
    OWN_TAKEN_BACK = "own-taken-back"
    TAUGHT_MARKED = "taught-marked"
    TAUGHT_UNMARKED = "taught-unmarked"
    SCHOOL_ADDED = "school-added"
    DECIDED = "school-decided"
    STAFF_INVITED = "staff-invited"
    STAFF_JOINED = "staff-joined"
    STAFF_LINK_MADE = "staff-link-made"
    STAFF_ROLE_CHANGED = "staff-role-changed"
    STAFF_SUSPENDED = "staff-suspended"
    STAFF_BROUGHT_BACK = "staff-brought-back"
    STAFF_REMOVED = "staff-removed"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - the word of an act
    CODES_SET_UP = "codes-set-up"
    CODES_REMOVED = "codes-removed"
    RECOVERY_USED = "recovery-used"
    RECOVERY_RENEWED = "recovery-renewed"
    PASSKEY_ADDED = "passkey-added"
    PASSKEY_REMOVED = "passkey-removed"
    SIGN_ON_ALLOWED = "sign-on-allowed"
    SIGN_ON_BOUND = "sign-on-bound"
    SIGN_ON_ENDED = "sign-on-ended"
    CLASS_ADDED = "class-added"
    CLASS_ARCHIVED = "class-archived"
    CLASS_REOPENED = "class-reopened"
    CLASS_CODE_RENEWED = "class-code-renewed"
    NAMES_TAKEN_OFF = "names-taken-off"
    NAMES_ALLOWED = "names-allowed"
    TEACHER_PUT = "teacher-put"
    TEACHER_TAKEN_OFF = "teacher-taken-off"
    STUDENT_MOVED = "student-moved"
    STUDENT_TAKEN_OFF = "student-taken-off"
    ROSTER_APPLIED = "roster-applied"
    ROSTER_UNDONE = "roster-undone"
    CARDS_MADE = "cards-made"
    CARD_MADE = "card-made"
    DAY_CODE_MADE = "day-code-made"
    TRIES_GIVEN_BACK = "tries-given-back"
    RECORD_SEEN = "record-seen"
    RECORD_EXPORTED = "record-exported"
    NAME_CORRECTED = "name-corrected"
    STOPPED = "stopped"
    RESUMED = "resumed"
    ERASED = "erased"
    CLASSES_PROMOTED = "classes-promoted"
    YEAR_PURGED = "year-purged"
    CONSENT_RECORDED = "consent-recorded"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    CLASS_EXPORTED = "class-exported"
    CARD_READ = "card-read"
    PAUSED = "paused"
    LIFTED = "lifted"
    STUDENT_SEEN = "student-seen"
    CLASSES_EXPORTED = "classes-exported"
    SCHOOL_EXPORTED = "school-exported"
    CERTIFICATES_MADE = "certificates-made"


class AuditLine(OfSchool, Base):
    """One act. `actor_id` is empty for the console; neither id is a foreign key: a line outlives whom it speaks of."""

    __tablename__ = "audit_line"
    __table_args__ = (
        sa.UniqueConstraint("school_id", "number"),
        sa.CheckConstraint("number >= 1", name="number_from_one"),
    )

    number: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    act: Mapped[str] = mapped_column(sa.String(40))
    about_id: Mapped[UUID | None]
    detail: Mapped[str] = mapped_column(sa.String(120))
    seal: Mapped[bytes] = mapped_column(sa.LargeBinary(SEAL_BYTES))


class AuditHead(OfSchool, Base):
    """Where a school's log ends: whoever writes the next line holds this row, and lines cut off its end are missed."""

    __tablename__ = "audit_head"
    __table_args__ = (sa.UniqueConstraint("school_id"), sa.CheckConstraint("number >= 1", name="number_from_one"))

    number: Mapped[int]
    seal: Mapped[bytes] = mapped_column(sa.LargeBinary(SEAL_BYTES))


def acted_by(person_id: UUID) -> None:
    """From here on this request's lines are by this person."""
    g.acted_by = person_id


class Said(NamedTuple):
    """What a line says, and its seal covers."""

    school_id: UUID
    number: int
    at: datetime
    actor_id: UUID | None
    act: str
    about_id: UUID | None
    detail: str


def note(*, school_id: UUID, act: Act, about: UUID | None = None, detail: str = "") -> None:
    """Write a line in the transaction of the act itself: both are kept or neither.

    `about` is the id of a person, class or contact; `detail` an id or code of the program, never what somebody typed.
    """
    begin_write()
    number, before = _next(school_id)
    said = Said(school_id, number, now().replace(microsecond=0), g.get("acted_by"), str(act), about, detail)
    seal = _seal(before, said)
    db.session.execute(sa.insert(AuditLine).values(id=uuid7(), seal=seal, **said._asdict()))
    db.session.execute(sa.update(AuditHead).where(AuditHead.school_id == school_id).values(seal=seal))


def _next(school_id: UUID) -> tuple[int, bytes]:
    """The number of the next line and the seal of the last one; others who write a line wait from here on."""
    first = upsert(AuditHead).values(school_id=school_id, id=uuid7(), number=1, seal=b"")
    grown = first.on_conflict_do_update(index_elements=["school_id"], set_={"number": AuditHead.number + 1})
    number, before = db.session.execute(grown.returning(AuditHead.number, AuditHead.seal)).one()
    return number, before


def broken_at(school_id: UUID) -> int | None:
    """The number of the first line that was altered, removed, added or moved; None when the log is whole.

    What it cannot show: that somebody who may write the database has put back an older copy of all of it.
    """
    before, expected = b"", 1
    for *said, seal in _lines(school_id):
        line = Said(*said)
        if line.number != expected or not hmac.compare_digest(seal, _seal(before, line)):
            return expected
        before, expected = seal, expected + 1
    head = db.session.scalar(sa.select(AuditHead.number).where(AuditHead.school_id == school_id))
    return None if (head or 0) == expected - 1 else expected


def _lines(school_id: UUID) -> Iterator[Any]:
    """All lines in order, some at a time: a log is never in memory as a whole."""
    columns = [getattr(AuditLine, name) for name in Said._fields]
    lines = sa.select(*columns, AuditLine.seal).where(AuditLine.school_id == school_id).order_by(AuditLine.number)
    last = 0
    while batch := db.session.execute(lines.where(AuditLine.number > last).limit(_AT_ONCE)).all():
        yield from batch
        last = batch[-1].number


def _seal(before: bytes, said: Said) -> bytes:
    """HMAC-SHA-256 under the site's key (RFC 2104): without the key no line can be made to fit."""
    words = (
        "audit",
        before.hex(),
        *(value.isoformat() if isinstance(value, datetime) else str(value) for value in said),
    )
    return hmac.digest(str(current_app.secret_key).encode(), "\0".join(words).encode(), hashlib.sha256)
