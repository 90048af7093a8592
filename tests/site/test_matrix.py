"""Shows that at every address everybody gets what docs/access.toml says, and nobody sees or changes anything else."""

from collections import defaultdict
from collections.abc import Callable

import pytest
from flask import Flask

from curriculum.database import Base
from curriculum.operations.access_page import rule_of, table_problems
from tests.site.canaries import PLAIN, PLANTED, text_columns
from tests.site.matrix import SHOWN, cells, faults_everywhere
from tests.site.people import PEOPLE, TABLE, Scene
from tests.site.rows import rows_of
from tests.site.test_keys import OF_NO_SCHOOL
from tests.site.walk import WELL_FORMED

Record = Callable[[str, object], None]


def test_every_address_has_a_row_and_every_row_an_address(app: Flask) -> None:
    assert table_problems(app.extensions["access"], TABLE) == []


def test_what_is_sent_is_of_addresses_that_there_are(scene: Scene) -> None:
    assert set(WELL_FORMED) <= {one.name for one in cells(scene)}


def test_what_is_open_to_the_world_says_why() -> None:
    open_ = {rule for rule, row in TABLE.rows.items() if any(set(one) == set(PEOPLE) for one in row.methods.values())}
    assert {rule for rule, row in TABLE.rows.items() if row.why} == open_
    assert len(open_) <= 32


def test_there_are_people_enough(scene: Scene) -> None:
    assert tuple(scene.people) == PEOPLE
    assert len(PEOPLE) >= 15
    assert {one.school_id for one in scene.people.values() if one} == {scene.cast.school_id, scene.cast.other_school_id}


def test_every_column_of_text_has_a_canary_or_a_reason_for_none() -> None:
    assert not set(PLANTED) & set(PLAIN)
    assert text_columns() == set(PLANTED) | set(PLAIN), "say in tests/site/canaries.py what a new column holds"
    assert {what for row in TABLE.rows.values() for what in row.shows} <= set(SHOWN)


def test_every_table_has_rows_of_both_schools_each_with_its_canaries(scene: Scene) -> None:
    both = {scene.cast.school_id, scene.cast.other_school_id}
    for table in set(Base.metadata.tables) - OF_NO_SCHOOL:
        assert {row["school_id"] for row in scene.rows[table]} == both, f"tests/site/people.py: nobody uses {table}"
    planted = {one.column for one in scene.canaries.values()}
    assert set(PLANTED) <= planted


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_gets_what_the_table_says_and_nothing_else(scene: Scene, name: str, record_property: Record) -> None:
    asked = cells(scene)
    faults = faults_everywhere(scene, name, asked)
    record_property("matrix", (len({rule_of(one.door) for one in asked}), len(asked), len(faults)))
    assert faults == []


@pytest.mark.parametrize("name", ["anonymous", "student", "teacher", "administrator"])
def test_no_other_method_does_anything(scene: Scene, name: str) -> None:
    client, taken = scene.enter(name).client, defaultdict(set)
    for address in cells(scene):
        taken[address.path].add(address.method)
    for path, methods in taken.items():
        for method in {"POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"} - methods:
            response = client.open(path, method=method, headers={"X-CSRFToken": scene.tokens[name]})
            assert (response.status_code, "Allow" in response.headers) == (405, True), f"{method} {path}"
    assert rows_of(scene.app) == scene.stored
