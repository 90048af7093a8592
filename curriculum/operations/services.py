"""Owns the loading of the demo school, through the same services that real people's clicks reach."""

import json
import os
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from curriculum.accounts.secret import hash_secret, new_code
from curriculum.accounts.services import add_person, add_school, remove_schools
from curriculum.accounts.viewer import Role
from curriculum.assignments.draft import NOTHING, Timing, day_of, spread
from curriculum.assignments.services import assign_many
from curriculum.catalog.queries import catalog
from curriculum.classrooms.class_code import new_class_code, shown_class_code
from curriculum.classrooms.queries import classroom_of_school
from curriculum.classrooms.services import add_classroom, enroll, let_teach
from curriculum.consents.services import record_all
from curriculum.database import begin_write, db
from curriculum.operations.demo_names import GIVEN_NAMES
from curriculum.operations.demo_people import PEOPLE
from curriculum.operations.demo_stories import choices_of_class
from curriculum.operations.demo_term import DAYS_AGO, Answered, StepSent, term
from curriculum.progress.services import send_step
from curriculum.quizzes.queries import attempts_closed, quiz_of
from curriculum.quizzes.services import Try, submit
from curriculum.safeguarding.services import note_reading
from curriculum.stories.queries import story_of
from curriculum.stories.services import add_choices
from curriculum.support.services import add_contact

SEED = 20260301
SCHOOL = ("neoreundeul", "너른들중학교")
CLASS_SIZE, LEVEL, GRADE, SECTIONS, COURSE = 28, "middle", 2, (1, 2, 3), "middle"
FIRST_LESSON = "middle/consent/every-step"  # whose card the demo's teachers have read
# Role, display name, e-mail, sections taught in full, sections with reading rights.
STAFF = (
    (Role.ADMINISTRATOR, "문 선생님", "moon@neoreundeul.example", (), ()),
    (Role.TEACHER, "한 선생님", "han@neoreundeul.example", (1, 3), (2,)),
    (Role.TEACHER, "임 선생님", "lim@neoreundeul.example", (2,), (3,)),
    (Role.COUNSELLOR, "유 선생님", "yu@neoreundeul.example", (), ()),
)
SIGN_INS = "sign-ins.json"


class DemoClass(NamedTuple):
    """A class of the demo with its students' ids in the order of their numbers."""

    id: UUID
    students: list[UUID]


def new_sign_ins() -> dict[str, Any]:
    """Random passwords and codes for the demo school's people."""
    staff = [
        {"role": role.value, "name": name, "email": email, "password": secrets.token_urlsafe(9)}
        for role, name, email, *_ in STAFF
    ]
    classes = [
        {
            "name": f"중{GRADE}-{section}",
            "class_code": shown_class_code(new_class_code()),
            "students": [
                {"number": number, "name": GIVEN_NAMES[index * CLASS_SIZE + number - 1], "code": new_code()}
                for number in range(1, CLASS_SIZE + 1)
            ],
        }
        for index, section in enumerate(SECTIONS)
    ]
    return {"school": SCHOOL[1], "staff": staff, "classes": classes}


def keep_sign_ins(folder: Path) -> dict[str, Any]:
    """The sign-ins of the demo in this folder: made on first use, then kept, readable by their owner only."""
    path = folder / SIGN_INS
    if path.exists():
        kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return kept
    sign_ins = new_sign_ins()
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(sign_ins, file, ensure_ascii=False, indent=1)
    return sign_ins


def load_demo(*, sign_ins: Mapping[str, Any], today: datetime) -> None:
    """Make the demo school anew, in place of the one that is there."""
    hashes = _hashes(sign_ins)
    begin_write()
    remove_schools()
    # Offline: the sign-ins that are printed have to be all that is needed.
    school_id = add_school(slug=SCHOOL[0], name=SCHOOL[1], offline=True)
    classes = [
        _load_class(school_id, section, entry, hashes, today.year)
        for section, entry in zip(SECTIONS, sign_ins["classes"], strict=True)
    ]
    _load_staff(school_id, sign_ins["staff"], hashes, classes, today)
    for classroom in classes:  # as in every school that keeps names in this grade
        record_all(school_id=school_id, people=classroom.students, how="paper", by=None, about=None)
    for person in PEOPLE:
        add_contact(school_id=school_id, person=person)
    db.session.flush()
    for index, classroom in enumerate(classes):
        _live_through(school_id, index, classroom, today)


