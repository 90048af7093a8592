"""The privacy page is made from the access table: a URL that shows more makes the page say more."""

import pytest
from flask import Flask

from curriculum.accounts.access import Mark, Shown, seen_by
from curriculum.accounts.viewer import Role
from curriculum.security import access_table
from tests.site_client import SiteClient

LEARNING = {Shown.PROGRESS, Shown.SCORE, Shown.CLASS_ITEMS, Shown.STORY_CHOICES}
NAMES = {
    Role.TEACHER: "우리 반 선생님",
    Role.COUNSELLOR: "상담 선생님",
    Role.ADMINISTRATOR: "학교 관리자",
    Role.STUDENT: "다른 학생",
}


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_it_works(client: SiteClient, locale: str) -> None:
    client.get(f"/{locale}/privacy")


def test_a_role_is_shown_what_the_urls_open_to_it_show() -> None:
    doors = [(Mark.TEACHER, [Shown.SCORE]), (Mark.STAFF, [Shown.ROSTER]), (Mark.PUBLIC, [])]
    assert seen_by(Role.TEACHER, doors) == [Shown.ROSTER, Shown.SCORE]
    assert seen_by(Role.COUNSELLOR, doors) == [Shown.ROSTER]
    assert seen_by(Role.STUDENT, doors) == []


def seen_in(app: Flask) -> dict[Role, list[Shown]]:
    doors = [(door.mark, door.shows) for door in access_table(app)]
    return {role: seen_by(role, doors) for role in Role}


def test_teachers_alone_see_how_anybody_learns_and_students_see_nobody(app: Flask) -> None:
    seen = seen_in(app)
    assert {role: LEARNING & set(kinds) for role, kinds in seen.items() if LEARNING & set(kinds)} == {
        Role.TEACHER: LEARNING
    }
    assert seen[Role.STUDENT] == []


def test_the_page_says_it_in_words_for_every_kind_there_is(client: SiteClient, app: Flask) -> None:
    page = client.get("/ko/privacy")
    rows = {page.words(one.find("dt")): one for one in page.all("dl")[0].findall("div")}
    for role, kinds in seen_in(app).items():
        said = [page.words(one) for one in rows[NAMES[role]].iter("li")]
        assert len(said) == len(kinds), role
        assert all(said), role
    assert page.words(rows[NAMES[Role.STUDENT]].find("dd")) == "볼 수 있는 것이 없어요"


def test_a_url_that_shows_more_to_counsellors_makes_the_page_say_so(
    client: SiteClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Shown.SCORE not in seen_in(app)[Role.COUNSELLOR]
    guide = app.view_functions["reading.guide"]
    monkeypatch.setattr(guide, "access_shows", (Shown.SCORE,))
    monkeypatch.setitem(app.extensions, "access", access_table(app))
    page = client.get("/ko/privacy")
    rows = {page.words(one.find("dt")): page.words(one.find("dd")) for one in page.all("dl")[0].findall("div")}
    assert "확인 문제에서 가장 좋은 점수" in rows["상담 선생님"]
