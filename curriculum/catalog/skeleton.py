"""The fixed order of a lesson: which kinds of blocks each text has, in which order, and how often."""

from collections.abc import Iterator
from pathlib import Path

from curriculum.catalog.block import Block, Document
from curriculum.catalog.pack import LessonFolder
from curriculum.catalog.problem import Problem
from curriculum.catalog.text import LOCALES, Locale

_LESSON_KINDS = ("note", "rules", "warmup", "story", "learn", "practice", "check", "reflection", "help")
_GUIDE_KINDS = (
    "plan", "prepare", "say", "disclosure", "answers", "practice", "parents", "staff", "care", "extension",
)  # fmt: skip
_LESSON_ORDER = "put the blocks in order: " + ", ".join(_LESSON_KINDS)
_GUIDE_ORDER = "put the blocks in order: " + ", ".join(_GUIDE_KINDS)
_REPEATABLE = ("story", "learn", "practice")
_GUIDE_OPTIONAL = ("practice", "extension")

# A heading names a step in a narrow list: characters, spaces counted.
_LONGEST_HEADING: dict[Locale, int] = {"ko": 18, "en": 34}


def skeleton_problems(lesson: LessonFolder) -> Iterator[Problem]:
    """Yield where the texts of a lesson leave the fixed order, by file."""
    for locale in LOCALES:
        main = lesson.documents.get(f"{locale}.md")
        other = lesson.documents.get(f"other.{locale}.md")
        guide = lesson.documents.get(f"guide.{locale}.md")
        if main:
            yield from _lesson_problems(lesson.path / f"{locale}.md", main, locale)
        if main and other:
            yield from _other_problems(lesson.path / f"other.{locale}.md", main, other, locale)
        if guide:
            yield from _guide_problems(lesson.path / f"guide.{locale}.md", guide)


def _lesson_problems(path: Path, document: Document, locale: Locale) -> Iterator[Problem]:
    kinds = [block.kind for block in document.blocks]
    for kind in _LESSON_KINDS:
        if kind not in kinds:
            yield Problem(path, 1, "block_missing", "add a block of this kind", kind)
        elif kinds.count(kind) > 1 and kind not in _REPEATABLE:
            yield Problem(path, _line(document, kind), "block_repeated", "keep one block of this kind", kind)
    if not _in_order(kinds):
        yield Problem(path, 1, "block_order", _LESSON_ORDER, " ".join(kinds))
    for block in document.blocks:
        yield from _heading_problems(path, block, locale, wanted=block.kind != "note")


def _other_problems(path: Path, main: Document, other: Document, locale: Locale) -> Iterator[Problem]:
    allowed = [(block.kind, block.id) for block in main.blocks if block.kind in ("story", "practice")]
    written = [(block.kind, block.id) for block in other.blocks]
    for kind, block_id in allowed:
        if kind == "story" and (kind, block_id) not in written:
            yield Problem(path, 1, "other_path_missing", "write an equal task for this story", block_id)
    for block in other.blocks:
        if (block.kind, block.id) not in allowed:
            remedy = "give it the kind and id of the story or practice it stands in for"
            yield Problem(path, block.line, "other_path_unknown", remedy, f"{block.kind} | {block.id}")
        yield from _heading_problems(path, block, locale, wanted=True)


def _guide_problems(path: Path, document: Document) -> Iterator[Problem]:
    kinds = [block.kind for block in document.blocks]
    for kind in _GUIDE_KINDS:
        if kinds.count(kind) > 1:
            yield Problem(path, _line(document, kind), "block_repeated", "keep one block of this kind", kind)
        elif kind not in kinds and kind not in _GUIDE_OPTIONAL:
            yield Problem(path, 1, "block_missing", "add a block of this kind", kind)
    if list(dict.fromkeys(kinds)) != [kind for kind in _GUIDE_KINDS if kind in kinds]:
        yield Problem(path, 1, "block_order", _GUIDE_ORDER, " ".join(kinds))
    for block in document.blocks:
        if not block.heading:
            yield Problem(path, block.line, "heading_missing", "begin the block with a ## heading", block.id)
        yield from _empty_problems(path, block)


def _heading_problems(path: Path, block: Block, locale: Locale, wanted: bool) -> Iterator[Problem]:
    if wanted and not block.heading:
        yield Problem(path, block.line, "heading_missing", "begin the block with a ## heading", block.id)
    if block.heading and not wanted:
        remedy = "leave the heading out: a note has none"
        yield Problem(path, block.line - 1, "heading_unwanted", remedy, block.id)
    if len(block.heading) > _LONGEST_HEADING[locale]:
        remedy = f"shorten it to {_LONGEST_HEADING[locale]} characters: it names a step"
        yield Problem(path, block.line - 1, "heading_long", remedy, block.heading)
    yield from _empty_problems(path, block)


def _empty_problems(path: Path, block: Block) -> Iterator[Problem]:
    if not block.source.strip():
        yield Problem(path, block.line, "text_empty", "write the text of this block", block.id)


def _in_order(kinds: list[str]) -> bool:
    """Whether kinds stand in order; story, learn and practice may alternate after their first turns."""
    rank = {kind: "story" if kind in _REPEATABLE else kind for kind in _LESSON_KINDS}
    ranks = [_LESSON_KINDS.index(rank[kind]) for kind in kinds if kind in rank]
    firsts = list(dict.fromkeys(kinds))
    return ranks == sorted(ranks) and firsts == [kind for kind in _LESSON_KINDS if kind in kinds]


def _line(document: Document, kind: str) -> int:
    return [block.line for block in document.blocks if block.kind == kind][-1]
