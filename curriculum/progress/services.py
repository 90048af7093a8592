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


def send_step(*, school_id: UUID, person_id: UUID, lesson_id: str, step: str, moment: datetime) -> None:
    """Remember that a student sent a step. Sending it again only moves the place where the student stopped."""
    begin_write()
    visit = upsert(Visit).values(
        school_id=school_id, id=uuid7(), person_id=person_id, lesson_id=lesson_id, step=step, sent_at=moment
    )
    key = [Visit.school_id, Visit.person_id, Visit.lesson_id, Visit.step]
    db.session.execute(visit.on_conflict_do_update(index_elements=key, set_={"sent_at": moment}))
    sent = (
        sa.select(sa.func.count())
        .select_from(Visit)
        .where(Visit.school_id == school_id, Visit.person_id == person_id, Visit.lesson_id == lesson_id)
        .scalar_subquery()
    )
    _write(school_id, person_id, lesson_id, {"steps_sent": sent, "last_step": step})


def record_result(*, school_id: UUID, person_id: UUID, lesson_id: str, result: Result) -> Progress:
    """Add the result of a closed attempt to the student's progress; returns the progress before it."""
    begin_write()
    row = db.session.execute(
        sa.select(*COLUMNS).where(
            LessonProgress.school_id == school_id,
            LessonProgress.person_id == person_id,
            LessonProgress.lesson_id == lesson_id,
        )
    ).one_or_none()
    before = Progress(**row._asdict()) if row else Progress()
    after = asdict(before.with_result(result))
    _write(school_id, person_id, lesson_id, after)
    return before


def _write(school_id: UUID, person_id: UUID, lesson_id: str, values: dict[str, object]) -> None:
    insert = upsert(LessonProgress).values(
        school_id=school_id, id=uuid7(), person_id=person_id, lesson_id=lesson_id, **values
    )
    key = [LessonProgress.school_id, LessonProgress.person_id, LessonProgress.lesson_id]
    db.session.execute(insert.on_conflict_do_update(index_elements=key, set_=values))


def rebuild_progress(*, school_id: UUID, results: Mapping[tuple[UUID, str], Sequence[Result]]) -> int:
    """Write the progress rows of a school anew from its visits and these results, each in order of time; returns how
    many."""
    begin_write()
    steps = defaultdict(list)
    visits = sa.select(Visit.person_id, Visit.lesson_id, Visit.step).where(Visit.school_id == school_id)
    for person_id, lesson_id, step in db.session.execute(visits.order_by(Visit.sent_at, Visit.id)):
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
