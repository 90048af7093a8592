"""Owns the content check of the navigator: what keeps it from being shown, and what should be better."""

import re
from collections.abc import Iterator
from pathlib import Path

from curriculum.catalog.entry import AvoidedWords
from curriculum.catalog.pack import read_registers
from curriculum.catalog.pack_reader import PackReader, line_of
from curriculum.catalog.passage import Passage, texts_of
from curriculum.catalog.problem import ContentError, Problem
from curriculum.catalog.prose import prose_problems
from curriculum.catalog.reference import references_in
from curriculum.catalog.registers import Registers
from curriculum.catalog.text import LOCALES
from curriculum.catalog.wording import wording_problems
from curriculum.support.name_check import line_of_id, name_problems
from curriculum.support.navigator import Navigator, plan_path, questions_path, read_navigator
from curriculum.support.path_check import path_problems

_CANNOT_BE_SHOWN = frozenset(
    ("id_repeated", "sections_differ", "question_unknown", "option_unknown", "contact_unknown", "reference_unknown")
)
_EMPTY = re.compile(r"""\b(?:ko|en)\s*=\s*["']+\s*["']""")
_QUOTED = re.compile(r"“.+”|‘.+’|\".+\"", re.DOTALL)


def load_navigator(folder: Path) -> Navigator:
    """Read the navigator of a content folder; raises ContentError when something in it cannot be shown."""
    reader = PackReader()
    navigator = read_navigator(reader, folder)
    if navigator is None:
        raise ContentError(reader.problems)
    registers = _registers(folder)
    found = [*name_problems(folder, reader.texts, navigator, registers.contacts.keys())]
    for passage in _passages(reader, folder, navigator):
        if not all(map(registers.know, references_in(passage.source))):
            found += prose_problems(passage, registers)
    problems = [problem for problem in found if problem.code in _CANNOT_BE_SHOWN]
    if problems:
        raise ContentError(problems)
    return navigator


def navigator_problems(folder: Path) -> list[Problem]:
    """Everything wrong with the navigator of a content folder, with file and line."""
    reader = PackReader()
    navigator = read_navigator(reader, folder)
    if navigator is None:
        return reader.problems
    found = list(_text_problems(reader, folder, navigator))
    if not any(problem.code in _CANNOT_BE_SHOWN for problem in found):
        path = plan_path(folder)
        found += path_problems(path, reader.texts[path], navigator, _registers(folder))
    return sorted(found, key=lambda problem: (str(problem.path), problem.line, problem.code))


def _text_problems(reader: PackReader, folder: Path, navigator: Navigator) -> Iterator[Problem]:
    registers = _registers(folder)
    yield from name_problems(folder, reader.texts, navigator, registers.contacts.keys())
    words = PackReader().entry(folder / "words.toml", AvoidedWords)
    for passage in _passages(reader, folder, navigator):
        yield from prose_problems(passage, registers)
        yield from wording_problems(passage, words.words if words else ())
        if not passage.source.strip():
            yield Problem(passage.path, _line_of_empty(reader, passage), "text_empty", "write it in both languages")
    yield from _quote_problems(plan_path(folder), reader.texts[plan_path(folder)], navigator)


def _registers(folder: Path) -> Registers:
    # What is wrong with the registers themselves is said by the check of the catalog.
    return read_registers(PackReader(), folder)


def _passages(reader: PackReader, folder: Path, navigator: Navigator) -> Iterator[Passage]:
    """Every text of the two files: what is chosen and what heads is plain, what an entry says is Markdown."""
    entries = {text for entry in navigator.entries for text in (entry.ko, entry.en)}
    for path in (questions_path(folder), plan_path(folder)):
        for locale, source in texts_of(reader.tables[path]):
            # Where a text runs over several lines, its first one is looked for.
            line = line_of(reader.texts[path], (source.strip() or " ").splitlines()[0])
            yield Passage(path, line, locale, source, "prose" if source in entries else "plain")


def _line_of_empty(reader: PackReader, passage: Passage) -> int:
    typed = reader.texts[passage.path]
    found = _EMPTY.search(typed)
    return typed.count("\n", 0, found.start()) + 1 if found else 1


def _quote_problems(path: Path, typed: str, navigator: Navigator) -> Iterator[Problem]:
    for entry in navigator.sentences:
        if not all(_QUOTED.search(entry.in_(locale)) for locale in LOCALES):
            remedy = "write the sentence to say in quotation marks"
            yield Problem(path, line_of_id(typed, entry.id), "sentence_not_quoted", remedy, entry.id)
