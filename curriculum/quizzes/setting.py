"""Owns what a quiz must be where it stands: types that fit its course, charts whose figures the register has."""

from collections.abc import Collection, Iterator, Mapping

from curriculum.catalog.fact import Fact
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
