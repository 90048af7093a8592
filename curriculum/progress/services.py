"""Owns the writes of how far someone is; every projection is written with the truth it comes from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from curriculum.database import begin_write, db
from curriculum.progress.completion import Progress, Result, progress_from
from curriculum.progress.models import LessonProgress, Visit
from curriculum.progress.queries import COLUMNS
from curriculum.security import upsert

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


def record_result(*, school_id: UUID, person_id: UUID, lesson_id: str, result: Result) -> Progress:
    """Add the result of a closed attempt to the student's progress; returns the progress before it."""
    begin_write()
    # Read by writing: whoever adds another result at the same moment waits here, and then reads this one. The row that
    # is not there yet begins at zero; to set what is set already changes nothing and holds the row.
    row = upsert(LessonProgress).values(
        school_id=school_id, id=uuid7(), person_id=person_id, lesson_id=lesson_id, **asdict(Progress())
    )
    held = row.on_conflict_do_update(index_elements=KEY, set_={"lesson_id": lesson_id}).returning(*COLUMNS)
    before = Progress(**db.session.execute(held).one()._asdict())
    db.session.execute(
        sa.update(LessonProgress)
        .where(
            LessonProgress.school_id == school_id,
            LessonProgress.person_id == person_id,
            LessonProgress.lesson_id == lesson_id,
        )
        .values(asdict(before.with_result(result)))
        .execution_options(synchronize_session=False)
    )
    return before


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
