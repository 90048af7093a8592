"""Owns the writes of who works at a school: inviting, links, passwords, roles, leaving."""

from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from curriculum.accounts.queries import StoredSecret
from curriculum.accounts.secret import hash_secret, hash_token, new_token
from curriculum.accounts.services import (
    add_person,
    change_person,
    end_sessions,
    hold_school,
    open_session,
    remove_person,
)
from curriculum.accounts.viewer import Role, Viewer
from curriculum.audit import Act, acted_by, note
from curriculum.database import begin_write, db, now, upsert
from curriculum.passkeys.services import remove_passkeys
from curriculum.second_factor.services import remove_codes
from curriculum.sign_on.services import allow
from curriculum.staff.invitation import FIRST_LASTS, RESET_LASTS, written_code
from curriculum.staff.models import Invitation
from curriculum.staff.queries import StaffRow, member_of_staff, open_invitation, staff_of, staff_with_email
from curriculum.tenancy import act_for


class StaffGone(Exception):
    """There is nobody with this id among the staff of the school, any more or at all."""


class LastAdministrator(Exception):
    """Nobody would be left who can look after the school."""


class AlreadyThere(Exception):
    """Somebody with this address works at the school already."""


class InvitationGone(Exception):
    """The link was used, replaced or has run out meanwhile."""


def invite(*, school_id: UUID, role: Role, display_name: str, email: str, sign_on: bool = False) -> str:
    """Add somebody to the staff; returns the code of the link by which they set a password. Raises AlreadyThere.
    `sign_on`: they may come in by another organisation's account as well."""
    begin_write()
    hold_school(school_id=school_id)
    if staff_with_email(school_id, email) is not None:
        raise AlreadyThere
    person = add_person(school_id=school_id, role=role, display_name=display_name, email=email, secret_hash="")
    db.session.flush()
    note(school_id=school_id, act=Act.STAFF_INVITED, about=person.id, detail=str(role))
    if sign_on:
        allow(school_id=school_id, staff_id=person.id)
    return _new_link(school_id, person.id, is_first=True)


def make_link(*, school_id: UUID, staff_id: UUID) -> str:
    """A new link for one of the staff; the one before is void. Raises StaffGone."""
    found = _held(school_id, staff_id)
    note(school_id=school_id, act=Act.STAFF_LINK_MADE, about=staff_id)
    return _new_link(school_id, staff_id, is_first=not found.has_password)


def _new_link(school_id: UUID, person_id: UUID, *, is_first: bool) -> str:
    token = new_token()
    expires_at = now() + (FIRST_LASTS if is_first else RESET_LASTS)
    fresh = {"token_hash": hash_token(token), "expires_at": expires_at}
    row = upsert(Invitation).values(school_id=school_id, id=uuid7(), person_id=person_id, **fresh)
    db.session.execute(row.on_conflict_do_update(index_elements=["school_id", "person_id"], set_=fresh))
    return written_code(school_id, token)


def accept(*, code: str, password: str) -> Viewer:
    """Set the password of who has this link, which is void then, and sign them in; raises InvitationGone. Every session
    of before ends."""
    secret_hash = hash_secret(password)  # slow: before the transaction
    begin_write()
    found = open_invitation(code)
    if found is None:
        raise InvitationGone
    act_for(found.school_id)
    if not _use_up(found.school_id, found.person_id):
        raise InvitationGone
    acted_by(found.person_id)
    _set_password(found.school_id, found.person_id, secret_hash)
    act = Act.STAFF_JOINED if found.is_first else Act.PASSWORD_CHANGED
    note(school_id=found.school_id, act=act, about=found.person_id)
    return open_session(found=StoredSecret(found.school_id, found.person_id, secret_hash))


def _use_up(school_id: UUID, person_id: UUID) -> bool:
    """Take the link away; False where somebody else has used it at this moment."""
    used = db.session.execute(
        sa.delete(Invitation)
        .where(Invitation.school_id == school_id, Invitation.person_id == person_id, Invitation.expires_at > now())
        .returning(Invitation.id)
    )
    return used.one_or_none() is not None


