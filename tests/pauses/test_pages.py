"""Shows that what rests is gone at once for students and families, says no reason, and comes back; staff read on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from tests.cast import Cast, Member
from tests.inspection import Page
from tests.quizzes.sample import quiz_in, sent
from tests.site.rows import count, outside, rows_of
from tests.site_client import SiteClient

ID = "middle/images/fake-image-real-harm"
LESSON = f"/ko/lessons/{ID}"
SCHOOL = "/ko/school/pauses"
TOLD, OTHER = "어젯밤 지우네 반 단톡방에", "어젯밤 지우네 반 모둠 과제 파일에"  # how the story and the other path begin
REASON = "학교에서 비슷한 일이 있었거나 다루고 있습니다"


@pytest.fixture
def site(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The site of Gaon's school, for whoever is signed out too."""
    monkeypatch.setitem(app.config, "SCHOOL", "haetsal")
    return app


def at(classroom: object) -> str:
    return f"/ko/teach/classes/{classroom}/pauses"


def pause(client: SiteClient, wanted: str, path: str = SCHOOL, **more: str) -> None:
    form = {"lesson": ID, "wanted": wanted, "reason": "incident", **more}
    client.post(path, form, on=f"{path}?lesson={ID}")


def lift(client: SiteClient, part: str, path: str = SCHOOL) -> None:
    client.post(path, {"way": "lift", "lesson": ID, "part": part}, on=f"{path}?lesson={ID}")


def come(site: Flask, member: Member | None = None) -> SiteClient:
    return SiteClient(site).sign_in(member) if member else SiteClient(site)


def test_it_works(site: Flask, cast: Cast) -> None:
    keeper = come(site, cast.moon)
    pause(keeper, "step/next-day")
    assert keeper.location == SCHOOL
    assert REASON in keeper.get(SCHOOL).text
    for member in (cast.gaon, None):
        page = come(site, member).get(LESSON)
        assert TOLD not in page.text
        assert OTHER not in page.text
        assert "잠시 쉬어 가요" in page.text
        assert REASON not in page.text


def test_families_who_have_the_page_are_sent_the_new_one_and_the_old_one_again(site: Flask, cast: Cast) -> None:
    family, keeper = come(site), come(site, cast.yu)
    family.get(LESSON)
    before = family.last.headers["ETag"]
    pause(keeper, "step/next-day")
    assert TOLD not in family.get(LESSON, headers={"If-None-Match": before}).text
    resting = family.last.headers["ETag"]
    family.get(LESSON, status=304, headers={"If-None-Match": resting})
    lift(keeper, "step/next-day")
    assert TOLD in family.get(LESSON, headers={"If-None-Match": resting}).text
    assert family.last.headers["ETag"] == before


@pytest.mark.parametrize("path", [f"{LESSON}?read=both", f"/en/lessons/{ID}"])
def test_it_rests_in_every_language(site: Flask, cast: Cast, path: str) -> None:
    pause(come(site, cast.moon), "step/next-day")
    page = come(site, cast.gaon).get(path)
    assert "Last night" not in page.words().partition("Resting for now")[2].partition("One sentence")[0]
    assert "Resting for now" in page.text


def test_the_other_path_stands_in_for_everybody(site: Flask, cast: Cast) -> None:
    pause(come(site, cast.moon), "step/next-day+other")
    for member in (cast.gaon, None):
        page = come(site, member).get(LESSON)
        assert TOLD not in page.text
        assert page.text.count(OTHER) == 1
        assert not [one for one in page.all("details") if one.attrib.get("name") == "next-day-path"]
        assert "item-" in come(site, member).get(f"{LESSON}/quiz").text


def test_a_whole_lesson_leaves_where_to_turn_and_another_lesson(site: Flask, cast: Cast) -> None:
    pause(come(site, cast.moon), "lesson")
    for member in (cast.gaon, None):
        page = come(site, member).get(LESSON)
        assert TOLD not in page.text
        assert "이 수업은 지금 쉬어 가요" in page.text
        assert [one.attrib["id"] for one in page.all("section") if "step" in one.attrib.get("class", "")] == ["help"]
        assert [one for one in page.all("a") if one.attrib.get("href", "").endswith("/new-tool-old-harm")]
        assert REASON not in page.text


def test_staff_read_everything_and_are_told_that_something_rests(site: Flask, cast: Cast) -> None:
    pause(come(site, cast.moon), "lesson")
    page = come(site, cast.han).get(LESSON)
    assert TOLD in page.text
    assert "쉬는 부분이 있습니다" in page.text


def test_a_class_rests_alone(site: Flask, cast: Cast) -> None:
    pause(come(site, cast.han), "step/next-day", at(cast.classroom_id))
    assert TOLD not in come(site, cast.gaon).get(LESSON).text
    for member in (cast.daon, cast.lumi, None):
        assert TOLD in come(site, member).get(LESSON).text


