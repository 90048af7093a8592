"""Owns one-time codes: the secret a telephone keeps, its address for the QR code, and which moment a code is of."""

import base64
import hashlib
import hmac
import secrets
import unicodedata
from datetime import datetime
from uuid import UUID

import pyotp

STEP = 30  # seconds a code is shown (RFC 6238)
LATE = 1  # steps before and after: clocks differ, and typing takes time
SEED_BYTES, SECRET_BYTES = 20, 20  # RFC 4226, 4: 160 bits


def new_seed() -> bytes:
    """What the secret of a person is made from."""
    return secrets.token_bytes(SEED_BYTES)


def secret_of(key: str, person_id: UUID, seed: bytes) -> str:
    """The secret that the telephone keeps, in base 32. Made from the site's key: whoever has a copy of the database
    alone cannot make codes."""
    made = hmac.digest(key.encode(), b"one-time\0" + person_id.bytes + seed, hashlib.sha256)
    return base64.b32encode(made[:SECRET_BYTES]).decode()


def address_of(secret: str, *, account: str, school: str) -> str:
    """What the QR code says: the secret, and whose it is."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=school)


def as_typed(typed: str) -> str:
    """A code as it was meant: full-width digits and spaces are slips of the keyboard."""
    return "".join(unicodedata.normalize("NFKC", typed).split())


def step_of(secret: str, code: str, moment: datetime) -> int | None:
    """The time step that this code belongs to, near this moment; None when it is of none."""
    now = int(moment.timestamp()) // STEP
    codes = pyotp.TOTP(secret)
    steps = [now + off for off in range(-LATE, LATE + 1)]
    return next((step for step in steps if pyotp.utils.strings_equal(code, codes.generate_otp(step))), None)
