"""What may stand in a passage: no links, pictures, raw HTML, number typed by hand or reference to nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from curriculum.catalog.markup import searching_markdown
from curriculum.catalog.passage import Passage
from curriculum.catalog.problem import Problem
from curriculum.catalog.reference import Reference
from curriculum.catalog.registers import Registers

_MARKDOWN = searching_markdown()
_DIGIT = re.compile(r"\d+")
_MINUTES = re.compile(r"\d+(?:\s?[-–~]\s?\d+)?(?:\s?분|[\s-]min(?:ute)?s?\b)")
_STRAY = re.compile(r"\*\*|__|[{}]")
_TOP_HEADING = ("h1", "h2")

# Token type -> what it is called in a problem, and what to do about it.
_FOREIGN = {
    "html_block": ("raw_html", "write it in Markdown"),
    "html_inline": ("raw_html", "write it in Markdown"),
    "link_open": ("link", "leave the link out: addresses come from facts.toml and contacts.toml"),
    "image": ("image", "leave the picture out: lessons have none"),
}


@dataclass(frozen=True)
class _Piece:
    line: int
    token: Token


def prose_problems(passage: Passage, registers: Registers) -> Iterator[Problem]:
    """Yield what a passage may not hold; texts of the registers are not judged here."""
    if passage.form == "register":
        return
    for piece in _pieces(passage):
        line, token = passage.line + piece.line, piece.token
        if passage.form == "plain" and token.type not in ("text", "inline"):
            yield Problem(passage.path, line, "markup_in_title", "write plain text here", token.content)
        elif token.type in _FOREIGN:
            code, remedy = _FOREIGN[token.type]
            yield Problem(passage.path, line, code, remedy, token.content)
        elif token.type == "heading_open" and token.tag in _TOP_HEADING:
            yield Problem(passage.path, line, "heading_level", "use ### inside a block", token.markup)
        else:
            yield from _text_problems(passage, line, token, registers)


def _text_problems(passage: Passage, line: int, token: Token, registers: Registers) -> Iterator[Problem]:
    text = token.content if token.type != "inline" else ""
    if token.type == "reference":
        reference: Reference = token.meta["reference"]
        if not registers.know(reference):
            remedy = "name an id (and figure) of facts.toml, contacts.toml or glossary.toml"
            yield Problem(passage.path, line, "reference_unknown", remedy, str(reference))
        text = reference.text or ""
    digits = _DIGIT.search(_MINUTES.sub("", text) if passage.is_guide else text)
    if digits:
        remedy = "use a {fact:…} or {contact:…}, or write a small number as a word"
        yield Problem(passage.path, line, "number_by_hand", remedy, digits[0])
    stray = _STRAY.search(text)
    if stray:
        # CommonMark does not read a closing ** between a quotation mark or reference and a Korean particle.
        remedy = "put ** around words alone, and references as docs/content-format.md shows"
        yield Problem(passage.path, line, "stray_mark", remedy, stray[0])


def _pieces(passage: Passage) -> Iterator[_Piece]:
    """Yield the tokens of a passage, children for parents, each with its line (from 0) within the passage."""
    parse = _MARKDOWN.parse if passage.form == "prose" else _MARKDOWN.parseInline
    for token in parse(passage.source):
        line = token.map[0] if token.map else 0
        if not token.children:
            yield _Piece(line, token)
        for child in token.children or ():
            yield _Piece(line, child)
            line += child.type in ("softbreak", "hardbreak")
