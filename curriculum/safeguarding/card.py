"""Owns the rules of the safeguarding card: which lessons have one, what it is made of, how long a reading counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from curriculum.catalog.lesson import Lesson
from curriculum.support.contact_list import ShownContact

# What a teacher must do who learns of something, as the register of facts says it.
DUTIES = ("kr-law-teacher-report", "kr-law-school-witness-duty")
# Whom the card names tonight, and who covers, may be others in a week.
COUNTS_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Tonight:
    """The places to turn to that can be called: those that are open at any hour, and those whose hours are to be
    looked at first. How the hours of the others lie is not known to the program, so nothing is said of them."""

    always: Sequence[ShownContact]
    by_hours: Sequence[ShownContact]


def is_sensitive(lesson: Lesson) -> bool:
    """Whether something may be told in it that has to be reported: when the lesson itself tells its students so. A pack
    says it in the step of rules, by citing the duty; nothing else has to be kept in step with it."""
    rules = [step.body for step in lesson.steps if step.kind == "rules"]
    return any(f"fact:{DUTIES[0]}" in body.ko for body in rules)


def still_counts(read_on: date | None, today: date) -> bool:
    """Whether a reading is recent enough for the lesson to begin; one of a later day, by a clock set wrong, is not."""
    return read_on is not None and timedelta(0) <= today - read_on <= COUNTS_FOR


def tonight(panel: Sequence[ShownContact]) -> Tonight:
    """The panel's places that can be called, those open at any hour first."""
    called = [one for one in panel if one.phone]
    return Tonight([one for one in called if one.always], [one for one in called if not one.always])
