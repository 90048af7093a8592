"""Owns the demo school's term: who answered what and when, the same for the same seed, as a class would."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from curriculum.catalog.lesson import Lesson
from curriculum.quizzes.item import Item, Response
from curriculum.quizzes.order import OrderSteps
from curriculum.quizzes.quiz import Quiz

# How many days ago each class had its lessons, in the order of the course. Each class is at another place.
DAYS_AGO: Sequence[Sequence[int]] = ((24, 13, 3), (20, 6), (4,))
FIRST_HOUR, MINUTES = 10, 45
ABSENT, STOPS_EARLY, MOST_TRIES = 0.04, 0.08, 3


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
    """Everything one class did this term, in no particular order. `student` is a number from 1 to `size`."""
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
    if isinstance(item, OrderSteps):
        return _order(dice, item, sure)
    key = [option for option in item.option_ids if item.belongs_to_key(option)]
    others = [option for option in item.option_ids if option not in key]
    if dice.random() < sure or not others:
        return item.parse(key)
    if item.type == "single":
        return item.parse([dice.choice(others)])
    kept = [option for option in key if dice.random() < 0.7]
    return item.parse([*kept, dice.choice(others)] if dice.random() < 0.6 or not kept else kept)


def _order(dice: Random, item: OrderSteps, sure: float) -> Response:
    places = list(dice.choice(item.key))
    if dice.random() > sure:
        first = dice.randrange(len(places) - 1)
        places[first], places[first + 1] = places[first + 1], places[first]
    return item.parse(places)
