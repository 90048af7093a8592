"""Shows that a student's own page holds the lessons of the class and how far this student is, and nobody else."""

import sqlalchemy as sa
from flask import Flask

from curriculum.classrooms.models import Enrollment
from curriculum.database import begin_write, db
from tests.cast import Cast
from tests.inspection import Page
from tests.quizzes.sample import LESSONS, quiz_in, sent
from tests.site_client import SiteClient

HOME = "/ko/class"


def marks(page: Page) -> list[tuple[str, str]]:
    """State and score of each lesson, in order."""
    cards = [one for one in page.all("li") if list(one.iter("h2"))]
    found = []
    for card in cards:
        (mark,) = [one for one in card.iter("span") if one.attrib.get("class", "").startswith("mark mark--")]
        score = page.words(mark).rpartition(" ")[2]
        found.append((mark.attrib["class"].rpartition("--")[2], score if score.endswith("%") else ""))
    return found


def finish(client: SiteClient, app: Flask, lesson_id: str, *wrong_at: str) -> None:
    lesson = f"/ko/lessons/{lesson_id}"
    for step in app.extensions["catalog"].lesson(lesson_id).step_ids:
        client.post(f"{lesson}/steps/{step}", on=lesson)
    client.post(f"{lesson}/quiz", sent(quiz_in(app, lesson_id), wrong_at=wrong_at))


def test_it_works(app: Flask, client: SiteClient, cast: Cast) -> None:
    page = client.sign_in(cast.gaon).get(HOME)
    lessons = app.extensions["catalog"].course("middle").lessons
    links = [one.attrib["href"] for heading in page.all("h2") for one in heading.iter("a")]
    assert links == [f"/ko/lessons/{lesson.id}" for lesson in lessons]
    assert marks(page) == [("none", "")] * len(lessons)
    assert "가온" in page.words()


def test_marks_follow_what_the_student_did(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    finish(client, app, LESSONS[0])
    item = next(item for item in quiz_in(app, LESSONS[1]).items if item.help_route)
    finish(client, app, LESSONS[1], item.id)
    order = [lesson.id for lesson in app.extensions["catalog"].course("middle").lessons]
    found = dict(zip(order, marks(client.get(HOME)), strict=True))
    assert found[LESSONS[0]] == ("done", "100%")
    assert found[LESSONS[1]][0] == "partly"
    assert found[LESSONS[2]] == ("none", "")


def test_the_lesson_list_shows_the_same(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    finish(client, app, LESSONS[0])
    text = client.get("/ko/lessons/").text
    assert "100%" in text
    assert "100%" not in SiteClient(app).get("/ko/lessons/").text


def test_another_students_progress_is_not_shown(app: Flask, client: SiteClient, cast: Cast) -> None:
    finish(client.sign_in(cast.gaon), app, LESSONS[0])
    page = SiteClient(app).sign_in(cast.narae).get(HOME)
    assert {state for state, _ in marks(page)} == {"none"}
    assert "가온" not in page.text


def test_a_student_without_a_class_is_told_what_to_do(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    with app.app_context():
        begin_write()
        db.session.execute(sa.delete(Enrollment).where(Enrollment.person_id == cast.gaon.id))
        db.session.commit()
    page = client.get(HOME)
    assert "아직 학급이 없어요" in page.text
    assert "/ko/lessons/" in [one.attrib["href"] for one in page.all("a")]


def test_visitors_are_led_to_join_and_staff_find_nothing(client: SiteClient, cast: Cast) -> None:
    client.get(HOME, status=303)
    assert client.location == "/ko/join"
    client.sign_in(cast.han).get(HOME, status=404)
