"""A Korean text and its translation: the same blocks in the same order, and neither ahead of the other."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from curriculum.catalog.block import Block, Document, parse_document
from curriculum.catalog.pack import FAMILY_FILES, LessonFolder, UnitFolder
from curriculum.catalog.problem import Problem

PAIRS = (("ko.md", "en.md"), ("other.ko.md", "other.en.md"), ("guide.ko.md", "guide.en.md"))

_FAMILY = (FAMILY_FILES[0], FAMILY_FILES[1])

_SUBHEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]", re.MULTILINE)
_ORIGINAL = re.compile(r"^original[ \t]*=.*$", re.MULTILINE)


def stamp(text: str) -> str:
    """Return 12 hex digits over a Korean original's front matter and blocks; raises DocumentError.

    Line ends and blank lines between blocks do not count: only a change to be translated makes a new stamp.
    """
    return _stamp(parse_document(text))


def restamp(folder: Path, name: str) -> None:
    """Write the Korean stamps into the English texts of a lesson or unit; raises OSError and DocumentError."""
    for korean, english in (_FAMILY,) if (folder / name / "unit.toml").exists() else PAIRS:
        path = folder / name / english
        line = f'original = "{stamp((folder / name / korean).read_text(encoding="utf-8"))}"'
        text = path.read_text(encoding="utf-8")
        front, closing, blocks = text.partition("\n+++")
        front = _ORIGINAL.sub(line, front, count=1) if _ORIGINAL.search(front) else f"{front}\n{line}"
        path.write_text(front + closing + blocks, encoding="utf-8")


def pair_problems(folder: LessonFolder | UnitFolder) -> Iterator[Problem]:
    """Yield what differs between the two languages of a lesson or unit, as far as both texts could be read."""
    for korean, english in (*PAIRS, _FAMILY):
        if korean in folder.documents and english in folder.documents:
            ko, en, path = folder.documents[korean], folder.documents[english], folder.path / english
            yield from _block_problems(path, ko.blocks, en.blocks)
            yield from _stamp_problems(path, ko, en.front)


def _stamp(document: Document) -> str:
    blocks = [(block.kind, block.id, block.heading, block.source.strip()) for block in document.blocks]
    written = json.dumps([document.front, blocks], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def _stamp_problems(path: Path, korean: Document, front: Mapping[str, Any]) -> Iterator[Problem]:
    if front.get("original") != _stamp(korean):
        line = list(front).index("original") + 2 if "original" in front else 1
        remedy = "read the translation against the Korean, then run: python3 run.py content stamp LESSON"
        yield Problem(path, line, "translation_older", remedy, str(front.get("original", "no stamp")))


def _block_problems(path: Path, korean: tuple[Block, ...], english: tuple[Block, ...]) -> Iterator[Problem]:
    if [(block.kind, block.id) for block in korean] != [(block.kind, block.id) for block in english]:
        line, detail = _first_difference(korean, english)
        remedy = "give both languages the same blocks, with the same ids, in the same order"
        yield Problem(path, line, "blocks_unequal", remedy, detail)
        return
    for ko, en in zip(korean, english, strict=True):
        if _headings(ko) != _headings(en):
            yield Problem(path, en.line, "headings_unequal", "give both languages the same headings", en.id)


def _headings(block: Block) -> list[str]:
    return [*(["##"] if block.heading else []), *_SUBHEADING.findall(block.source)]


def _first_difference(korean: tuple[Block, ...], english: tuple[Block, ...]) -> tuple[int, str]:
    for ko, en in zip(korean, english, strict=False):
        if (ko.kind, ko.id) != (en.kind, en.id):
            return en.line, f"{ko.kind} | {ko.id} in Korean, {en.kind} | {en.id} in English"
    last = english[-1].line if english else 1
    return last, f"{len(korean)} blocks in Korean, {len(english)} in English"
