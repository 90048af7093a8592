"""Owns the pages of a class: by which a student joins (class code, then number and own code), slips, and how
tablets find the machine."""

from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from curriculum.accounts.access import Mark, Shown
from curriculum.accounts.queries import signed_in
from curriculum.accounts.services import SignInRefused
from curriculum.cards.services import NewSlip, lend_code, make_slips
from curriculum.classrooms.addresses import is_every_address, is_loopback, private_addresses, reachable
from curriculum.classrooms.class_code import shown_class_code
from curriculum.classrooms.forms import ClassCodeForm, SlipForm, StudentForm
from curriculum.classrooms.queries import (
    classroom_of_school,
    classroom_with_code,
    learners_in,
    numbers_of,
    part_in,
)
from curriculum.classrooms.roster import ClassroomRow, Learner
from curriculum.classrooms.school_year import midnight_after
from curriculum.classrooms.services import (
    TooManyTries,
    check_card,
    check_student,
    enter,
    find_classroom,
    forget_tries,
    give_tries_back,
    locked_among,
)
from curriculum.database import now
from curriculum.localization import PREFIX
from curriculum.qr import qr_of
from curriculum.security import access

classrooms = Blueprint("classrooms", __name__, url_prefix=PREFIX)


@classrooms.route("/join", methods=["GET", "POST"])
@access(Mark.PUBLIC)
def join() -> ResponseReturnValue:
    """First the class code. It is kept in the cookie, never in an address that stays in the history."""
    form = ClassCodeForm()
    if not form.validate_on_submit():
        return render_template("classrooms/join.html", form=form), 422 if form.is_submitted() else 200
    try:
        session["class_code"] = find_classroom(typed=form.code.data or "").code
    except SignInRefused:
        return render_template("classrooms/join.html", form=form, problem="unknown"), 422
    except TooManyTries:
        return render_template("classrooms/join.html", form=form, problem="wait"), 429
    return redirect(url_for("classrooms.join_as"), 303)


@classrooms.post("/join/card")
@access(Mark.PUBLIC)
def join_by_card() -> ResponseReturnValue:
    """What the QR of a slip carries after the #, sent by a script that has taken it out of the address bar."""
    typed, _, token = request.form.get("card", "").partition(".")
    try:
        classroom, found = check_card(typed=typed, token=token)
    except SignInRefused:
        return render_template("classrooms/join.html", form=ClassCodeForm(formdata=None), problem="card"), 422
    enter(classroom=classroom, found=found)
    return redirect(url_for("reading.student_home"), 303)


@classrooms.route("/join/number", methods=["GET", "POST"])
@access(Mark.PUBLIC)
def join_as() -> ResponseReturnValue:
    """Then the student's number and code. Names are not shown before the code is right."""
    classroom = classroom_with_code(session.get("class_code", ""))
    if classroom is None:
        return redirect(url_for("classrooms.join"), 303)
    form = StudentForm()
    form.number.choices = [SelectChoice(str(number)) for number in numbers_of(classroom)]
    if not form.validate_on_submit():
        return _student_page(classroom, form, None), 422 if form.is_submitted() else 200
    try:
        found = check_student(classroom=classroom, number=form.number.data, code=form.code.data or "")
    except SignInRefused:
        return _student_page(classroom, form, "refused"), 422
    except TooManyTries:
        return _student_page(classroom, form, "wait"), 429
    enter(classroom=classroom, found=found)
    return redirect(url_for("reading.student_home"), 303)


def _student_page(classroom: ClassroomRow, form: StudentForm, problem: str | None) -> str:
    return render_template(
        "classrooms/join_as.html",
        classroom=classroom,
        class_code=shown_class_code(classroom.code),
        form=form,
        problem=problem,
    )


@classrooms.route("/teach/classes/<uuid:classroom_id>/cards", methods=["GET", "POST"])
@access(Mark.TEACHER, shows=(Shown.ROSTER,))
def own_cards(classroom_id: UUID) -> ResponseReturnValue:
    """Slips for a class that one teaches."""
    part = part_in(signed_in(), classroom_id)
    if part is None or part[1]:
        abort(404)
    back = url_for("dashboard.classroom", classroom_id=classroom_id)
    return _cards(part[0], url_for("classrooms.own_cards", classroom_id=classroom_id), back)


