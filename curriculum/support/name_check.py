"""Owns the check of names in the navigator's files: ids that are unique, and conditions and contacts that exist."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import TypeAlias

from curriculum.catalog.problem import Problem
from curriculum.support.navigator import SECTIONS, Condition, Navigator, plan_path, questions_path

Options: TypeAlias = dict[str, frozenset[str]]


def name_problems(
    folder: Path, texts: Mapping[Path, str], navigator: Navigator, contacts: Set[str]
) -> Iterator[Problem]:
    """Yield ids that stand twice or name nothing; `contacts` are the ids there are, `texts` the files as typed."""
    asking, planning = questions_path(folder), plan_path(folder)
    known: Options = {}
    yield from _question_problems(asking, texts[asking], navigator, known)
    sections = tuple(section.id for section in navigator.sections)
    if sections != SECTIONS:
        remedy = f"write these sections, in this order: {', '.join(SECTIONS)}"
        yield Problem(planning, 1, "sections_differ", remedy, ", ".join(sections))
    yield from _entry_problems(planning, texts[planning], navigator, known, contacts)


def line_of_id(typed: str, name: str) -> int:
    """The line (from 1) on which this id is given, or 1."""
    found = re.search(rf'^\s*id\s*=\s*"{re.escape(name)}"', typed, re.MULTILINE)
    return typed.count("\n", 0, found.end()) + 1 if found else 1


def _question_problems(path: Path, typed: str, navigator: Navigator, known: Options) -> Iterator[Problem]:
    yield from _repeated(path, typed, [question.id for question in navigator.questions])
    for question in navigator.questions:
        options = [option.id for option in question.options]
        yield from _repeated(path, typed, options)
        yield from _condition_problems(path, line_of_id(typed, question.id), question.asked, known)
        known[question.id] = frozenset(options)


def _entry_problems(
    path: Path, typed: str, navigator: Navigator, known: Options, contacts: Set[str]
) -> Iterator[Problem]:
    yield from _repeated(path, typed, [entry.id for entry in navigator.entries])
    for entry in navigator.entries:
        line = line_of_id(typed, entry.id)
        yield from _condition_problems(path, line, entry.when, known)
        for contact in entry.contacts:
            if contact not in contacts:
                yield Problem(path, line, "contact_unknown", "name an id of contacts.toml", contact)


def _repeated(path: Path, typed: str, ids: Iterable[str]) -> Iterator[Problem]:
    for name, times in Counter(ids).items():
        if times > 1:
            yield Problem(path, line_of_id(typed, name), "id_repeated", "give it an id of its own", name)


def _condition_problems(path: Path, line: int, condition: Condition, known: Options) -> Iterator[Problem]:
    for question, options in condition.items():
        if question not in known:
            yield Problem(path, line, "question_unknown", "name a question that has been asked by then", question)
            continue
        for option in options:
            if option not in known[question]:
                yield Problem(path, line, "option_unknown", f"name an option of the question {question}", option)
