"""A school day for the pages of teachers: students read and answer through the services, and are counted by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import Flask

from curriculum.accounts.secret import hash_secret
from curriculum.accounts.services import add_person
from curriculum.accounts.viewer import Role
from curriculum.classrooms.services import enroll
from curriculum.database import begin_write, db
from curriculum.progress.services import send_step
from curriculum.quizzes.item import Response
from curriculum.quizzes.queries import attempts_closed, quiz_of
from curriculum.quizzes.services import Try, submit
from tests.cast import CODE, Member
from tests.quizzes.sample import right, wrong

START = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Student:
    """A student whose day can be played, as that of a member of the cast can."""

    id: UUID
    school_id: UUID
    name: str
    number: int


def add_students(app: Flask, school_id: UUID, classroom_id: UUID, names: Iterable[str], first: int) -> list[Student]:
    """Further students of a class, numbered from `first`."""
    secret_hash = hash_secret(CODE)
    with app.app_context():
        begin_write()
        students = []
        for number, name in enumerate(names, start=first):
            person = add_person(school_id=school_id, role=Role.STUDENT, display_name=name, secret_hash=secret_hash)
            db.session.flush()
            enroll(school_id=school_id, classroom_id=classroom_id, person_id=person.id, number=number)
            students.append(Student(person.id, school_id, name, number))
        db.session.commit()
    return students


def reads(app: Flask, student: Student | Member, lesson_id: str, *, steps: int | None = None) -> None:
    """The student sends the first steps of a lesson, or all."""
    with app.app_context():
        for place, step in enumerate(app.extensions["catalog"].lesson(lesson_id).step_ids[:steps]):
            moment = START + timedelta(minutes=place)
            send_step(school_id=student.school_id, person_id=student.id, lesson_id=lesson_id, step=step, moment=moment)
        db.session.commit()


def answers(app: Flask, student: Student | Member, lesson_id: str, *wrong_at: str) -> None:
    """The student submits the quiz, not fully right at these items."""
    with app.app_context():
        quiz = quiz_of(lesson_id)
        responses: dict[str, Response] = {
            item.id: (wrong if item.id in wrong_at else right)(item) for item in quiz.items
        }
        of = Try(
            school_id=student.school_id,
            person_id=student.id,
            quiz=quiz,
            number=attempts_closed(student.school_id, student.id, lesson_id) + 1,
            moment=START + timedelta(hours=1),
        )
        submit(of=of, responses=responses)
        db.session.commit()
