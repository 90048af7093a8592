"""Owns the page about access for people who run a school: the table of who gets in, beside what the URLs state."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

VERSION = re.compile(r"^/static/[0-9a-f]+/")  # it changes with every style

HEAD = """# Who may reach what

Written by `python3 run.py access write` from `docs/access.toml` and the access marks on the URLs. Tests fail when it is
not current, and ask at every address as every one of the people below. `<locale>` is `ko` or `en`.
A mark says who may reach an address. Which class, attempt or person is found behind it is decided by the fetch, which
takes the person and the school; what is not found is the same 404 as what does not exist.
"""
MARKS = """
## Marks

| address | methods | who | what it shows of other people | why it is open to everyone |
|---|---|---|---|---|
"""
PEOPLE = """
## People

Two schools. The addresses name a class of the first one, and an attempt of a student in it.

"""
MATRIX = """
## Who gets in

"""
IN, OUT = "●", "·"


class AccessTableError(ValueError):
    """The table and the URLs of the site do not match, or the table contradicts itself."""


class Address(Protocol):
    """One URL of the site, as the app states it."""

    @property
    def rule(self) -> str:
        """The pattern of the address."""

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods it takes."""

    @property
    def mark(self) -> str:
        """Who may come in."""

    @property
    def shows(self) -> tuple[str, ...]:
        """What it shows of others."""


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One address of the table: who gets in by each method, what it shows of others, why it is open to the world."""

    methods: Mapping[str, frozenset[str]]
    shows: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class AccessTable:
    """The table: the people with what they are, in order, and a row for each address."""

    people: Mapping[str, str]
    rows: Mapping[str, AccessRow]


def read_access_table(text: str) -> AccessTable:
    """The table as written in TOML; AccessTableError when it names somebody whom it does not know."""
    written = tomllib.loads(text)
    people, groups = written["people"], written["groups"]

    def members(name: str) -> frozenset[str]:
        if name in people:
            return frozenset({name})
        if name not in groups:
            raise AccessTableError(f"nobody is called {name}")
        return frozenset().union(*map(members, groups[name]))

    rows = {
        rule: _row(row, {name: members(name) for name in (*people, *groups)}) for rule, row in written["at"].items()
    }
    return AccessTable(people, rows)


def _row(written: Mapping[str, Any], members: Mapping[str, frozenset[str]]) -> AccessRow:
    methods = {key: value for key, value in written.items() if key.isupper()}
    if unknown := set(methods.values()) - set(members):
        raise AccessTableError(f"nobody is called {', '.join(sorted(unknown))}")
    by_method = {method: members[name] for method, name in methods.items()}
    return AccessRow(by_method, tuple(written.get("shows", ())), written.get("why", ""))


def table_problems(addresses: Iterable[Address], table: AccessTable) -> list[str]:
    """Where the table and the URLs do not match: rows missing or left over, and what a page shows of others."""
    stated = {(rule_of(one), method): one for one in addresses for method in one.methods}
    written = {(rule, method) for rule, row in table.rows.items() for method in row.methods}
    problems = [f"{method} {rule} has no row in docs/access.toml" for rule, method in sorted(set(stated) - written)]
    problems += [
        f"{method} {rule} is in docs/access.toml and nowhere else" for rule, method in sorted(written - set(stated))
    ]
    for (rule, method), one in stated.items():
        if (rule, method) in written and sorted(one.shows) != sorted(table.rows[rule].shows):
            problems.append(f"{rule} states that it shows {list(one.shows)}; docs/access.toml says otherwise")
    return problems


def rule_of(address: Address) -> str:
    """The pattern of an address as the table has it: without what changes with each style."""
    return VERSION.sub("/static/<version>/", address.rule.replace("<any(ko, en):locale>", "<locale>"))


def access_page(addresses: Sequence[Address], table: AccessTable) -> str:
    """The page in Markdown; AccessTableError when the table does not match the addresses."""
    if problems := table_problems(addresses, table):
        raise AccessTableError("\n".join(problems))
    return (
        HEAD
        + MARKS
        + "".join(_mark_row(one, table.rows[rule_of(one)]) for one in addresses)
        + PEOPLE
        + "".join(f"{place}. **{name}**: {what}\n" for place, (name, what) in enumerate(table.people.items(), 1))
        + MATRIX
        + _matrix(addresses, table)
    )


def _mark_row(one: Address, row: AccessRow) -> str:
    shows = "; ".join(one.shows) or "–"
    return f"| `{rule_of(one)}` | {', '.join(one.methods)} | {one.mark} | {shows} | {row.why or '–'} |\n"


def _matrix(addresses: Iterable[Address], table: AccessTable) -> str:
    places = range(1, len(table.people) + 1)
    lines = [["address", "method", *map(str, places)], ["---", "---", *(":-:" for _ in places)]]
    for one in addresses:
        for method in one.methods:
            let_in = table.rows[rule_of(one)].methods[method]
            lines.append([f"`{rule_of(one)}`", method, *(IN if name in let_in else OUT for name in table.people)])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
