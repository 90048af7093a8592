"""Owns what a quiz must be where it stands: as long as its course asks, of types that fit, figures known."""

from collections.abc import Collection, Iterator, Mapping

from curriculum.catalog.fact import Fact
from curriculum.catalog.rulebook import Level
from curriculum.quizzes.chart import ReadChart
from curriculum.quizzes.estimate import Estimate
from curriculum.quizzes.position import PositionLine
from curriculum.quizzes.quiz import Quiz

# The curriculum's table of question types, section 7: courses whose students are too young for a type.
TOO_YOUNG: Mapping[str, frozenset[str]] = {
    ReadChart.type: frozenset({"elementary"}),
    Estimate.type: frozenset({"elementary"}),
    PositionLine.type: frozenset({"elementary", "middle"}),
}


def size_problems(quiz: Quiz, level: Level | None) -> Iterator[tuple[str, str]]:
    """Codes of `check.REMEDY` with what they are about, by the level of the course; none where it has none."""
    if level is None:
        return
    least, most = level.items
    if not least <= len(quiz.items) <= most:
        yield ("too-few-items" if len(quiz.items) < least else "too-many-items"), str(len(quiz.items))
    if len({item.type for item in quiz.items}) < level.types:
        yield "too-few-types", ", ".join(sorted({item.type for item in quiz.items}))


def setting_problems(
    quiz: Quiz, course: str, steps: Collection[str], facts: Mapping[str, Fact]
) -> Iterator[tuple[str, str]]:
    """Codes of `check.REMEDY` with the id of the part each is about; `steps` are the ids of the lesson's steps."""
    for item in quiz.items:
        if item.step is not None and item.step not in steps:
            yield "step-unknown", item.id
    for part in quiz.parts:
        if course in TOO_YOUNG.get(part.type, ()):
            yield "type-for-older-students", part.id
        if isinstance(part, ReadChart) and (code := part.chart.problem_with(facts)):
            yield code, part.id
