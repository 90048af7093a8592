"""Owns the help navigator as data: its questions, the sections and entries of its plan, and reading both from disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, TypeAlias

import msgspec

from curriculum.catalog.pack_reader import PackReader
from curriculum.catalog.text import Text

# The order in which somebody does things: safety first, and in the end the words to begin with.
SECTIONS = ("safety", "note", "call", "takedown", "school", "next", "say")
# Ids stand in the page as "question=option,option", parted by spaces.
Id: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9-]*$")]
# Question -> the options of which one must have been given; empty: always.
Condition: TypeAlias = Mapping[Id, Annotated[tuple[Id, ...], msgspec.Meta(min_length=1)]]
ALWAYS: Condition = MappingProxyType({})


class Option(Text, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One answer: its words as it is chosen, and `condition` as the page without JavaScript says it ("If …")."""

    id: Id
    condition: Text = msgspec.field(name="if")


class Question(Text, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One question; it is `asked` only after these answers to earlier ones."""

    id: Id
    options: Annotated[tuple[Option, ...], msgspec.Meta(min_length=2)]
    hint: Text | None = None
    asked: Condition = ALWAYS


class Entry(Text, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing to do, in Markdown, for whom `when` fits; `contacts` are ids, in the order of their rows."""

    id: Id
    when: Condition = ALWAYS
    contacts: tuple[str, ...] = ()


class Section(Text, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One part of the plan with its heading."""

    id: Id
    entries: tuple[Entry, ...]


class _QuestionsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    questions: Annotated[tuple[Question, ...], msgspec.Meta(min_length=1)]


class _PlanFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sections: Annotated[tuple[Section, ...], msgspec.Meta(min_length=1)]


@dataclass(frozen=True, eq=False)
class Navigator:
    """The questions in order, the first of which asks who somebody is, and the plan; it can key a cache."""

    questions: tuple[Question, ...]
    sections: tuple[Section, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of all sections, in order."""
        return tuple(entry for section in self.sections for entry in section.entries)

    @property
    def sentences(self) -> tuple[Entry, ...]:
        """The entries that say what somebody may say first."""
        return tuple(entry for section in self.sections if section.id == SECTIONS[-1] for entry in section.entries)


def questions_path(folder: Path) -> Path:
    """Where a content folder keeps the questions."""
    return folder / "help" / "questions.toml"


def plan_path(folder: Path) -> Path:
    """Where a content folder keeps the plan."""
    return folder / "help" / "plan.toml"


def read_navigator(reader: PackReader, folder: Path) -> Navigator | None:
    """Read the navigator of a content folder, or None: the reader then carries the problems."""
    asked = reader.entry(questions_path(folder), _QuestionsFile)
    plan = reader.entry(plan_path(folder), _PlanFile)
    return Navigator(asked.questions, plan.sections) if asked and plan else None
