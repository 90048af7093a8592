"""Shows that every total of a class is the same on its page, among others, in each file, and recounted by hand."""

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from uuid_utils.compat import uuid7

from curriculum.accounts.models import Person
from curriculum.catalog.lesson import Lesson
from curriculum.classrooms.models import Enrollment
from curriculum.progress.models import LessonProgress
from tests.across.test_across_page import ACROSS
from tests.across.test_across_page import rows as lines_of
from tests.across.test_files import sent
from tests.cast import Cast
from tests.dashboard.test_class_page import address, grid, numbers
from tests.dashboard.test_export import STATES
from tests.quizzes.sample import LESSONS
from tests.site.rows import outside
from tests.site_client import SiteClient

MAXIMA = (600, 700)  # a quiz before and after an edit


class Stored(NamedTuple):
    """What is stored of a student at a lesson: how many steps are missing, and the best attempt, none before any."""

    missing: int
    help_route_right: bool
    best: tuple[int, int] | None


best = st.sampled_from(MAXIMA).flatmap(lambda most: st.tuples(st.integers(0, most), st.just(most)))
stored = st.builds(Stored, st.integers(0, 2), st.booleans(), st.none() | best)
students = st.fixed_dictionaries({}, optional=dict.fromkeys(range(len(LESSONS)), stored))
classes = st.lists(students, max_size=6)
Class = list[dict[int, Stored]]


def put(app: Flask, cast: Cast, members: Class) -> None:
    """Let the class have these students alone, with this stored of each."""
    with outside(app, writing=True) as connection:
        gone = sa.select(Enrollment.person_id).where(Enrollment.classroom_id == cast.classroom_id)
        connection.execute(sa.delete(Person).where(Person.id.in_(gone)))
        for number, member in enumerate(members, 1):
            own = {"school_id": cast.school_id, "id": uuid7()}
            person = {**own, "role": "student", "display_name": f"학생{number}", "secret_hash": "", "suspended": False}
            connection.execute(sa.insert(Person).values(person))
            place = {"classroom_id": cast.classroom_id, "person_id": own["id"], "number": number}
            connection.execute(sa.insert(Enrollment).values(**place, school_id=cast.school_id, id=uuid7()))
            for lesson, one in member.items():
                connection.execute(sa.insert(LessonProgress).values(_row(app, cast, own["id"], lesson, one)))


def _row(app: Flask, cast: Cast, person_id: UUID, place: int, one: Stored) -> dict[str, Any]:
    steps = len(app.extensions["catalog"].lesson(LESSONS[place]).steps)
    own = {"school_id": cast.school_id, "id": uuid7(), "person_id": person_id, "lesson_id": LESSONS[place]}
    points, out_of = one.best or (0, 0)
    return {
        **own,
        "steps_sent": steps - one.missing,
        "attempts": 2 * bool(one.best),
        "best_points": points,
        "out_of": out_of,
        "help_route_right": one.help_route_right and bool(one.best),
    }


def recounted(members: Class, place: int) -> tuple[int, int, int | None]:
    """By hand: how many completed a lesson, how many have a score, and the mean of their shares in percent."""
    found = [member[place] for member in members if place in member]
    shares = [Fraction(100 * one.best[0], one.best[1]) for one in found if one.best]
    mean = math.floor(sum(shares) / len(shares) + Fraction(1, 2)) if shares else None
    return sum(not one.missing and one.help_route_right and bool(one.best) for one in found), len(shares), mean


def latest_of(members: Class) -> int | None:
    """By hand: the last lesson that a quarter has begun; else the last that somebody has completed or answered."""
    places = range(len(LESSONS))
    begun = [sum(place in member for member in members) for place in places]
    many = [place for place in places if begun[place] and 4 * begun[place] >= len(members)]
    return max(many or [place for place in places if any(recounted(members, place)[:2])], default=None)


def agree(app: Flask, cast: Cast, han: SiteClient, members: Class) -> None:
    """Every place where a total stands says the same."""
    put(app, cast, members)
    lessons: Mapping[str, Lesson] = app.extensions["catalog"].lessons
    codes = [lessons[one].code for one in LESSONS]
    shown = grid(han.get(address(cast.classroom_id))) if members else {}
    for kind in ("csv", "xlsx"):
        _agree_of_every_student(han, cast, members, codes, shown, kind)
        _agree_on_the_latest(han, cast, members, codes, kind)


def _agree_of_every_student(
    han: SiteClient, cast: Cast, members: Class, codes: list[str], shown: Mapping[str, list[str]], kind: str
) -> None:
    """The grid, the file of the class with its totals, and the file of all students."""
    page = address(cast.classroom_id)
    head, *rows, last = sent(han, page if members else ACROSS, f"{page}/export.{kind}")
    all_head, *all_rows = sent(han, ACROSS, f"{ACROSS}/students.{kind}")
    assert last[0] == str(len(members)) == str(len(rows)) == str(len(all_rows)) == str(len(shown))
    for place, code in enumerate(codes):
        column, all_column = (one.index(f"{code} 진도") for one in (head, all_head))
        completed, _scored, mean = recounted(members, place)
        assert last[column : column + 2] == [str(completed), "" if mean is None else str(mean)]
        assert [row[column : column + 2] for row in rows] == [row[all_column : all_column + 2] for row in all_rows]
        assert [row[column] for row in rows].count("마침") == completed
        marks = [cells[1 + (column - 2) // 2].partition(" ") for cells in shown.values()]
        assert [[STATES[state], score.rstrip("%")] for state, _, score in marks] == [
            row[column : column + 2] for row in rows
        ]


def _agree_on_the_latest(han: SiteClient, cast: Cast, members: Class, codes: list[str], kind: str) -> None:
    place = latest_of(members)
    tiles = numbers(han.get(address(cast.classroom_id)))
    [line] = [row for row in lines_of(han.get(ACROSS)) if row[0].startswith("2학년 1반")]
    [in_file] = sent(han, ACROSS, f"{ACROSS}/classes.{kind}")[1:]
    assert tiles[0] == [len(members)]
    assert line[1] == in_file[4] == str(len(members))
    if place is None:
        assert (line[2:5], in_file[5:9]) == (["시작 전", "–", "–"], [""] * 4)
        return
    completed, scored, mean = recounted(members, place)
    assert tiles[1][-2:] == [completed, len(members)]
    assert tiles[2][-2:] == ([mean, scored] if mean is not None else [0])
    assert line[2].startswith(codes[place])
    assert line[3:5] == [str(completed), "–" if mean is None else f"{mean}%"]
    assert [in_file[5], *in_file[7:9]] == [codes[place], str(completed), "" if mean is None else str(mean)]


@pytest.mark.only("sqlite")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(classes)
def test_every_total_is_the_same_wherever_it_stands(app: Flask, cast: Cast, members: Class) -> None:
    agree(app, cast, SiteClient(app).sign_in(cast.han), members)


def test_it_works(app: Flask, cast: Cast) -> None:
    whole, half = Stored(0, True, (600, 600)), Stored(1, False, (300, 600))
    edited = Stored(0, True, (233, 700))
    agree(app, cast, SiteClient(app).sign_in(cast.han), [{0: whole, 1: half}, {1: edited, 0: half}, {}])
