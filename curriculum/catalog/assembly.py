"""Puts a lesson together from its folder's texts, once both languages are known to have the same blocks."""

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

from curriculum.catalog.block import Block, Document
from curriculum.catalog.course import Unit
from curriculum.catalog.lesson import Lesson, Objective, OtherPart, Section, Step
from curriculum.catalog.pack import FAMILY_FILES, TEXT_FILES, LessonFolder, UnitFolder
from curriculum.catalog.text import Text


def assemble_unit(folder: UnitFolder) -> Unit:
    """Return the unit with its lessons; the folder must have passed the pair and skeleton rules."""
    return Unit(
        id=folder.id,
        course=folder.course,
        title=folder.entry.title,
        objectives=tuple(Objective(one.id, Text(one.ko, one.en)) for one in folder.entry.objectives),
        unesco=folder.entry.unesco,
        lessons=tuple(_lesson(lesson, folder) for lesson in folder.lessons),
        family=_sections(folder, "family") if len(folder.documents) == len(FAMILY_FILES) else (),
    )


def _lesson(folder: LessonFolder, unit: UnitFolder) -> Lesson:
    korean, english = folder.documents["ko.md"], folder.documents["en.md"]
    note, *blocks = _paired(korean, english)
    other = {ko.id: OtherPart(*_texts(ko, en)) for ko, en in _pair_of(folder, "other")}
    quiz_digest, digest = _digests(folder)
    return Lesson(
        id=folder.id,
        code=folder.entry.code,
        course=unit.course,
        unit=unit.id,
        slug=folder.entry.slug,
        minutes=folder.entry.minutes,
        strands=folder.entry.strands,
        title=_front(korean, english, "title"),
        summary=_front(korean, english, "summary"),
        note=Text(note[0].source, note[1].source),
        steps=tuple(Step(ko.id, ko.kind, *_texts(ko, en), other.get(ko.id)) for ko, en in blocks),
        objectives=tuple(Objective(one.id, Text(one.ko, one.en)) for one in folder.objectives),
        guide=_sections(folder, "guide"),
        quiz=MappingProxyType(dict(folder.quiz or {})),
        quiz_digest=quiz_digest,
        digest=digest,
    )


def _sections(folder: LessonFolder | UnitFolder, name: str) -> tuple[Section, ...]:
    return tuple(Section(ko.id, ko.kind, *_texts(ko, en)) for ko, en in _pair_of(folder, name))


def _pair_of(folder: LessonFolder | UnitFolder, name: str) -> list[tuple[Block, Block]]:
    return _paired(folder.documents[f"{name}.ko.md"], folder.documents[f"{name}.en.md"])


def _paired(korean: Document, english: Document) -> list[tuple[Block, Block]]:
    return list(zip(korean.blocks, english.blocks, strict=True))


def _texts(korean: Block, english: Block) -> tuple[Text, Text]:
    return Text(korean.heading, english.heading), Text(korean.source, english.source)


def _front(korean: Document, english: Document, field: str) -> Text:
    return Text(_field(korean.front, field), _field(english.front, field))


def _field(front: Mapping[str, object], field: str) -> str:
    return str(front[field])


def _digests(folder: LessonFolder) -> tuple[str, str]:
    """Return 12 hex digits over quiz.toml, and over all files of the lesson."""
    quiz = (folder.path / "quiz.toml").read_bytes()
    whole = hashlib.sha256(quiz)
    for name in TEXT_FILES:
        whole.update(hashlib.sha256((folder.path / name).read_bytes()).digest())
    return hashlib.sha256(quiz).hexdigest()[:12], whole.hexdigest()[:12]