def test_another_schools_pauses_are_none_of_ours(site: Flask, cast: Cast) -> None:
    pause(come(site, cast.moon), "lesson")
    assert TOLD in come(site, cast.lumi).get(LESSON).text


def test_a_quiz_takes_no_answers_while_a_step_rests_and_keeps_those_it_has(site: Flask, cast: Cast) -> None:
    student, keeper = come(site, cast.gaon), come(site, cast.moon)
    student.post(f"{LESSON}/quiz", sent(quiz_in(site, ID)))
    result = student.location
    before = {table: rows_of(site)[table] for table in ("attempt", "item_response", "lesson_progress")}
    form = sent(quiz_in(site, ID), number=2) | {"csrf_token": student.token(f"{LESSON}/quiz")}
    pause(keeper, "step/next-day")
    assert student.client.post(f"{LESSON}/quiz", data=form).status_code == 403
    assert "item-" not in student.get(f"{LESSON}/quiz").text
    assert before == {table: rows_of(site)[table] for table in before}
    page = student.get(result)
    assert "이번 결과 100%" in page.text
    assert 'id="part-' not in page.text
    lift(keeper, "step/next-day")
    assert student.client.post(f"{LESSON}/quiz", data=form).status_code == 303


def test_an_answer_that_is_on_its_way_is_refused_in_words_the_page_has(site: Flask, cast: Cast) -> None:
    student = come(site, cast.gaon)
    page = student.get(f"{LESSON}/quiz")
    assert [one for one in page.all("p") if one.attrib.get("data-refused") == "rests"]
    form = sent(quiz_in(site, ID)) | {"csrf_token": student.token(f"{LESSON}/quiz"), "counter": "1"}
    pause(come(site, cast.moon), "lesson")
    reply = student.client.post(f"{LESSON}/quiz/answer", data=form | {"item": quiz_in(site, ID).items[0].id})
    assert (reply.status_code, reply.json) == (403, {"state": "rests"})
    assert count(site, "attempt") == 0


def test_who_is_signed_out_cannot_try_it_either(site: Flask, cast: Cast) -> None:
    visitor = come(site)
    form = sent(quiz_in(site, ID)) | {"csrf_token": visitor.token(f"{LESSON}/quiz")}
    pause(come(site, cast.moon), "lesson")
    assert visitor.client.post(f"{LESSON}/quiz", data=form).status_code == 403
    assert "item-" not in visitor.get(f"{LESSON}/quiz").text


def test_a_story_that_comes_to_rest_while_it_is_played_adds_nothing(site: Flask, cast: Cast) -> None:
    student = come(site, cast.gaon)
    story = site.extensions["stories"][ID]
    chosen = {f"scene-{scene}": next(iter(choices)) for scene, choices in story.options.items()}
    form = {"csrf_token": student.token(f"{LESSON}/story"), "version": story.digest, **chosen}
    pause(come(site, cast.moon), "story")
    reply = student.client.post(f"{LESSON}/story", data=form)
    assert reply.status_code == 409
    assert "더하지 않았어요" in reply.text
    assert count(site, "story_mark") == count(site, "story_tally") == 0
    assert "scene-1" not in student.get(f"{LESSON}/story").text
    assert f'href="{LESSON}/story"' not in student.get(LESSON).text
    assert "item-" in student.get(f"{LESSON}/quiz").text


def test_a_step_that_was_on_the_screen_can_still_be_sent(site: Flask, cast: Cast) -> None:
    student = come(site, cast.gaon)
    form = {"csrf_token": student.token(LESSON)}
    pause(come(site, cast.moon), "step/next-day")
    assert student.client.post(f"{LESSON}/steps/next-day", data=form).status_code == 303
    assert count(site, "visit") == 1


