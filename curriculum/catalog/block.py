"""The grammar of a text: TOML front matter between two lines of +++, then blocks and nothing else."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_OPENING = re.compile(r"///[ \t]+([a-z]+)[ \t]*\|[ \t]*([a-z][a-z0-9-]*)[ \t]*")
_HEADING = re.compile(r"##[ \t]+(.*\S)[ \t]*")
_TOML_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True)
class Block:
    """One block; `source` is its Markdown after the heading, `line` (from 1) where that begins on disk."""

    kind: str
    id: str
    heading: str
    source: str
    line: int


@dataclass(frozen=True)
class Document:
    """A whole text: its front matter as decoded TOML, and its blocks in order."""

    front: Mapping[str, Any]
    blocks: tuple[Block, ...]


class DocumentError(ValueError):
    """A text breaks the grammar; `line` counts from 1, `code` is stable, `detail` quotes the text."""

    def __init__(self, line: int, code: str, detail: str = "") -> None:
        self.line, self.code, self.detail = line, code, detail
        super().__init__(f"line {line}: {code} {detail}".rstrip())


def parse_document(text: str) -> Document:
    """Read a text into front matter and blocks; raises DocumentError at the first line that is wrong."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != "+++":
        raise DocumentError(1, "front_matter_missing", lines[0][:40])
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == "+++"), None)
    if end is None:
        raise DocumentError(1, "front_matter_unclosed")
    return Document(_front_matter(lines[1:end]), _blocks(lines, end + 1))


def _front_matter(lines: Sequence[str]) -> dict[str, Any]:
    # tomllib's own error is a ValueError; a number too long raises a bare one, deep nesting RecursionError.
    try:
        return tomllib.loads("".join(f"{line}\n" for line in lines))
    except (ValueError, RecursionError) as error:
        found = _TOML_LINE.search(str(error))
        raise DocumentError(int(found[1]) + 1 if found else 1, "front_matter_invalid", str(error)) from error


def _blocks(lines: Sequence[str], start: int) -> tuple[Block, ...]:
    blocks: list[Block] = []
    at = start
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        end = _closing(lines, at)
        block = _block(lines, at, end)
        if any(block.id == other.id for other in blocks):
            raise DocumentError(at + 1, "block_id_repeated", block.id)
        blocks.append(block)
        at = end + 1
    return tuple(blocks)


def _closing(lines: Sequence[str], opening: int) -> int:
    if not lines[opening].startswith("///"):
        raise DocumentError(opening + 1, "text_outside_block", lines[opening][:40])
    for at in range(opening + 1, len(lines)):
        if lines[at].rstrip() == "///":
            return at
        if lines[at].startswith("///"):
            raise DocumentError(at + 1, "block_inside_block", lines[at][:40])
    raise DocumentError(opening + 1, "block_unclosed", lines[opening][:40])


def _block(lines: Sequence[str], opening: int, end: int) -> Block:
    header = _OPENING.fullmatch(lines[opening])
    if header is None:
        raise DocumentError(opening + 1, "block_header_invalid", lines[opening][:40])
    first = next((at for at in range(opening + 1, end) if lines[at].strip()), end)
    heading = _HEADING.fullmatch(lines[first]) if first < end else None
    start = first + 1 if heading else first
    source = "\n".join(lines[start:end]).rstrip()
    return Block(header[1], header[2], heading[1] if heading else "", source, start + 1)
