"""Owns the writes of passkeys: adding, signing in, taking away."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from curriculum.accounts.queries import StoredSecret
from curriculum.accounts.services import end_sessions, hold_person, open_session
from curriculum.accounts.viewer import Viewer
from curriculum.audit import Act, acted_by, note
from curriculum.challenges.purpose import Purpose
from curriculum.challenges.services import give, take
from curriculum.database import begin_write, db, now
from curriculum.passkeys.ceremony import (
    PasskeyRefused,
    Place,
    asked_of_known,
    asked_of_new,
    challenge_in,
    credential_in,
    handle_in,
    judge_known,
    judge_new,
)
from curriculum.passkeys.models import Passkey
from curriculum.passkeys.queries import credentials_of, holder, known_passkey, passkeys_of, standing_of

MOST = 10  # of one person


class LastOne(Exception):
    """An administrator would be left with a password alone."""


class NoSuchPasskey(Exception):
    """This person has no such passkey, any more or at all."""


def begin_passkey(*, person: Viewer, place: Place) -> dict[str, Any]:
    """What the browser is asked to make a passkey with, once and for this person alone. The caller has asked for the
    password."""
    value = give(school_id=person.school_id, purpose=Purpose.NEW_PASSKEY, person_id=person.id)
    return asked_of_new(place, value, holder(person), credentials_of(person))


def add_passkey(*, person: Viewer, place: Place, answer: str, name: str) -> None:
    """Keep the passkey that the browser has made; raises PasskeyRefused. Who came with half a session has a whole one
    then: a passkey is both factors."""
    value = challenge_in(answer)
    if not take(school_id=person.school_id, purpose=Purpose.NEW_PASSKEY, value=value, person_id=person.id):
        raise PasskeyRefused
    made = judge_new(answer, place, value)
    begin_write()
    hold_person(school_id=person.school_id, person_id=person.id)
    if len(passkeys_of(person)) >= MOST or made.credential in credentials_of(person):
        raise PasskeyRefused
    kept = {"credential": made.credential, "public_key": made.public_key, "counter": made.counter}
    own = {"school_id": person.school_id, "id": uuid7(), "person_id": person.id}
    db.session.execute(
        sa.insert(Passkey).values(**own, **kept, place=place.name, name=name, added_at=now(), used_at=None)
    )
    note(school_id=person.school_id, act=Act.PASSKEY_ADDED, about=person.id)
    if person.half:
        open_session(found=StoredSecret(person.school_id, person.id, ""), code_given=True)


def begin_sign_in(*, school_id: UUID, place: Place) -> dict[str, Any]:
    """What the browser is asked to sign in with."""
    return asked_of_known(place, give(school_id=school_id, purpose=Purpose.PASSKEY))


def sign_in_with_passkey(*, school_id: UUID, place: Place, answer: str) -> Viewer:
    """Sign in whose passkey has answered what was asked; raises PasskeyRefused."""
    value = challenge_in(answer)
    if not take(school_id=school_id, purpose=Purpose.PASSKEY, value=value):
        raise PasskeyRefused
    found = known_passkey(school_id, credential_in(answer))
    if found is None or handle_in(answer) != found.person_id.bytes:
        raise PasskeyRefused
    counter = judge_known(answer, place, value, found.kept)
    begin_write()
    acted_by(found.person_id)
    if not _count_up(school_id, found.id, found.kept.counter, counter):
        raise PasskeyRefused
    return open_session(found=StoredSecret(school_id, found.person_id, ""), code_given=True)


def _count_up(school_id: UUID, passkey_id: UUID, before: int, counter: int) -> bool:
    """Note the counter; False when the passkey is gone, or has counted on somewhere else meanwhile."""
    counted = db.session.execute(
        sa.update(Passkey)
        .where(Passkey.school_id == school_id, Passkey.id == passkey_id, Passkey.counter == before)
        .values(counter=counter, used_at=now())
        .returning(Passkey.id)
        .execution_options(synchronize_session=False)
    )
    return counted.one_or_none() is not None


def remove_passkey(*, person: Viewer, passkey_id: UUID) -> None:
    """Take one of one's own passkeys away; raises NoSuchPasskey and LastOne. Whoever may have come in with it is signed
    out everywhere; this browser gets a new session."""
    begin_write()
    hold_person(school_id=person.school_id, person_id=person.id)
    if not standing_of(person).may_lose_one:
        raise LastOne
    gone = db.session.execute(
        sa.delete(Passkey)
        .where(Passkey.school_id == person.school_id, Passkey.person_id == person.id, Passkey.id == passkey_id)
        .returning(Passkey.id)
    )
    if gone.one_or_none() is None:
        raise NoSuchPasskey
    note(school_id=person.school_id, act=Act.PASSKEY_REMOVED, about=person.id)
    end_sessions(school_id=person.school_id, person_id=person.id)
    open_session(found=StoredSecret(person.school_id, person.id, ""), code_given=True)


def remove_passkeys(*, school_id: UUID, person_id: UUID) -> None:
    """Take all passkeys of somebody away, who has lost what they were on."""
    begin_write()
    own = Passkey.school_id == school_id, Passkey.person_id == person_id
    if db.session.execute(sa.delete(Passkey).where(*own).returning(Passkey.id)).all():
        note(school_id=school_id, act=Act.PASSKEY_REMOVED, about=person_id)
