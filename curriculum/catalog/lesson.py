"""A lesson as it is read: its steps, the other path, the teacher's guide and its quiz as written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from curriculum.catalog.entry import Strand
from curriculum.catalog.text import Text


@dataclass(frozen=True)
class Objective:
    """What a learner can do after one lesson."""

    id: str
    text: Text


@dataclass(frozen=True)
class OtherPart:
    """The equal task of the other path for one step; `body` is Markdown."""

    heading: Text
    body: Text


@dataclass(frozen=True)
class Step:
    """One step of a lesson; `body` is Markdown, `other` the equal task for who prefers not to read it."""

    id: str
    kind: str
    heading: Text
    body: Text
    other: OtherPart | None


@dataclass(frozen=True)
class Section:
    """One section of a teacher's guide or of a page for families; `body` is Markdown."""

    id: str
    kind: str
    heading: Text
    body: Text


@dataclass(frozen=True, eq=False)
class Lesson:
    """A lesson; two are the same only when they were loaded once, so that it can key a cache.

    `id` is "course/unit/slug"; `note` and all bodies are Markdown; `quiz` is the decoded quiz.toml;
    `quiz_digest` and `digest` are 12 hex digits over quiz.toml and over all files of the lesson.
    """

    id: str
    code: str
    course: str
    unit: str
    slug: str
    minutes: int
    strands: tuple[Strand, ...]
    title: Text
    summary: Text
    note: Text
    steps: tuple[Step, ...]
    objectives: tuple[Objective, ...]
    guide: tuple[Section, ...]
    quiz: Mapping[str, Any]
    quiz_digest: str
    digest: str

    @property
    def step_ids(self) -> tuple[str, ...]:
        """The ids of the steps, in order."""
        return tuple(step.id for step in self.steps)

    def step(self, step_id: str) -> Step | None:
        """Return the step with this id, or None."""
        return next((step for step in self.steps if step.id == step_id), None)
