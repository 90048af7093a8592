"""Shows that papers say what is so: labels, settings, log, assignments, shares; and name no student."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from uuid_utils.compat import uuid7

from curriculum.administration.labels import labels
from curriculum.assignments.assignment import Assignment
from curriculum.progress.models import LessonProgress
from tests.cast import Cast, Member
from tests.quizzes.devices import allow
from tests.site.rows import change, outside
from tests.site_client import SiteClient

PAPERS, EVIDENCE = "/ko/school/papers", "/ko/school/evidence"
LESSON = "middle/consent/every-step"


@pytest.fixture
def moon(app: Flask, cast: Cast) -> SiteClient:
    return SiteClient(app).sign_in(cast.moon)


def all_papers(cast: Cast, locale: str = "ko") -> list[str]:
    letter = f"/{locale}/school/papers/letters/{cast.classroom_id}"
    return [letter, *(f"/{locale}/school/{one}" for one in ("papers", "evidence", "papers/committee", "papers/record"))]


def took_part(app: Flask, cast: Cast, members: list[Member]) -> None:
    own = {"school_id": cast.school_id, "lesson_id": LESSON, "steps_sent": 1}
    rows = [{**own, "id": uuid7(), "person_id": one.id} for one in members]
    with outside(app, writing=True) as connection:
        connection.execute(sa.insert(LessonProgress), rows)


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_every_paper_stands_in_both_languages_and_names_no_student(
    app: Flask, cast: Cast, moon: SiteClient, locale: str
) -> None:
    for path in all_papers(cast, locale):
        words = moon.get(path).words()
        assert not [one.name for one in (cast.gaon, cast.narae, cast.daon) if one.name in words], path


def test_the_evidence_lists_every_table_that_holds_something_of_a_person(moon: SiteClient) -> None:
    words = moon.get(EVIDENCE).words()
    assert [name for name, label in labels().items() if label.of and label.why.ko not in words] == []


def test_the_evidence_follows_the_settings(app: Flask, cast: Cast, moon: SiteClient) -> None:
    before = moon.get(EVIDENCE).words()
    assert ("HTTPS 없이" in before, "학년도가 끝나고 12개월" in before) == (True, True)
    change(app, "UPDATE school SET retention_months = 3, offline = false WHERE id = :id", id=cast.school_id)
    after = moon.get(EVIDENCE).words()
    assert "학년도가 끝나고 3개월" in after
    assert ("비밀번호만으로" in before, "비밀번호만으로" in after) == (True, False)


def test_the_evidence_counts_what_was_done_for_rights_and_says_when_the_log_is_broken(
    app: Flask, cast: Cast, moon: SiteClient
) -> None:
    student = f"/ko/school/people/{cast.daon.id}"
    moon.post(f"{student}/consent", {"how": "paper"}, on=student)
    moon.post(f"{student}/name", {"name": "다"}, on=student)
    words = moon.get(EVIDENCE).words()
    assert ("정정 1" in words, "열람 0" in words, "2학년 2반11이름을 둠" in words) == (True, True, True)
    change(app, "UPDATE audit_line SET detail = 'x'")
    assert "처리 기록에 맞지 않는 줄이 있습니다." in moon.get(EVIDENCE).words()


def test_a_letter_is_about_what_is_assigned_and_then_about_what_is_chosen(
    app: Flask, cast: Cast, moon: SiteClient
) -> None:
    path, lessons = f"{PAPERS}/letters/{cast.classroom_id}", app.extensions["catalog"].course("middle").lessons

    def listed(query: str = "") -> list[str]:
        [paper] = moon.get(path + query).all("article")
        return ["".join(one.itertext()) for one in next(paper.iter("ol")).iter("strong")]

    assert listed() == [one.title.ko for one in lessons]
    # What is assigned is the first lesson of the samples.
    allow(app, cast.gaon, Assignment(assigned=True))
    assert len(listed()) == 1
    assert listed(f"?lesson={lessons[1].id}&lesson=no/such/lesson") == [lessons[1].title.ko]


def test_a_teacher_writes_the_letter_of_a_class_they_teach(app: Flask, cast: Cast, moon: SiteClient) -> None:
    path = f"/ko/teach/classes/{cast.classroom_id}/letter"
    han, lim = SiteClient(app).sign_in(cast.han), SiteClient(app).sign_in(cast.lim)
    before = han.get(path)
    assert "배정한 수업이 아직 없어서" in before.words()
    [own], [schools] = (page.all("article") for page in (before, moon.get(f"{PAPERS}/letters/{cast.classroom_id}")))
    assert before.words(own) == before.words(schools)
    allow(app, cast.gaon, Assignment(assigned=True, due_at=datetime(2026, 12, 4, 7, 30, tzinfo=UTC)))
    words = lim.get(path).words()
    assert "2026년 12월 4일 (금) 오후 4:30까지" in words
    assert "배정한 수업이 아직 없어서" not in words
    assert not [one.name for one in (cast.gaon, cast.narae) if one.name in words]
    for member in (cast.bae, cast.moon, cast.gaon):
        SiteClient(app).sign_in(member).get(path, status=404)


def test_a_young_class_has_a_slip_for_consent_and_numbers_only_has_none(
    app: Flask, cast: Cast, moon: SiteClient
) -> None:
    path = f"{PAPERS}/letters/{cast.classroom_id}"
    assert "보호자 동의서" in moon.get(path).words()
    change(app, "UPDATE classroom SET pseudonyms = true WHERE id = :id", id=cast.classroom_id)
    assert "보호자 동의서" not in moon.get(path).words()
    change(app, "UPDATE classroom SET pseudonyms = false, grade = 3 WHERE id = :id", id=cast.classroom_id)
    assert "보호자 동의서" not in moon.get(path).words()


def test_the_record_has_shares_of_five_or_more_alone(
    app: Flask, cast: Cast, moon: SiteClient, add: Callable[[int], list[Member]]
) -> None:
    took_part(app, cast, [cast.gaon, cast.narae, *add(2)])
    lesson = app.extensions["catalog"].lesson(LESSON)
    assert lesson.title.ko not in moon.get(f"{PAPERS}/record").words()
    took_part(app, cast, add(1))
    words = moon.get(f"{PAPERS}/record").words()
    assert f"{lesson.title.ko}{lesson.minutes}100 %" in words
    assert f"올해 가르친 차시: {lesson.code}" in words


@pytest.fixture
def add(app: Flask, cast: Cast) -> Callable[[int], list[Member]]:
    """Lets more students join Gaon's class."""
    from curriculum.accounts.services import add_person
    from curriculum.accounts.viewer import Role
    from curriculum.classrooms.services import enroll
    from curriculum.database import begin_write, db

    taken = iter(range(30, 60))

    def join(count: int) -> list[Member]:
        with app.app_context():
            begin_write()
            who = {"role": Role.STUDENT, "display_name": "새", "secret_hash": ""}
            people = [add_person(school_id=cast.school_id, **who) for _ in range(count)]
            db.session.flush()
            for one in people:
                enroll(school_id=cast.school_id, classroom_id=cast.classroom_id, person_id=one.id, number=next(taken))
            found = [Member(one.id, cast.school_id, Role.STUDENT, "새") for one in people]
            db.session.commit()
        return found

    return join


def test_a_class_of_another_school_has_no_letter_here_and_nobody_else_reads_papers(
    app: Flask, cast: Cast, moon: SiteClient
) -> None:
    moon.get(f"{PAPERS}/letters/{cast.foreign_classroom_id}", status=404)
    for member in (cast.han, cast.yu, cast.gaon):
        client = SiteClient(app).sign_in(member)
        for path in all_papers(cast):
            client.get(path, status=404)
