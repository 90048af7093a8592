"""Owns the pages that a school prints, made from what is so now: evidence, committee, letters, the year's record."""

from uuid import UUID

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from curriculum.accounts.access import Mark, seen_by
from curriculum.accounts.idle import IDLE
from curriculum.accounts.queries import signed_in
from curriculum.accounts.services import SESSION_LASTS
from curriculum.accounts.viewer import Role
from curriculum.administration.labels import labels
from curriculum.catalog.queries import catalog, duty_facts, renderer
from curriculum.classrooms.queries import part_in
from curriculum.classrooms.roster import ClassroomRow
from curriculum.classrooms.school_year import end_of, school_year_of
from curriculum.classrooms.services import WRONG_CODES_OF_STUDENT
from curriculum.consents.queries import young_classes
from curriculum.consents.young import needs_consent
from curriculum.database import now
from curriculum.localization import PREFIX, page_locale
from curriculum.papers.queries import classroom_in, lessons_for, rights_used, running, years_record
from curriculum.papers.year_record import duties_met
from curriculum.retention.queries import classrooms_in, years_of
from curriculum.retention.services import LONGEST_WHILE
from curriculum.security import access

papers = Blueprint("papers", __name__, url_prefix=PREFIX)
UNDER_14 = "kr-law-pipa-under-14"  # the fact that says what the law asks for


@papers.get("/school/papers")
@access(Mark.ADMINISTRATOR)
def overview() -> ResponseReturnValue:
    """The papers there are, and the classes to write letters for."""
    school_id, this = signed_in().school_id, school_year_of(now())
    return render_template("papers/papers.html", classrooms=classrooms_in(school_id, this), years=years_of(school_id))


@papers.get("/school/evidence")
@access(Mark.ADMINISTRATOR)
def evidence() -> ResponseReturnValue:
    """How personal data is kept, under five headings, from configuration, labels and log as they are now."""
    school_id, moment = signed_in().school_id, now()
    this = school_year_of(moment)
    return render_template(
        "papers/evidence.html",
        today=renderer().today,
        running=running(school_id),
        labels=labels(),
        session_hours=SESSION_LASTS,
        longest_days=LONGEST_WHILE.days,
        idle_minutes=int(IDLE.total_seconds()) // 60,
        wrong_codes=WRONG_CODES_OF_STUDENT,
        rights=rights_used(school_id, end_of(this - 1)),
        year=this,
        young=young_classes(school_id, this),
        law=_fact(UNDER_14),
    )


@papers.get("/school/papers/committee")
@access(Mark.ADMINISTRATOR)
def committee() -> ResponseReturnValue:
    """What the school's committee decides about, on two pages."""
    doors = [(door.mark, door.shows) for door in current_app.extensions["access"]]
    duties = catalog().duties
    return render_template(
        "papers/committee.html",
        today=renderer().today,
        running=running(signed_in().school_id),
        courses=catalog().courses,
        duties=list(zip(duties, duty_facts(duties, page_locale()), strict=True)),
        seen=[(role, seen_by(role, doors)) for role in (Role.TEACHER, Role.COUNSELLOR, Role.ADMINISTRATOR)],
    )


@papers.get("/school/papers/letters/<uuid:classroom_id>")
@access(Mark.ADMINISTRATOR)
def letter(classroom_id: UUID) -> ResponseReturnValue:
    """A letter to the guardians of a class of the school."""
    classroom = classroom_in(signed_in().school_id, classroom_id)
    if classroom is None:
        abort(404)
    return _letter(classroom, here=url_for("papers.letter", classroom_id=classroom_id))


@papers.get("/teach/classes/<uuid:classroom_id>/letter")
@access(Mark.TEACHER)
def own_letter(classroom_id: UUID) -> ResponseReturnValue:
    """The same for a class that one teaches, or may look at: nothing of a student stands in it."""
    part = part_in(signed_in(), classroom_id)
    if part is None:
        abort(404)
    back = url_for("dashboard.classroom", classroom_id=classroom_id)
    return _letter(part[0], here=url_for("papers.own_letter", classroom_id=classroom_id), back=back)


def _letter(classroom: ClassroomRow, *, here: str, back: str | None = None) -> str:
    """About the lessons that are chosen, else those that are assigned, else all of the course."""
    lessons, assigned = lessons_for(classroom)
    wanted = request.args.getlist("lesson")
    chosen = [one for one in lessons if one.id in wanted]
    return render_template(
        "papers/letter.html",
        today=renderer().today,
        classroom=classroom,
        lessons=lessons,
        chosen=chosen or [one for one in lessons if one.id in assigned] or lessons,
        due={} if chosen else assigned,
        is_guess=not chosen and not assigned,
        young=needs_consent(classroom.level, classroom.grade) and not classroom.pseudonyms,
        running=running(classroom.school_id),
        law=_fact(UNDER_14),
        here=here,
        back=back,
    )


@papers.get("/school/papers/record")
@access(Mark.ADMINISTRATOR)
def record() -> ResponseReturnValue:
    """What the classes of a year were taught: hours, topics, duties met, the share that took part; no answers."""
    school_id = signed_in().school_id
    years = years_of(school_id) or [school_year_of(now())]
    year = request.args.get("year", type=int)
    chosen = year if year in years else years[0]
    classes = years_record(school_id, chosen)
    met = duties_met(catalog().duties, classes)
    facts = duty_facts([duty for duty, _ in met], page_locale())
    units = [unit for course in catalog().courses for unit in course.units]
    taught = {one.lesson.id for kept in classes for one in kept.lessons}
    return render_template(
        "papers/record.html",
        today=renderer().today,
        years=years,
        year=chosen,
        classes=classes,
        duties=[(duty, lessons, fact) for (duty, lessons), fact in zip(met, facts, strict=True)],
        units=[unit for unit in units if any(lesson.id in taught for lesson in unit.lessons)],
    )


def _fact(fact_id: str) -> tuple[str, str] | None:
    """A fact of the register as it holds today, and its source; None where the school's lessons have no such fact."""
    fact, locale = catalog().facts.get(fact_id), page_locale()
    return (fact.sentence(locale, "plain", renderer().today), fact.source_in(locale)) if fact else None
