"""Owns the writes of guardians' consent: recorded, and withdrawn, which makes a student a number again."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from curriculum.accounts.services import change_person
from curriculum.audit import Act, note
from curriculum.classrooms.roster import pseudonym
from curriculum.consents.models import GuardianConsent
from curriculum.database import begin_write, db, now, upsert


def record(*, school_id: UUID, person_id: UUID, how: str, by: UUID | None) -> None:
    """Write down that a guardian has agreed; saying it again is said last."""
    begin_write()
    said = {"how": how, "recorded_at": now(), "recorded_by": by}
    row = upsert(GuardianConsent).values(school_id=school_id, id=uuid7(), person_id=person_id, **said)
    key = [GuardianConsent.school_id, GuardianConsent.person_id]
    db.session.execute(row.on_conflict_do_update(index_elements=key, set_=said))
    note(school_id=school_id, act=Act.CONSENT_RECORDED, about=person_id, detail=how)


def record_all(*, school_id: UUID, people: Sequence[UUID], how: str, by: UUID | None, about: UUID | None) -> None:
    """Write down that the guardians of all these students have agreed, in one line of the log about their class."""
    begin_write()
    rows = [
        {"school_id": school_id, "id": uuid7(), "person_id": one, "how": how, "recorded_at": now(), "recorded_by": by}
        for one in people
    ]
    if rows:
        key = [GuardianConsent.school_id, GuardianConsent.person_id]
        db.session.execute(upsert(GuardianConsent).on_conflict_do_nothing(index_elements=key), rows)
        note(school_id=school_id, act=Act.CONSENT_RECORDED, about=about, detail=how)


def withdraw(*, school_id: UUID, person_id: UUID, number: int) -> None:
    """Forget a consent, and the name that was kept because of it."""
    begin_write()
    own = (GuardianConsent.school_id == school_id, GuardianConsent.person_id == person_id)
    db.session.execute(sa.delete(GuardianConsent).where(*own))
    change_person(school_id=school_id, person_id=person_id, display_name=pseudonym(number))
    note(school_id=school_id, act=Act.CONSENT_WITHDRAWN, about=person_id)
