"""The shapes of the TOML files of a pack, as msgspec checks them."""

from datetime import date
from typing import Literal, TypeAlias

import msgspec

from curriculum.catalog.text import Text

# What returns in every course; `society` joins in the last one.
Strand: TypeAlias = Literal["consent", "images", "law", "peers", "help", "society"]


class CourseEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A course in sequence.toml; `units` are folder names in order."""

    id: str
    title: Text
    ages: str
    units: tuple[str, ...]


class DutyEntry(Text, frozen=True, forbid_unknown_fields=True):
    """A duty to teach in sequence.toml: its `fact`, and how lessons help to meet it.

    `covers` holds ids of courses and lessons; without any, every lesson is meant.
    """

    fact: str
    covers: tuple[str, ...] = ()


class SequenceEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """sequence.toml; `as_of` is the day by which tests judge dates, `short_route` lesson ids of all courses."""

    as_of: date
    short_route: tuple[str, ...]
    courses: tuple[CourseEntry, ...]
    duties: tuple[DutyEntry, ...] = ()


class LessonEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A lesson in unit.toml; `slug` is its folder, `minutes` its length, `strands` what it is about."""

    slug: str
    code: str
    minutes: int
    strands: tuple[Strand, ...] = ()


class ObjectiveEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An objective in unit.toml; `lesson` is the slug of the lesson it belongs to."""

    id: str
    lesson: str
    ko: str
    en: str


class UnitEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """unit.toml."""

    title: Text
    unesco: tuple[str, ...]
    lessons: tuple[LessonEntry, ...]
    objectives: tuple[ObjectiveEntry, ...]


class AvoidedWord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word Dongui does not use, in words.toml; `official_names` are services whose names hold it."""

    term: str
    language: str
    say_instead: str
    reason: str
    official_names: tuple[str, ...] = ()


class AvoidedWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """words.toml."""

    words: tuple[AvoidedWord, ...]
