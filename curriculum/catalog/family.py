"""What a unit's page for families must have: both languages, and four blocks in their order."""

from collections.abc import Iterator
from pathlib import Path

from curriculum.catalog.block import Block
from curriculum.catalog.pack import FAMILY_FILES, UnitFolder
from curriculum.catalog.problem import Problem

KINDS = ("taught", "talk", "tells", "help")
_ORDER = "put the blocks in order: " + ", ".join(KINDS)


def family_problems(unit: UnitFolder) -> Iterator[Problem]:
    """Yield what is missing or out of order on the page for the families of a unit."""
    for name in FAMILY_FILES:
        path = unit.path / name
        if not path.exists():
            yield Problem(path, 1, "family_missing", "write the page for families: docs/content-format.md shows it")
    for name, document in unit.documents.items():
        yield from _kind_problems(unit.path / name, [block.kind for block in document.blocks])
        for block in document.blocks:
            yield from _block_problems(unit.path / name, block)


def _kind_problems(path: Path, kinds: list[str]) -> Iterator[Problem]:
    missing = [kind for kind in KINDS if kind not in kinds]
    for kind in missing:
        yield Problem(path, 1, "block_missing", "add a block of this kind", kind)
    if not missing and kinds != list(KINDS):
        yield Problem(path, 1, "block_order", _ORDER, " ".join(kinds))


def _block_problems(path: Path, block: Block) -> Iterator[Problem]:
    if not block.heading:
        yield Problem(path, block.line, "heading_missing", "begin the block with a ## heading", block.id)
    if not block.source.strip():
        yield Problem(path, block.line, "text_empty", "write the text of this block", block.id)
