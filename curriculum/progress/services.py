"""Owns the writes of how far someone is; every projection is written with the truth it comes from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from curriculum.database import begin_write, db, upsert
from curriculum.progress.completion import Progress, Result, progress_from
from curriculum.progress.models import LessonProgress, Visit

KEY = (LessonProgress.school_id, LessonProgress.person_id, LessonProgress.lesson_id)


def send_step(*, school_id: UUID, person_id: UUID, lesson_id: str, step: str, moment: datetime) -> None:
    """Remember that a student sent a step. Sending it again only moves the place where the student stopped."""
    begin_write()
    new = uuid7()
    visit = upsert(Visit).values(
        school_id=school_id, id=new, person_id=person_id, lesson_id=lesson_id, step=step, sent_at=moment
    )
    key = [Visit.school_id, Visit.person_id, Visit.lesson_id, Visit.step]
    sent = visit.on_conflict_do_update(index_elements=key, set_={"sent_at": moment}).returning(Visit.id)
    # Added up, not counted: of two steps sent at once, each would count without the other.
    more = int(db.session.execute(sent).scalar_one() == new)
    progress = upsert(LessonProgress).values(
        school_id=school_id, id=uuid7(), person_id=person_id, lesson_id=lesson_id, steps_sent=more, last_step=step
    )
    grown = {"steps_sent": LessonProgress.steps_sent + more, "last_step": step}
    db.session.execute(progress.on_conflict_do_update(index_elements=KEY, set_=grown))


def record_result(*, school_id: UUID, person_id: UUID, lesson_id: str, result: Result) -> int:
    """Add the result of a closed attempt to the student's progress; returns how many attempts there are now.

    The rule is `Progress.with_result`, said in SQL: who adds another result at the same moment waits for the row.
    """
    begin_write()
    first = Progress().with_result(result)
    row = upsert(LessonProgress).values(
        school_id=school_id, id=uuid7(), person_id=person_id, lesson_id=lesson_id, **asdict(first)
    )
    new = row.excluded
    is_better = sa.or_(
        LessonProgress.attempts == 0,
        new.best_points * LessonProgress.out_of > LessonProgress.best_points * new.out_of,
    )
    grown = {
        "attempts": LessonProgress.attempts + 1,
        "best_points": sa.case((is_better, new.best_points), else_=LessonProgress.best_points),
        "out_of": sa.case((is_better, new.out_of), else_=LessonProgress.out_of),
        "help_route_right": sa.or_(LessonProgress.help_route_right, new.help_route_right),
    }
    added = row.on_conflict_do_update(index_elements=KEY, set_=grown).returning(LessonProgress.attempts)
    return int(db.session.execute(added).scalar_one())


def rebuild_progress(*, school_id: UUID, results: Mapping[tuple[UUID, str], Sequence[Result]]) -> int:
    """Write the progress rows of a school anew from its visits and these results, each in order of time; returns how
    many."""
    begin_write()
    steps = defaultdict(list)
    visits = sa.select(Visit.person_id, Visit.lesson_id, Visit.step).where(Visit.school_id == school_id)
    # Held, so that a step sent once more waits: its row is there already, and refers to its school no second time.
    for person_id, lesson_id, step in db.session.execute(visits.order_by(Visit.sent_at, Visit.id).with_for_update()):
        steps[person_id, lesson_id].append(step)
    rows = [
        {"school_id": school_id, "id": uuid7(), "person_id": key[0], "lesson_id": key[1]}
        | asdict(progress_from(steps.get(key, ()), results.get(key, ())))
        for key in steps.keys() | results.keys()
    ]
    db.session.execute(sa.delete(LessonProgress).where(LessonProgress.school_id == school_id))
    if rows:
        db.session.execute(sa.insert(LessonProgress), rows)
    return len(rows)
