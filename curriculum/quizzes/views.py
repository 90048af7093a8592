"""Owns the pages of a quiz: the items, and the result with feedback."""

import secrets
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from curriculum.accounts.access import Mark
from curriculum.accounts.queries import signed_in, viewer
from curriculum.accounts.viewer import Viewer
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.page_text import PageText
from curriculum.catalog.queries import catalog, renderer
from curriculum.database import now
from curriculum.localization import PREFIX, reading_locales, side_by_side
from curriculum.progress.completion import percent
from curriculum.progress.queries import progress_of
from curriculum.quizzes.forms import OrderField, QuizForm, quiz_form
from curriculum.quizzes.page import explained, shown_item
from curriculum.quizzes.queries import attempt_of, quiz_of
from curriculum.quizzes.quiz import Quiz
from curriculum.quizzes.services import Submission, TokenReused, submit
from curriculum.security import access

quizzes = Blueprint("quizzes", __name__, url_prefix=PREFIX)
LESSON = "/lessons/<course>/<unit>/<slug>"


@quizzes.route(f"{LESSON}/quiz", methods=["GET", "POST"])
@access(Mark.PUBLIC)
@side_by_side
def quiz(course: str, unit: str, slug: str) -> ResponseReturnValue:
    """Ask the items; grade what comes back. Without a student's sign-in it can be tried and nothing is saved."""
    lesson = catalog().lesson(f"{course}/{unit}/{slug}")
    items = quiz_of(lesson.id)
    form = quiz_form(items)
    if not form.is_submitted():
        return _quiz_page(lesson, items, form)
    if form.version.data != items.digest:
        return _quiz_page(lesson, items, form, "changed"), 409
    if not form.validate():
        return _quiz_page(lesson, items, form, "incomplete"), 422
    person = viewer()
    if person is None or not person.is_student:
        return _unsaved_result(lesson, items, form)
    return _submitted(person, lesson, items, form)


@quizzes.get(f"{LESSON}/quiz/result")
@access(Mark.STUDENT)
@side_by_side
def result(course: str, unit: str, slug: str) -> ResponseReturnValue:
    """The student's own attempt: the one named in the address, else the latest."""
    lesson = catalog().lesson(f"{course}/{unit}/{slug}")
    attempt = attempt_of(signed_in(), lesson.id, request.args.get("attempt", type=UUID))
    if attempt is None:
        return redirect(url_for("quizzes.quiz", course=course, unit=unit, slug=slug), 303)
    items = quiz_of(lesson.id)
    text = PageText(renderer(), reading_locales())
    return render_template(
        "quizzes/result.html",
        lesson=lesson,
        title=text.plain(lesson.title),
        items=explained(items, attempt.responses, text) if attempt.quiz_digest == items.digest else None,
        score=percent(attempt.points, attempt.out_of),
        progress=progress_of(signed_in(), lesson.id),
        sources=text.notes.sources,
    )


def _submitted(person: Viewer, lesson: Lesson, items: Quiz, form: QuizForm) -> ResponseReturnValue:
    submission = Submission(
        school_id=person.school_id,
        person_id=person.id,
        token=form.token.data or "",
        responses=form.responses(),
        moment=now(),
    )
    try:
        attempt_id = submit(quiz=items, submission=submission)
    except TokenReused:
        return _quiz_page(lesson, items, form, "reused"), 409
    return redirect(
        url_for("quizzes.result", course=lesson.course, unit=lesson.unit, slug=lesson.slug, attempt=attempt_id),
        303,
    )


def _unsaved_result(lesson: Lesson, items: Quiz, form: QuizForm) -> ResponseReturnValue:
    text = PageText(renderer(), reading_locales())
    graded = items.grade(form.responses())
    return render_template(
        "quizzes/result.html",
        lesson=lesson,
        title=text.plain(lesson.title),
        items=explained(items, form.responses(), text),
        score=percent(graded.points, graded.out_of),
        progress=None,
        sources=text.notes.sources,
    )


def _quiz_page(lesson: Lesson, items: Quiz, form: QuizForm, problem: str | None = None) -> str:
    text = PageText(renderer(), reading_locales())
    shown = [
        shown_item(field.item, text, field.raw, field.places if isinstance(field, OrderField) else {})
        for field in form.fields()
    ]
    if not shown:
        abort(404)
    return render_template(
        "quizzes/quiz.html",
        lesson=lesson,
        title=text.plain(lesson.title),
        items=shown,
        errors={field.item.id: field.errors for field in form.fields() if field.errors},
        token=_kept_token(form, problem) or secrets.token_urlsafe(16),
        version=items.digest,
        problem=problem,
        sources=text.notes.sources,
    )


def _kept_token(form: QuizForm, problem: str | None) -> str | None:
    # A refused page keeps its token: sent again with the same responses it is the same attempt. A reused one has been
    # spent on other responses, and one that no page gave out would be refused for ever.
    return None if problem == "reused" or form.token.errors else form.token.data
