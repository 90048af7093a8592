"""The day by which review days are judged."""

from datetime import date, datetime, timedelta, timezone

# Review days are Korean days; Korea keeps no summer time, so that no time zone database is needed.
_KOREA = timezone(timedelta(hours=9))


def today_in_korea() -> date:
    """Return today's date in Korea."""
    return datetime.now(_KOREA).date()
