"""Owns the writes of how a student gets in: new slips, codes for a day. Only hashes of what is shown are kept."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from curriculum.accounts.secret import hash_secret, hash_token, new_code
from curriculum.accounts.services import change_person, end_sessions
from curriculum.audit import Act, note
from curriculum.cards.models import DayCode, SignInCard
from curriculum.database import begin_write, db, upsert

TOKEN_BYTES = 16  # 128 bits: nobody guesses one


class NewSlip(NamedTuple):
    """What stands on a slip, to be shown once."""

    person_id: UUID
    code: str
    token: str


def make_slips(*, school_id: UUID, classroom_id: UUID, people: Sequence[UUID]) -> list[NewSlip]:
    """A new slip for each of these students, in this order. Whatever let them in before is worthless from the commit
    on: the old slip, a code for today, every session."""
    slips = [NewSlip(person_id, new_code(), secrets.token_urlsafe(TOKEN_BYTES)) for person_id in people]
    db.session.rollback()  # no transaction is open while the codes are hashed
    hashes = [hash_secret(slip.code) for slip in slips]
    begin_write()
    for slip, secret_hash in zip(slips, hashes, strict=True):
        change_person(school_id=school_id, person_id=slip.person_id, secret_hash=secret_hash)
        end_sessions(school_id=school_id, person_id=slip.person_id)
        _keep_token(school_id, slip)
    db.session.execute(sa.delete(DayCode).where(DayCode.school_id == school_id, DayCode.person_id.in_([*people])))
    alone = people[0] if len(people) == 1 else None
    act = Act.CARD_MADE if alone else Act.CARDS_MADE
    note(school_id=school_id, act=act, about=alone or classroom_id, detail=str(len(people)))
    return slips


def _keep_token(school_id: UUID, slip: NewSlip) -> None:
    token_hash = hash_token(slip.token)
    row = upsert(SignInCard).values(school_id=school_id, id=uuid7(), person_id=slip.person_id, token_hash=token_hash)
    key = [SignInCard.school_id, SignInCard.person_id]
    db.session.execute(row.on_conflict_do_update(index_elements=key, set_={"token_hash": token_hash}))


def lend_code(*, school_id: UUID, person_id: UUID, until: datetime) -> str:
    """A code that is good until a moment, in place of the slip; returns it, to be shown once."""
    code = new_code()
    db.session.rollback()
    secret_hash = hash_secret(code)
    begin_write()
    row = upsert(DayCode).values(
        school_id=school_id, id=uuid7(), person_id=person_id, secret_hash=secret_hash, expires_at=until
    )
    anew = {"secret_hash": secret_hash, "expires_at": until}
    db.session.execute(row.on_conflict_do_update(index_elements=[DayCode.school_id, DayCode.person_id], set_=anew))
    note(school_id=school_id, act=Act.DAY_CODE_MADE, about=person_id)
    return code