def _hashes(sign_ins: Mapping[str, Any]) -> dict[str, str]:
    """Every secret hashed beforehand: a hash is slow, and all other writers would wait for it."""
    codes = [student["code"] for entry in sign_ins["classes"] for student in entry["students"]]
    return {secret: hash_secret(secret) for secret in codes + [person["password"] for person in sign_ins["staff"]]}


def _load_class(
    school_id: UUID, section: int, entry: Mapping[str, Any], hashes: Mapping[str, str], year: int
) -> DemoClass:
    code = entry["class_code"].replace("-", "")
    classroom = add_classroom(
        school_id=school_id,
        code=code,
        school_year=year,
        level=LEVEL,
        grade=GRADE,
        section=section,
        course=COURSE,
    )
    students = []
    for student in entry["students"]:
        person = add_person(
            school_id=school_id,
            role=Role.STUDENT,
            display_name=student["name"],
            secret_hash=hashes[student["code"]],
        )
        db.session.flush()
        enroll(school_id=school_id, classroom_id=classroom.id, person_id=person.id, number=student["number"])
        students.append(person.id)
    return DemoClass(classroom.id, students)


def _load_staff(
    school_id: UUID,
    entries: list[Mapping[str, Any]],
    hashes: Mapping[str, str],
    classes: list[DemoClass],
    today: datetime,
) -> None:
    for (role, name, email, full, reading), entry in zip(STAFF, entries, strict=True):
        person = add_person(
            school_id=school_id,
            role=role,
            display_name=name,
            email=email,
            secret_hash=hashes[entry["password"]],
        )
        db.session.flush()
        for section in (*full, *reading):
            let_teach(
                school_id=school_id,
                classroom_id=classes[SECTIONS.index(section)].id,
                person_id=person.id,
                read_only=section in reading,
            )
            # So that lessons can be asked of the class. Before one begins its own card is still to be read.
            note_reading(
                school_id=school_id,
                person_id=person.id,
                classroom_id=classes[SECTIONS.index(section)].id,
                lesson_id=FIRST_LESSON,
                today=day_of(today - timedelta(days=DAYS_AGO[0][0])),
            )


def _live_through(school_id: UUID, index: int, classroom: DemoClass, today: datetime) -> None:
    course = next(course for course in catalog().courses if course.id == COURSE)
    lessons = course.lessons[: len(DAYS_AGO[index])]
    _plan(school_id, index, classroom, today)
    quizzes = {lesson.id: quiz_of(lesson.id) for lesson in lessons}
    events = term(class_index=index, size=CLASS_SIZE, lessons=lessons, quizzes=quizzes, today=today, seed=SEED)
    for event in sorted(events, key=lambda event: event.moment):
        person_id = classroom.students[event.student - 1]
        if isinstance(event, StepSent):
            send_step(
                school_id=school_id,
                person_id=person_id,
                lesson_id=event.lesson_id,
                step=event.step,
                moment=event.moment,
            )
        else:
            _submit(school_id, person_id, event)
    for story in filter(None, (story_of(lesson.id) for lesson in lessons)):
        for person_id, chosen in choices_of_class(
            class_index=index, students=classroom.students, options=story.options, seed=SEED
        ):
            add_choices(school_id=school_id, person_id=person_id, story=story, chosen=chosen)


def _plan(school_id: UUID, index: int, classroom: DemoClass, today: datetime) -> None:
    """What the class was asked, a lesson a week, and is asked next week."""
    course, began = catalog().course(COURSE), day_of(today - timedelta(days=DAYS_AGO[index][0]))
    found = classroom_of_school(school_id, classroom.id)
    if course and found:
        lessons = [lesson.id for lesson in course.lessons[: len(DAYS_AGO[index]) + 1]]
        nothing = dict.fromkeys(lessons, NOTHING.version)
        assign_many(classroom=found, shown=nothing, wanted=spread(lessons, {}, Timing(began, began.weekday())))


def _submit(school_id: UUID, person_id: UUID, event: Answered) -> None:
    number = attempts_closed(school_id, person_id, event.lesson_id) + 1
    quiz = quiz_of(event.lesson_id)
    of = Try(school_id=school_id, person_id=person_id, quiz=quiz, number=number, moment=event.moment)
    submit(of=of, responses=event.responses)
