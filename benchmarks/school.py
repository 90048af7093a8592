"""Owns the schools that are measured: invented, of three sizes, made in a folder of their own in seconds."""

import json
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

from curriculum.accounts.secret import hash_secret
from curriculum.accounts.services import add_person, add_school
from curriculum.accounts.viewer import Role
from curriculum.app import create_app
from curriculum.catalog.lesson import Lesson
from curriculum.classrooms.class_code import new_class_code
from curriculum.classrooms.services import add_classroom, enroll, let_teach
from curriculum.config import Settings
from curriculum.database import begin_write, create_database, db
from curriculum.quizzes.queries import quiz_of

COURSE, YEAR, GRADES, CLASS_SIZE = "middle", 2026, 3, 50
CODE, EMAIL, PASSWORD = "246813", "teacher@school.example", "a long word for the benchmark"
WRITTEN = "school.json"

TERM = Path(__file__).with_name("term.sql")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a school is."""

    students: int
    attempts: int


SMALL, MIDDLE, LARGE = Size(30, 10_000), Size(300, 100_000), Size(3_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class School:
    """A school that can be served from its folder: its class codes, each with the id of its class."""

    folder: Path
    class_codes: tuple[str, ...]
    class_ids: tuple[str, ...]


def school_in(folder: Path, size: Size) -> School:
    """The school of this size below a folder: made there unless it stands there already."""
    own = folder / f"{size.students}"
    if not (own / WRITTEN).exists():
        classes = _made(own, size)
        (own / WRITTEN).write_text(json.dumps(classes), "utf-8")
    classes = json.loads((own / WRITTEN).read_text("utf-8"))
    return School(own, tuple(classes), tuple(classes.values()))


def _made(folder: Path, size: Size) -> dict[str, str]:
    app = create_app(Settings(data=folder, database=f"sqlite:///{folder / 'dongui.sqlite'}"))
    create_database(app)
    with app.app_context():
        begin_write()
        classes = _people(size)
        db.session.commit()
        lessons = [_described(lesson) for lesson in _lessons(app)]
        times = -(-size.attempts // (size.students * len(lessons)))
        _live_through({"lessons": json.dumps(lessons), "times": times, "moment": f"{YEAR}-09-01 02:00:00.000000"})
        db.engine.dispose()
    return classes


def _live_through(told: dict[str, object]) -> None:
    for statement in TERM.read_text("utf-8").split(";")[:-1]:
        begin_write()
        db.session.execute(sa.text(statement), {name: told[name] for name in told if f":{name}" in statement})
        db.session.commit()


def _people(size: Size) -> dict[str, str]:
    """The school with its people, one code for all students: what a hash costs is the same whatever it hides."""
    code, password = hash_secret(CODE), hash_secret(PASSWORD)
    school_id = add_school(slug="benchmark", name="Benchmark")
    teacher = add_person(
        school_id=school_id, role=Role.TEACHER, display_name="Teacher", email=EMAIL, secret_hash=password
    )
    classes = {}
    for place in range(0, size.students, CLASS_SIZE):
        numbers = range(1, min(CLASS_SIZE, size.students - place) + 1)
        class_code, section = new_class_code(), place // CLASS_SIZE
        class_id = _classroom(school_id, class_code, section, numbers, code)
        let_teach(school_id=school_id, classroom_id=class_id, person_id=teacher.id)
        classes[class_code] = str(class_id)
    return classes


def _classroom(school_id: UUID, class_code: str, section: int, numbers: range, code: str) -> UUID:
    classroom = add_classroom(
        school_id=school_id,
        code=class_code,
        school_year=YEAR,
        level="middle",
        grade=section % GRADES + 1,
        section=section // GRADES + 1,
        course=COURSE,
    )
    for number in numbers:
        student = add_person(school_id=school_id, role=Role.STUDENT, display_name=f"Student {number}", secret_hash=code)
        enroll(school_id=school_id, classroom_id=classroom.id, person_id=student.id, number=number)
    db.session.flush()
    return classroom.id


def _lessons(app: Flask) -> tuple[Lesson, ...]:
    [course] = [course for course in app.extensions["catalog"].courses if course.id == COURSE]
    lessons: tuple[Lesson, ...] = course.lessons
    return lessons


def _described(lesson: Lesson) -> dict[str, object]:
    items = [item.id for item in quiz_of(lesson.id).items]
    return {
        "id": lesson.id,
        "digest": lesson.quiz_digest,
        "steps": lesson.step_ids,
        "items": items,
        "out_of": 100 * len(items),
    }
