"""Owns how long a session may lie unused: a tablet that was put down must not stay somebody's."""

from datetime import datetime, timedelta

IDLE = timedelta(minutes=15)
WARNED = timedelta(minutes=2)  # before the end, where a script can
WRITTEN_EVERY = timedelta(minutes=1)
# A request that a clock has sent and nobody's hand says so by this header: it keeps nobody signed in.
UNATTENDED = "Dongui-Unattended"


def left_of(seen_at: datetime | None, moment: datetime) -> int:
    """Seconds until a session that is used at this moment, and not again, is over."""
    if seen_at is None or is_to_be_written(seen_at, moment):
        return int(IDLE.total_seconds())
    return int(min(IDLE, IDLE - (moment - seen_at)).total_seconds())


def is_to_be_written(seen_at: datetime | None, moment: datetime) -> bool:
    """Whether a use at this moment is to be written down. After a clock was set back, nothing is until it is as late
    again; the session still ends at its own time."""
    return seen_at is not None and moment >= seen_at + WRITTEN_EVERY
