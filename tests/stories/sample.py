"""A small story about a borrowed pencil, with two scenes that everybody comes through, and classes that choose."""

import tomllib
from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

from curriculum.accounts.services import add_person
from curriculum.accounts.viewer import Role
from curriculum.catalog.pack_reader import PackReader
from curriculum.classrooms.services import enroll
from curriculum.database import begin_write, db
from curriculum.stories.models import StoryTally
from curriculum.stories.services import add_choices
from curriculum.stories.story import FILE, Story, read_story
from curriculum.tenancy import act_for

LESSON = "middle/images/fake-image-real-harm"
ADDRESS = f"/ko/lessons/{LESSON}/story"

HEAD = """
title.ko = "빌린 연필"
title.en = "A borrowed pencil"
intro.ko = "지우와 태오가 나와요."
intro.en = "With Jiwoo and Taeo."
"""
SCENE = """
[[scenes]]
id = "{0}"
{1}
title.ko = "장면 {0}"
title.en = "scene {0}"
ko = "지우가 {0} 앞에 서요."
en = "Jiwoo stands at {0}."
"""
CHOICE = """
[[scenes.choices]]
id = "{0}"
to = "{1}"
{2}
ko = "{0} 쪽으로 간다"
en = "go for {0}"
then.ko = "{0} 쪽으로 갔어요."
then.en = "It went to {0}."
"""
HELP = """
help.ko = "{contact:pencil-friend}에게 말해요."
help.en = "Tell {contact:pencil-friend}."
"""
REPAIR = """
repair.ko = "연필을 돌려줘요."
repair.en = "Give the pencil back."
"""


def scene(name: str, *choices: str, line: str = "", more: str = "") -> str:
    """A scene; a choice is written "id>to", with a ! behind where it leads back to think again."""
    written = [CHOICE.format(*one.rstrip("!").split(">"), "again = true" if "!" in one else "") for one in choices]
    return SCENE.format(name, line) + more + "".join(written)


WRITTEN = HEAD + "".join(
    [
        scene("desk", "ask>reply", "take>gone"),
        scene("gone", "tell>reply", "hide>hidden", "back>desk!"),
        scene("hidden", "own-up>reply", "put-back>reply"),
        scene("reply", "thank>kept", "shrug>left", "wait>left"),
        scene("kept", line='ending = "safe"', more=HELP),
        scene("left", line='ending = "repair"', more=HELP + REPAIR),
    ]
)


def put_in(folder: Path, written: str = WRITTEN) -> Path:
    """Put a story into a lesson of a content folder."""
    path = folder / "middle" / "pencils" / "asking" / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written, "utf-8")
    return path


def pencil_story(folder: Path, written: str = WRITTEN) -> Story:
    """The story, read from a content folder."""
    story = read_story(PackReader(), put_in(folder, written))
    assert story is not None
    assert tomllib.loads(written)
    return story


def told(app: Flask) -> Story:
    """The story that the app tells."""
    story = app.extensions["stories"][LESSON]
    assert isinstance(story, Story)
    return story


def first_choices(story: Story, place: int = 0) -> dict[str, str]:
    """A choice for each counted scene: the one at this place, from 0, or the last."""
    return {scene: options[min(place, len(options) - 1)] for scene, options in story.options.items()}


def fields(chosen: Mapping[str, str], story: Story) -> dict[str, str]:
    """The form by which a page sends these choices."""
    return {"version": story.digest} | {f"scene-{scene}": choice for scene, choice in chosen.items()}


def crowd(app: Flask, school_id: UUID, classroom_id: UUID, size: int, *, first: int = 20) -> list[UUID]:
    """New students of a class, with numbers from `first` on."""
    with app.app_context():
        act_for(school_id)
        begin_write()
        people = [
            add_person(school_id=school_id, role=Role.STUDENT, display_name=f"학생 {place}", secret_hash="-")
            for place in range(size)
        ]
        db.session.flush()
        for number, person in enumerate(people, start=first):
            enroll(school_id=school_id, classroom_id=classroom_id, person_id=person.id, number=number)
        db.session.commit()
        return [person.id for person in people]


def add(app: Flask, school_id: UUID, person_id: UUID, story: Story, chosen: Mapping[str, str]) -> bool:
    """Add choices as a request does."""
    with app.app_context():
        act_for(school_id)
        added = add_choices(school_id=school_id, person_id=person_id, story=story, chosen=chosen)
        db.session.commit()
        return added


def add_all(app: Flask, school_id: UUID, people: Sequence[UUID], story: Story, places: Sequence[int]) -> None:
    """Everybody adds, choosing by these places in turn."""
    for person, place in zip(people, cycle(places), strict=False):
        assert add(app, school_id, person, story, first_choices(story, place))


def tallies(app: Flask, classroom_id: UUID) -> dict[tuple[str, str], tuple[int, int]]:
    """What stands in the table about a class: (shown, pending) by scene and choice."""
    with app.app_context():
        rows = db.session.execute(
            sa.select(StoryTally.scene_id, StoryTally.choice_id, StoryTally.shown, StoryTally.pending).where(
                StoryTally.classroom_id == classroom_id
            )
        )
        return {(scene, choice): (shown, pending) for scene, choice, shown, pending in rows}
