"""Owns class codes: eight letters that a child can copy from a board, and their loose reading."""

import secrets
import unicodedata

# 32 signs that are hard to take for each other: no I, L, O, U (read as 1, 1, 0, V), so one sign carries 5 bits.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_LOOKS_LIKE = str.maketrans("ILOU", "110V")


def new_class_code() -> str:
    """A new code: 8 of 32 signs, 40 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_class_code(typed: str) -> str | None:
    """The code somebody meant: case, spaces, hyphens, full-width letters and look-alikes do not matter. None when it
    cannot be one."""
    text = unicodedata.normalize("NFKC", typed).upper().translate(_LOOKS_LIKE)
    code = "".join(sign for sign in text if sign not in " -–—·")
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else None


def shown_class_code(code: str) -> str:
    """The code as it is printed: two groups of four."""
    return f"{code[:4]}-{code[4:]}"
