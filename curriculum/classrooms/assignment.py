"""Owns what a teacher sets for a lesson in a class: from when until when its quiz takes answers, how often it can be
tried, whether its results are held back."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

# A class that sends at the last moment waits for a slow network, and a watch on the wall is not the server's clock.
# Pages count to the stated time; only what was on its way is still taken.
GRACE = timedelta(seconds=60)
FEWEST, MOST = 1, 20
# The clock in the classroom. Korea keeps no summer time, so that no time zone database is needed.
SCHOOL_TIME = timezone(timedelta(hours=9))


class AssignmentState(StrEnum):
    """Where a moment lies: before the opening time, between the two times, at or after the closing time."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Assignment:
    """What holds for the quiz of a lesson in a class; the lesson itself can always be read. Nothing set: open, as often
    as one likes, results at once. Times are in UTC; `attempt_limit` is None or 1 to 20, and `opens_at` lies before
    `closes_at` where both are set (ValueError)."""

    attempt_limit: int | None = None
    results_held: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.attempt_limit is not None and not FEWEST <= self.attempt_limit <= MOST:
            raise ValueError(f"an attempt limit is {FEWEST} to {MOST}, not {self.attempt_limit}")
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            raise ValueError(f"{self.opens_at} does not lie before {self.closes_at}")

    def state(self, moment: datetime) -> AssignmentState:
        """What pages say at a moment, with a zone. It follows the moment alone: a clock set right sets this right."""
        if self.opens_at is not None and moment < self.opens_at:
            return AssignmentState.UPCOMING
        if self.closes_at is not None and moment >= self.closes_at:
            return AssignmentState.CLOSED
        return AssignmentState.OPEN

    def takes_answers(self, moment: datetime) -> bool:
        """Whether what arrives at a moment is accepted: while it is open, and for less than GRACE after it closed."""
        begun = self.state(moment) is not AssignmentState.UPCOMING
        return begun and (self.closes_at is None or moment - self.closes_at < GRACE)

    def allows_another(self, attempts_closed: int) -> bool:
        """Whether a student who has closed so many attempts may begin one more."""
        return self.attempt_limit is None or attempts_closed < self.attempt_limit

    @property
    def version(self) -> str:
        """A text that two assignments share exactly when they are equal: what a form remembers to have been shown."""
        times = (one.astimezone(UTC).isoformat() if one else "" for one in (self.opens_at, self.closes_at))
        return "/".join([str(self.attempt_limit or ""), "held" if self.results_held else "", *times])
