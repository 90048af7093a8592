"""A content pack as it stands on disk, before it is put together: what was read, and what could not be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from curriculum.catalog.block import Document
from curriculum.catalog.contact import Contact
from curriculum.catalog.entry import (
    AvoidedWord,
    AvoidedWords,
    CourseEntry,
    LessonEntry,
    ObjectiveEntry,
    SequenceEntry,
    UnitEntry,
)
from curriculum.catalog.fact import Fact
from curriculum.catalog.glossary import Word
from curriculum.catalog.pack_reader import PackReader
from curriculum.catalog.problem import Problem
from curriculum.catalog.registers import Registers
from curriculum.catalog.survey import Survey
from curriculum.catalog.text import Text

TEXT_FILES = ("ko.md", "en.md", "other.ko.md", "other.en.md", "guide.ko.md", "guide.en.md")
FAMILY_FILES = ("family.ko.md", "family.en.md")


class _WordEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    ko: str
    en: str
    meaning: Text


@dataclass(frozen=True)
class LessonFolder:
    """One lesson's folder; `documents` by file name and `quiz` hold what could be read."""

    id: str
    path: Path
    entry: LessonEntry
    objectives: tuple[ObjectiveEntry, ...]
    documents: Mapping[str, Document]
    quiz: Mapping[str, Any] | None


@dataclass(frozen=True)
class UnitFolder:
    """One unit's folder; `documents` hold its page for families by file name, as far as it is written."""

    id: str
    course: str
    path: Path
    entry: UnitEntry
    lessons: tuple[LessonFolder, ...]
    documents: Mapping[str, Document]


@dataclass(frozen=True)
class Pack:
    """Everything read from a content folder; `texts` and `tables` hold each file as typed and as decoded.

    `surveys` hold what is asked before and after a course, by its id.
    """

    folder: Path
    sequence: SequenceEntry | None
    units: tuple[UnitFolder, ...]
    surveys: Mapping[str, Survey]
    registers: Registers
    avoided: tuple[AvoidedWord, ...]
    texts: Mapping[Path, str]
    tables: Mapping[Path, Mapping[str, Any]]
    problems: tuple[Problem, ...]

    @property
    def lessons(self) -> tuple[LessonFolder, ...]:
        """The lessons of all units, in order."""
        return tuple(lesson for unit in self.units for lesson in unit.lessons)


def read_pack(folder: Path) -> Pack:
    """Read a content folder; never raises for what stands in it: the pack carries the problems."""
    reader = PackReader()
    sequence = reader.entry(folder / "sequence.toml", SequenceEntry)
    courses = sequence.courses if sequence else ()
    units = [_unit(reader, folder, course.id, unit) for course in courses for unit in course.units]
    words = reader.entry(folder / "words.toml", AvoidedWords)
    return Pack(
        folder=folder,
        sequence=sequence,
        units=tuple(unit for unit in units if unit is not None),
        surveys=_surveys(reader, folder, courses),
        registers=read_registers(reader, folder),
        avoided=words.words if words else (),
        texts=reader.texts,
        tables=reader.tables,
        problems=tuple(reader.problems),
    )


def read_registers(reader: PackReader, folder: Path) -> Registers:
    """Read facts, contacts and glossary."""
    words = reader.records(folder / "glossary.toml", _WordEntry)
    return Registers(
        facts=reader.records(folder / "facts.toml", Fact),
        contacts=reader.records(folder / "contacts.toml", Contact),
        glossary={word.id: Word(word.id, Text(word.ko, word.en), word.meaning) for word in words.values()},
    )


def _surveys(reader: PackReader, folder: Path, courses: Sequence[CourseEntry]) -> dict[str, Survey]:
    paths = {course.id: folder / course.id / "survey.toml" for course in courses}
    read = {course: reader.entry(path, Survey) for course, path in paths.items() if path.exists()}
    return {course: survey for course, survey in read.items() if survey is not None}


def _unit(reader: PackReader, folder: Path, course: str, unit: str) -> UnitFolder | None:
    path = folder / course / unit
    entry = reader.entry(path / "unit.toml", UnitEntry)
    if entry is None:
        return None
    lessons = tuple(_lesson(reader, path / lesson.slug, f"{course}/{unit}", lesson, entry) for lesson in entry.lessons)
    read = {name: reader.document(path / name) for name in FAMILY_FILES if (path / name).exists()}
    family = {name: document for name, document in read.items() if document is not None}
    return UnitFolder(unit, course, path, entry, lessons, family)


def _lesson(reader: PackReader, path: Path, unit: str, lesson: LessonEntry, entry: UnitEntry) -> LessonFolder:
    read = {name: reader.document(path / name) for name in TEXT_FILES}
    return LessonFolder(
        id=f"{unit}/{lesson.slug}",
        path=path,
        entry=lesson,
        objectives=tuple(one for one in entry.objectives if one.lesson == lesson.slug),
        documents={name: document for name, document in read.items() if document is not None},
        quiz=reader.table(path / "quiz.toml"),
    )
