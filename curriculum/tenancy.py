"""Owns what keeps schools apart: whom a request acts for, the guard over every statement, PostgreSQL's row security."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from flask import g, has_app_context
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import BinaryExpression, BooleanClauseList, Grouping

# As long as a writer waits on SQLite (database.PRAGMAS): then the answer is 503, and the same is tried again.
PATIENCE = "SET LOCAL lock_timeout = '10s'"
ACROSS = "across_schools"  # the execution option by which a statement says which of the exceptions it is


class Across(StrEnum):
    """The statements that may look beyond one school, with their reasons. PostgreSQL's policies name the first two."""

    SCHOOLS = "schools"  # which schools there are is asked before one is chosen: by signed-out pages and by commands
    CLASS_CODE = "class_code"  # who brings a code belongs to no school yet: finding its class tells the school
    MIGRATION = "migration"  # a table that is made anew takes over the rows of every school


class SchoolNotStated(Exception):
    """A statement touches a school's table without saying whose rows it means; it was not executed."""


def act_for(school_id: UUID) -> None:
    """From here on this request or command acts for this school: on PostgreSQL it sees no row of another one."""
    g.acting_for = school_id


def acting_for() -> UUID | None:
    """The school this request or command acts for, where that is known."""
    return g.get("acting_for") if has_app_context() else None


@contextmanager
def acting_meanwhile(school_id: UUID) -> Iterator[None]:
    """Act for this school inside the block, and as before after it."""
    before = acting_for()
    g.acting_for = school_id
    try:
        yield
    finally:
        g.acting_for = before


def keep_schools_apart(engine: Engine, metadata: sa.MetaData) -> None:
    """Put both locks on an engine: the guard, and on PostgreSQL the setting that row-level security goes by."""
    names = [name for name, table in metadata.tables.items() if _key_of(table) is not None]
    event.listen(engine, "before_cursor_execute", _guard(names))
    if engine.dialect.name == "postgresql":
        event.listen(engine, "begin", _forget_told)
        event.listen(engine, "rollback_savepoint", _forget_told)
        event.listen(engine, "before_cursor_execute", _tell_school)


# The second lock. A policy on each table compares its rows with a setting that ends with the transaction: whoever is
# given the connection next, through a pooler too, begins without a school.


def _forget_told(connection: Connection, *_savepoint: object) -> None:
    connection.info["told"] = (None, None)


def _tell_school(connection: Connection, cursor: Any, _statement: str, _values: Any, context: Any, _many: bool) -> None:
    told = (acting_for(), context.execution_options.get(ACROSS))
    if connection.info.get("told", (None, None)) != told:
        school, across = (value or "" for value in told)
        # SET takes no parameters; both values are the program's own, an id and a word of the list above.
        cursor.execute(f"SET LOCAL dongui.school = '{school}'; SET LOCAL dongui.across = '{across}'; {PATIENCE}")
        connection.info["told"] = told


# The first lock. SQLAlchemy compiles a statement once per shape and keeps it; the verdict is kept beside it.

_selects: WeakKeyDictionary[Any, list[Any]] = WeakKeyDictionary()
_verdicts: WeakKeyDictionary[Any, frozenset[str]] = WeakKeyDictionary()


@compiles(sa.Select)
def _note_select(select: Any, compiler: Any, **options: Any) -> str:
    """Remember every SELECT that goes into a statement, however deep it stands, and compile it as ever."""
    _selects.setdefault(compiler, []).append(select)
    sql: str = compiler.visit_select(select, **options)
    return sql


def _guard(names: Sequence[str]) -> Callable[..., None]:
    @lru_cache(maxsize=256)
    def open_in_text(statement: str) -> frozenset[str]:
        # Written by hand, a statement is read for its words: it has to name the column where it names a table.
        words = set(re.findall(r"\w+", statement.lower()))
        return frozenset() if "school_id" in words else frozenset(words & set(names))

    def refuse(_connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool) -> None:
        if context.isddl or context.execution_options.get(ACROSS):
            return
        by_hand = context.compiled is None or isinstance(context.compiled.statement, sa.TextClause)
        found = open_in_text(statement) if by_hand else _verdict(context.compiled)
        if found:
            raise SchoolNotStated(f"{', '.join(sorted(found))}: of which school? Restrict school_id in: {statement}")

    return refuse


def _verdict(compiled: Any) -> frozenset[str]:
    if compiled not in _verdicts:
        _verdicts[compiled] = frozenset(_open_in(compiled, compiled.statement))
    return _verdicts[compiled]


def _open_in(compiled: Any, statement: Any) -> Iterator[str]:
    """The school's tables of a compiled statement that are not held to one school."""
    for select in _selects.get(compiled, ()):
        yield from _open_among(select.get_final_froms(), select.whereclause)
    if isinstance(statement, sa.Update | sa.Delete):
        yield from _open_among([statement.table], statement.whereclause)
    if isinstance(statement, sa.Insert):
        key = _key_of(statement.table)
        # Several rows in one statement have a value each: school_id_m0, school_id_m1, …
        given = key is None or any(name == key.name or name.startswith(f"{key.name}_m") for name in compiled.binds)
        yield from () if given else (str(statement.table),)


def _open_among(froms: Iterable[Any], where: Any) -> Iterator[str]:
    """The school's tables among these that neither equal a given school nor, in steps, a table that does.

    Each SELECT has to stand by itself: what an outer one says about a table does not count inside.
    """
    facts, tables = list(_facts(where)), set()
    for element in froms:
        tables |= _take_apart(element, facts)
    tables |= {table for fact in facts for table in fact if table is not None}
    held: set[Any] = {None}  # None stands for a given school
    while grown := {target for target, source in facts if source in held} - held:
        held |= grown
    yield from (str(table) for table in tables - held)


def _take_apart(element: Any, facts: list[tuple[Any, Any]]) -> set[Any]:
    """The school's tables below a FROM element; what its joins say is added to the facts."""
    if isinstance(element, sa.Join):
        left, right = _take_apart(element.left, facts), _take_apart(element.right, facts)
        said = list(_facts(element.onclause))
        # An outer join keeps the rows of its left side whatever it says about them.
        facts += said if not element.isouter else [fact for fact in said if fact[0] in right and not element.full]
        return left | right
    return {element} if _key_of(element) is not None else set()


def _facts(condition: Any) -> Iterator[tuple[Any, Any]]:
    """What a condition says for certain: (table, what its school equals), the latter a table or None for a value."""
    if isinstance(condition, Grouping):
        yield from _facts(condition.element)
    elif isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
        for clause in condition.clauses:
            yield from _facts(clause)
    elif isinstance(condition, BinaryExpression) and condition.operator is operators.eq:
        for one, other in ((condition.left, condition.right), (condition.right, condition.left)):
            if _is_key(one) and (_is_key(other) or isinstance(other, sa.BindParameter)):
                yield one.table, other.table if _is_key(other) else None


def _is_key(column: Any) -> bool:
    key = _key_of(getattr(column, "table", None))
    return key is not None and column.name == key.name


def _key_of(table: Any) -> Any:
    """The column that tells whose row it is: `school_id`, of a school its own `id`; None where rows are nobody's."""
    base = table.element if isinstance(table, sa.Alias) else table
    if not isinstance(base, sa.Table):
        return None
    return table.c.get("school_id", table.c["id"] if base.name == "school" else None)
