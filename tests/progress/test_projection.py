"""Shows that progress rows and item tallies are what visits, attempts and responses come to, whatever was sent."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.classrooms.models import Enrollment
from curriculum.database import begin_write, db
from curriculum.progress.models import LessonProgress
from curriculum.progress.services import send_step
from curriculum.quizzes.attempt import Answer
from curriculum.quizzes.item import Response
from curriculum.quizzes.models import ItemTally
from curriculum.quizzes.quiz import Quiz
from curriculum.quizzes.services import AttemptRefused, Try, check, rebuild, save, submit
from tests.cast import Cast, Member
from tests.quizzes.sample import LESSONS, RIGHT, pencil_quiz
from tests.quizzes.stored import Projections, forget_everything, projections, recomputed

EXAMPLES = 1000 if os.environ.get("DONGUI_TEST_FULL") == "1" else 50
START = datetime(2026, 3, 2, tzinfo=UTC)
# Two lessons whose items have the same ids, and one of them in two versions, as after an edit.
QUIZZES = (pencil_quiz(), pencil_quiz(digest="pencils-two"), pencil_quiz(LESSONS[1], "crayons"))
WHO = ("gaon", "narae", "daon", "lumi")  # two of one class, one of another, one of another school
# Few, so that a number often comes again with the same responses and often with others.
RESPONSES: tuple[dict[str, Response], ...] = (
    dict(RIGHT),
    {**RIGHT, "ask": ("a",), "steps": ("c", "b", "a"), "lend": ("x=b", "y=b", "z=c")},
    {**RIGHT, "reasons": ("a",), "steps": ("b", "c", "a"), "claim": ("holds", "b")},
    {**RIGHT, "ask": ("c",), "reasons": ("b", "d"), "steps": ("b", "a", "c"), "say": ("b",)},
)


@dataclass(frozen=True)
class StepSent:
    """A student sends a step."""

    who: str
    lesson_id: str
    step: str


@dataclass(frozen=True)
class Saved:
    """A student gives one answer, maybe late or for an attempt that is over, and may ask for its feedback."""

    who: str
    quiz: Quiz
    number: int
    item_id: str
    response: Response
    counter: int
    asks: bool


@dataclass(frozen=True)
class Submitted:
    """A student submits a quiz, maybe an attempt that came before, maybe one too far ahead."""

    who: str
    quiz: Quiz
    number: int
    responses: dict[str, Response]


Event = StepSent | Saved | Submitted
people, quizzes, numbers = st.sampled_from(WHO), st.sampled_from(QUIZZES), st.integers(1, 3)
answers = st.sampled_from([(item, one) for responses in RESPONSES for item, one in responses.items()])
events = st.one_of(
    st.builds(StepSent, people, st.sampled_from(LESSONS[:2]), st.sampled_from(["story", "learn", "check"])),
    st.tuples(people, quizzes, numbers, answers, st.integers(1, 3), st.booleans()).map(
        lambda drawn: Saved(*drawn[:3], *drawn[3], *drawn[4:])
    ),
    st.builds(Submitted, people, quizzes, numbers, st.sampled_from(RESPONSES)),
)


Closed = dict[tuple[str, str, int], UUID]


def play(cast: Cast, happened: Sequence[Event], before: Closed | None = None) -> Closed:
    """Let it happen, each in a transaction of its own; returns the attempts closed until now, after those `before`."""
    closed = before or {}
    for minute, event in enumerate(happened):
        member, moment = getattr(cast, event.who), START + timedelta(minutes=minute)
        if isinstance(event, StepSent):
            send_step(
                school_id=member.school_id,
                person_id=member.id,
                lesson_id=event.lesson_id,
                step=event.step,
                moment=moment,
            )
        else:
            _attempted(member, event, moment, closed)
        db.session.commit()
    return closed


def _attempted(member: Member, event: Saved | Submitted, moment: datetime, closed: Closed) -> None:
    of = Try(school_id=member.school_id, person_id=member.id, quiz=event.quiz, number=event.number, moment=moment)
    key = (event.who, event.quiz.lesson_id, event.number)
    before = [number for who, lesson, number in closed if (who, lesson) == key[:2]]
    try:
        if isinstance(event, Saved):
            _saved(of, event)
        else:
            assert closed.setdefault(key, found := submit(of=of, responses=event.responses)) == found
        assert event.number <= len(before) + 1, "an attempt was taken that is not the next one"
    except AttemptRefused:
        db.session.rollback()  # as the app does with what is refused


def _saved(of: Try, event: Saved) -> None:
    item = event.quiz.item(event.item_id)
    assert item
    work = save(of=of, answers={item: Answer(event.response, event.counter)})
    if event.asks and not work.is_closed:
        check(of=of, work=work, item_id=item.id)


def rebuilt(cast: Cast) -> Projections:
    """The projections after the command of the operator."""
    for school_id in (cast.school_id, cast.other_school_id):
        rebuild(school_id=school_id)
        db.session.commit()
    return projections()


def test_it_works(app: Flask, cast: Cast) -> None:
    with app.app_context():
        play(cast, [StepSent("gaon", LESSONS[0], "story"), Submitted("gaon", QUIZZES[0], 1, dict(RIGHT))])
        progress, tallies = projections()
        assert [(one.steps_sent, one.attempts, one.score) for one in progress.values()] == [(1, 1, 100)]
        # Each item as a whole, and what was chosen in it.
        assert len(tallies) == len(RIGHT) + sum(len(response) for response in RIGHT.values())


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(events, max_size=14))
def test_projections_are_what_the_truth_comes_to(app: Flask, cast: Cast, happened: list[Event]) -> None:
    # The database is the same for all examples; each begins by emptying what the one before has written.
    with app.app_context():
        forget_everything()
        stored = play(cast, happened)
        standing = projections()
        assert standing == recomputed()
        assert sum(one.attempts for one in standing[0].values()) == len(stored)
        assert rebuilt(cast) == standing


def test_a_student_who_changes_class_stays_counted_where_the_first_attempt_was(app: Flask, cast: Cast) -> None:
    first, again = (Submitted("gaon", QUIZZES[0], number, dict(RIGHT)) for number in (1, 2))
    with app.app_context():
        closed = play(cast, [first])
        _move(cast.gaon, cast.other_classroom_id)
        play(cast, [again, Submitted("gaon", QUIZZES[2], 1, dict(RIGHT))], closed)
        standing = projections()
        places = {(key[1], key[2]) for key in standing[1]}
        assert places == {(cast.classroom_id, LESSONS[0]), (cast.other_classroom_id, LESSONS[1])}
        assert rebuilt(cast) == standing


def _move(member: Member, classroom_id: UUID) -> None:
    begin_write()
    moved = sa.update(Enrollment).where(Enrollment.person_id == member.id)
    db.session.execute(moved.values(classroom_id=classroom_id, number=30))
    db.session.commit()


def test_a_student_without_a_class_has_progress_and_no_tally(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_write()
        db.session.execute(sa.delete(Enrollment).where(Enrollment.person_id == cast.gaon.id))
        db.session.commit()
        play(cast, [Submitted("gaon", QUIZZES[0], 1, dict(RIGHT))])
        progress, tallies = standing = projections()
        assert (len(progress), tallies) == (1, {})
        assert rebuilt(cast) == standing


def test_a_planted_fault_in_a_projection_is_seen_and_put_right(app: Flask, cast: Cast) -> None:
    with app.app_context():
        play(cast, [Submitted("gaon", QUIZZES[0], 1, dict(RIGHT))])
        good = projections()
        begin_write()
        db.session.execute(sa.update(LessonProgress).values(best_points=1))
        db.session.execute(sa.update(ItemTally).values(chosen=ItemTally.chosen + 1))
        db.session.commit()
        assert projections() != recomputed()
        assert rebuilt(cast) == good
