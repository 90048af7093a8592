"""Owns the pages of a quiz: its items, each answer as it is given, and the result with feedback."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from curriculum.accounts.access import Mark
from curriculum.accounts.queries import home_school, signed_in, viewer
from curriculum.accounts.viewer import Viewer
from curriculum.assignments.assignment import Assignment
from curriculum.assignments.queries import assignment_for, is_held_in_a_class
from curriculum.catalog.page_text import PageText
from curriculum.catalog.page_text import Part as Words
from curriculum.catalog.queries import catalog, renderer
from curriculum.database import now
from curriculum.localization import PREFIX, reading_locales, side_by_side
from curriculum.pauses.queries import rest_for
from curriculum.progress.completion import percent
from curriculum.progress.mastery import Mastery, mastery
from curriculum.progress.queries import progress_of
from curriculum.quizzes.attempt import Answer, Work
from curriculum.quizzes.forms import QuizForm, quiz_form
from curriculum.quizzes.item import Item, Part, Response
from curriculum.quizzes.page import Kept, QuizPart, quiz_part
from curriculum.quizzes.queries import attempt_of, best_attempt_of, quiz_of, work_of
from curriculum.quizzes.services import AttemptRefused, Try, check, save, submit
from curriculum.quizzes.sitting import Sent, Sitting
from curriculum.security import access, csrf, sealed

quizzes = Blueprint("quizzes", __name__, url_prefix=PREFIX)
LESSON = "/lessons/<course>/<unit>/<slug>"
NOTHING_YET = Work(number=1, quiz_digest="")
# What each refusal is answered with. What was chosen is kept in every case but `owner`: it was somebody else's.
STATUS = {
    "token": 400,
    "signed-out": 403,
    "shut": 403,
    "rests": 403,
    "held": 403,
    "limit": 403,
    "owner": 409,
    "changed": 409,
    "closed": 409,
    "ahead": 409,
    "locked": 409,
    "stale": 409,
    "incomplete": 422,
}


@quizzes.route(f"{LESSON}/quiz", methods=["GET", "POST"])
@access(Mark.READER)
@side_by_side
def quiz(course: str, unit: str, slug: str) -> ResponseReturnValue:
    """Ask the items; take what comes back. Without a student's sign-in it can be tried and nothing is saved."""
    sitting = _sitting(course, unit, slug)
    if request.method != "POST":
        return _quiz_page(sitting)
    form = quiz_form(sitting.quiz)
    problem = _refusal(sitting, form)
    if problem:
        return _quiz_page(sitting, form if problem != "owner" else None, problem), STATUS[problem]
    try:
        return _taken(sitting, form, request.form.get("check", ""))
    except AttemptRefused as refused:
        return _quiz_page(sitting, form, refused.code), STATUS[refused.code]


@quizzes.post(f"{LESSON}/quiz/answer")
@access(Mark.READER)
@side_by_side
def answer(course: str, unit: str, slug: str) -> ResponseReturnValue:
    """Take one answer as it is given, and say in JSON what became of it; with `check`, its feedback comes back."""
    sitting = _sitting(course, unit, slug)
    part = sitting.quiz.part(request.form.get("item", ""))
    form = quiz_form(replace(sitting.quiz, parts=(part,) if part else ()))
    problem = _refusal(sitting, form)
    if problem:
        return _reply(problem)
    if part is None:
        abort(404)
    if not form.validate():
        return _reply("incomplete", said=" ".join(str(said) for said in form.problems().get(part.id, ())))
    try:
        return _answered(sitting, part, form)
    except AttemptRefused as refused:
        return _reply(refused.code, counter=refused.counter)


# Their forms judge the token themselves: one that is missing must not cost an answer.
csrf.exempt(quiz)
csrf.exempt(answer)


