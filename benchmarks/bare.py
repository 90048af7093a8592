"""Owns the bare app beside which Dongui is measured: the same reads, writes and bytes, and nothing else around them."""

from flask import Flask, Response, redirect, request, session
from flask.typing import ResponseReturnValue

from curriculum.accounts.queries import viewer_of_session
from curriculum.accounts.viewer import Viewer
from curriculum.catalog.catalog import load_catalog
from curriculum.config import LESSONS, Settings
from curriculum.database import db, init_database, now
from curriculum.progress.queries import steps_sent
from curriculum.quizzes.forms import field_name
from curriculum.quizzes.item import Response as ItemAnswer
from curriculum.quizzes.quiz import Quiz, Quizzes
from curriculum.quizzes.services import Try, submit

LESSON = "middle/consent/every-step"
PAGE = "page.html"  # in the data folder: the bytes that the app sent for the same page


def create_bare_app() -> Flask:
    """A Flask app over the same folder and the same cookie. It reads and writes through the app's own queries and
    services: what is compared is all that stands around them."""
    settings = Settings.from_environment()
    app = Flask(__name__, static_folder=None)
    app.config.update(SECRET_KEY=settings.secret_key(), SESSION_COOKIE_NAME="dongui")
    init_database(app, settings.database)
    page = (settings.data / PAGE).read_bytes()
    quiz = Quizzes(load_catalog(LESSONS).lessons).of_lesson(LESSON)

    @app.get("/constant")
    def constant() -> ResponseReturnValue:
        return Response(page, mimetype="text/html")

    @app.get("/page")
    def read() -> ResponseReturnValue:
        person = _person()
        steps_sent(person, LESSON)
        return Response(page, mimetype="text/html")

    @app.post("/quiz")
    def send() -> ResponseReturnValue:
        of = _attempt(quiz)
        submit(of=of, responses=_responses(quiz))
        db.session.commit()
        return redirect("/done", 303)

    return app


def _person() -> Viewer:
    person = viewer_of_session(session["_user_id"])
    if person is None:
        raise LookupError("nobody is signed in")
    return person


def _attempt(quiz: Quiz) -> Try:
    person = _person()
    number = int(request.form["number"])
    return Try(school_id=person.school_id, person_id=person.id, quiz=quiz, number=number, moment=now())


def _responses(quiz: Quiz) -> dict[str, ItemAnswer]:
    return {
        item.id: item.parse({one: request.form.getlist(field_name(item.id, one)) for one in item.fields})
        for item in quiz.items
    }
