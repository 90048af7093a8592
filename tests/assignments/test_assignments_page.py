"""Shows that teachers open and close the quizzes of their own class in school time, and lose nothing they typed."""

import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from curriculum.accounts.viewer import Role, Viewer
from curriculum.assignments.assignment import Assignment
from curriculum.assignments.models import StoredAssignment
from curriculum.assignments.queries import assignment_for, assignments_of
from curriculum.assignments.services import ChangedMeanwhile, assign
from curriculum.classrooms.queries import part_in
from curriculum.database import db
from curriculum.tenancy import act_for
from tests.cast import Cast, Member
from tests.databases import at_once
from tests.inspection import Page
from tests.quizzes.sample import LESSONS
from tests.site.rows import change, rows_of
from tests.site_client import SiteClient

LESSON, OTHER = LESSONS[:2]
FIRST_HOUR = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)  # nine in the morning in Korea
SET = Assignment(3, True, FIRST_HOUR, FIRST_HOUR + timedelta(days=1))
TYPED = {
    "opens_at": "2026-03-02T09:00",
    "closes_at": "2026-03-03T09:00",
    "attempt_limit": "3",
    "results_held": "y",
}


def address(cast: Cast, locale: str = "ko") -> str:
    return f"/{locale}/teach/classes/{cast.classroom_id}/assignments"


def form(lesson: str = LESSON, shown: Assignment = Assignment(), **fields: Any) -> dict[str, Any]:  # noqa: B008 - frozen
    return {"lesson": lesson, f"{lesson}-shown": shown.version} | {
        f"{lesson}-{key}": one for key, one in fields.items()
    }


def viewer_of(member: Member) -> Viewer:
    return Viewer(
        school_id=member.school_id, id=member.id, role=Role(member.role), display_name="", school_name="", token=""
    )


@pytest.fixture
def reading(app: Flask, cast: Cast) -> Iterator[None]:
    """What follows reads as the program does, for the first school."""
    with app.app_context():
        act_for(cast.school_id)
        yield
        db.session.rollback()


def put(app: Flask, cast: Cast, wanted: Assignment, lesson: str = LESSON, shown: Assignment = Assignment()) -> None:  # noqa: B008 - frozen
    with app.app_context():
        act_for(cast.school_id)
        found = part_in(viewer_of(cast.han), cast.classroom_id)
        assert found is not None
        assign(classroom=found[0], lesson_id=lesson, shown=shown.version, wanted=wanted)
        db.session.commit()


def stored(app: Flask, cast: Cast, lesson: str = LESSON, student: str = "gaon") -> Assignment:
    with app.app_context():
        act_for(getattr(cast, student).school_id)
        return assignment_for(viewer_of(getattr(cast, student)), lesson)


def section(page: Page, lesson: str = LESSON) -> Any:
    return next(one for one in page.all("section") if one.attrib.get("id") == lesson)


def typed(page: Page, lesson: str = LESSON) -> dict[str, str]:
    """What stands in the fields of a lesson's form."""
    found = {}
    for one in section(page, lesson).iter("input"):
        name = one.attrib.get("name", "").rpartition("-")[2]
        ticked = one.attrib.get("type") != "checkbox" or "checked" in one.attrib
        found |= {name: one.attrib.get("value", "")} if ticked else {}
    chosen = [one.attrib["value"] for one in section(page, lesson).iter("option") if "selected" in one.attrib]
    return {key: found[key] for key in TYPED if key in found} | {"attempt_limit": chosen[0] if chosen else ""}


def test_it_works(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.han)
    client.post(address(cast), form(**TYPED))
    assert client.location == f"{address(cast)}#{LESSON}"
    assert stored(app, cast) == SET
    page = client.get(address(cast))
    assert "저장했습니다" in page.words(section(page))
    assert typed(page) == TYPED
    assert "저장했습니다" not in client.get(address(cast)).text  # it is said once


# what holds for a student


def test_it_holds_for_the_class_and_the_lesson_alone(app: Flask, cast: Cast) -> None:
    put(app, cast, SET)
    assert stored(app, cast) == stored(app, cast, student="narae") == SET
    assert stored(app, cast, OTHER) == stored(app, cast, student="daon") == Assignment()
    assert stored(app, cast, student="lumi") == Assignment()


