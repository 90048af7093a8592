"""The privacy page is made from the access table: a URL that shows more makes the page say more."""

import pytest
from flask import Flask

from curriculum.accounts.access import Mark, Shown, seen_by
from curriculum.accounts.viewer import Role
from curriculum.security import access_table
from tests.site_client import SiteClient

TEACHER = list(Shown)


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_it_works(client: SiteClient, locale: str) -> None:
    client.get(f"/{locale}/privacy")


def test_a_role_is_shown_what_the_urls_open_to_it_show() -> None:
    doors = [(Mark.TEACHER, [Shown.SCORE]), (Mark.STAFF, [Shown.ROSTER]), (Mark.PUBLIC, [])]
    assert seen_by(Role.TEACHER, doors) == [Shown.ROSTER, Shown.SCORE]
    assert seen_by(Role.COUNSELLOR, doors) == [Shown.ROSTER]
    assert seen_by(Role.STUDENT, doors) == []


def test_teachers_alone_see_anything_of_students(app: Flask) -> None:
    doors = [(door.mark, door.shows) for door in access_table(app)]
    seen = {role: seen_by(role, doors) for role in Role}
    assert seen == {Role.TEACHER: TEACHER, Role.COUNSELLOR: [], Role.ADMINISTRATOR: [], Role.STUDENT: []}


def test_the_page_says_it_in_words_for_every_kind_there_is(client: SiteClient, app: Flask) -> None:
    page = client.get("/ko/privacy")
    rows = {page.words(one.find("dt")): page.words(one.find("dd")) for one in page.all("dl")[0].findall("div")}
    assert rows["우리 반 선생님"].count("반") >= 1
    teacher = next(one for one in page.all("dd"))
    assert len(list(teacher.iter("li"))) == len(Shown)
    assert rows["상담 선생님"] == rows["학교 관리자"] == rows["다른 학생"] == "볼 수 있는 것이 없어요"


def test_a_url_that_shows_more_to_counsellors_makes_the_page_say_so(
    client: SiteClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = app.view_functions["reading.guide"]
    monkeypatch.setattr(guide, "access_shows", (Shown.SCORE,))
    monkeypatch.setitem(app.extensions, "access", access_table(app))
    page = client.get("/ko/privacy")
    rows = {page.words(one.find("dt")): page.words(one.find("dd")) for one in page.all("dl")[0].findall("div")}
    assert rows["상담 선생님"] == "확인 문제에서 가장 좋은 점수"
