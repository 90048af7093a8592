"""Owns what is asked of a passkey and how its answer is judged (WebAuthn): place, origin, challenge, counter."""

import ipaddress
import json
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

LOCAL = "localhost"
LONGEST_ANSWER = 16_000  # characters; what authenticators send has some hundreds
LONGEST_ID = 1023  # bytes (WebAuthn, 5.8.3)
PATIENCE = 120_000  # milliseconds to find the telephone


class PasskeyRefused(Exception):
    """An answer does not hold; nobody is told which part."""


class Place(NamedTuple):
    """Where passkeys are made and used: the name that they are bound to, and the whole origin of the pages."""

    name: str
    origin: str


class Holder(NamedTuple):
    """Whose passkey it will be, as the telephone will call it."""

    handle: bytes
    account: str
    display_name: str
    school: str


class Made(NamedTuple):
    """What is kept of a new passkey."""

    credential: bytes
    public_key: bytes
    counter: int


def place_of(scheme: str, host: str) -> Place | None:
    """The place that passkeys are bound to where the site is reached like this; None where browsers allow none: without
    HTTPS, unless it is this machine itself, and under a number in place of a name. `host` may have a port."""
    name = urlsplit(f"//{host}").hostname or ""
    local = name == LOCAL or name.endswith(f".{LOCAL}")
    if not name or _is_number(name) or not (local or scheme == "https"):
        return None
    return Place(name, f"{scheme}://{host.lower()}")


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def asked_of_new(place: Place, challenge: bytes, holder: Holder, others: Iterable[bytes]) -> dict[str, Any]:
    """What the browser is asked to make a passkey with. `others`: passkeys of the same holder, of which the same
    authenticator makes no second. Any authenticator will do, so none is asked to prove its make."""
    import webauthn  # slow to import, and few sign-ins need it
    from webauthn.helpers import structs as word

    chosen = word.AuthenticatorSelectionCriteria(
        resident_key=word.ResidentKeyRequirement.REQUIRED, user_verification=word.UserVerificationRequirement.REQUIRED
    )
    options = webauthn.generate_registration_options(
        rp_id=place.name,
        rp_name=holder.school,
        user_id=holder.handle,
        user_name=holder.account,
        user_display_name=holder.display_name,
        challenge=challenge,
        timeout=PATIENCE,
        attestation=word.AttestationConveyancePreference.NONE,
        authenticator_selection=chosen,
        exclude_credentials=[word.PublicKeyCredentialDescriptor(id=one) for one in others],
    )
    return _as_json(webauthn.options_to_json(options))


def asked_of_known(place: Place, challenge: bytes) -> dict[str, Any]:
    """What the browser is asked to sign in with: any passkey of this place that it finds, with its holder's finger,
    face or number."""
    import webauthn
    from webauthn.helpers.structs import UserVerificationRequirement

    needed = UserVerificationRequirement.REQUIRED
    options = webauthn.generate_authentication_options(
        rp_id=place.name, challenge=challenge, timeout=PATIENCE, user_verification=needed
    )
    return _as_json(webauthn.options_to_json(options))


def _as_json(text: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(text)
    return read


def challenge_in(answer: str) -> bytes:
    """The challenge that an answer says it is for; PasskeyRefused when it cannot be read."""
    return _unpacked(_unpacked_json(answer), "challenge")


def credential_in(answer: str) -> bytes:
    """Which passkey an answer says it is of; PasskeyRefused when it cannot be read."""
    found = _unpacked(_object(answer), "rawId")
    if not 0 < len(found) <= LONGEST_ID:
        raise PasskeyRefused
    return found


def handle_in(answer: str) -> bytes:
    """Whose passkey an answer says it is; PasskeyRefused when it does not say so."""
    response = _object(answer).get("response")
    return _unpacked(response if isinstance(response, dict) else {}, "userHandle")


def _unpacked_json(answer: str) -> dict[str, Any]:
    response = _object(answer).get("response")
    return _object(_unpacked(response if isinstance(response, dict) else {}, "clientDataJSON"))


def _object(text: str | bytes) -> dict[str, Any]:
    try:
        read = json.loads(text) if len(text) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise PasskeyRefused
    return read


def _unpacked(fields: dict[str, Any], name: str) -> bytes:
    from webauthn.helpers import base64url_to_bytes

    value = fields.get(name)
    if not isinstance(value, str):
        raise PasskeyRefused
    try:
        return base64url_to_bytes(value)
    except ValueError as error:
        raise PasskeyRefused from error


def judge_new(answer: str, place: Place, challenge: bytes) -> Made:
    """What is kept of a new passkey; PasskeyRefused when the answer is for another place, origin or challenge, or was
    made without knowing who holds it."""
    from webauthn import verify_registration_response

    try:
        found = verify_registration_response(
            credential=_object(answer),
            expected_challenge=challenge,
            expected_rp_id=place.name,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except Exception as error:  # anybody may send any bytes: whatever a library says of them, the answer is no
        raise PasskeyRefused from error
    if not 0 < len(found.credential_id) <= LONGEST_ID:
        raise PasskeyRefused
    return Made(found.credential_id, found.credential_public_key, found.sign_count)


def judge_known(answer: str, place: Place, challenge: bytes, kept: Made) -> int:
    """The counter of a passkey after this use; PasskeyRefused as above, for another key, and when the counter has not
    grown: then there is a copy of the passkey. Passkeys that count nothing stay at 0."""
    from webauthn import verify_authentication_response

    try:
        found = verify_authentication_response(
            credential=_object(answer),
            expected_challenge=challenge,
            expected_rp_id=place.name,
            expected_origin=place.origin,
            credential_public_key=kept.public_key,
            credential_current_sign_count=kept.counter,
            require_user_verification=True,
        )
    except Exception as error:  # as above
        raise PasskeyRefused from error
    if found.credential_id != kept.credential:
        raise PasskeyRefused
    return found.new_sign_count