def test_who_is_in_no_class_has_nothing_set(app: Flask, cast: Cast) -> None:
    put(app, cast, SET)
    change(app, "DELETE FROM enrollment WHERE person_id = :id", id=cast.gaon.id)
    assert stored(app, cast) == Assignment()


def test_who_moves_to_another_class_follows_that_one(app: Flask, cast: Cast) -> None:
    put(app, cast, SET)
    new = {"new": cast.other_classroom_id, "id": cast.gaon.id}
    change(app, "UPDATE enrollment SET classroom_id = :new, number = 30 WHERE person_id = :id", **new)
    assert stored(app, cast) == Assignment()


def test_it_is_found_in_one_statement(app: Flask, cast: Cast, reading: None, statements: list[str]) -> None:
    assignment_for(viewer_of(cast.gaon), LESSON)
    assert len([one for one in statements if not one.startswith("SET LOCAL")]) == 1


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [(1, 2, "에 열려요"), (-1, 1, "까지 풀 수 있어요"), (-2, -1, "닫혔어요"), (None, None, None), (-1, None, None)],
)
def test_a_students_own_page_says_when_a_quiz_is_open(
    app: Flask, client: SiteClient, cast: Cast, opens: int | None, closes: int | None, said: str | None
) -> None:
    moment = datetime.now(UTC)
    times = [None if days is None else moment + timedelta(days=days) for days in (opens, closes)]
    put(app, cast, Assignment(3, True, *times))
    text = client.sign_in(cast.gaon).get("/ko/class").words()
    endings = {"에 열려요", "까지 풀 수 있어요", "닫혔어요"}
    assert {one for one in endings if one in text} == ({said} if said else set())
    client.get("/en/class")


def test_the_lesson_can_be_read_although_its_quiz_is_closed(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    before = client.get(f"/ko/lessons/{LESSON}").words()
    put(app, cast, Assignment(closes_at=FIRST_HOUR - timedelta(days=400)))
    assert client.get(f"/ko/lessons/{LESSON}").words() == before


# the page


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("ko", ["아직 열리지 않음", "2026년 3월 2일 (월) 오전 9:00", "3번까지", "결과를 보여 주지 않음"]),
        ("en", ["Not open yet", "Mon, 2 Mar 2026, 9:00", "Up to 3 times", "Results held back"]),
    ],
)
def test_the_page_says_what_is_set_in_school_time(
    app: Flask, client: SiteClient, cast: Cast, locale: str, words: list[str]
) -> None:
    put(app, cast, SET)
    with time_machine.travel(FIRST_HOUR - timedelta(minutes=1)):
        page = client.sign_in(cast.han).get(address(cast, locale))
    text = page.words(section(page)).replace("\u202f", " ")
    assert [one for one in words if one not in text] == []


def test_the_page_needs_six_statements_at_most(client: SiteClient, cast: Cast, statements: list[str]) -> None:
    client.sign_in(cast.han)
    statements.clear()
    client.get(address(cast))
    assert 0 < len([one for one in statements if not one.startswith("SET LOCAL")]) <= 6


def test_the_class_page_leads_there(client: SiteClient, cast: Cast) -> None:
    page = client.sign_in(cast.han).get(f"/ko/teach/classes/{cast.classroom_id}")
    assert address(cast) in [one.attrib["href"] for one in page.all("a")]


def test_everything_can_be_taken_back(app: Flask, client: SiteClient, cast: Cast) -> None:
    put(app, cast, SET)
    client.sign_in(cast.han).post(address(cast), form(shown=SET, opens_at="", closes_at="  ", attempt_limit=""))
    assert stored(app, cast) == Assignment()


def test_releasing_held_results_leaves_all_else(app: Flask, client: SiteClient, cast: Cast) -> None:
    put(app, cast, SET)
    fields = {key: one for key, one in TYPED.items() if key != "results_held"}
    client.sign_in(cast.han).post(address(cast), form(shown=SET, **fields))
    assert stored(app, cast) == Assignment(3, False, SET.opens_at, SET.closes_at)