def test_it_ends_by_itself_when_its_last_day_is_over(site: Flask, cast: Cast) -> None:
    now = datetime(2026, 11, 23, 3, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        pause(come(site, cast.moon), "lesson", until="2026-11-24")
        assert TOLD not in come(site).get(LESSON).text
    with time_machine.travel(now + timedelta(days=1), tick=False):
        assert TOLD not in come(site).get(LESSON).text
    with time_machine.travel(now + timedelta(days=2), tick=False):
        assert TOLD in come(site).get(LESSON).text
        keeper = come(site, cast.moon)
        assert REASON not in keeper.get(SCHOOL).text
        pause(keeper, "story")  # whoever writes next leaves nothing of it
    assert count(site, "pause") == 1


def test_twice_the_same_is_the_later_one(site: Flask, cast: Cast) -> None:
    keeper = come(site, cast.moon)
    pause(keeper, "step/next-day")
    pause(keeper, "step/next-day+other", reason="name")
    assert count(site, "pause") == 1
    assert OTHER in come(site, cast.gaon).get(LESSON).text


def test_what_was_lifted_a_moment_ago_can_be_lifted_again(site: Flask, cast: Cast) -> None:
    keeper = come(site, cast.moon)
    pause(keeper, "lesson")
    lift(keeper, "lesson")
    lift(keeper, "lesson")
    assert count(site, "pause") == 0


def test_each_act_is_written_down(site: Flask, cast: Cast) -> None:
    pause(come(site, cast.moon), "lesson")
    lift(come(site, cast.moon), "lesson")
    pause(come(site, cast.han), "story", at(cast.classroom_id))
    with outside(site) as connection:
        lines = connection.exec_driver_sql("SELECT act, detail FROM audit_line ORDER BY number").all()
    assert [tuple(one) for one in lines] == [
        ("paused", f"{ID} lesson"),
        ("lifted", f"{ID} lesson"),
        ("paused", f"{ID} story"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"wanted": ""},
        {"wanted": "step/help"},
        {"wanted": "step/no-such-step"},
        {"wanted": "lesson+other"},
        {"reason": "because"},
        {"until": "2020-01-01"},
        {"until": "99999-01-01"},
        {"until": "next week"},
    ],
)
def test_what_makes_no_sense_comes_back_as_it_was_typed(site: Flask, cast: Cast, wrong: dict[str, str]) -> None:
    keeper = come(site, cast.moon)
    form = {"lesson": ID, "wanted": "step/next-day", "reason": "name", **wrong}
    page = keeper.post(SCHOOL, form, status=422, on=f"{SCHOOL}?lesson={ID}")
    assert [one for one in page.all("p") if one.attrib.get("class") == "field__error"]
    chosen = {one.attrib["value"] for one in page.all("input") if "checked" in one.attrib}
    assert chosen == {form["wanted"], form["reason"]} - set(wrong.values())
    assert count(site, "pause") == 0


def test_a_lesson_that_is_not_there_is_refused(site: Flask, cast: Cast) -> None:
    come(site, cast.moon).post(SCHOOL, {"lesson": "no/such/lesson", "wanted": "lesson"}, status=400)


def test_a_pause_of_a_lesson_that_left_the_pack_can_be_lifted(site: Flask, cast: Cast) -> None:
    keeper = come(site, cast.moon)
    pause(keeper, "lesson")
    with outside(site, writing=True) as connection:
        connection.exec_driver_sql("UPDATE pause SET lesson_id = 'gone/long/ago'")
    assert "gone/long/ago" in keeper.get(SCHOOL).text
    keeper.post(SCHOOL, {"way": "lift", "lesson": "gone/long/ago", "part": "lesson"}, on=f"{SCHOOL}?lesson={ID}")
    assert count(site, "pause") == 0


def test_a_class_cannot_lift_what_the_school_has_set(site: Flask, cast: Cast) -> None:
    pause(come(site, cast.moon), "lesson")
    teacher = come(site, cast.han)
    page = teacher.get(at(cast.classroom_id))
    assert "학교에서 정했습니다" in page.text
    lift(teacher, "lesson", at(cast.classroom_id))
    assert count(site, "pause") == 1


def test_who_may_only_look_sees_it_and_changes_nothing(site: Flask, cast: Cast) -> None:
    pause(come(site, cast.han), "lesson", at(cast.classroom_id))
    looker = come(site, cast.lim)
    page = looker.get(at(cast.classroom_id))
    assert REASON in page.text
    assert not _own_forms(page)
    looker.post(at(cast.classroom_id), {"way": "lift", "lesson": ID, "part": "lesson"}, status=404, on="/ko/sign-in")
    assert count(site, "pause") == 1


def _own_forms(page: Page) -> list[Any]:
    return [one for one in page.all("form") if "pauses" in one.attrib["action"]]


@pytest.mark.parametrize("who", ["gaon", None])
def test_a_lesson_needs_three_statements_at_most_whatever_rests(
    site: Flask, cast: Cast, statements: list[str], who: str | None
) -> None:
    pause(come(site, cast.moon), "story")
    pause(come(site, cast.han), "step/next-day", at(cast.classroom_id))
    client = come(site, getattr(cast, who) if who else None)
    statements.clear()
    client.get(LESSON)
    assert 0 < len([one for one in statements if not one.startswith("SET LOCAL")]) <= 3, statements


@pytest.mark.parametrize(("who", "sees"), [("moon", True), ("yu", True), ("han", False), ("gaon", False)])
def test_the_whole_school_is_kept_by_counsellors_and_administrators(
    site: Flask, cast: Cast, who: str, sees: bool, visitor: Callable[[], SiteClient]
) -> None:
    come(site, getattr(cast, who)).get(SCHOOL, status=200 if sees else 404)
