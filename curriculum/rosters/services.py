"""Owns the writes of rosters: keep what was sent, apply it batch by batch, undo it while nothing depends on it."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import sqlalchemy as sa
from msgspec import structs
from uuid_utils.compat import uuid7

from curriculum.accounts.services import add_person, change_person, hold_school, remove_person
from curriculum.accounts.viewer import Role, Viewer
from curriculum.audit import Act, note
from curriculum.classrooms.class_code import new_class_code
from curriculum.classrooms.roster import ClassroomRow, pseudonym
from curriculum.classrooms.services import add_classroom, enroll, remove_classroom
from curriculum.consents.services import record_all
from curriculum.consents.young import needs_consent
from curriculum.database import begin_write, db, now
from curriculum.rosters.batch import left_over, next_places, parted
from curriculum.rosters.models import RosterImport
from curriculum.rosters.queries import SentRoster, is_empty_class, names_in, names_now, sent_roster, untouched
from curriculum.rosters.roster_change import Kind, Place, Plan, Present, Step, plan_for, without_names
from curriculum.rosters.roster_line import Reading

KEPT_UNREAD = timedelta(hours=1)  # long enough to look through a school's roster
KEPT_DONE = timedelta(days=7)


class Done(msgspec.Struct, frozen=True):
    """What applying a roster did so far: classes made; people added, with class and number; names changed, both names.

    While it is being applied, `lines` counts those that there are in all and `left` is the digest of what was shown and
    is still to be done; `consent` is how guardians have agreed.
    """

    classes: tuple[UUID, ...] = ()
    added: tuple[tuple[UUID, UUID, int], ...] = ()
    renamed: tuple[tuple[UUID, str, str], ...] = ()
    lines: int = 0
    left: str = ""
    consent: str = ""


class PlanChanged(Exception):
    """Somebody else has changed a class meanwhile: the roster would do something else than was shown."""


class CannotUndo(Exception):
    """Something depends on what the roster did: a slip was made, somebody was moved, a class has a teacher."""


def keep_roster(*, viewer: Viewer, classroom_id: UUID | None, reading: Reading) -> UUID:
    """Keep a roster that was read until it is confirmed; returns its id. What nobody has confirmed in time goes."""
    found = _meant(viewer.school_id, classroom_id, reading)
    nameless = {(one.grade, one.section) for one, _ in found if one.pseudonyms}
    only = (found[0][0].grade, found[0][0].section) if classroom_id else None
    reading = without_names(reading, nameless, only=only)
    begin_write()
    moment, new = now(), uuid7()
    forget_rosters(school_id=viewer.school_id, until=moment)
    db.session.execute(
        sa.insert(RosterImport).values(
            school_id=viewer.school_id,
            id=new,
            person_id=viewer.id,
            classroom_id=classroom_id,
            content=msgspec.json.encode(reading).decode(),
            expires_at=moment + KEPT_UNREAD,
        )
    )
    return new


def planned(school_id: UUID, sent: SentRoster) -> tuple[Plan, dict[Place, ClassroomRow], Reading]:
    """What a roster would do now, and to which classes."""
    reading = msgspec.json.decode(sent.content, type=Reading)
    found = _meant(school_id, sent.classroom_id, reading)
    present = {
        (one.grade, one.section): Present(
            {number: name for number, (_, name) in names.items()}, one.pseudonyms, one.archived_at is not None
        )
        for one, names in found
    }
    only = next(iter(present)) if sent.classroom_id else None
    plan = plan_for(reading, present, only=only)
    return plan, {(one.grade, one.section): one for one, _ in found}, reading


def _meant(
    school_id: UUID, classroom_id: UUID | None, reading: Reading
) -> list[tuple[ClassroomRow, dict[int, tuple[UUID, str]]]]:
    """The classes that a roster speaks of, with who is in them."""
    if classroom_id:
        return names_in(school_id, classroom_id=classroom_id)
    return names_in(school_id, level=reading.level, school_year=reading.school_year)


def apply_roster(*, viewer: Viewer, sent: SentRoster, shown: str, course: str, consent: str | None) -> None:
    """Do the next batch of what was shown, each class as a whole; PlanChanged, and nothing is done, when it would be
    something else by now.

    `consent` is how guardians have agreed that names are kept. Where somebody may be under 14 and none have agreed, new
    students are numbers and names that are there stay. What was answered with the first batch holds for the others.
    """
    begin_write()
    hold_school(school_id=viewer.school_id)
    kept = sent_roster(viewer, sent.id)  # another request may have done a batch, or all, a moment ago
    if kept is None or not kept.content:
        return
    plan, classes, reading = planned(viewer.school_id, kept)
    before = done_so_far(kept) or Done(lines=len(plan.people), consent=consent or "")
    if plan.digest not in {shown, before.left}:
        raise PlanChanged
    part, rest = parted(plan, next_places(plan))
    about = kept.classroom_id
    done = _apply(viewer, part, classes, reading, course=course, consent=before.consent, about=about)
    _keep_batch(viewer.school_id, kept, before, done, rest, left_over(reading, rest))
    note(school_id=viewer.school_id, act=Act.ROSTER_APPLIED, about=about, detail=str(sent.id))


def done_so_far(sent: SentRoster) -> Done | None:
    """What was done of a roster; None before anything was."""
    return msgspec.json.decode(sent.done, type=Done) if sent.done else None


def _apply(
    viewer: Viewer,
    plan: Plan,
    classes: dict[Place, ClassroomRow],
    reading: Reading,
    *,
    course: str,
    consent: str,
    about: UUID | None,
) -> Done:
    ids = {place: one.id for place, one in classes.items()}
    made = tuple(_make_class(viewer.school_id, step, reading, course) for step in plan.of(Kind.CLASS))
    ids |= {(step.grade, step.section): id_ for step, id_ in zip(plan.of(Kind.CLASS), made, strict=True)}
    adds, renames = plan.of(Kind.ADD), plan.of(Kind.RENAME)
    level = reading.level or next(iter(classes.values())).level
    if not consent:
        adds = [structs.replace(one, name=pseudonym(one.number)) if is_young(one, level) else one for one in adds]
        renames = [one for one in renames if not is_young(one, level)]
    added = _add(viewer.school_id, adds, ids)
    done = Done(made, added, _rename(viewer.school_id, renames, ids))
    if consent:
        people = [one[0] for one, step in zip(added, adds, strict=True) if is_young(step, level)]
        people += [one[0] for one in done.renamed]
        record_all(school_id=viewer.school_id, people=people, how=consent, by=viewer.id, about=about)
    return done


def _keep_batch(school_id: UUID, sent: SentRoster, before: Done, batch: Done, rest: Plan, reading: Reading) -> None:
    """Keep what was done until now, to be taken back as one, and of the roster only the lines that are left."""
    done = structs.replace(
        before,
        classes=before.classes + batch.classes,
        added=before.added + batch.added,
        renamed=before.renamed + batch.renamed,
        left=rest.digest,
    )
    kept: dict[str, object] = {
        "done": msgspec.json.encode(done).decode(),
        "content": "",
        "expires_at": now() + KEPT_DONE,
    }
    if not rest.changes_nothing:
        kept |= {"content": msgspec.json.encode(reading).decode(), "expires_at": now() + KEPT_UNREAD}
    _keep(school_id, sent.id, **kept)


def leave_rest(*, viewer: Viewer, sent: SentRoster) -> None:
    """Forget what is not done yet of a roster; what was done stays, and can be taken back."""
    begin_write()
    _keep(viewer.school_id, sent.id, content="", expires_at=now() + KEPT_DONE)


def is_young(step: Step, level: str) -> bool:
    """Whether a step puts down a name for which a guardian has to agree."""
    return needs_consent(level, step.grade) and step.name != pseudonym(step.number)


def _make_class(school_id: UUID, step: Step, reading: Reading, course: str) -> UUID:
    made = add_classroom(
        school_id=school_id,
        code=new_class_code(),
        school_year=reading.school_year,
        level=reading.level,
        grade=step.grade,
        section=step.section,
        course=course,
    )
    db.session.flush()
    note(school_id=school_id, act=Act.CLASS_ADDED, about=made.id)
    return made.id


def _add(school_id: UUID, steps: list[Step], ids: dict[Place, UUID]) -> tuple[tuple[UUID, UUID, int], ...]:
    """New students. They have no code, so that nobody gets in as them before their slips are made."""
    new = [
        (add_person(school_id=school_id, role=Role.STUDENT, display_name=step.name, secret_hash="").id, step)
        for step in steps
    ]
    db.session.flush()
    added = tuple((person_id, ids[step.grade, step.section], step.number) for person_id, step in new)
    for person_id, classroom_id, number in added:
        enroll(school_id=school_id, classroom_id=classroom_id, person_id=person_id, number=number)
    db.session.flush()
    return added


def _rename(school_id: UUID, steps: list[Step], ids: dict[Place, UUID]) -> tuple[tuple[UUID, str, str], ...]:
    renamed = []
    for place in {(step.grade, step.section) for step in steps}:
        [(_, names)] = names_in(school_id, classroom_id=ids[place])
        renamed += [
            (names[step.number][0], step.before, step.name) for step in steps if (step.grade, step.section) == place
        ]
    for person_id, _, name in renamed:
        change_person(school_id=school_id, person_id=person_id, display_name=name)
    return tuple(renamed)


def undo_roster(*, viewer: Viewer, sent: SentRoster) -> None:
    """Take back what applying a roster did, all of it or, where something depends on it, nothing: CannotUndo."""
    begin_write()
    hold_school(school_id=viewer.school_id)
    kept = sent_roster(viewer, sent.id)  # all of what was done by now, in another tab too
    done = (done_so_far(kept) if kept else None) or Done()
    _check_undoable(viewer.school_id, done)
    for person_id, _, _ in done.added:
        remove_person(school_id=viewer.school_id, person_id=person_id)
    for person_id, before, _ in done.renamed:
        change_person(school_id=viewer.school_id, person_id=person_id, display_name=before)
    for classroom_id in done.classes:
        remove_classroom(school_id=viewer.school_id, classroom_id=classroom_id)
    drop_roster(viewer=viewer, sent=sent)
    note(school_id=viewer.school_id, act=Act.ROSTER_UNDONE, about=sent.classroom_id, detail=str(sent.id))


def _check_undoable(school_id: UUID, done: Done) -> None:
    names = names_now(school_id, [person_id for person_id, _, _ in done.renamed])
    sizes = Counter(classroom_id for _, classroom_id, _ in done.added)
    if not (
        untouched(school_id, {person_id: (classroom_id, number) for person_id, classroom_id, number in done.added})
        and all(names.get(person_id) == after for person_id, _, after in done.renamed)
        and all(is_empty_class(school_id, one, besides=sizes[one]) for one in done.classes)
    ):
        raise CannotUndo


def drop_roster(*, viewer: Viewer, sent: SentRoster) -> None:
    """Forget a roster that was sent."""
    begin_write()
    own = (RosterImport.school_id == viewer.school_id, RosterImport.id == sent.id)
    db.session.execute(sa.delete(RosterImport).where(*own))


def forget_rosters(*, school_id: UUID, until: datetime | None = None) -> None:
    """Forget what rosters said, and with it how to take them back: who is erased, or loses a name, may stand in any of
    them. With a moment, only those whose time is over by then."""
    begin_write()
    over = [RosterImport.expires_at <= until] if until else []
    db.session.execute(sa.delete(RosterImport).where(RosterImport.school_id == school_id, *over))


def _keep(school_id: UUID, import_id: UUID, **values: object) -> None:
    own = (RosterImport.school_id == school_id, RosterImport.id == import_id)
    change = sa.update(RosterImport).where(*own).values(values).execution_options(synchronize_session=False)
    db.session.execute(change)
