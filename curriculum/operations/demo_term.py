"""Owns the demo school's term: who answered what and when, the same for the same seed, as a class would."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from curriculum.catalog.lesson import Lesson
from curriculum.quizzes.item import Item, Response, ResponseError
from curriculum.quizzes.quiz import Quiz

# How many days ago each class had its lessons, one a week in the order of the course. Each class is at another place.
DAYS_AGO: Sequence[Sequence[int]] = ((38, 31, 24, 17, 10, 3), (20, 13, 6), (4,))
FIRST_HOUR, MINUTES = 10, 45
ABSENT, STOPS_EARLY, MOST_TRIES = 0.04, 0.08, 3
NEAR = 0.6  # of the parts of a response that is not sure, this share is right nevertheless


@dataclass(frozen=True, slots=True)
class StepSent:
    """A student sent a step."""

    student: int
    lesson_id: str
    step: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """A student submitted a quiz."""

    student: int
    lesson_id: str
    responses: Mapping[str, Response]
    moment: datetime


def term(
    *,
    class_index: int,
    size: int,
    lessons: Sequence[Lesson],
    quizzes: Mapping[str, Quiz],
    today: datetime,
    seed: int,
) -> Iterator[StepSent | Answered]:
    """Everything one class did this term in the `lessons` of its course, in no particular order. `student` is a number
    from 1 to `size`."""
    dice = Random(f"{seed}:{class_index}")
    talent = {student: dice.betavariate(7, 2.6) for student in range(1, size + 1)}
    for lesson, days in zip(lessons, DAYS_AGO[class_index], strict=False):
        day = today.replace(hour=FIRST_HOUR - 9, minute=40, second=0, microsecond=0) - timedelta(days=days)
        for student in range(1, size + 1):
            if dice.random() > ABSENT:
                yield from _lesson(dice, student, talent[student], lesson, quizzes[lesson.id], day)


def _lesson(
    dice: Random, student: int, talent: float, lesson: Lesson, quiz: Quiz, start: datetime
) -> Iterator[StepSent | Answered]:
    steps = lesson.step_ids
    last = dice.randrange(2, len(steps)) if dice.random() < STOPS_EARLY else len(steps)
    for place, step in enumerate(steps[:last], start=1):
        minute = MINUTES * place / len(steps) + dice.uniform(-1.5, 1.5)
        yield StepSent(student, lesson.id, step, start + timedelta(minutes=minute))
    if last == len(steps):
        yield from _tries(dice, student, talent, quiz, start + timedelta(minutes=MINUTES))


def _tries(dice: Random, student: int, talent: float, quiz: Quiz, moment: datetime) -> Iterator[Answered]:
    for count in range(MOST_TRIES):
        sure = min(0.98, talent + 0.18 * count)
        responses = {item.id: _response(dice, item, sure, place) for place, item in enumerate(quiz.items)}
        yield Answered(student, quiz.lesson_id, responses, moment + timedelta(minutes=4 * count + dice.random()))
        done = quiz.grade(responses).help_route_right
        if done and dice.random() < 0.8:
            return


def _response(dice: Random, item: Item, sure: float, place: int) -> Response:
    # Later items ask for more; some are simply harder, the same ones for everybody.
    sure -= 0.05 * place * Random(item.id).random()
    return item.right_response if dice.random() < sure else _not_quite(dice, item)


def _not_quite(dice: Random, item: Item) -> Response:
    """A response near the right one: values are drawn for its fields until they can be graded and miss something."""
    right = item.given(item.right_response)
    while True:
        given = {field: _values(dice, values, right[field], len(item.fields)) for field, values in item.fields.items()}
        with suppress(ResponseError):
            if not item.is_right(response := item.parse(given)):
                return response


def _values(dice: Random, values: Sequence[str], right: Sequence[str], fields: int) -> Sequence[str]:
    if fields > 1 and dice.random() < NEAR:
        return right
    return dice.sample(values, dice.randint(1, len(right)))
