"""Owns what the blocks of a lesson and its guide must say or cite, and what no paragraph may tell together."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from curriculum.catalog.block import Block
from curriculum.catalog.pack import LessonFolder
from curriculum.catalog.problem import Problem
from curriculum.catalog.reference import cites, references_in
from curriculum.catalog.rulebook import Apart, Rulebook, Say, pattern
from curriculum.catalog.sentences import paragraphs_of
from curriculum.catalog.text import LOCALES, Locale


def telling_problems(lesson: LessonFolder, rules: Rulebook) -> Iterator[Problem]:
    """Yield what the texts of a lesson leave out, and what they tell in one breath and should not."""
    for locale in LOCALES:
        for prefix, file in (("", "lesson"), ("guide.", "guide")):
            name = f"{prefix}{locale}.md"
            if name in lesson.documents:
                blocks = lesson.documents[name].blocks
                asked = [say for say in rules.say if say.file == file]
                yield from _left_out(lesson.path / name, blocks, asked, locale)
                yield from _mixed(lesson.path / name, blocks, rules.apart)


def _left_out(path: Path, blocks: Sequence[Block], asked: Sequence[Say], locale: Locale) -> Iterator[Problem]:
    for say in asked:
        found = [block for block in blocks if block.kind == say.block]
        if locale in say.named:
            found = [block for block in found if pattern(say.named[locale]).search(block.heading)]
        if found and not _says(say, "\n".join(block.source for block in found), blocks, locale):
            yield Problem(path, found[0].line, say.code, say.remedy, found[0].id)


def _says(say: Say, words: str, blocks: Sequence[Block], locale: Locale) -> bool:
    # What a step is named after may be cited in the step beside it.
    cited_in = "\n".join(block.source for block in blocks) if say.named else words
    if say.cites is not None and not cites(cited_in, say.cites):
        return False
    written = say.ko if locale == "ko" else say.en
    return bool(pattern(written).search(words))


def _mixed(path: Path, blocks: Sequence[Block], aparts: Sequence[Apart]) -> Iterator[Problem]:
    for block in blocks:
        for paragraph in paragraphs_of(block.source):
            named = {f"{one.kind}:{one.id}" for one in references_in(paragraph.text)}
            for apart in aparts:
                if named & set(apart.these) and named & set(apart.those):
                    yield Problem(path, block.line + paragraph.line, apart.code, apart.remedy, block.id)
