"""References in prose: {fact:id}, {fact:id.figure}, {contact:id}, {contact:id.phone}, {word:id|text}."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

Kind: TypeAlias = Literal["fact", "contact", "word"]

_PATTERN = re.compile(
    r"\{(?:(?P<kind>fact|contact):(?P<id>[a-z][a-z0-9-]*)(?:\.(?P<part>[a-z][a-z0-9_-]*))?"
    r"|word:(?P<word>[a-z][a-z0-9-]*)(?:\\?\|(?P<text>[^{}|\n]+))?)\}"
)
_BARE_BAR = re.compile(r"(\{word:[a-z][a-z0-9-]*)\|")


@dataclass(frozen=True)
class Reference:
    """One reference: `part` is a figure's name or "phone", `text` what is printed for a glossary word."""

    kind: Kind
    id: str
    part: str | None = None
    text: str | None = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" + (f".{self.part}" if self.part else "")


def references_in(source: str) -> Iterator[Reference]:
    """Yield what looks like a reference in a text as typed: all that are one, and those that stand in code."""
    return map(_reference_of, _PATTERN.finditer(source))


class UnknownReference(LookupError):
    """A reference names something that does not exist."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        super().__init__(str(reference))


def reference_in(text: str) -> Reference:
    """Return the reference that a text consists of; raises ValueError when it is anything else."""
    match = _PATTERN.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return _reference_of(match)


def reference_plugin(markdown: MarkdownIt) -> None:
    """Teach a parser the references: tokens of type "reference" with a Reference under that key of meta."""
    markdown.core.ruler.after("normalize", "reference_in_cell", _cell_rule)
    markdown.inline.ruler.before("emphasis", "reference", _reference_rule)


def _cell_rule(state: StateCore) -> None:
    # In a table a bare | ends the cell: a writer would have to know when to put a backslash before it.
    state.src = _BARE_BAR.sub(r"\1\\|", state.src)


def _reference_rule(state: StateInline, silent: bool) -> bool:
    match = _PATTERN.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.content = match[0]
        token.meta = {"reference": _reference_of(match)}
    state.pos = match.end()
    return True


def _reference_of(match: re.Match[str]) -> Reference:
    if match["word"]:
        return Reference("word", match["word"], text=match["text"])
    return Reference(cast("Kind", match["kind"]), match["id"], part=match["part"])
