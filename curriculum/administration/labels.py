"""Owns the privacy labels: what every column of every table of a school is, and whom a row is about."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from curriculum.catalog.text import Text

Kind: TypeAlias = Literal["key", "name", "sign_in", "learning", "answer", "moment", "setting"]
Kept: TypeAlias = Literal["record", "class", "session", "school"]

# Secrets are kept hashed: shown to nobody, they would help only a thief.
UNSHOWN: frozenset[Kind] = frozenset({"sign_in"})


class TableLabel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a table is for. `of` names the column that says whom a row is about, or is empty; see labels.toml."""

    of: str
    kept: Kept
    why: Text
    columns: Mapping[str, Kind]

    @property
    def person_column(self) -> str:
        """The column of this table that leads to the person."""
        return self.of.partition("/")[0]

    @property
    def through(self) -> str:
        """The table that this one leads through, or ""."""
        return self.of.partition("/")[2]

    @property
    def shown(self) -> list[str]:
        """The columns that whoever a row is about may read."""
        return [name for name, kind in self.columns.items() if kind not in UNSHOWN]

    @property
    def readable(self) -> list[str]:
        """Of those the ones that say something to a person; ids and numbers of the program are none."""
        return [name for name in self.shown if self.columns[name] != "key"]


@cache
def labels() -> Mapping[str, TableLabel]:
    """Every label, by table."""
    text = Path(__file__).with_name("labels.toml").read_text("utf-8")
    return msgspec.toml.decode(text, type=dict[str, TableLabel])


def unlabelled(tables: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Yield every table and column that has no label, and every label without one."""
    known = {f"{table}.{column}" for table, label in labels().items() for column in label.columns}
    there = {f"{table}.{column}" for table, columns in tables.items() for column in columns}
    yield from sorted(known ^ there)