def test_sending_twice_is_saving_once(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.han)
    for _ in range(2):
        client.post(address(cast), form(**TYPED))
    assert len(rows_of(app)["assignment"]) == 1


# who may


def test_a_co_teacher_who_may_only_look_sees_it_and_has_no_form(app: Flask, client: SiteClient, cast: Cast) -> None:
    put(app, cast, SET)
    page = client.sign_in(cast.lim).get(address(cast))
    assert "보기만 할 수 있" in page.text
    assert "3번까지" in page.words(section(page))
    assert list(section(page).iter("form")) == []
    client.post(address(cast), form(shown=SET), on="/ko/teach/", status=404)
    assert stored(app, cast) == SET


@pytest.mark.parametrize("name", ["bae", "yu", "moon", "gaon"])
def test_nobody_else_sees_or_changes_it(app: Flask, client: SiteClient, cast: Cast, name: str) -> None:
    client.sign_in(getattr(cast, name))
    client.get(address(cast), status=404)
    client.post(address(cast), form(**TYPED), on="/ko/", status=404)
    assert rows_of(app)["assignment"] == []


def test_a_lesson_that_the_class_does_not_have_is_refused(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.han)
    for lesson in ("", "middle/help", "middle/no/such-lesson", "../" * 9, "x" * 9000, "한" * 50, "\0"):
        client.post(address(cast), form(lesson, **TYPED), status=400)
    client.post(address(cast), {}, status=400)
    assert rows_of(app)["assignment"] == []


def test_a_class_of_another_course_is_not_given_these_lessons(app: Flask, client: SiteClient, cast: Cast) -> None:
    change(app, "UPDATE classroom SET course = 'none' WHERE id = :id", id=cast.classroom_id)
    client.sign_in(cast.han)
    assert "아직 차시가 없습니다" in client.get(address(cast)).text
    client.post(address(cast), form(**TYPED), on="/ko/teach/", status=400)


# what cannot be saved

BAD = [
    ({"opens_at": TYPED["closes_at"], "closes_at": TYPED["opens_at"]}, "뒤여야", "must come after"),
    ({"closes_at": TYPED["opens_at"]}, "뒤여야", "must come after"),
    ({"opens_at": "내일 아침"}, "날짜와 시각", "date and a time"),
    ({"opens_at": unicodedata.normalize("NFD", "삼월 이일")}, "날짜와 시각", "date and a time"),
    ({"opens_at": "2026-02-30T09:00"}, "날짜와 시각", "date and a time"),
    ({"opens_at": "2026-03-02"}, "날짜와 시각", "date and a time"),
    ({"closes_at": "9" * 5000}, "날짜와 시각", "date and a time"),
    ({"closes_at": '"><script>alert(1)</script>\u202e\u200b'}, "날짜와 시각", "date and a time"),
    ({"opens_at": "0001-01-01T00:00"}, "연도를", "the year"),
    ({"closes_at": "9999-12-31T23:59"}, "연도를", "the year"),
    ({"closes_at": "0026-03-03T09:00"}, "연도를", "the year"),
]


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_an_error_is_in_the_readers_language_and_keeps_what_was_typed(
    app: Flask, client: SiteClient, cast: Cast, locale: str
) -> None:
    client.sign_in(cast.han)
    before = rows_of(app)
    for wrong, *said in BAD:
        page = client.post(address(cast, locale), form(**TYPED | wrong), status=422)
        assert said[["ko", "en"].index(locale)] in page.words(section(page)), wrong
        assert typed(page) == TYPED | wrong
        assert [one for one in section(page).iter("details") if "open" in one.attrib]
        assert typed(page, OTHER) == {"opens_at": "", "closes_at": "", "attempt_limit": ""}
    assert rows_of(app) == before


def test_a_limit_that_is_not_offered_is_refused(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.han)
    for limit in ("0", "21", "-1", "many", "3.5", "9" * 5000, "세 번", "\0"):
        client.post(address(cast), form(attempt_limit=limit), status=422)
    assert rows_of(app)["assignment"] == []


