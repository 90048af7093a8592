"""Shows the demo's term: the same for the same seed, in lesson hours of the past, as a class would."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from curriculum.catalog.catalog import load_catalog
from curriculum.catalog.lesson import Lesson
from curriculum.config import LESSONS
from curriculum.operations.demo_term import DAYS_AGO, MINUTES, Answered, StepSent, term
from curriculum.quizzes.item import FULL, Item
from curriculum.quizzes.quiz import Quiz, Quizzes
from tests.quizzes.sample import pencil_quiz

TODAY = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
Content = tuple[list[Lesson], Mapping[str, Quiz]]


@pytest.fixture(scope="module")
def content() -> Content:
    """The lessons of the middle school course and their quizzes."""
    catalog = load_catalog(LESSONS)
    lessons = list(next(course for course in catalog.courses if course.id == "middle").lessons)
    quizzes = Quizzes(catalog.lessons)
    return lessons, {lesson.id: quizzes.of_lesson(lesson.id) for lesson in lessons}


def events(content: Content, *, class_index: int = 0, size: int = 28, seed: int = 7) -> list[StepSent | Answered]:
    lessons, quizzes = content
    return list(term(class_index=class_index, size=size, lessons=lessons, quizzes=quizzes, today=TODAY, seed=seed))


def test_it_works(content: Content) -> None:
    found = events(content)
    assert {event.student for event in found} == set(range(1, 29))
    assert {type(event) for event in found} == {StepSent, Answered}


def test_the_same_seed_gives_the_same_term(content: Content) -> None:
    assert events(content) == events(content)
    assert events(content) != events(content, seed=8)
    assert events(content) != events(content, class_index=1)


@pytest.mark.parametrize("class_index", range(len(DAYS_AGO)))
def test_each_class_is_at_its_own_place(content: Content, class_index: int) -> None:
    begun = {event.lesson_id for event in events(content, class_index=class_index)}
    assert begun == {lesson.id for lesson in content[0][: len(DAYS_AGO[class_index])]}
    assert begun < {lesson.id for lesson in content[0]}  # no class has come to the end of its course
    assert len({len(days) for days in DAYS_AGO}) == len(DAYS_AGO)


def test_nothing_happens_in_the_future_or_outside_lesson_hours(content: Content) -> None:
    for class_index in range(len(DAYS_AGO)):
        for event in events(content, class_index=class_index):
            assert event.moment < TODAY
            hour = (event.moment + timedelta(hours=9)).hour  # in Korea
            assert 10 <= hour <= 11
    assert MINUTES == 45  # a lesson hour of a middle school


def test_only_steps_and_items_that_exist_are_sent(content: Content) -> None:
    steps = {lesson.id: set(lesson.step_ids) for lesson in content[0]}
    for event in events(content):
        if isinstance(event, StepSent):
            assert event.step in steps[event.lesson_id]
        else:
            assert set(event.responses) == {item.id for item in content[1][event.lesson_id].items}


def test_who_answers_has_sent_every_step_before(content: Content) -> None:
    sent: dict[tuple[int, str], list[datetime]] = {}
    found = events(content)
    for event in found:
        if isinstance(event, StepSent):
            sent.setdefault((event.student, event.lesson_id), []).append(event.moment)
    number = {lesson.id: len(lesson.step_ids) for lesson in content[0]}
    for event in found:
        if isinstance(event, Answered):
            steps = sent[event.student, event.lesson_id]
            assert len(steps) == number[event.lesson_id]
            assert max(steps) < event.moment + timedelta(minutes=2)


def test_not_everybody_is_perfect_and_not_everybody_is_there(content: Content) -> None:
    lesson = content[0][0].id
    quiz = content[1][lesson]
    graded = [
        quiz.grade(one.responses).points
        for one in events(content)
        if isinstance(one, Answered) and one.lesson_id == lesson
    ]
    assert len(set(graded)) > 2
    big = events(content, size=400)
    there = {event.student for event in big if event.lesson_id == lesson}
    finished = {event.student for event in big if isinstance(event, Answered) and event.lesson_id == lesson}
    assert 340 < len(there) < 400
    assert finished < there


@pytest.mark.parametrize("item", pencil_quiz().items, ids=lambda item: item.type)
def test_items_of_every_type_are_answered_rightly_wrongly_and_partly(content: Content, item: Item) -> None:
    lessons = content[0][:1]
    quizzes = {lessons[0].id: pencil_quiz(lessons[0].id)}
    answered = [one for one in events((lessons, quizzes), size=300) if isinstance(one, Answered)]
    responses = [one.responses[item.id] for one in answered]
    assert all(item.parse(item.given(response)) == response for response in responses)
    points = [item.points(response) for response in responses]
    assert 0.5 < points.count(FULL) / len(points) < 0.95
    assert {"match", "sort", "reason", "several"}.isdisjoint({item.type}) or any(0 < one < FULL for one in points)
    assert len(set(responses)) > 1
