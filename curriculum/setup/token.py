"""Owns the one-time token of the first run: made at the server's start, printed there, kept as a hash until used."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

FILE = "setup.token"
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without what is taken for something else: 0 O, 1 I
GROUPS, GROUP = 4, 4  # 80 bits


def open_setup(folder: Path) -> str:
    """Open the first run with a new token, in place of one before; returns it as it is printed."""
    token = "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    part = folder / f"{FILE}.part"
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
        file.write(_hash(token))
    part.replace(folder / FILE)
    return token


def is_open(folder: Path) -> bool:
    """Whether the first run waits for somebody."""
    return (folder / FILE).exists()


def is_token(folder: Path, typed: str) -> bool:
    """Whether this is the token, whatever the case and the signs between."""
    try:
        kept = (folder / FILE).read_text("ascii")
    except FileNotFoundError:
        return False
    return hmac.compare_digest(kept, _hash(typed))


def close_setup(folder: Path) -> None:
    """End the first run: there is a school."""
    (folder / FILE).unlink(missing_ok=True)


def _hash(token: str) -> str:
    return hashlib.sha256("".join(filter(str.isalnum, token.upper())).encode()).hexdigest()