def test_seconds_and_times_typed_as_text_are_understood(app: Flask, client: SiteClient, cast: Cast) -> None:
    times = {"opens_at": "2026-03-02 09:00", "closes_at": "2026-03-03T09:00:00"}
    client.sign_in(cast.han).post(address(cast), form(**TYPED | times))
    assert stored(app, cast) == SET


# two at once


def test_who_saves_second_is_told_and_keeps_what_was_typed(
    app: Flask, client: SiteClient, cast: Cast, visitor: Callable[[], SiteClient]
) -> None:
    change(app, "UPDATE teaching SET read_only = false WHERE person_id = :id", id=cast.lim.id)
    client.sign_in(cast.han).post(address(cast), form(**TYPED))
    second = visitor().sign_in(cast.lim)
    page = second.post(address(cast), form(attempt_limit="5"), status=409)
    assert stored(app, cast) == SET
    words = page.words(section(page))
    assert "먼저 바꾸었습니다" in words
    assert "3번까지" in words  # what is set now
    assert typed(page) == {"opens_at": "", "closes_at": "", "attempt_limit": "5"}
    [shown] = [one.attrib["value"] for one in section(page).iter("input") if one.attrib["name"].endswith("-shown")]
    assert shown == SET.version
    # Sent once more it is saved: now they know what it replaces.
    second.post(address(cast), form(shown=SET, attempt_limit="5"))
    assert stored(app, cast) == Assignment(5)
    assert "changed this" in visitor().sign_in(cast.han).post(address(cast, "en"), form(shown=SET), status=409).text


def test_two_who_save_different_lessons_do_not_stand_in_each_others_way(app: Flask, cast: Cast) -> None:
    assert at_once(lambda: put(app, cast, SET), lambda: put(app, cast, SET, OTHER)) == [None, None]
    assert stored(app, cast) == stored(app, cast, OTHER) == SET


def test_of_many_who_save_at_the_same_moment_one_is_first_and_all_others_are_told(app: Flask, cast: Cast) -> None:
    before = Assignment()
    for round_ in range(5):
        wanted = [Assignment(1 + (4 * round_ + place) % 20, bool(round_ % 2)) for place in range(4)]
        outcomes = at_once(*(lambda one=one: put(app, cast, one, shown=before) for one in wanted))  # noqa: B023 - run at once
        saved = [one for one, outcome in zip(wanted, outcomes, strict=True) if outcome is None]
        told = [one.current[LESSON] for one in outcomes if isinstance(one, ChangedMeanwhile)]
        before = stored(app, cast)
        assert saved == [before]
        assert told == [before] * 3
    assert len(rows_of(app)["assignment"]) == 1


def test_what_was_told_of_a_change_writes_nothing(app: Flask, cast: Cast) -> None:
    put(app, cast, SET)
    with pytest.raises(ChangedMeanwhile):
        put(app, cast, Assignment(9))
    assert stored(app, cast) == SET


# the table


def test_a_lesson_of_a_class_is_set_once(app: Flask, cast: Cast) -> None:
    put(app, cast, SET)
    row = {"school_id": cast.school_id, "classroom_id": cast.classroom_id, "lesson_id": LESSON, "results_held": False}
    with app.app_context(), pytest.raises(sa.exc.IntegrityError):
        act_for(cast.school_id)
        db.session.execute(sa.insert(StoredAssignment).values(**row, id=uuid4()))


def test_a_class_takes_what_was_set_along_when_it_goes(app: Flask, cast: Cast) -> None:
    put(app, cast, SET)
    change(app, "DELETE FROM classroom WHERE id = :id", id=cast.classroom_id)
    assert rows_of(app)["assignment"] == []


def test_another_class_sees_nothing_of_it(app: Flask, cast: Cast, reading: None) -> None:
    put(app, cast, SET)
    act_for(cast.school_id)
    own = part_in(viewer_of(cast.han), cast.classroom_id)
    other = part_in(viewer_of(cast.bae), cast.other_classroom_id)
    assert own is not None
    assert other is not None
    assert assignments_of(own[0]) == {LESSON: SET}
    assert assignments_of(other[0]) == {}
    assert part_in(viewer_of(cast.bae), cast.classroom_id) is None
