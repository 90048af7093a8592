"""Owns the content check of stories: their ways, and what their texts may say and how long they may be."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from curriculum.catalog.entry import AvoidedWords
from curriculum.catalog.pack import read_registers
from curriculum.catalog.pack_reader import PackReader, line_of
from curriculum.catalog.passage import Form, Passage
from curriculum.catalog.problem import ContentError, Problem
from curriculum.catalog.prose import prose_problems
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
# A story asks what a character could do, never what the reader has done or lived through (curriculum.md P2, S6).
_OWN_EXPERIENCE: Mapping[Locale, re.Pattern[str]] = {
    "ko": re.compile(
        r"너라면|네가 \S+라면|당신이라면|여러분이라면|나라면|[본한은인린낸든]\s?적이?\s?있(?:나요|어요\?|니|습니까)"
    ),
    "en": re.compile(
        r"\b(?:have you ever|did you ever|what would you|if (?:it|this) were you|if you were"
        r"|(?:ever )?happened to you)\b",
        re.IGNORECASE,
    ),
}


class _Words(NamedTuple):
    """One text of a story and what it is: a name of LONGEST."""

    kind: str
    text: Text


def load_stories(folder: Path) -> Mapping[str, Story]:
    """Read every story of a content folder, by lesson id; raises ContentError when one cannot be shown."""
    stories, problems = {}, []
    for path in stories_in(folder):
        reader = PackReader()
        story = read_story(reader, path)
        if story is None:
            problems += reader.problems
            continue
        found = _problems(reader, folder, path, story)
        problems += [problem for problem in found if problem.code in REMEDY or problem.code == "reference_unknown"]
        stories[story.lesson_id] = story
    if problems:
        raise ContentError(problems)
    return stories


def story_problems(folder: Path) -> list[Problem]:
    """Everything wrong with the stories of a content folder, with file and line."""
    found: list[Problem] = []
    for path in stories_in(folder):
        reader = PackReader()
        story = read_story(reader, path)
        found += reader.problems if story is None else _problems(reader, folder, path, story)
    return sorted(found, key=lambda problem: (str(problem.path), problem.line, problem.code))


def _problems(reader: PackReader, folder: Path, path: Path, story: Story) -> Iterator[Problem]:
    typed = reader.texts[path]
    for problem in way_problems(story):
        yield Problem(path, _line_of_name(typed, problem.about), problem.code, REMEDY[problem.code], problem.about)
    registers = read_registers(PackReader(), folder)  # what is wrong with these the check of the catalog says
    avoided = PackReader().entry(folder / "words.toml", AvoidedWords)
    for words in _texts(story):
        yield from _pair_problems(path, typed, words)
        for passage in _passages(path, typed, words):
            yield from prose_problems(passage, registers)
            yield from wording_problems(passage, avoided.words if avoided else ())
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
    asked = _OWN_EXPERIENCE[passage.locale].search(source)
    if asked:
        remedy = "ask what a character could do, never what the reader did or lived through"
        yield Problem(passage.path, passage.line, "own_experience", remedy, asked[0])
