"""Owns what a teacher sets for a lesson in a class: whether it is asked, and until when; from when until when its quiz
takes answers, how often it can be tried, whether its results are held back; and what a student has of their own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

# A class that sends at the last moment waits for a slow network, and a watch on the wall is not the server's clock.
# Pages count to the stated time; only what was on its way is still taken.
GRACE = timedelta(seconds=60)
FEWEST, MOST = 1, 20


class AssignmentState(StrEnum):
    """Where a moment lies: before the opening time, between the two times, at or after the closing time."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Own:
    """What one student has of their own at a lesson, beyond the class: until when, and how many attempts in all.
    Nothing given: the lesson is asked of them, and else all is as for the class."""

    until: datetime | None = None
    attempt_limit: int | None = None

    def __post_init__(self) -> None:
        _check_limit(self.attempt_limit)


@dataclass(frozen=True, slots=True)
class Assignment:
    """What holds for a lesson in a class; the lesson itself can always be read. Nothing set: not asked, its quiz open,
    as often as one likes, results at once. Times are in UTC; `attempt_limit` is None or 1 to 20, `opens_at` lies before
    the other two, `due_at` not after `closes_at` and only where the lesson is `assigned` (ValueError). What is due can
    be handed in later: only the closing time closes."""

    attempt_limit: int | None = None
    results_held: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    due_at: datetime | None = None
    assigned: bool = False

    def __post_init__(self) -> None:
        _check_limit(self.attempt_limit)
        if self.due_at and not self.assigned:
            raise ValueError("what nobody is asked is not due")
        if self.opens_at and any(end <= self.opens_at for end in (self.due_at, self.closes_at) if end):
            raise ValueError(f"{self.opens_at} does not lie before it is due or closes")
        if self.due_at and self.closes_at and self.due_at > self.closes_at:
            raise ValueError(f"{self.due_at} lies after {self.closes_at}")

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

    def is_late(self, moment: datetime) -> bool:
        """Whether the day it was asked for has passed."""
        return self.due_at is not None and moment >= self.due_at

    def with_own(self, own: Own | None) -> "Assignment":
        """What holds for a student with this of their own: of two times the later, of two limits the greater, so that
        it is never less than the class has. A time that passes before the class begins gives nothing."""
        if own is None:
            return self
        until = own.until if own.until and (not self.opens_at or own.until > self.opens_at) else None
        return replace(
            self,
            assigned=True,
            due_at=max((end for end in (self.due_at, until) if end), default=None),
            closes_at=max(self.closes_at, until or self.closes_at) if self.closes_at else None,
            attempt_limit=self.attempt_limit and max(self.attempt_limit, own.attempt_limit or 0),
        )

    def moved(self, by: timedelta) -> "Assignment":
        """The same at other times."""
        opens, closes, due = (end and end + by for end in (self.opens_at, self.closes_at, self.due_at))
        return replace(self, opens_at=opens, closes_at=closes, due_at=due)

    @property
    def times(self) -> Iterator[datetime]:
        """Every time that is set."""
        return (end for end in (self.opens_at, self.due_at, self.closes_at) if end)

    @property
    def version(self) -> str:
        """A text that two assignments share exactly when they are equal: what a form remembers to have been shown."""
        ends = (one.astimezone(UTC).isoformat() if one else "" for one in (self.opens_at, self.closes_at, self.due_at))
        marks = ("held" if self.results_held else "", "asked" if self.assigned else "")
        return "/".join([str(self.attempt_limit or ""), *marks, *ends])


def read_version(text: str) -> Assignment:
    """The assignment of a version; ValueError where there is none."""
    limit, held, asked, *ends = text.split("/")
    opens, closes, due = (datetime.fromisoformat(end) if end else None for end in ends)
    if (
        held not in {"", "held"}
        or asked not in {"", "asked"}
        or any(end and not end.tzinfo for end in (opens, closes, due))
    ):
        raise ValueError(f"no assignment: {text}")
    return Assignment(int(limit) if limit else None, held == "held", opens, closes, due, asked == "asked")


def _check_limit(limit: int | None) -> None:
    if limit is not None and not FEWEST <= limit <= MOST:
        raise ValueError(f"an attempt limit is {FEWEST} to {MOST}, not {limit}")
