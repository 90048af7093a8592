"""Owns recovery codes: how they are made, written and read."""

import secrets
import unicodedata

COUNT = 10
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without what is taken for something else: 0 O, 1 I
LENGTH, HALF = 10, 5  # 50 bits


def new_recovery_codes() -> list[str]:
    """Ten codes, as they are kept."""
    return ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(COUNT)]


def shown(code: str) -> str:
    """A code as it is read and copied by hand."""
    return f"{code[:HALF]}-{code[HALF:]}"


def read_recovery_code(typed: str) -> str | None:
    """The code that was meant, whatever the case and the signs between; None when it cannot be one."""
    code = "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else None