@quizzes.get(f"{LESSON}/quiz/result")
@access(Mark.STUDENT)
@side_by_side
def result(course: str, unit: str, slug: str) -> ResponseReturnValue:
    """The student's own attempt: the one named in the address, else the latest."""
    sitting = _sitting(course, unit, slug)
    attempt = attempt_of(signed_in(), sitting.lesson.id, request.args.get("attempt", type=UUID))
    if attempt is None:
        return redirect(_address(sitting, "quizzes.quiz"), 303)
    is_held, is_same = sitting.assignment.results_held, attempt.quiz_digest == sitting.quiz.digest
    return render_template(
        "quizzes/result.html",
        lesson=sitting.lesson,
        parts=_explained(sitting, attempt.responses) if is_same and not is_held and not sitting.rest.quiz else [],
        is_held=is_held,
        rests=sitting.rest.quiz,
        is_same=is_same,
        score=percent(attempt.points, attempt.out_of),
        progress=progress_of(signed_in(), sitting.lesson.id),
        objectives=[] if is_held else _objectives(sitting, signed_in()),
        may_try_again=sitting.notice(attempt.number + 1) is None,
    )


def _sitting(course: str, unit: str, slug: str) -> Sitting:
    lesson = catalog().lesson(f"{course}/{unit}/{slug}")
    person = viewer()
    student = person if person and person.is_student else None
    assignment = assignment_for(student, lesson.id) if student else Assignment()
    return Sitting(lesson, quiz_of(lesson.id), student, assignment, now(), rest_for(person, lesson.id))


def _owner(sitting: Sitting) -> str:
    """What a page remembers of whose it is; it tells nobody else anything."""
    student = sitting.student
    return sealed("quiz", student.school_id.hex, student.id.hex) if student else ""


def _address(sitting: Sitting, endpoint: str, **more: Any) -> str:
    lesson = sitting.lesson
    return url_for(endpoint, course=lesson.course, unit=lesson.unit, slug=lesson.slug, **more)


def _refusal(sitting: Sitting, form: QuizForm) -> str | None:
    """Why nothing of a form can be taken: a code of STATUS, or None."""
    if sitting.student and form.owner.data and form.owner.data != _owner(sitting):
        return "owner"  # before anything else: nothing of it may be shown to who is here now
    if form.owner.data and not sitting.student:
        return "signed-out"  # before the token, which may have ended with it: the page must remember whose it is
    if not form.has_token():
        return "token"
    if form.version.data != sitting.quiz.digest:
        return "changed"
    if sitting.student:
        return sitting.refusal(form.attempt_number) if form.attempt_number else "ahead"
    # Else a student could try it signed out, and see there what the teacher holds back.
    held = "held" if is_held_in_a_class(home_school(), sitting.lesson.id) else None
    return "rests" if sitting.rest.quiz else held


def _try(sitting: Sitting, student: Viewer, form: QuizForm) -> Try:
    number, moment = form.attempt_number, sitting.moment
    return Try(school_id=student.school_id, person_id=student.id, quiz=sitting.quiz, number=number, moment=moment)


def _taken(sitting: Sitting, form: QuizForm, asked: str) -> ResponseReturnValue:
    """What a whole form does: it asks for the feedback of one part, or it sends everything in."""
    valid = form.validate()
    if asked:
        return _checked(sitting, form, asked)
    if not valid:
        raise AttemptRefused("incomplete")
    if sitting.student is None:
        return _unsaved_result(sitting, form)
    attempt_id = submit(of=_try(sitting, sitting.student, form), responses=form.responses())
    return redirect(_address(sitting, "quizzes.result", attempt=attempt_id), 303)


def _checked(sitting: Sitting, form: QuizForm, asked: str) -> ResponseReturnValue:
    part, responses = sitting.quiz.part(asked) or abort(404), form.responses()
    if isinstance(part, Item) and asked not in responses:
        raise AttemptRefused("incomplete")
    if sitting.student is None or part.is_private:
        return _quiz_page(sitting, form, asked=asked)
    if sitting.assignment.results_held:
        raise AttemptRefused("held")
    of = _try(sitting, sitting.student, form)
    answers = {item: Answer(responses[item.id]) for item in sitting.quiz.items if item.id in responses}
    check(of=of, work=save(of=of, answers=answers), item_id=asked)
    return redirect(_address(sitting, "quizzes.quiz", _anchor=f"part-{asked}"), 303)


