"""Owns the writes of stories: what a student chose, added to the class once and without the student."""

from collections.abc import Mapping
from uuid import UUID, uuid4

import sqlalchemy as sa

from curriculum.classrooms.queries import classroom_id_of
from curriculum.database import begin_write, db, upsert
from curriculum.disclosure import completes_batch
from curriculum.stories.models import StoryMark, StoryTally
from curriculum.stories.story import Story

PLACE = ["school_id", "classroom_id", "lesson_id", "story_digest", "scene_id", "choice_id"]


def add_choices(*, school_id: UUID, person_id: UUID, story: Story, chosen: Mapping[str, str]) -> bool:
    """Add one choice for each counted scene to the student's class; False when that was done before, or in no class.

    Which request is the first is decided by the mark alone, however many come at once.
    """
    begin_write()
    classroom_id = db.session.scalar(sa.select(classroom_id_of(school_id, person_id)))
    if classroom_id is None or not _marked(school_id, person_id, story):
        return False
    of_story = (
        StoryTally.school_id == school_id,
        StoryTally.classroom_id == classroom_id,
        StoryTally.lesson_id == story.lesson_id,
        StoryTally.story_digest == story.digest,
    )
    complete = [scene for scene, pending in _counted(school_id, classroom_id, story, chosen).items() if pending]
    if complete:
        released = {"shown": StoryTally.shown + StoryTally.pending, "pending": 0}
        db.session.execute(sa.update(StoryTally).where(*of_story, StoryTally.scene_id.in_(complete)).values(released))
    return True


def _marked(school_id: UUID, person_id: UUID, story: Story) -> bool:
    """Mark that this student has added; whether nobody has marked it before."""
    mark = {
        "school_id": school_id,
        "id": uuid4(),
        "person_id": person_id,
        "lesson_id": story.lesson_id,
        "story_digest": story.digest,
    }
    key = [StoryMark.school_id, StoryMark.person_id, StoryMark.lesson_id, StoryMark.story_digest]
    once = upsert(StoryMark).values(mark).on_conflict_do_nothing(index_elements=key).returning(StoryMark.id)
    return db.session.scalar(once) is not None


def _counted(school_id: UUID, classroom_id: UUID, story: Story, chosen: Mapping[str, str]) -> dict[str, bool]:
    """Count the choices as pending; by scene, whether that completes a batch.

    Every count of the story is written, those that stay as they are too: none is younger than another and would tell
    what was chosen last, and classmates wait for each other at the first.
    """
    insert = upsert(StoryTally).values(_rows(school_id, classroom_id, story, chosen))
    grown = {"pending": StoryTally.pending + insert.excluded.pending}
    written = insert.on_conflict_do_update(index_elements=PLACE, set_=grown).returning(
        StoryTally.scene_id, StoryTally.pending
    )
    pending: dict[str, list[int]] = {scene: [] for scene in story.options}
    for scene, count in db.session.execute(written):
        pending[scene].append(count)
    return {scene: completes_batch(counts) for scene, counts in pending.items()}


def _rows(school_id: UUID, classroom_id: UUID, story: Story, chosen: Mapping[str, str]) -> list[dict[str, object]]:
    return [
        {
            "school_id": school_id,
            "id": uuid4(),
            "classroom_id": classroom_id,
            "lesson_id": story.lesson_id,
            "story_digest": story.digest,
            "scene_id": scene,
            "choice_id": choice,
            "shown": 0,
            "pending": int(chosen[scene] == choice),
        }
        # In one order for everybody: two classmates who hold each other's next row would wait for ever.
        for scene, choices in story.options.items()
        for choice in choices
    ]
