"""References in prose: {fact:id}, {fact:id.figure}, {contact:id}, {contact:id.phone}, {word:id|text}."""

import re
from collections.abc import Callable, Iterator
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
    """One reference: `part` is a figure's name, "easy" or "phone", `text` what is printed for a glossary word."""

    kind: Kind
    id: str
    part: str | None = None
    text: str | None = None

    @property
    def is_easy(self) -> bool:
        """Whether it asks for a fact as it is said to nine- to twelve-year-olds."""
        return self.kind == "fact" and self.part == "easy"

    @property
    def is_sentence(self) -> bool:
        """Whether it stands for a whole sentence: a fact, in full or as it is said to the youngest."""
        return self.kind == "fact" and (self.part is None or self.is_easy)

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" + (f".{self.part}" if self.part else "")


def references_in(source: str) -> Iterator[Reference]:
    """Yield what looks like a reference in a text as typed: all that are one, and those that stand in code."""
    return map(_reference_of, _PATTERN.finditer(source))


def cites(source: str, name: str) -> bool:
    """Whether a text as typed refers to this ("contact:kr-channel-1366"), or to a part of it."""
    return f"{{{name}}}" in source or f"{{{name}." in source


def without_references(source: str, put: Callable[[Reference], str]) -> str:
    """Return a text with something else in the place of each reference."""
    return _PATTERN.sub(lambda match: put(_reference_of(match)), source)


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
