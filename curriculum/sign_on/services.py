"""Owns the writes of signing in with another organisation's account: who may, beginning, coming back."""

from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from curriculum.accounts.queries import StoredSecret
from curriculum.accounts.services import end_sessions, open_session
from curriculum.accounts.viewer import Viewer
from curriculum.audit import Act, acted_by, note
from curriculum.challenges.purpose import Purpose
from curriculum.challenges.services import give, take
from curriculum.config import SignOn
from curriculum.database import begin_write, db, now, upsert
from curriculum.security import sealed
from curriculum.sign_on.identity import Identity, IdentityRefused, identity_in, read_identity
from curriculum.sign_on.models import SignOnLink
from curriculum.sign_on.provider import Errand, address_at, doors_of, token_for
from curriculum.sign_on.queries import bound_to, waiting_for
from curriculum.tenancy import act_for


class NotLinked(Exception):
    """The provider knows this person, and the school has let nobody in who is that."""


def allow(*, school_id: UUID, staff_id: UUID) -> None:
    """Let one of the staff sign in with the account whose address is theirs. The first sign-in binds it."""
    begin_write()
    row = upsert(SignOnLink).values(school_id=school_id, id=uuid7(), person_id=staff_id)
    db.session.execute(row.on_conflict_do_nothing(index_elements=["school_id", "person_id"]))
    note(school_id=school_id, act=Act.SIGN_ON_ALLOWED, about=staff_id)


def end(*, school_id: UUID, staff_id: UUID) -> None:
    """Let one of the staff in no more by another organisation's account; whoever came in by it is signed out."""
    begin_write()
    own = SignOnLink.school_id == school_id, SignOnLink.person_id == staff_id
    db.session.execute(sa.delete(SignOnLink).where(*own))
    end_sessions(school_id=school_id, person_id=staff_id)
    note(school_id=school_id, act=Act.SIGN_ON_ENDED, about=staff_id)


def begin(*, school_id: UUID, provider: SignOn, back: str) -> tuple[str, str]:
    """Begin a sign-in that comes back once, within five minutes: its state, and where the browser goes; raises
    ProviderDown and TooMany. No transaction is open while the provider is asked."""
    db.session.rollback()
    doors = doors_of(provider)
    errand = _errand(give(school_id=school_id, purpose=Purpose.SIGN_ON).hex(), back)
    return errand.state, address_at(provider, doors, errand)


def _errand(state: str, back: str) -> Errand:
    # Made from the state under the site's key: whoever sees the state cannot make them, and nothing else is kept.
    verifier = sealed("sign-on-verifier", state) + sealed("sign-on-verifier-2", state)
    return Errand(state, sealed("sign-on-nonce", state), verifier, back)


def come_back(*, school_id: UUID, provider: SignOn, state: str, code: str, back: str) -> Viewer:
    """Sign in whom the provider names; half, where a one-time code or a passkey is needed beside the password. Raises
    IdentityRefused, NotLinked, ProviderDown. No transaction is open while the provider is asked."""
    if not take(school_id=school_id, purpose=Purpose.SIGN_ON, value=_bytes(state)):
        raise IdentityRefused
    db.session.rollback()
    errand = _errand(state, back)
    token, keys = token_for(provider, errand, code)
    claims = identity_in(
        token, keys=keys, issuer=provider.issuer, client=provider.client, nonce=errand.nonce, moment=now()
    )
    return _enter(school_id, provider, read_identity(claims, domain=provider.domain))


def _bytes(state: str) -> bytes:
    try:
        return bytes.fromhex(state)
    except ValueError as error:
        raise IdentityRefused from error


def _enter(school_id: UUID, provider: SignOn, identity: Identity) -> Viewer:
    act_for(school_id)
    begin_write()
    known = bytes.fromhex(sealed("sign-on-identity", provider.issuer, identity.subject))
    person_id = bound_to(school_id, known)
    if person_id is None:
        person_id = _bind(school_id, known, identity.email)
    acted_by(person_id)
    own = SignOnLink.school_id == school_id, SignOnLink.person_id == person_id
    db.session.execute(sa.update(SignOnLink).where(*own).values(used_at=now()))
    return open_session(found=StoredSecret(school_id, person_id, ""))


def _bind(school_id: UUID, identity: bytes, email: str | None) -> UUID:
    """Bind an identity to who has its address and waits for it; of two at the same moment the first."""
    person_id = waiting_for(school_id, email) if email else None
    if person_id is None:
        raise NotLinked
    bound = db.session.execute(
        sa.update(SignOnLink)
        .where(SignOnLink.school_id == school_id, SignOnLink.person_id == person_id, SignOnLink.identity.is_(None))
        .values(identity=identity)
        .returning(SignOnLink.id)
        .execution_options(synchronize_session=False)
    )
    if bound.one_or_none() is None:
        raise NotLinked
    acted_by(person_id)
    note(school_id=school_id, act=Act.SIGN_ON_BOUND, about=person_id)
    return person_id
