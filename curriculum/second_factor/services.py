"""Owns the writes of one-time and recovery codes: setting up, using, renewing, taking away."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from flask import current_app
from uuid_utils.compat import uuid7

from curriculum.accounts.queries import StoredSecret
from curriculum.accounts.services import change_person, open_session, take_step
from curriculum.accounts.viewer import Viewer
from curriculum.audit import Act, acted_by, note
from curriculum.database import begin_write, db, now
from curriculum.second_factor.models import RecoveryCode
from curriculum.second_factor.one_time import as_typed, new_seed, secret_of, step_of
from curriculum.second_factor.queries import Codes, codes_of
from curriculum.second_factor.recovery import new_recovery_codes, read_recovery_code
from curriculum.security import Budget, count_failure, is_spent, sealed

WRONG_CODES = 10


class CodeRefused(Exception):
    """The code was wrong, was used before, or too many were wrong; nobody is told which."""


def secret_now(person: Viewer, codes: Codes) -> str:
    """The secret of who is setting up codes or uses them."""
    return secret_of(str(current_app.secret_key), person.id, codes.seed or b"")


def begin_codes(*, person: Viewer) -> None:
    """Begin to set up one-time codes with a new secret; recovery codes of before are void. The caller has asked for the
    password of somebody who has codes already."""
    begin_write()
    change_person(school_id=person.school_id, person_id=person.id, otp_seed=new_seed(), otp_used=None)
    _drop_recovery(person.school_id, person.id)


def confirm_codes(*, person: Viewer, typed: str) -> list[str]:
    """Switch one-time codes on with the first right one. Returns the recovery codes, which are seen this once; raises
    CodeRefused. Who came with half a session has a whole one then."""
    step = _step(person, codes_of(person), typed)
    begin_write()
    if step is None or not take_step(school_id=person.school_id, person_id=person.id, step=step):
        _refuse(person)
    fresh = _renew(person)
    note(school_id=person.school_id, act=Act.CODES_SET_UP, about=person.id)
    if person.half:
        _enter(person)
    return fresh


def renew_recovery_codes(*, person: Viewer) -> list[str]:
    """Ten new recovery codes in place of those that are left."""
    begin_write()
    note(school_id=person.school_id, act=Act.RECOVERY_RENEWED, about=person.id)
    return _renew(person)


def remove_codes(*, school_id: UUID, person_id: UUID) -> None:
    """Let somebody in by password alone again, until codes are set up anew."""
    begin_write()
    change_person(school_id=school_id, person_id=person_id, otp_seed=None, otp_used=None)
    _drop_recovery(school_id, person_id)
    note(school_id=school_id, act=Act.CODES_REMOVED, about=person_id)


def enter_with_code(*, person: Viewer, typed: str) -> None:
    """Make half a session a whole one with a one-time or a recovery code, each good once; or CodeRefused."""
    codes = codes_of(person)
    recovery, step = read_recovery_code(typed), _step(person, codes, typed)
    begin_write()
    acted_by(person.id)
    if step is not None and codes.is_on and take_step(school_id=person.school_id, person_id=person.id, step=step):
        _enter(person)
    elif recovery is not None and _use_recovery(person, recovery):
        note(school_id=person.school_id, act=Act.RECOVERY_USED, about=person.id)
        _enter(person)
    else:
        _refuse(person)


def _step(person: Viewer, codes: Codes, typed: str) -> int | None:
    """The time step of a code, unless too many were wrong: then none is right."""
    if codes.seed is None or is_spent([_budget(person)]):
        return None
    return step_of(secret_now(person, codes), as_typed(typed), now())


def _refuse(person: Viewer) -> None:
    count_failure([_budget(person)])
    raise CodeRefused


def _budget(person: Viewer) -> Budget:
    return Budget(f"code:{person.school_id.hex}:{person.id.hex}", WRONG_CODES, timedelta(hours=1))


def _enter(person: Viewer) -> None:
    acted_by(person.id)
    open_session(found=StoredSecret(person.school_id, person.id, ""), code_given=True)


def _renew(person: Viewer) -> list[str]:
    _drop_recovery(person.school_id, person.id)
    codes = new_recovery_codes()
    own = {"school_id": person.school_id, "person_id": person.id}
    rows = [{**own, "id": uuid7(), "code_hash": _hash(person, code)} for code in codes]
    db.session.execute(sa.insert(RecoveryCode).values(rows))
    return codes


def _use_recovery(person: Viewer, code: str) -> bool:
    if is_spent([_budget(person)]):
        return False
    used = db.session.execute(
        sa.delete(RecoveryCode)
        .where(
            RecoveryCode.school_id == person.school_id,
            RecoveryCode.person_id == person.id,
            RecoveryCode.code_hash == _hash(person, code),
        )
        .returning(RecoveryCode.id)
    )
    return used.one_or_none() is not None


def _hash(person: Viewer, code: str) -> bytes:
    """How a recovery code is kept: with the site's key in it, so that a copy of the database is not enough."""
    return bytes.fromhex(sealed("recovery", person.id.hex, code))


def _drop_recovery(school_id: UUID, person_id: UUID) -> None:
    db.session.execute(
        sa.delete(RecoveryCode).where(RecoveryCode.school_id == school_id, RecoveryCode.person_id == person_id)
    )
