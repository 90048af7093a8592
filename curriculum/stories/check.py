"""Owns the content check of stories: their ways, and what their texts may say and how long they may be."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from curriculum.catalog.entry import AvoidedWord, AvoidedWords
from curriculum.catalog.pack import read_registers
from curriculum.catalog.pack_reader import PackReader, line_of
from curriculum.catalog.passage import Form, Passage
from curriculum.catalog.phrasing import phrasing_problems
from curriculum.catalog.problem import ContentError, Problem
from curriculum.catalog.prose import prose_problems
from curriculum.catalog.reference import references_in
from curriculum.catalog.registers import Registers
from curriculum.catalog.rulebook import Avoid, read_rulebook
from curriculum.catalog.text import LOCALES, Locale, Text
from curriculum.catalog.wording import wording_problems
from curriculum.stories.story import Story, read_story, stories_in
from curriculum.stories.way_check import REMEDY, references, way_problems

# In characters, spaces counted: a scene is read in one breath, a choice in one look.
LONGEST: Mapping[str, Mapping[Locale, int]] = {
    "title": {"ko": 18, "en": 34},
    "intro": {"ko": 400, "en": 800},
    "scene": {"ko": 520, "en": 1100},
    "choice": {"ko": 45, "en": 90},
    "then": {"ko": 160, "en": 340},
    "help": {"ko": 260, "en": 560},
    "repair": {"ko": 260, "en": 560},
}
_EMPTY = re.compile(r"""\b(?:ko|en)\s*=\s*["']+\s*["']""")
_PLAIN = frozenset(("title", "choice"))  # choices stand in lists to select from, which hold no markup


class _Words(NamedTuple):
    """One text of a story and what it is: a name of LONGEST."""

    kind: str
    text: Text


class _Rules(NamedTuple):
    """What every text of a folder is held to; what is wrong with these themselves the check of the catalog says."""

    registers: Registers
    words: Sequence[AvoidedWord]
    avoids: Sequence[Avoid]


def load_stories(folder: Path) -> Mapping[str, Story]:
    """Read every story of a content folder, by lesson id; raises ContentError when one cannot be shown.

    It is asked at each start, so only what keeps a story from being shown is looked for.
    """
    stories, problems, registers = {}, [], read_registers(PackReader(), folder)
    for path in stories_in(folder):
        reader = PackReader()
        story = read_story(reader, path)
        if story is None:
            problems += reader.problems
            continue
        problems += [*_way_problems(reader, path, story), *_unknown_references(reader, path, story, registers)]
        stories[story.lesson_id] = story
    if problems:
        raise ContentError(problems)
    return stories


def story_problems(folder: Path) -> list[Problem]:
    """Everything wrong with the stories of a content folder, with file and line."""
    found: list[Problem] = []
    rules = _rules(folder)
    for path in stories_in(folder):
        reader = PackReader()
        story = read_story(reader, path)
        if story is None:
            found += reader.problems
        else:
            found += [*_way_problems(reader, path, story), *_problems_of_texts(reader, path, story, rules)]
    return sorted(found, key=lambda problem: (str(problem.path), problem.line, problem.code))


def _rules(folder: Path) -> _Rules:
    avoided = PackReader().entry(folder / "words.toml", AvoidedWords)
    avoids = read_rulebook(PackReader(), folder).avoid
    return _Rules(read_registers(PackReader(), folder), avoided.words if avoided else (), avoids)


def _way_problems(reader: PackReader, path: Path, story: Story) -> Iterator[Problem]:
    typed = reader.texts[path]
    for problem in way_problems(story):
        yield Problem(path, _line_of_name(typed, problem.about), problem.code, REMEDY[problem.code], problem.about)


def _unknown_references(reader: PackReader, path: Path, story: Story, registers: Registers) -> Iterator[Problem]:
    if not all(map(registers.know, references_in(reader.texts[path]))):
        found = _problems_of_texts(reader, path, story, _Rules(registers, (), ()))
        yield from (problem for problem in found if problem.code == "reference_unknown")


def _problems_of_texts(reader: PackReader, path: Path, story: Story, rules: _Rules) -> Iterator[Problem]:
    typed, course = reader.texts[path], path.parts[-4]
    for words in _texts(story):
        yield from _pair_problems(path, typed, words)
        for passage in _passages(path, typed, words):
            yield from prose_problems(passage, rules.registers)
            yield from wording_problems(passage, rules.words)
            yield from phrasing_problems(passage, rules.avoids, course, typed)
            yield from _text_problems(passage, words.kind)


def _texts(story: Story) -> Iterator[_Words]:
    yield _Words("title", story.title)
    yield _Words("intro", story.intro)
    for scene in story.scenes:
        yield _Words("title", scene.title)
        yield _Words("scene", scene)
        for choice in scene.choices:
            yield _Words("choice", choice)
            yield from [_Words("then", choice.then)] if choice.then else []
        yield from [_Words("help", scene.help)] if scene.help else []
        yield from [_Words("repair", scene.repair)] if scene.repair else []


def _passages(path: Path, typed: str, words: _Words) -> Iterator[Passage]:
    form: Form = "plain" if words.kind in _PLAIN else "prose"
    for locale in LOCALES:
        source = words.text.in_(locale)
        yield Passage(path, _line(typed, source), locale, source, form)


def _line_of_name(typed: str, name: str) -> int:
    # Where the name is given, or where it is only called.
    found = next((one for key in ("id", "to") if (one := re.search(rf'\b{key} = "{name}"', typed))), None)
    return typed.count("\n", 0, found.start()) + 1 if found else 1


def _line(typed: str, source: str) -> int:
    if not source.strip():
        found = _EMPTY.search(typed)
        return typed.count("\n", 0, found.start()) + 1 if found else 1
    # Where a text runs over several lines, its first one is looked for.
    return line_of(typed, source.strip().splitlines()[0])


def _pair_problems(path: Path, typed: str, words: _Words) -> Iterator[Problem]:
    line, korean, english = _line(typed, words.text.en), words.text.ko, words.text.en
    counts = [len(re.split(r"\n\s*\n", source.strip())) for source in (korean, english)]
    if counts[0] != counts[1]:
        remedy = "write as many paragraphs in both languages: they stand side by side"
        yield Problem(path, line, "paragraphs_unequal", remedy, f"{counts[0]} and {counts[1]}")
    if references(korean) != references(english):
        yield Problem(path, line, "references_unequal", "refer to the same facts and contacts in both languages")


def _text_problems(passage: Passage, kind: str) -> Iterator[Problem]:
    source, longest = passage.source.strip(), LONGEST[kind][passage.locale]
    if not source:
        yield Problem(passage.path, passage.line, "text_empty", "write it in both languages", kind)
    if len(source) > longest:
        remedy = f"write at most {longest} characters"
        yield Problem(passage.path, passage.line, "text_too_long", remedy, f"{kind}: {len(source)}")