def change_password(*, person: Viewer, password: str) -> None:
    """Give who is signed in another password: all their sessions end, and this browser gets a new one."""
    secret_hash = hash_secret(password)
    begin_write()
    _set_password(person.school_id, person.id, secret_hash)
    note(school_id=person.school_id, act=Act.PASSWORD_CHANGED, about=person.id)
    open_session(found=StoredSecret(person.school_id, person.id, secret_hash), code_given=True)


def _set_password(school_id: UUID, person_id: UUID, secret_hash: str) -> None:
    change_person(school_id=school_id, person_id=person_id, secret_hash=secret_hash)
    end_sessions(school_id=school_id, person_id=person_id)


def change_role(*, school_id: UUID, staff_id: UUID, role: Role) -> None:
    """Give one of the staff another role, and end their sessions; raises StaffGone and LastAdministrator."""
    found = _held(school_id, staff_id)
    if role is Role.STUDENT or role is found.role:
        return
    _keep_an_administrator(school_id, found)
    change_person(school_id=school_id, person_id=staff_id, role=role)
    end_sessions(school_id=school_id, person_id=staff_id)
    note(school_id=school_id, act=Act.STAFF_ROLE_CHANGED, about=staff_id, detail=str(role))


def suspend(*, school_id: UUID, staff_id: UUID) -> None:
    """Let one of the staff in no more, until brought back; raises StaffGone and LastAdministrator."""
    found = _held(school_id, staff_id)
    _keep_an_administrator(school_id, found)
    change_person(school_id=school_id, person_id=staff_id, suspended=True)
    end_sessions(school_id=school_id, person_id=staff_id)
    note(school_id=school_id, act=Act.STAFF_SUSPENDED, about=staff_id)


def bring_back(*, school_id: UUID, staff_id: UUID) -> None:
    """Let one of the staff in again; raises StaffGone."""
    _held(school_id, staff_id)
    change_person(school_id=school_id, person_id=staff_id, suspended=False)
    note(school_id=school_id, act=Act.STAFF_BROUGHT_BACK, about=staff_id)


def remove(*, school_id: UUID, staff_id: UUID) -> None:
    """Remove one of the staff with all that refers to them; raises StaffGone and LastAdministrator."""
    found = _held(school_id, staff_id)
    _keep_an_administrator(school_id, found)
    remove_person(school_id=school_id, person_id=staff_id)
    note(school_id=school_id, act=Act.STAFF_REMOVED, about=staff_id)


def forget_codes(*, school_id: UUID, staff_id: UUID) -> None:
    """Take away the one-time codes and passkeys of one of the staff who has lost the telephone; raises StaffGone."""
    _held(school_id, staff_id)
    end_sessions(school_id=school_id, person_id=staff_id)
    remove_codes(school_id=school_id, person_id=staff_id)
    remove_passkeys(school_id=school_id, person_id=staff_id)


def reset_from_console(*, school_id: UUID, email: str) -> str:
    """For who is locked out for good: let in again, one-time codes and passkeys gone, a new link. Raises StaffGone."""
    staff_id = staff_with_email(school_id, email)
    if staff_id is None:
        raise StaffGone
    bring_back(school_id=school_id, staff_id=staff_id)
    forget_codes(school_id=school_id, staff_id=staff_id)
    return make_link(school_id=school_id, staff_id=staff_id)


def _held(school_id: UUID, staff_id: UUID) -> StaffRow:
    """One of the staff as they stand now; whoever else would change the staff waits until the transaction ends."""
    begin_write()
    hold_school(school_id=school_id)
    found = member_of_staff(school_id, staff_id)
    if found is None:
        raise StaffGone
    return found


def _keep_an_administrator(school_id: UUID, leaving: StaffRow) -> None:
    others = [one for one in staff_of(school_id) if one.role is Role.ADMINISTRATOR and one.id != leaving.id]
    if leaving.role is Role.ADMINISTRATOR and not any(one.is_in for one in others):
        raise LastAdministrator
