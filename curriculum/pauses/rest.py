"""Owns what rests: which part of a lesson, for whom, until when, and what is shown instead of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

import msgspec

from curriculum.catalog.lesson import Lesson, Step
from curriculum.catalog.text import Text

LESSON, STORY, STEP = "lesson", "story", "step/"  # a part: the whole lesson, its "what if", or one of its steps
# Where to turn, what the class has agreed on and the teacher's duty to report are there whatever rests.
ALWAYS_THERE = frozenset({"rules", "help", "check"})
# Texts of a lesson, and no sentences of the interface: both languages can stand side by side on its page.
HEADING = Text(ko="잠시 쉬어 가요", en="Resting for now")
BODY = Text(
    ko="이 부분은 지금 쉬어 가요. 빠뜨린 것이 아니니 다음으로 넘어가면 돼요.",
    en="This part is resting for now. You have missed nothing: just go on to the next one.",
)
_SCHOOLS = 512  # texts kept in memory, of one school each
_LESSONS = 256  # lessons with something that rests, in any school


class Reason(StrEnum):
    """Why something rests; staff alone are told. There is no room for words: an incident is no matter of this page."""

    INCIDENT = "incident"
    NAME = "name"
    REQUEST = "request"
    REVIEW = "review"


class Resting(msgspec.Struct, frozen=True, omit_defaults=True):
    """A part that rests: for the whole school, or for one class; to the end of the day `until`, or until it is lifted.
    With `other` the other path stands in its place for everybody."""

    lesson_id: str
    part: str
    other: bool = False
    until: date | None = None
    classroom_id: UUID | None = None

    def holds(self, today: date, classroom_id: UUID | None) -> bool:
        """Whether it holds on a day, for who learns in this class (or in none)."""
        return (self.until is None or today <= self.until) and self.classroom_id in {None, classroom_id}


@dataclass(frozen=True, slots=True)
class Rest:
    """What of one lesson rests for somebody; it can key a cache. Of `replaced` steps the other path is shown."""

    lesson: bool = False
    story: bool = False
    steps: frozenset[str] = frozenset()
    replaced: frozenset[str] = frozenset()

    @property
    def quiz(self) -> bool:
        """Whether the quiz rests too: while something that it may ask about is not there. The other path is made for
        the same quiz."""
        return self.lesson or bool(self.steps)

    @property
    def is_any(self) -> bool:
        """Whether anything rests at all."""
        return self != NOTHING


NOTHING = Rest()


def rest_of(entries: Iterable[Resting], lesson_id: str, today: date, classroom_id: UUID | None = None) -> Rest:
    """What rests of a lesson. Where one entry leaves a step out and another replaces it, it is left out."""
    held = [one for one in entries if one.lesson_id == lesson_id and one.holds(today, classroom_id)]
    steps = frozenset(one.part.removeprefix(STEP) for one in held if one.part.startswith(STEP) and not one.other)
    others = frozenset(one.part.removeprefix(STEP) for one in held if one.part.startswith(STEP) and one.other)
    parts = {one.part for one in held}
    return Rest(LESSON in parts, LESSON in parts or STORY in parts, steps, others - steps)


@lru_cache(maxsize=_LESSONS)
def as_it_rests(lesson: Lesson, rest: Rest) -> Lesson:
    """The lesson as it is read while this rests: the same one each time, so that it can key a cache. A step that rests
    keeps its place, so that a student can go past it; of a lesson that rests as a whole, where to turn is left."""
    if not rest.is_any:
        return lesson
    if rest.lesson:
        # Of the note, too, nothing: it says what comes, and nothing comes.
        return replace(lesson, note=Text("", ""), steps=tuple(step for step in lesson.steps if step.kind == "help"))
    return replace(lesson, steps=tuple(_as_it_rests(step, rest) for step in lesson.steps))


def _as_it_rests(step: Step, rest: Rest) -> Step:
    if step.id in rest.steps:
        return Step(step.id, "rest", HEADING, BODY, other=None)
    if step.id in rest.replaced and step.other is not None:
        return Step(step.id, step.kind, step.other.heading, step.other.body, other=None)
    return step


def parts_of(lesson: Lesson, *, has_story: bool) -> list[str]:
    """What of a lesson can rest, in order: all of it, its "what if", each step but those that are always there."""
    steps = [f"{STEP}{step.id}" for step in lesson.steps if step.kind not in ALWAYS_THERE]
    return [LESSON, *([STORY] if has_story else []), *steps]


def can_be_replaced(lesson: Lesson, part: str) -> bool:
    """Whether the lesson has another path that can stand in for this part."""
    step = lesson.step(part.removeprefix(STEP)) if part.startswith(STEP) else None
    return step is not None and step.other is not None


def written(entries: Iterable[Resting]) -> str | None:
    """What rests in a school as one text, to be kept with the school; None where nothing does."""
    found = list(entries)
    return msgspec.json.encode(found).decode() if found else None


@lru_cache(maxsize=_SCHOOLS)
def resting_in(text: str) -> tuple[Resting, ...]:
    """What rests by a text that `written` has made. What is remembered hangs on the text: it is never out of date."""
    return msgspec.json.decode(text, type=tuple[Resting, ...])