def _answered(sitting: Sitting, part: Part, form: QuizForm) -> ResponseReturnValue:
    asks = "check" in request.form
    sent = form.sent([part.id] if asks else [])
    if not isinstance(part, Item) or sitting.student is None:
        return _reply("told", html=_part_html(sitting, part, sitting.kept(part, NOTHING_YET, sent)))
    if asks and sitting.assignment.results_held:
        raise AttemptRefused("held")
    of = _try(sitting, sitting.student, form)
    work = save(of=of, answers={part: Answer(sent.responses[part.id], form.counter.data)})
    counter = work.responses[part.id].counter
    if not asks:
        return _reply("saved", counter=counter)
    seen = check(of=of, work=work, item_id=part.id)
    return _reply("saved", counter=counter, html=_part_html(sitting, part, sitting.stored(part, seen)))


def _reply(state: str, **more: object) -> ResponseReturnValue:
    return jsonify(state=state, **more), STATUS.get(state, 200)


def _part(sitting: Sitting, part: Part, kept: Kept) -> QuizPart:
    text = PageText(renderer(), reading_locales(), place=f"{part.id}-")
    return quiz_part(part, kept, text, sitting.help_route)


def _part_html(sitting: Sitting, part: Part, kept: Kept) -> str:
    parts = sitting.quiz.parts
    shown = _part(sitting, part, kept)
    place, is_student = parts.index(part) + 1, sitting.student is not None
    return render_template(
        "quizzes/part.html",
        part=shown,
        place=place,
        places=len(parts),
        problems=(),
        is_student=is_student,
        may_check=True,
    )


def _quiz_page(sitting: Sitting, form: QuizForm | None = None, problem: str | None = None, asked: str = "") -> str:
    work = work_of(sitting.student, sitting.quiz) if sitting.student else NOTHING_YET
    sent = form.sent([*request.form.getlist("checked"), asked]) if form else Sent()
    return render_template(
        "quizzes/quiz.html",
        lesson=sitting.lesson,
        parts=[_part(sitting, part, sitting.kept(part, work, sent)) for part in sitting.quiz.parts],
        errors=form.problems(only=request.form.get("check")) if form and not asked else {},
        number=work.number,
        version=sitting.quiz.digest,
        owner=_owner(sitting) or (form.owner.data if form and problem == "signed-out" else ""),
        problem=problem or (sitting.notice(work.number) if sitting.student else sitting.rest.quiz and "rests"),
        assignment=sitting.assignment,
        attempt=sealed("attempt", _owner(sitting), sitting.lesson.id, str(work.number)),
        is_student=sitting.student is not None,
        moment=sitting.moment,
    )


def _explained(sitting: Sitting, responses: Mapping[str, Response]) -> list[QuizPart]:
    return [
        _part(sitting, item, Kept(response=responses[item.id], is_open=False))
        for item in sitting.quiz.items
        if item.id in responses
    ]


def _objectives(sitting: Sitting, student: Viewer) -> list[tuple[Sequence[Words], Mastery]]:
    best = best_attempt_of(student, sitting.lesson.id)
    if best is None or best.quiz_digest != sitting.quiz.digest:
        return []
    items = [item for item in sitting.quiz.items if item.id in best.responses]
    right = {item.id for item in items if item.is_right(best.responses[item.id])}
    found = mastery({item.id: item.objective for item in items}, right)
    text = PageText(renderer(), reading_locales())
    return [(text.plain(one.text), found[one.id]) for one in sitting.lesson.objectives if one.id in found]


def _unsaved_result(sitting: Sitting, form: QuizForm) -> ResponseReturnValue:
    graded = sitting.quiz.grade(form.responses())
    return render_template(
        "quizzes/result.html",
        lesson=sitting.lesson,
        parts=_explained(sitting, form.responses()),
        is_held=False,
        rests=False,
        is_same=True,
        score=percent(graded.points, graded.out_of),
        progress=None,
        objectives=[],
        may_try_again=True,
    )
