"""What a pack must have: texts in both languages, listed lessons, objectives that an item checks."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from curriculum.catalog.fact import Fact
from curriculum.catalog.pack import LessonFolder, Pack, UnitFolder
from curriculum.catalog.pack_reader import line_of
from curriculum.catalog.problem import Problem
from curriculum.catalog.text import LOCALES

_FRONT = {
    "ko.md": {"title", "summary"},
    "en.md": {"title", "summary", "original"},
    "other.ko.md": set[str](),
    "other.en.md": {"original"},
    "guide.ko.md": set[str](),
    "guide.en.md": {"original"},
}


def completeness_problems(pack: Pack) -> Iterator[Problem]:
    """Yield what is missing, empty, unknown or said twice in a pack."""
    for path, table in pack.tables.items():
        yield from _text_problems(path, pack.texts[path], table)
    for unit in pack.units:
        yield from _unit_problems(unit, pack.texts[unit.path / "unit.toml"])
    for lesson in pack.lessons:
        yield from _front_problems(pack, lesson)
        yield from _objective_problems(lesson, pack.texts.get(lesson.path / "quiz.toml", ""))
    for fact in pack.registers.facts.values():
        yield from _safe_problems(pack, fact)
        yield from _figure_problems(pack, fact)


def _text_problems(path: Path, typed: str, table: object) -> Iterator[Problem]:
    """Yield texts that are empty or stand in one language only, anywhere in decoded TOML."""
    if isinstance(table, list):
        for entry in table:
            yield from _text_problems(path, typed, entry)
    elif isinstance(table, dict):
        given = [locale for locale in LOCALES if locale in table]
        if len(given) == 1:
            words = str(table[given[0]])
            yield Problem(path, line_of(typed, words), "text_unpaired", "write it in both languages", words)
        for key, value in table.items():
            if value == "" or (isinstance(value, str) and not value.strip()):
                yield Problem(
                    path,
                    _line_of_empty(typed, key),
                    "text_empty",
                    "write the text, or leave the field out",
                    key,
                )
            yield from _text_problems(path, typed, value)


def _line_of_empty(typed: str, key: str) -> int:
    found = re.search(rf"""{re.escape(key)}\s*=\s*["']+\s*["']""", typed)
    return typed.count("\n", 0, found.start()) + 1 if found else 1


def _unit_problems(unit: UnitFolder, typed: str) -> Iterator[Problem]:
    path = unit.path / "unit.toml"
    slugs = [lesson.slug for lesson in unit.entry.lessons]
    for objective in unit.entry.objectives:
        if objective.lesson not in slugs:
            remedy = "name the slug of a lesson of this unit"
            line = line_of(typed, objective.id)
            yield Problem(path, line, "objective_lesson_unknown", remedy, objective.lesson)
    ids = [objective.id for objective in unit.entry.objectives]
    for twice in sorted({one for one in [*ids, *slugs] if ids.count(one) + slugs.count(one) > 1}):
        yield Problem(path, line_of(typed, twice), "id_repeated", "give it an id of its own", twice)
    for folder in sorted(unit.path.iterdir()):
        if folder.is_dir() and folder.name not in slugs:
            remedy = "list the folder under [[lessons]], or remove it"
            yield Problem(path, 1, "lesson_not_listed", remedy, folder.name)


def _front_problems(pack: Pack, lesson: LessonFolder) -> Iterator[Problem]:
    for name, document in lesson.documents.items():
        path, typed = lesson.path / name, pack.texts[lesson.path / name]
        for field in sorted(_FRONT[name] - set(document.front) - {"original"}):
            remedy = "add the field between the +++ lines"
            yield Problem(path, 1, "front_field_missing", remedy, field)
        for field, value in document.front.items():
            if field not in _FRONT[name]:
                yield Problem(path, line_of(typed, field), "front_field_unknown", "remove the field", field)
            elif not isinstance(value, str) or not value.strip():
                yield Problem(path, _line_of_empty(typed, field), "text_empty", "write the text", field)


def _objective_problems(lesson: LessonFolder, typed: str) -> Iterator[Problem]:
    path = lesson.path / "quiz.toml"
    known = [objective.id for objective in lesson.objectives]
    if not known:
        unit = lesson.path.parent / "unit.toml"
        yield Problem(unit, 1, "objective_missing", "add objectives for this lesson", lesson.entry.slug)
    if lesson.quiz is None:
        return
    # An item that is not graded checks no objective; that a graded one has one is asked where quizzes are.
    checked = [item["objective"] for item in _items(lesson.quiz) if "objective" in item]
    for objective in checked:
        if objective not in known:
            line = line_of(typed, str(objective))
            yield Problem(path, line, "objective_unknown", "name an objective of this lesson", str(objective))
    for objective in known:
        if objective not in checked:
            yield Problem(path, 1, "objective_unchecked", "write an item for this objective", objective)


def _items(quiz: Mapping[str, Any]) -> list[dict[str, Any]]:
    items = quiz.get("items", [])
    # What an item must look like is judged where quizzes are: here only its objective counts.
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _safe_problems(pack: Pack, fact: Fact) -> Iterator[Problem]:
    path = pack.folder / "facts.toml"
    for text in filter(None, (fact.safe, fact.easy)):
        for words in (text.ko, text.en):
            if any(character.isdigit() for character in words):
                remedy = "say it without figures and dates: it must stay true"
                yield Problem(path, line_of(pack.texts[path], words), "number_in_safe_sentence", remedy, fact.id)


def _figure_problems(pack: Pack, fact: Fact) -> Iterator[Problem]:
    path = pack.folder / "facts.toml"
    for name, figure in fact.figures.items():
        if not figure.says_its_value:
            remedy = "write value as the number that stands in both texts of the figure, or leave it out"
            line = line_of(pack.texts[path], f"[{fact.id}]")
            yield Problem(path, line, "figure_value_differs", remedy, f"{fact.id}.{name}")
