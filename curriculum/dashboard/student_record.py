"""Owns what a teacher sees of one student: attempts, and by objective which items were right in the best of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from curriculum.catalog.lesson import Lesson, Objective
from curriculum.catalog.page_text import PageText, Part
from curriculum.progress.completion import Progress, State
from curriculum.progress.mastery import Mastery, mastery
from curriculum.quizzes.attempt import SentIn, best_of
from curriculum.quizzes.item import FULL, Item
from curriculum.quizzes.quiz import Quiz

MOST_ATTEMPTS = 10  # of a lesson: the latest ones; the best is named apart


@dataclass(frozen=True, slots=True)
class SeenItem:
    """An item as it was asked, and whether it was fully right. What was chosen is not there."""

    prompt: Sequence[Part]
    right: bool


@dataclass(frozen=True, slots=True)
class SeenObjective:
    """An objective, its mastery, and the items that check it."""

    words: Sequence[Part]
    mastery: Mastery
    items: Sequence[SeenItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLesson:
    """A lesson of a student: how far, the latest attempts in order, how many came `earlier`, the best one and what was
    right in it. `is_same`: the quiz is still the one of that attempt; else no item of it is shown."""

    lesson: Lesson
    state: State
    score: int | None
    attempts: Sequence[SentIn] = ()
    earlier: int = 0
    best: SentIn | None = None
    is_same: bool = True
    objectives: Sequence[SeenObjective] = ()


def by_lesson(attempts: Iterable[SentIn]) -> dict[str, list[SentIn]]:
    """The attempts of each lesson, in their order."""
    found = defaultdict(list)
    for one in attempts:
        found[one.lesson_id].append(one)
    return dict(found)


def best_attempts(attempts: Mapping[str, Sequence[SentIn]]) -> dict[str, SentIn]:
    """The best attempt of each lesson."""
    return {lesson_id: best for lesson_id, several in attempts.items() if (best := best_of(several))}


def seen_lesson(
    lesson: Lesson,
    quiz: Quiz,
    progress: Progress,
    attempts: Sequence[SentIn],
    points: Mapping[UUID, Mapping[str, int]],
    text: PageText,
) -> SeenLesson:
    """One lesson of a student; `points`: of the best attempt at least, by attempt and item."""
    best = best_of(attempts)
    earned = points.get(best.id, {}) if best else {}
    is_same = best is None or best.quiz_digest == quiz.digest
    items = [item for item in quiz.items if item.id in earned] if is_same else []
    return SeenLesson(
        lesson=lesson,
        state=progress.state(len(lesson.steps)),
        score=progress.score,
        attempts=attempts[-MOST_ATTEMPTS:],
        earlier=max(0, len(attempts) - MOST_ATTEMPTS),
        best=best,
        is_same=is_same,
        objectives=_seen_objectives(lesson.objectives, items, earned, text),
    )


def _seen_objectives(
    objectives: Iterable[Objective], items: Sequence[Item], earned: Mapping[str, int], text: PageText
) -> list[SeenObjective]:
    right = {item.id for item in items if earned[item.id] == FULL}
    found = mastery({item.id: item.objective for item in items}, right)
    return [
        SeenObjective(
            text.plain(one.text),
            found[one.id],
            [SeenItem(text.inline(item.prompt), item.id in right) for item in items if item.objective == one.id],
        )
        for one in objectives
        if one.id in found
    ]
