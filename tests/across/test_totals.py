"""Shows that every figure of the school is the same on its page, in each of its files, and recounted by hand."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.catalog.lesson import Lesson
from tests.across.test_across_page import rows as lines_of
from tests.across.test_files import SCHOOL, sent
from tests.cast import Cast
from tests.dashboard.test_class_page import numbers
from tests.dashboard.test_totals import Class, Stored, put, recounted, students
from tests.quizzes.sample import LESSONS
from tests.site_client import SiteClient

FEW = "너무 적음"
FIVES = range(5, 96, 5)
Cells = Sequence[str]


class Said(NamedTuple):
    """What may be said of a class in a lesson, counted by hand: at least so many completed it; the mean by fives."""

    completed: int
    average: int | None


def at_least(count: int, size: int) -> int:
    """By hand: by halves below ten, else by fives, and all but four where fewer than five are missing."""
    if size < 2 * FIVES.start:
        half = size - size // 2
        return half if count >= half else 0
    return size - 4 if size - count < FIVES.start else count - count % 5


def said(members: Class, place: int) -> Said | None:
    """By hand: nothing of fewer than five, nor of a lesson that too few have begun."""
    size, began = len(members), sum(place in member for member in members)
    if size < FIVES.start or not at_least(began, size):
        return None
    completed, scored, mean = recounted(members, place)
    near = None if mean is None or scored < FIVES.start else min(FIVES, key=lambda five: abs(five - mean))
    return Said(at_least(completed, size), near)


def figure(cell: str) -> str:
    """What of a cell is a figure: its number, or that it is too few."""
    number = re.search(r"\d+", cell)
    return number[0] if number else FEW if cell == FEW else ""


def expected(number: int | None) -> str:
    return str(number) if number else FEW


def agree(app: Flask, cast: Cast, moon: SiteClient, members: Class) -> None:
    """The page and all four files say what a count by hand says."""
    put(app, cast, members)
    lessons: Mapping[str, Lesson] = app.extensions["catalog"].lessons
    told = {place: one for place in range(len(LESSONS)) if (one := said(members, place))}
    page = moon.get(SCHOOL)
    one_class, other, *of_lessons = lines_of(page)
    assert other[1:] == ["1", "학생이 다섯 명보다 적어서 보여 주지 않습니다."]
    assert numbers(page) == [[2], [len(members) + 1], [sum(one.completed for one in told.values())]]
    for kind in ("csv", "xlsx"):
        _, in_file, _, total = sent(moon, SCHOOL, f"{SCHOOL}/classes.{kind}")
        _same_class(members, told, one_class, in_file, [lessons[one].code for one in LESSONS])
        assert (total[4], total[7]) == (str(len(members) + 1), str(sum(one.completed for one in told.values())))
        rows = sent(moon, SCHOOL, f"{SCHOOL}/lessons.{kind}")[1:]
        assert [[f"{row[0]} {row[1]}", *row[2:]] for row in rows] == [
            [row[0], *map(figure, row[1:])] for row in of_lessons
        ]
        assert [row[2:] for row in rows] == [["1", str(len(members)), *map(expected, one)] for one in told.values()]


def _same_class(members: Class, told: Mapping[int, Said], shown: Cells, in_file: Cells, codes: Cells) -> None:
    assert shown[1] == in_file[4] == str(len(members))
    if len(members) < FIVES.start:
        assert (shown[2:], in_file[5:]) == (["학생이 다섯 명보다 적어서 보여 주지 않습니다."], [FEW, "", "", ""])
    elif not told:
        assert (shown[2:], in_file[5:]) == (["0", "–", "–", "–"], ["0", "", "", ""])
    else:
        last = max(told)
        assert shown[2] == in_file[5] == str(len(told))
        assert shown[3].partition(" ")[0] == in_file[6] == codes[last]
        assert [figure(cell) for cell in shown[4:]] == list(in_file[7:]) == list(map(expected, told[last]))


@pytest.mark.only("sqlite")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(students, max_size=4) | st.lists(students, min_size=5, max_size=13))
def test_every_figure_is_the_same_wherever_it_stands(app: Flask, cast: Cast, members: Class) -> None:
    agree(app, cast, SiteClient(app).sign_in(cast.moon), members)


def test_it_works(app: Flask, cast: Cast) -> None:
    whole, half = Stored(0, True, (600, 600)), Stored(1, False, (300, 600))
    moon = SiteClient(app).sign_in(cast.moon)
    agree(app, cast, moon, [{0: whole}] * 6 + [{0: half, 1: half}] * 5 + [{}])
    agree(app, cast, moon, [{0: half}] * 4 + [{0: Stored(1, False, None)}] * 8)


def test_of_few_nothing_and_of_nobody_nothing(app: Flask, cast: Cast) -> None:
    moon = SiteClient(app).sign_in(cast.moon)
    agree(app, cast, moon, [{0: Stored(0, True, (600, 600))}])
    agree(app, cast, moon, [])
