"""Owns what a teacher sees of a story: how the class chose at each counted scene, where that may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curriculum.catalog.lesson import Lesson
from curriculum.catalog.page_text import PageText, Part
from curriculum.stories.page import numbers
from curriculum.stories.story import Story


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """One choice and how many made it."""

    parts: Sequence[Part]
    count: int


@dataclass(frozen=True, slots=True)
class ClassScene:
    """One counted scene; without `choices` nothing may be shown of it yet. `total` are the answers shown."""

    number: int
    title: Sequence[Part]
    choices: Sequence[ClassChoice]
    total: int


@dataclass(frozen=True, slots=True)
class ClassStory:
    """The story of one lesson and its counted scenes, in order."""

    lesson: Lesson
    title: Sequence[Part]
    scenes: Sequence[ClassScene]


def class_story(
    lesson: Lesson, story: Story, shown: Mapping[tuple[str, str], Mapping[str, int]], text: PageText
) -> ClassStory:
    """A story with the counts that may be shown, by (lesson, scene) and choice."""
    number = numbers(story)
    scenes = []
    for scene in story.counted:
        counts = shown.get((lesson.id, scene.id), {})
        choices = [ClassChoice(text.plain(one), counts.get(one.id, 0)) for one in scene.onward] if counts else []
        scenes.append(ClassScene(number[scene.id], text.plain(scene.title), choices, sum(counts.values())))
    return ClassStory(lesson, text.plain(story.title), scenes)
