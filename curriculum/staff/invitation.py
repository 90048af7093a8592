"""Owns the code of a link by which somebody sets a password: how it is written, read, and how long it is good."""

from datetime import timedelta
from uuid import UUID

FIRST_LASTS = timedelta(days=7)  # an invitation
RESET_LASTS = timedelta(hours=24)
LONGEST = 400


def written_code(school_id: UUID, token: str) -> str:
    """What stands after the # of a link, where neither a server's log nor another site's ever sees it."""
    return f"{school_id.hex}.{token}"


def read_code(typed: str) -> tuple[UUID, str] | None:
    """School and token of a code; the whole link may be pasted. None when it cannot be one."""
    school, _, token = typed.strip().rpartition("#")[2].partition(".")
    try:
        return (UUID(hex=school), token) if token else None
    except ValueError:
        return None
