"""Owns what a challenge can be made for."""

from enum import StrEnum


class Purpose(StrEnum):
    """What a challenge was made for; for nothing else is it good."""

    NEW_PASSKEY = "new-passkey"
    PASSKEY = "passkey"
    SIGN_ON = "sign-on"
