"""Owns the reads of stories: the story of a lesson, whether a student has added, what may be shown of a class."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, cast
from uuid import UUID

import sqlalchemy as sa
from flask import current_app

from curriculum.accounts.viewer import Viewer
from curriculum.catalog.queries import renderer
from curriculum.classrooms.queries import classroom_id_of
from curriculum.database import db
from curriculum.disclosure import may_be_shown
from curriculum.localization import reading_locales
from curriculum.stories.models import StoryMark, StoryTally
from curriculum.stories.page import StoryPage, render_story
from curriculum.stories.story import Story

_PAGES = 128  # the stories of a full curriculum, in each reading mode


class Standing(NamedTuple):
    """Whether a student learns in a class, and whether this student has added to it what was chosen in a story."""

    in_class: bool
    added: bool


def story_of(lesson_id: str) -> Story | None:
    """The story of a lesson, where it has one."""
    return cast("Mapping[str, Story]", current_app.extensions["stories"]).get(lesson_id)


def story_page(story: Story) -> StoryPage:
    """A story in the languages of this page; it holds nothing personal."""
    return _story_page(renderer(), story, reading_locales())


_story_page = lru_cache(maxsize=_PAGES)(render_story)


def standing_of(student: Viewer, story: Story) -> Standing:
    """How a student stands to a story. One read."""
    mark = sa.exists().where(
        StoryMark.school_id == student.school_id,
        StoryMark.person_id == student.id,
        StoryMark.lesson_id == story.lesson_id,
        StoryMark.story_digest == story.digest,
    )
    classroom_id, added = db.session.execute(sa.select(classroom_id_of(student.school_id, student.id), mark)).one()
    return Standing(classroom_id is not None, added)


def shown_choices(
    school_id: UUID, classroom_id: UUID, stories: Sequence[Story]
) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """How a class chose in these stories, by (lesson, scene) and choice; a scene that may not be shown is missing."""
    rows = db.session.execute(
        sa.select(StoryTally.lesson_id, StoryTally.scene_id, StoryTally.choice_id, StoryTally.shown).where(
            StoryTally.school_id == school_id,
            StoryTally.classroom_id == classroom_id,
            StoryTally.story_digest.in_([story.digest for story in stories]),
        )
    )
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for lesson_id, scene_id, choice_id, shown in rows:
        counts[lesson_id, scene_id][choice_id] = shown
    # The second guard: what waits is not read at all, and what is read obeys the rule once more.
    return {place: chosen for place, chosen in counts.items() if may_be_shown(chosen.values())}