@classrooms.route("/school/classes/<uuid:classroom_id>/cards", methods=["GET", "POST"])
@access(Mark.ADMINISTRATOR, shows=(Shown.ROSTER,))
def class_cards(classroom_id: UUID) -> ResponseReturnValue:
    """Slips for a class of the school."""
    classroom = classroom_of_school(signed_in().school_id, classroom_id)
    if classroom is None:
        abort(404)
    here, back = (
        url_for(one, classroom_id=classroom_id) for one in ("classrooms.class_cards", "school_classes.one_class")
    )
    return _cards(classroom, here, back)


def _cards(classroom: ClassroomRow, here: str, back: str) -> ResponseReturnValue:
    """New slips and codes are shown on the page that answers, and never again."""
    form, learners = SlipForm(), learners_in(classroom)
    page = {"classroom": classroom, "class_code": shown_class_code(classroom.code), "here": here, "back": back}
    if not form.is_submitted():
        return _cards_page(form, learners, page)
    chosen = _meant(form, learners)
    if not form.validate() or not chosen or not classroom.takes_in(now()):
        return _cards_page(form, learners, page, problem="nobody" if classroom.takes_in(now()) else "closed"), 422
    [one, *_] = chosen
    if form.way.data == "tries":
        give_tries_back(classroom=classroom, number=one.number)
        return _cards_page(form, learners, page, done=one)
    if form.way.data == "today":
        code = lend_code(school_id=classroom.school_id, person_id=one.id, until=midnight_after(now()))
        forget_tries(classroom=classroom, numbers=[one.number])
        return _cards_page(form, learners, page, lent=one, code=code)
    slips = make_slips(
        school_id=classroom.school_id, classroom_id=classroom.id, people=[learner.id for learner in chosen]
    )
    forget_tries(classroom=classroom, numbers=[learner.number for learner in chosen])
    return _slips_page(classroom, chosen, slips, page)


def _meant(form: SlipForm, learners: list[Learner]) -> list[Learner]:
    """The students that a way is about."""
    way, number = form.way.data, form.number.data
    if way in {"one", "today", "tries"}:
        return [one for one in learners if one.number == number]
    return {"all": learners, "new": [one for one in learners if not one.has_slip]}.get(way, [])


def _cards_page(form: SlipForm, learners: list[Learner], page: dict[str, Any], **more: Any) -> str:
    locked = locked_among(page["classroom"], [one.number for one in learners])
    return render_template(
        "classrooms/cards.html", form=form, students=learners, locked=locked, moment=now(), **page, **more
    )


def _slips_page(
    classroom: ClassroomRow, learners: list[Learner], slips: list[NewSlip], page: dict[str, Any]
) -> ResponseReturnValue:
    address = f"{_host()}{url_for('classrooms.join')}"
    codes = [qr_of(f"{_scheme()}://{address}#{classroom.code}.{slip.token}") for slip in slips]
    rows = zip(learners, slips, codes, strict=True)
    return render_template("classrooms/slips.html", rows=[*rows], address=address, **page)


def _host() -> str:
    """The host of students' addresses. Behind a proxy that speaks HTTPS, this machine itself is asked on another port:
    then it is the name that was told, or the machine's address without that port."""
    found = private_addresses()
    if _scheme() == request.scheme or not (is_loopback(request.host) or is_every_address(request.host)):
        return reachable(request.host, found)
    return next(iter([*current_app.extensions["settings"].hosts, *found]), request.host)


def _scheme() -> str:
    """What students' addresses begin with: a proxy in front of the server may speak HTTPS for it."""
    return "https" if current_app.config["SESSION_COOKIE_SECURE"] else request.scheme


@classrooms.get("/school/network")
@access(Mark.ADMINISTRATOR)
def network() -> ResponseReturnValue:
    """How tablets find this machine."""
    found, host = private_addresses(), _host()
    address = f"{_scheme()}://{host}{url_for('classrooms.join')}"
    return render_template(
        "classrooms/network.html",
        address=address,
        code=qr_of(address),
        others=[one for one in found if one != host.partition(":")[0]],
        is_lonely=is_loopback(host) or is_every_address(host),
        is_private=_scheme() == "https",
    )
