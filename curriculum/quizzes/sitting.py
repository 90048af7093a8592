"""Owns what somebody at a quiz may do now, and what each part of its page has to show them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from curriculum.accounts.viewer import Viewer
from curriculum.assignments.assignment import Assignment, AssignmentState
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.text import Text
from curriculum.pauses.rest import NOTHING, Rest
from curriculum.quizzes.attempt import Work
from curriculum.quizzes.item import Given, Item, Part, Response
from curriculum.quizzes.page import Kept
from curriculum.quizzes.quiz import Quiz


@dataclass(frozen=True)
class Sent:
    """What came with a form: as it was chosen and what of it can be graded, by item id, and the parts whose feedback
    somebody who only tries the quiz has asked for."""

    given: Mapping[str, Given] = field(default_factory=dict)
    responses: Mapping[str, Response] = field(default_factory=dict)
    seen: Collection[str] = ()


@dataclass(frozen=True)
class Sitting:
    """Somebody at a quiz at a moment: the student, or None for who only tries it, what the teacher has set, and what of
    the lesson rests."""

    lesson: Lesson
    quiz: Quiz
    student: Viewer | None
    assignment: Assignment
    moment: datetime
    rest: Rest = NOTHING

    @property
    def help_route(self) -> Text:
        """What the lesson says about where to turn."""
        return next(step.body for step in self.lesson.steps if step.kind == "help")

    def refusal(self, number: int) -> str | None:
        """Why no answer is taken for the attempt of this number: rests, shut, limit, or None. By the server's clock."""
        if self.rest.quiz:
            return "rests"
        if not self.assignment.takes_answers(self.moment):
            return "shut"
        return None if self.assignment.allows_another(number - 1) else "limit"

    def notice(self, number: int) -> str | None:
        """What a page says of itself: a page counts to the stated time, without the grace for what is on its way."""
        is_open = self.assignment.state(self.moment) is AssignmentState.OPEN
        return self.refusal(number) if is_open or self.rest.quiz else "shut"

    def kept(self, part: Part, work: Work, sent: Sent) -> Kept:
        """What the page has to show of a part: what the student's attempt holds, and over it what was just chosen."""
        if not isinstance(part, Item):
            return Kept(is_told=part.id in sent.seen)
        if self.student is None:
            return self.tried(part, sent)
        stored = self.stored(part, work)
        typed = sent.given.get(part.id, {})
        return replace(stored, given=typed) if stored.is_open and any(typed.values()) else stored

    def stored(self, item: Item, work: Work) -> Kept:
        """What the student's attempt holds for an item; feedback is shown where it was asked for and not held back."""
        stored = work.responses.get(item.id)
        if stored is None:
            return Kept()
        shows = stored.first is not None and not self.assignment.results_held
        response = stored.response if shows else None
        return Kept(item.given(stored.response), response, not stored.is_locked(item), stored.counter)

    def tried(self, item: Item, sent: Sent) -> Kept:
        """An item for somebody who only tries it: all that is known of it came with the form."""
        given, response = sent.given.get(item.id, {}), sent.responses.get(item.id)
        if item.id not in sent.seen or response is None:
            return Kept(given)
        return Kept(given, response, item.help_route and not item.is_right(response))
