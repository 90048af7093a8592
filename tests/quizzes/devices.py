"""Students' browsers that many threads can send from at once, and what is kept of the pencil quiz that they answer."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from curriculum.assignments.assignment import Assignment
from curriculum.assignments.queries import assignments_of
from curriculum.assignments.services import assign
from curriculum.classrooms.queries import classroom_with_code
from curriculum.database import db
from curriculum.quizzes.models import Attempt, ItemResponse
from curriculum.quizzes.quiz import Quiz
from tests.cast import Cast, Member
from tests.inspection import Page
from tests.quizzes.private_parts import put_in_place
from tests.quizzes.sample import LESSONS, fields, pencil_item, pencil_quiz, sent
from tests.site.rows import outside
from tests.site_client import SiteClient

PATH = f"/ko/lessons/{LESSONS[0]}/quiz"
ANSWER = f"{PATH}/answer"
Form = Mapping[str, Any]


class Device:
    """A browser in which a student has signed in and opened the quiz."""

    def __init__(self, app: Flask, member: Member) -> None:
        client = SiteClient(app).sign_in(member)
        page = client.get(PATH)
        cookie = client.client.get_cookie("dongui")  # by now it remembers the token
        assert cookie
        self.app, self.cookie = app, cookie.value
        self.token, self.owner = hidden(page, "csrf_token"), hidden(page, "owner")

    def send(self, path: str, form: Form) -> TestResponse:
        """Send a form as its page holds it; what is given goes before what the page holds."""
        browser = self.app.test_client()
        browser.set_cookie("dongui", self.cookie)
        return browser.post(path, data={"csrf_token": self.token, "owner": self.owner, **form})

    def post(self, path: str, form: Form) -> tuple[int, str]:
        """Send a form; the status, and what became of it: the state of an answer, or where a whole form led."""
        response = self.send(path, form)
        told = response.json["state"] if response.is_json and response.json else response.headers.get("Location", "")
        return response.status_code, told

    def at_once(self, *posts: tuple[str, Form]) -> list[tuple[int, str]]:
        """Send all of these at the same moment; the replies in the same order."""
        with ThreadPoolExecutor(len(posts)) as threads:
            return list(threads.map(lambda one: self.post(*one), posts))


class Kept(NamedTuple):
    """What is kept of an answer."""

    options: Sequence[str]
    points: int
    counter: int
    first: Sequence[str] | None


class Standing(NamedTuple):
    """An attempt, and the points that its answers come to by themselves."""

    number: int
    points: int
    sum: int
    is_closed: bool


@pytest.fixture
def pencils(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Quiz:
    """The quiz about pencils, in place of a lesson's own."""
    quiz = pencil_quiz()
    put_in_place(app, monkeypatch, quiz)
    return quiz


@pytest.fixture
def gaon(app: Flask, cast: Cast, pencils: Quiz) -> Device:
    """Gaon, with the quiz about pencils open."""
    return Device(app, cast.gaon)


def hidden(page: Page, name: str) -> str:
    """The value of a hidden field of a page."""
    return next(one.attrib["value"] for one in page.all("input") if one.attrib.get("name") == name)


def answer(item_id: str, *options: str, counter: int | None = None, number: int = 1, **more: str) -> dict[str, Any]:
    """The form by which the script of the page sends one answer."""
    form = {"number": str(number), "version": "pencils", "item": item_id, **more}
    return form | fields(pencil_item(item_id), options) | ({} if counter is None else {"counter": str(counter)})


def whole(*, number: int = 1, wrong_at: tuple[str, ...] = ()) -> dict[str, Any]:
    """A whole form; whose it is says the device."""
    form = sent(pencil_quiz(), number=number, wrong_at=wrong_at)
    del form["owner"]
    return form


def kept(app: Flask) -> dict[str, Kept]:
    """The answers that are kept, by item; there is one attempt at most."""
    columns = (ItemResponse.options, ItemResponse.points, ItemResponse.counter, ItemResponse.first_options)
    with outside(app) as connection:
        rows = connection.execute(sa.select(ItemResponse.item_id, *columns)).all()
    found = {row[0]: Kept(*row[1:]) for row in rows}
    assert len(found) == len(rows)
    return found


def attempts(app: Flask) -> list[Standing]:
    """The attempts there are, in order."""
    own = sa.select(sa.func.coalesce(sa.func.sum(ItemResponse.points), 0)).where(ItemResponse.attempt_id == Attempt.id)
    columns = (Attempt.number, Attempt.points, own.scalar_subquery(), Attempt.closed_at.is_not(None))
    with outside(app) as connection:
        return [Standing(*row) for row in connection.execute(sa.select(*columns).order_by(Attempt.number))]


def allow(app: Flask, member: Member, wanted: Assignment) -> None:
    """Let this hold for the lesson in the class of a student."""
    assert member.class_code
    with app.app_context():
        found = classroom_with_code(member.class_code)
        assert found
        shown = assignments_of(found).get(LESSONS[0], Assignment()).version
        assign(classroom=found, lesson_id=LESSONS[0], shown=shown, wanted=wanted)
        db.session.commit()
