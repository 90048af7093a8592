"""Owns secrets: password and code hashing at a chosen cost, session tokens, new codes."""

import hashlib
import secrets
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

CODE_DIGITS = 6
# OWASP's set for argon2id. A class signs in together, so the cost is chosen, not the library's default.
HASHER = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)
# One hash at a time in each worker: more would stall the pages of everybody who is already reading. All on one thread:
# whichever thread has hashed once keeps the 19 MiB that it took.
_hashing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hashing")


def hash_secret(secret: str) -> str:
    """The argon2id hash of a password or code, after NFC: the same characters typed on any system match."""
    return _hashing.submit(HASHER.hash, unicodedata.normalize("NFC", secret)).result()


def secret_matches(stored: str | None, secret: str) -> bool:
    """Whether the secret is the stored one. Without a stored one the same work is done, and the answer is no."""
    return _hashing.submit(_matches, stored, unicodedata.normalize("NFC", secret)).result()


def _matches(stored: str | None, secret: str) -> bool:
    try:
        HASHER.verify(stored or _of_nobody(), secret)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def new_token() -> str:
    """A session's secret: 256 bits."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> bytes:
    """How a session's secret is stored: 32 bytes. It is long and random, so one fast hash is enough."""
    return hashlib.sha256(token.encode()).digest()


def new_code() -> str:
    """A student's six-digit code."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


@cache
def _of_nobody() -> str:
    return HASHER.hash(secrets.token_urlsafe(16))
