"""Shows that odd classes have right figures or an honest sentence: of one, of none, with a mover, a changed lesson."""

from dataclasses import replace

import pytest
from flask import Flask

from curriculum.dashboard import queries, views
from tests.across.test_across_page import ACROSS
from tests.across.test_across_page import rows as lines_of
from tests.across.test_files import SCHOOL, sent
from tests.cast import Cast
from tests.dashboard.school_day import answers, reads
from tests.dashboard.test_class_page import address, grid, item_of, numbers
from tests.quizzes.sample import LESSONS
from tests.site.rows import change
from tests.site_client import SiteClient

FIRST = LESSONS[0]
PAGES = (
    "",
    "/items",
    "/stories",
    "/pictures",
    "/assignments",
    "/assignments/draft",
    "/assignments/draft?what=route",
    "/assignments/students",
    "/prepare",
    f"/prepare/{FIRST}",
    "/pauses",
    "/certificates",
)


@pytest.fixture
def bae(app: Flask, cast: Cast) -> SiteClient:
    """Bae, in whose class there is one student, who missed an item and then completed the lesson."""
    missed = item_of(app, FIRST, help_route=False)
    answers(app, cast.daon, FIRST, missed)
    reads(app, cast.daon, FIRST)
    return SiteClient(app).sign_in(cast.bae)


def test_a_class_of_one_has_its_figures_and_nothing_is_said_of_the_class(
    app: Flask, cast: Cast, bae: SiteClient
) -> None:
    page = bae.get(address(cast.other_classroom_id))
    assert [one[-2:] for one in numbers(page)] == [[1], [1, 1], [83, 1], [0]]
    assert grid(page)["다온"][1] == "done 83%"
    assert "아직 답한 학생이 적어서 말할 것이 없습니다" in page.text
    item = item_of(app, FIRST, help_route=False)
    told = bae.get(address(cast.other_classroom_id, f"/items/{FIRST}/{item}"))
    assert "한 학생의 답이 드러나고" in told.text
    school = lines_of(SiteClient(app).sign_in(cast.moon).get(SCHOOL))
    assert school[1][1:] == ["1", "학생이 다섯 명보다 적어서 보여 주지 않습니다."]


@pytest.mark.parametrize("more", PAGES)
def test_every_page_of_an_empty_class_can_be_opened(app: Flask, cast: Cast, bae: SiteClient, more: str) -> None:
    change(app, "DELETE FROM enrollment WHERE classroom_id = :id", id=cast.other_classroom_id)
    page = bae.get(address(cast.other_classroom_id, more))
    assert "None" not in page.words()


def test_an_empty_class_is_told_how_students_come_and_offers_no_table(app: Flask, cast: Cast, bae: SiteClient) -> None:
    change(app, "DELETE FROM enrollment WHERE classroom_id = :id", id=cast.other_classroom_id)
    path = address(cast.other_classroom_id)
    page = bae.get(path)
    assert numbers(page) == [[0], [0]]
    assert f'href="{path}/roster"' in page.text
    assert "export.csv" not in page.text


def test_who_moves_takes_their_figures_along_and_leaves_none_behind(app: Flask, cast: Cast, bae: SiteClient) -> None:
    reads(app, cast.narae, FIRST, steps=1)
    move = "UPDATE enrollment SET classroom_id = :there, number = 40 WHERE person_id = :id"
    change(app, move, there=cast.classroom_id, id=cast.daon.id)
    han = SiteClient(app).sign_in(cast.han)
    page = han.get(address(cast.classroom_id))
    assert [one[-2:] for one in numbers(page)][:3] == [[3], [1, 3], [83, 1]]
    assert grid(page)["다온"][:2] == ["40", "done 83%"]
    assert lines_of(han.get(ACROSS))[0][3:5] == ["1", "83%"]
    assert sent(han, ACROSS, f"{ACROSS}/classes.csv")[1][7:9] == ["1", "83"]
    left = bae.get(address(cast.other_classroom_id))
    assert numbers(left) == [[0], [0]]
    assert lines_of(bae.get(ACROSS))[0][1:] == ["0", "시작 전", "–", "–", "–"]
    bae.get(address(cast.other_classroom_id, f"/students/{cast.daon.id}"), status=404)


@pytest.mark.parametrize(("steps", "mark"), [(1, "partly 83%"), (-1, "done 83%")])
def test_a_lesson_that_gains_or_loses_a_step_is_counted_as_it_is_now(
    app: Flask, cast: Cast, bae: SiteClient, monkeypatch: pytest.MonkeyPatch, steps: int, mark: str
) -> None:
    """What was sent stays, and so does the score; whoever had completed it has one more step to do, or none."""
    first, *others = app.extensions["catalog"].course("middle").lessons
    changed = replace(first, steps=(*first.steps, first.steps[-1]) if steps > 0 else first.steps[:steps])
    for module in (queries, views):
        monkeypatch.setattr(module, "course_lessons", lambda _course: [changed, *others])
    path, completed = address(cast.other_classroom_id), int(mark.startswith("done"))
    page = bae.get(path)
    assert grid(page)["다온"][1] == mark
    assert [one[-2:] for one in numbers(page)][1:3] == [[completed, 1], [83, 1]]
    for kind in ("csv", "xlsx"):
        assert sent(bae, path, f"{path}/export.{kind}")[-1][2:4] == [str(completed), "83"]
