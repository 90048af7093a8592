"""Shows that the class page says what is asked now and what opens next, in order, and nothing that is over."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import cast as typed

import pytest
from flask import Flask

from curriculum.assignments.assignment import Assignment
from curriculum.assignments.plan import Planned
from curriculum.catalog.lesson import Lesson
from curriculum.dashboard.coming import SHOWN, coming_of
from tests.cast import Cast
from tests.dashboard.test_class_page import address, plan
from tests.quizzes.sample import LESSONS
from tests.site_client import SiteClient

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
DAY = timedelta(days=1)
COURSE = [typed("Lesson", SimpleNamespace(id=one)) for one in "abcdef"]
ASKED = Assignment(assigned=True)


def coming(**of: Assignment | Planned) -> list[str]:
    plans = {name: one if isinstance(one, Planned) else Planned(one) for name, one in of.items()}
    return [one.lesson.id for one in coming_of(COURSE, plans, NOW)]


def test_it_works() -> None:
    due = Assignment(assigned=True, due_at=NOW + 5 * DAY)
    opening = Assignment(assigned=True, opens_at=NOW + DAY, due_at=NOW + 8 * DAY)
    assert coming(a=due, b=opening, c=ASKED) == ["b", "a", "c"]


@pytest.mark.parametrize(
    "over",
    [
        Assignment(),
        Assignment(opens_at=NOW + DAY),
        Assignment(assigned=True, due_at=NOW),
        Assignment(assigned=True, closes_at=NOW),
        Planned(ASKED, taught_on=date(2026, 11, 19)),
    ],
    ids=["not asked", "opens but is not asked", "due a moment ago", "just closed", "taught without devices"],
)
def test_what_is_over_or_not_asked_is_not_said(over: Assignment | Planned) -> None:
    assert coming(a=over, b=ASKED) == ["b"]


def test_of_many_it_says_the_next_few() -> None:
    many = {name: Assignment(assigned=True, due_at=NOW + place * DAY) for place, name in enumerate("fedcba", 1)}
    assert coming(**many) == list("fedcba")[:SHOWN]


def test_the_page_says_it_and_leads_to_the_plan(app: Flask, client: SiteClient, cast: Cast) -> None:
    page = client.sign_in(cast.han).get(address(cast.classroom_id))
    assert "앞으로 하기로 정한 차시가 없습니다" in page.text
    plan(app, cast, LESSONS[0], due_at="2036-11-20 03:00:00.000000")
    page = client.get(address(cast.classroom_id))
    [link] = [one for one in page.all("a") if one.attrib.get("id", "").startswith("coming-")]
    assert link.attrib["href"] == f"{address(cast.classroom_id)}/assignments#{LESSONS[0]}"
    assert "2036년 11월 20일" in page.words()
