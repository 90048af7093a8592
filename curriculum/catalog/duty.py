"""Duties to teach: which lessons help a school to meet one, and how; the law itself stands in the register."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curriculum.catalog.entry import DutyEntry
from curriculum.catalog.pack import Pack
from curriculum.catalog.pack_reader import line_of
from curriculum.catalog.problem import Problem
from curriculum.catalog.text import Text


@dataclass(frozen=True, eq=False)
class Duty:
    """A duty: the id of the fact that states it, how lessons help to meet it, and their ids in order."""

    fact: str
    text: Text
    lessons: tuple[str, ...]


def duties_from(entries: Sequence[DutyEntry], lesson_ids: Sequence[str]) -> tuple[Duty, ...]:
    """The duties with the lessons they cover; where a course is named, these are all of its lessons."""
    return tuple(Duty(one.fact, Text(one.ko, one.en), _covered(one, lesson_ids)) for one in entries)


def _covered(entry: DutyEntry, lesson_ids: Sequence[str]) -> tuple[str, ...]:
    named = set(entry.covers)
    return tuple(one for one in lesson_ids if not named or one in named or one.split("/")[0] in named)


def duty_problems(pack: Pack) -> Iterator[Problem]:
    """Yield facts, courses and lessons that a duty names and that do not exist."""
    if pack.sequence is None:
        return
    path = pack.folder / "sequence.toml"
    known = {*(course.id for course in pack.sequence.courses), *(lesson.id for lesson in pack.lessons)}
    for duty in pack.sequence.duties:
        if duty.fact not in pack.registers.facts:
            line = line_of(pack.texts[path], duty.fact)
            yield Problem(path, line, "reference_unknown", "name an id of facts.toml", duty.fact)
        for name in duty.covers:
            if name not in known:
                line = line_of(pack.texts[path], name)
                yield Problem(path, line, "lesson_unknown", "name a course or lesson that exists", name)
