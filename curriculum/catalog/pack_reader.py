"""Reads the files of a pack and notes a problem, with file and line, for each that cannot be read."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from curriculum.catalog.block import Document, DocumentError, parse_document
from curriculum.catalog.problem import Problem

_ESCAPED = re.compile(r'["\\\n]')

T = TypeVar("T")

_SEE_FORMAT = "write it as docs/content-format.md shows"


class PackReader:
    """Remembers what it read: `texts` as typed, `tables` decoded, `problems` for what could not be."""

    def __init__(self) -> None:
        self.texts: dict[Path, str] = {}
        self.tables: dict[Path, Mapping[str, Any]] = {}
        self.problems: list[Problem] = []

    def text(self, path: Path) -> str | None:
        """Return a file's text, or None."""
        try:
            self.texts[path] = path.read_bytes().decode("utf-8")
        except FileNotFoundError:
            self.problems.append(Problem(path, 1, "file_missing", "add the file: " + _SEE_FORMAT))
        except UnicodeDecodeError:
            self.problems.append(Problem(path, 1, "file_not_utf8", "save the file as UTF-8"))
        return self.texts.get(path)

    def document(self, path: Path) -> Document | None:
        """Return a parsed text, or None."""
        text = self.text(path)
        if text is None:
            return None
        try:
            return parse_document(text)
        except DocumentError as error:
            self.problems.append(Problem(path, error.line, error.code, _SEE_FORMAT, error.detail))
            return None

    def table(self, path: Path) -> Mapping[str, Any] | None:
        """Return a decoded TOML file, or None."""
        text = self.text(path)
        if text is None:
            return None
        try:
            self.tables[path] = tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            # tomllib lets through ValueError for numbers too long and RecursionError for deep nesting.
            self.problems.append(Problem(path, 1, "toml_invalid", "correct the TOML", str(error)))
        return self.tables.get(path)

    def entry(self, path: Path, shape: type[T]) -> T | None:
        """Return a whole TOML file as one entry, or None."""
        table = self.table(path)
        return None if table is None else self._convert(path, 1, table, shape)

    def records(self, path: Path, shape: type[T]) -> dict[str, T]:
        """Return the tables of a TOML file as records by id; those that do not fit are left out and noted."""
        found = {}
        for name, table in (self.table(path) or {}).items():
            line = line_of(self.texts[path], f"[{name}]")
            fields = {"id": name, **table} if isinstance(table, dict) else table
            record = self._convert(path, line, fields, shape)
            if record is not None:
                found[name] = record
        return found

    def _convert(self, path: Path, line: int, fields: object, shape: type[T]) -> T | None:
        try:
            return msgspec.convert(fields, shape)
        except msgspec.ValidationError as error:
            self.problems.append(Problem(path, line, "field_invalid", _SEE_FORMAT, str(error)))
            return None


def line_of(text: str, fragment: str) -> int:
    """Return the line (from 1) on which a decoded string first stands in a TOML text, or 1 if nowhere."""
    # Quotation marks, backslashes and line breaks may be escaped there: look for the longest stretch without.
    at = text.find(max(_ESCAPED.split(fragment), key=len))
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def line_of_entry(text: str, key: str, value: str) -> int:
    """Return the line (from 1) on which a TOML text first gives a key this value, or 1 if nowhere."""
    found = re.search(rf'\b{key}\s*=\s*"{re.escape(value)}"', text)
    return text.count("\n", 0, found.start()) + 1 if found else 1
