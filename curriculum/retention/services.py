"""Owns the writes of a school year's end: classes move up, and records whose time is over go, some at a time."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from curriculum.accounts.services import hold_school, remove_people
from curriculum.audit import Act, note
from curriculum.classrooms.roster import GRADES, ClassroomRow
from curriculum.classrooms.services import ClassTaken, archive, enroll, open_class, remove_classroom
from curriculum.database import begin_write, db, leave_nothing_behind, upsert
from curriculum.quizzes.services import rebuild
from curriculum.retention.models import YearTaught, YearTotal
from curriculum.retention.queries import (
    Counts,
    Due,
    classrooms_in,
    due_in,
    marked_taught,
    months_of,
    numbers_in,
    old_rows_of,
    rows_of_people,
    totals_of,
    years_of,
)
from curriculum.retention.term import last_over
from curriculum.rosters.services import KEPT_DONE, forget_rosters
from curriculum.staff.invitation import FIRST_LASTS

LONGEST_WHILE = max(FIRST_LASTS, KEPT_DONE)  # of what is kept only until it has been used
AT_ONCE = 50  # students erased in one transaction: nobody who answers meanwhile waits long
ROWS_AT_ONCE = 2000


class Purge(NamedTuple):
    """What a run would do, or has done: the last year that is over, and how much there was of it."""

    year: int
    classes: int
    people: int
    rows: Counts


def planned(*, school_id: UUID, moment: datetime) -> Purge:
    """What a run at this moment would do; nothing is written."""
    due = due_in(school_id, last_over(moment, months_of(school_id)))
    rows = rows_of_people(school_id, due.people)
    for table, which in old_rows_of(school_id, due):
        count = sa.select(sa.func.count()).select_from(table).where(table.school_id == school_id, which)
        rows[table.__tablename__] += db.session.scalar(count) or 0
    return Purge(due.year, len(due.classes), len(due.people), +rows)


def purge(*, school_id: UUID, moment: datetime) -> Purge:
    """Let everything go whose time is over. The one service that commits, part by part: whoever answers meanwhile does
    not wait, and a run that was cut off is gone on with by the next."""
    year = last_over(moment, months_of(school_id))
    begin_write()
    due = due_in(school_id, year)
    forget_rosters(school_id=school_id, until=moment if not due.people else None)
    if not due.classes and not due.people:
        leave_nothing_behind()
        db.session.commit()
        return Purge(year, 0, 0, Counter())
    _keep_totals(school_id, year)
    note(school_id=school_id, act=Act.YEAR_PURGED, detail=str(year))
    db.session.commit()
    rows = _erase_people(school_id, due.people) + _erase_old_rows(school_id, due)
    begin_write()
    for classroom_id in due.classes:
        remove_classroom(school_id=school_id, classroom_id=classroom_id)
    rebuild(school_id=school_id)
    leave_nothing_behind()
    db.session.commit()
    return Purge(year, len(due.classes), len(due.people), rows)


def _keep_totals(school_id: UUID, until: int) -> None:
    """Keep the totals of the classes that are to go; what an earlier run has kept, before it erased, stays."""
    for year in [one for one in years_of(school_id) if one <= until]:
        for classroom in classrooms_in(school_id, year):
            place = {"school_year": year, "level": classroom.level, "grade": classroom.grade}
            rows = [
                {"school_id": school_id, "id": uuid7(), **place, "section": classroom.section, **total._asdict()}
                for total in totals_of(classroom)
            ]
            if rows:
                db.session.execute(upsert(YearTotal).on_conflict_do_nothing(), rows)
        _keep_marked(school_id, year)


def _keep_marked(school_id: UUID, year: int) -> None:
    for (level, grade, section), marked in marked_taught(school_id, year).items():
        place = {"school_id": school_id, "school_year": year, "level": level, "grade": grade, "section": section}
        rows = [{"id": uuid7(), **place, "lesson_id": one, "taught_on": day} for one, day in marked.items()]
        db.session.execute(upsert(YearTaught).on_conflict_do_nothing(), rows)


def _erase_people(school_id: UUID, people: Sequence[UUID]) -> Counts:
    rows: Counts = Counter()
    for first in range(0, len(people), AT_ONCE):
        some = people[first : first + AT_ONCE]
        begin_write()
        rows += rows_of_people(school_id, some)
        remove_people(school_id=school_id, people=some)
        db.session.commit()
    return rows


def _erase_old_rows(school_id: UUID, due: Due) -> Counts:
    """Of who stays; some rows at a time, too."""
    rows: Counts = Counter()
    for table, which in old_rows_of(school_id, due):
        some = sa.select(table.id).where(table.school_id == school_id, which).limit(ROWS_AT_ONCE)
        while ids := _ids(some):
            db.session.execute(sa.delete(table).where(table.school_id == school_id, table.id.in_(ids)))
            db.session.commit()
            rows[table.__tablename__] += len(ids)
    return rows


def _ids(some: sa.Select[UUID]) -> Sequence[UUID]:
    begin_write()
    return db.session.scalars(some).all()


def moves_up(classroom: ClassroomRow) -> bool:
    """Whether there is a next grade of the same level."""
    return classroom.grade < GRADES[classroom.level]


def promote(*, school_id: UUID, school_year: int) -> int:
    """Let the classes of a year move up, with their students and numbers, and close them; who has reached the last
    grade is closed alone. A class that is there already is left as it is. Returns how many were made."""
    begin_write()
    hold_school(school_id=school_id)
    made = 0
    for classroom in classrooms_in(school_id, school_year):
        if classroom.archived_at is None:
            made += moves_up(classroom) and _next_class(classroom)
            archive(classroom=classroom, archived=True)
    note(school_id=school_id, act=Act.CLASSES_PROMOTED, detail=str(school_year))
    return made


def _next_class(classroom: ClassroomRow) -> bool:
    place = {"level": classroom.level, "grade": classroom.grade + 1, "section": classroom.section}
    own = {"school_id": classroom.school_id, "course": classroom.course, "pseudonyms": classroom.pseudonyms}
    try:
        new = open_class(school_year=classroom.school_year + 1, **place, **own)  # type: ignore[arg-type]  # of mixed kinds
    except ClassTaken:
        return False
    for person_id, number in numbers_in(classroom):
        enroll(school_id=classroom.school_id, classroom_id=new, person_id=person_id, number=number)
    db.session.flush()
    return True
