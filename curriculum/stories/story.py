"""Owns a branching story as data: its scenes, their choices and endings, and reading it from a lesson's folder."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import msgspec

from curriculum.catalog.pack_reader import PackReader
from curriculum.catalog.text import Text
from curriculum.stories.ways import Ways, on_every_way

FILE = "story.toml"
# Ids are names of fields and of rows.
Id: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9-]{0,59}$")]
# There are no others: a story does not end in shame.
Ending: TypeAlias = Literal["safe", "repair"]


class Choice(Text, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One choice and the scene it leads to; `then` is what follows at once, `again` leads back to think again."""

    id: Id
    to: Id
    then: Text | None = None
    again: bool = False


class Scene(Text, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One scene, in Markdown, with its choices; an ending has none, but says where help is and how to repair."""

    id: Id
    title: Text
    choices: tuple[Choice, ...] = ()
    ending: Ending | None = None
    help: Text | None = None
    repair: Text | None = None

    @property
    def onward(self) -> tuple[Choice, ...]:
        """The choices that lead on."""
        return tuple(choice for choice in self.choices if not choice.again)


class StoryFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """story.toml; `intro` says who is in it, the first scene is where it begins."""

    title: Text
    intro: Text
    scenes: Annotated[tuple[Scene, ...], msgspec.Meta(min_length=1)]


@dataclass(frozen=True, eq=False)
class Story:
    """The story of one lesson; `digest` names this version of it: counts belong to one. It can key a cache."""

    lesson_id: str
    digest: str
    title: Text
    intro: Text
    scenes: tuple[Scene, ...]

    @property
    def ways(self) -> Ways:
        """The scenes that each scene leads on to; an ending leads nowhere."""
        return {scene.id: tuple(choice.to for choice in scene.onward) for scene in self.scenes}

    @cached_property
    def counted(self) -> tuple[Scene, ...]:
        """The scenes that everybody comes through, whatever they chose before: only these are counted for a class.

        Elsewhere the numbers of one scene would follow from those of another.
        """
        endings = [scene.id for scene in self.scenes if scene.ending]
        everybody = on_every_way(self.ways, self.scenes[0].id, endings)
        return tuple(scene for scene in self.scenes if scene.id in everybody and len(scene.onward) > 1)

    @property
    def options(self) -> Mapping[str, tuple[str, ...]]:
        """The choices that are counted, by counted scene."""
        return {scene.id: tuple(choice.id for choice in scene.onward) for scene in self.counted}


def stories_in(folder: Path) -> list[Path]:
    """The stories of a content folder."""
    return sorted(folder.glob(f"*/*/*/{FILE}"))


def read_story(reader: PackReader, path: Path) -> Story | None:
    """Read a story, or None: the reader then carries the problems."""
    written = reader.entry(path, StoryFile)
    if written is None:
        return None
    lesson_id = "/".join(path.parent.parts[-3:])
    digest = hashlib.sha256(reader.texts[path].encode()).hexdigest()[:12]
    return Story(lesson_id, digest, written.title, written.intro, written.scenes)
