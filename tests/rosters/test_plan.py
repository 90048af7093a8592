"""Shows what a roster would change: never a removal, nothing twice, and nothing at all the second time."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.classrooms.roster import MOST_STUDENTS, pseudonym
from curriculum.rosters.roster_change import Kind, Place, Plan, Present, plan_for
from curriculum.rosters.roster_line import Line, Reading

HERE: Place = (2, 1)


def plan(lines: list[Line], names: Mapping[int, str] | None = None, *, pseudonyms: bool = False) -> Plan:
    present = {HERE: Present(names or {}, pseudonyms)}
    return plan_for(Reading(tuple(lines)), present, only=HERE)


def lines(*said: tuple[int | None, str]) -> list[Line]:
    return [Line(row, name, number) for row, (number, name) in enumerate(said, 1)]


def after(names: Mapping[int, str], planned: Plan) -> dict[int, str]:
    return dict(names) | {step.number: step.name for step in planned.steps}


def test_it_works() -> None:
    done = plan(lines((1, "가온"), (2, "나리"), (3, "다온")), {1: "가온", 2: "나래", 9: "사라"})
    assert [(step.kind, step.number, step.before) for step in done.steps] == [
        (Kind.SAME, 1, ""),
        (Kind.RENAME, 2, "나래"),
        (Kind.ADD, 3, ""),
    ]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (((1, "가온"), (1, "가온")), "twice"),
        (((1, "가온"), (1, "나래")), "number-twice"),
        (((1, "가온"), (2, "가 온")), "looks-alike"),
        (((1, ""),), "no-name"),
    ],
)
def test_a_line_that_cannot_be_meant_is_left_out(said: tuple[tuple[int, str], ...], code: str) -> None:
    assert [one.code for one in plan(lines(*said)).troubles] == [code]


def test_two_students_may_have_one_name_and_it_is_said() -> None:
    steps = plan(lines((1, "가온"), (2, "가온"))).steps
    assert [step.namesake for step in steps] == [False, True]


def test_a_name_that_looks_like_somebody_elses_is_refused_whoever_was_first() -> None:
    assert [one.code for one in plan(lines((5, "Anna 1")), {1: "Anna l"}).troubles] == ["looks-alike"]
    assert plan(lines((1, "Anna 1")), {1: "Anna l"}).of(Kind.RENAME)  # it is that student's own


def test_where_no_names_are_kept_none_is_in_the_plan() -> None:
    done = plan(lines((1, "가온"), (2, "")), pseudonyms=True)
    assert [step.name for step in done.steps] == [pseudonym(1), pseudonym(2)]
    assert "가온" not in repr(done)


def test_whoever_has_no_number_is_found_by_name_or_comes_last() -> None:
    done = plan(lines((None, "나래"), (None, "새봄"), (None, "나래")), {1: "가온", 4: "나래"})
    assert [(step.kind, step.number) for step in done.steps] == [(Kind.SAME, 4), (Kind.ADD, 5), (Kind.ADD, 6)]


def test_a_full_class_takes_nobody() -> None:
    names = {number: f"학생{chr(0xAC00 + number)}" for number in range(1, MOST_STUDENTS + 1)}
    assert [one.code for one in plan(lines((None, "새봄")), names).troubles] == ["class-full"]


def test_lines_of_another_class_and_of_a_closed_one_are_left_out() -> None:
    other = Reading((Line(1, "가온", 1, 2, 2),))
    assert [one.code for one in plan_for(other, {HERE: Present()}, only=HERE).troubles] == ["other-class"]
    closed = {HERE: Present(archived=True)}
    school = Reading((Line(1, "가온", 1, *HERE), Line(2, "나래", 1, 4, 1)), level="middle")
    assert [one.code for one in plan_for(school, closed).troubles] == ["archived", "class"]


def test_a_class_that_is_not_there_is_made_once() -> None:
    school = Reading((Line(1, "가온", 1, 3, 1), Line(2, "나래", 2, 3, 1)), level="middle")
    done = plan_for(school, {})
    assert [step.kind for step in done.steps] == [Kind.CLASS, Kind.ADD, Kind.ADD]


names = st.text("가나다라마바", min_size=1, max_size=3)
classes = st.dictionaries(st.integers(1, MOST_STUDENTS), names, max_size=20)
rosters = st.lists(st.tuples(st.none() | st.integers(1, MOST_STUDENTS), names), max_size=40)


@given(classes, rosters)
def test_the_same_roster_twice_changes_nothing_the_second_time(
    there: dict[int, str], said: list[tuple[int | None, str]]
) -> None:
    first = plan(lines(*said), there)
    then = after(there, first)
    kept = [(one.row, one.code) for one in first.troubles if one.code != "class-full"]
    taken = {step.row for step in first.steps}
    again = plan([line for line in lines(*said) if line.row in taken and line.number], then)
    assert again.changes_nothing
    assert {row for row, _ in kept}.isdisjoint(taken)


@given(classes, rosters)
def test_nobody_is_taken_away_and_every_line_is_accounted_for(
    there: dict[int, str], said: list[tuple[int | None, str]]
) -> None:
    done = plan(lines(*said), there)
    assert set(after(there, done)) >= set(there)
    rows = [step.row for step in done.steps] + [one.row for one in done.troubles]
    assert sorted(rows) == list(range(1, len(said) + 1))
    numbers = [step.number for step in done.steps]
    assert len(numbers) == len(set(numbers))


@given(classes, rosters)
def test_the_digest_tells_plans_apart(there: dict[int, str], said: list[tuple[int | None, str]]) -> None:
    one, same = plan(lines(*said), there), plan(lines(*said), there)
    assert one.digest == same.digest
    other = plan(lines(*said, (60, "새봄")), {key: name for key, name in there.items() if key != 60})
    assert (other.steps == one.steps) == (other.digest == one.digest)
