"""Owns the reads behind the papers: how the site runs, a year's classes with their totals, rights that were used."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from flask import current_app

from curriculum.accounts.models import School
from curriculum.accounts.secret import HASHER
from curriculum.assignments.queries import assignments_of
from curriculum.audit import Act, AuditLine, broken_at
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.queries import catalog
from curriculum.classrooms.models import Classroom
from curriculum.classrooms.queries import COLUMNS
from curriculum.classrooms.roster import ClassroomRow
from curriculum.config import Settings
from curriculum.database import db
from curriculum.papers.year_record import ClassYear, class_year
from curriculum.retention.queries import classrooms_in, kept_totals, marked_taught, totals_of

# What is counted as done for somebody's rights, in the order in which a paper says it.
RIGHTS = (Act.RECORD_SEEN, Act.RECORD_EXPORTED, Act.NAME_CORRECTED, Act.STOPPED, Act.ERASED)


class Running(NamedTuple):
    """How the site runs now: what the papers say of it is read here and nowhere else."""

    https: bool
    database: str
    lessons_open: bool
    offline: bool
    months: int
    hash_mib: int
    hash_passes: int
    log_lines: int
    log_whole: bool
    sign_on: str | None  # whose accounts staff may use, by the name that the operator has given


def running(school_id: UUID) -> Running:
    """The settings in force, and whether the log is whole: all of it is read."""
    settings: Settings = current_app.extensions["settings"]
    own = sa.select(School.lessons_open, School.offline, School.retention_months).where(School.id == school_id)
    lessons_open, offline, months = db.session.execute(own).one()
    lines = sa.select(sa.func.count()).select_from(AuditLine).where(AuditLine.school_id == school_id)
    return Running(
        https=settings.https,
        database=db.engine.dialect.name,
        lessons_open=lessons_open,
        offline=offline,
        months=months,
        hash_mib=HASHER.memory_cost // 1024,
        hash_passes=HASHER.time_cost,
        log_lines=db.session.scalar(lines) or 0,
        log_whole=broken_at(school_id) is None,
        sign_on=settings.sign_on.name if settings.sign_on else None,
    )


def rights_used(school_id: UUID, since: datetime) -> Mapping[Act, int]:
    """How often each right was used from a moment on, as the log has it."""
    rows = db.session.execute(
        sa.select(AuditLine.act, sa.func.count())
        .where(AuditLine.school_id == school_id, AuditLine.at >= since, AuditLine.act.in_(RIGHTS))
        .group_by(AuditLine.act)
    )
    found = {row[0]: row[1] for row in rows}
    return {act: found.get(act, 0) for act in RIGHTS}


def classroom_in(school_id: UUID, classroom_id: UUID) -> ClassroomRow | None:
    """A class of this school."""
    one = sa.select(*COLUMNS).where(Classroom.school_id == school_id, Classroom.id == classroom_id)
    row = db.session.execute(one).one_or_none()
    return ClassroomRow(*row) if row else None


def lessons_for(classroom: ClassroomRow) -> tuple[list[Lesson], dict[str, datetime | None]]:
    """The lessons of a class's course, and of those that are assigned to it by when they are asked for, by id."""
    course = catalog().course(classroom.course)
    lessons = list(course.lessons) if course else []
    found = assignments_of(classroom)
    asked = {one.id: found[one.id].due_at for one in lessons if one.id in found and found[one.id].assigned}
    return lessons, asked


def years_record(school_id: UUID, school_year: int) -> list[ClassYear]:
    """What the classes of a year were taught: from what is recorded, or once that is gone from the totals."""
    lessons = catalog().lessons
    here = {(one.level, one.grade, one.section): totals_of(one) for one in classrooms_in(school_id, school_year)}
    found, marked = {**kept_totals(school_id, school_year), **here}, marked_taught(school_id, school_year)
    places = sorted(found.keys() | marked.keys())
    return [class_year(*place, found.get(place, []), lessons, marked.get(place, {})) for place in places]
