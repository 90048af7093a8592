"""Shows that a school's own people come first wherever help stands, only in their school, and who writes them down."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import exc
from werkzeug.test import TestResponse

from curriculum.accounts import queries as accounts
from curriculum.database import begin_write, db
from curriculum.support.queries import contacts_of_school
from curriculum.support.school_people import MOST, SchoolPerson, people_in
from curriculum.support.services import add_contact
from tests.cast import Cast
from tests.inspection import Page
from tests.site.rows import named, rows_of
from tests.site_client import SiteClient

LIST, NEW, LESSON = "/ko/school/contacts", "/ko/school/contacts/new", "/ko/lessons/middle/help/the-first-day"
NURSE = {"role_ko": "보건 선생님", "room_ko": "본관 1층 보건실", "hours_ko": "점심시간"}
COUNSELLOR = {"role_ko": "마음 지킴이", "room_ko": "3층 상담실", "hours_ko": "아침마다", "room_en": "Room 301"}
THERE = SchoolPerson("달빛 지킴이", "달빛관", "저녁마다")
KEEPERS = ("moon", "yu")


@pytest.fixture
def moon(app: Flask, cast: Cast) -> SiteClient:
    """The administrator."""
    return SiteClient(app).sign_in(cast.moon)


@pytest.fixture
def yu(app: Flask, cast: Cast) -> SiteClient:
    """The counsellor, in a browser of her own."""
    return SiteClient(app).sign_in(cast.yu)


def add(client: SiteClient, *several: dict[str, str]) -> None:
    for one in several:
        client.post(LIST, one, on=NEW)


def ids_of(app: Flask, cast: Cast) -> list[UUID]:
    with app.app_context():
        return [row.id for row in contacts_of_school(cast.school_id)]


def kept(app: Flask, cast: Cast) -> list[str]:
    """The roles, in order: in the table, which what is kept with the school must equal."""
    with app.app_context():
        people = [row.person for row in contacts_of_school(cast.school_id)]
    [text] = [row["contacts"] for row in named(rows_of(app))["school"] if row["id"] == cast.school_id]
    assert list(people_in(text)) == people
    return [one.role_ko for one in people]


def names(page: Page) -> list[str]:
    """What contacts are called on a page, in order."""
    return [page.words(one) for one in page.all("p") if one.attrib.get("class") == "contact-row__name"]


def values(page: Page) -> dict[str, str]:
    """What stands in the fields of the form."""
    fields = [one for one in page.all("input") if one.attrib.get("name") != "csrf_token"]
    return {one.attrib["name"]: one.attrib.get("value", "") for one in fields}


# shown first


@pytest.mark.parametrize("who", ["gaon", "han", "moon", None])
@pytest.mark.parametrize("locale", ["ko", "en"])
def test_they_come_first_wherever_help_stands(
    app: Flask, cast: Cast, moon: SiteClient, who: str | None, locale: str
) -> None:
    add(moon, COUNSELLOR)
    reader = SiteClient(app).sign_in(getattr(cast, who)) if who else SiteClient(app)
    assert names(reader.get(f"/{locale}/help/contacts"))[0] == "마음 지킴이"
    assert names(reader.get(LESSON.replace("ko", locale, 1)))[0] == "마음 지킴이"
    plan = reader.get(f"/{locale}/help/")
    assert plan.text.count("마음 지킴이") == 6 + 1  # each role's plan, and the foot of the page
    for path, status in (("/help/contacts", 200), ("/nothing", 404)):
        [foot] = reader.get(f"/{locale}{path}", status=status).all("footer")
        assert "마음 지킴이" in plan.words(foot)
    room = "Room 301" if locale == "en" else "3층 상담실"
    assert all(room in reader.get(f"/{locale}{path}").text for path in ("/help/", "/help/contacts"))


def test_where_none_are_written_nothing_is_said_of_the_school(app: Flask, moon: SiteClient) -> None:
    for path in ("/ko/help/contacts", "/ko/help/", LESSON):
        assert "우리 학교에서" not in moon.get(path).text
    assert "아직 적은 곳이 없습니다" in moon.get(LIST).words()


def test_those_of_another_school_are_never_shown(app: Flask, cast: Cast, moon: SiteClient) -> None:
    with app.app_context():
        begin_write()
        add_contact(school_id=cast.other_school_id, person=THERE)
        db.session.commit()
    add(moon, NURSE)
    lumi = SiteClient(app).sign_in(cast.lumi)
    for path in ("/ko/help/contacts", "/ko/help/", LESSON, "/ko/nothing"):
        status = 404 if "nothing" in path else 200
        here = [moon.get(path, status=status).text, SiteClient(app).get(path, status=status).text]
        there = lumi.get(path, status=status).text
        assert all("달빛 지킴이" not in text and "본관 1층 보건실" in text for text in here), path
        assert "달빛 지킴이" in there and "본관 1층 보건실" not in there, path


def test_signed_out_nobody_is_shown_unless_the_settings_name_a_school(app: Flask, moon: SiteClient) -> None:
    add(moon, NURSE)
    app.config["SCHOOL"] = None
    try:
        assert "본관 1층 보건실" not in SiteClient(app).get("/ko/help/contacts").text
    finally:
        app.config["SCHOOL"] = "haetsal"


def test_a_page_that_a_browser_has_is_sent_anew_once_they_have_changed(app: Flask, moon: SiteClient) -> None:
    reader = SiteClient(app)
    for path in (LESSON, "/ko/help/"):
        reader.get(path)
        before = reader.last.headers["ETag"]
        reader.get(path, status=304, headers={"If-None-Match": before})
        add(moon, {**NURSE, "room_ko": f"새 보건실 {path}"})
        assert "새 보건실" in reader.get(path, headers={"If-None-Match": before}).text
        assert "Cookie" in reader.last.headers["Vary"]


@pytest.mark.parametrize(("who", "most"), [("gaon", 2), ("moon", 1), (None, 1)])
def test_a_lesson_asks_no_more_of_the_database_for_it(
    app: Flask, cast: Cast, moon: SiteClient, statements: list[str], who: str | None, most: int
) -> None:
    add(moon, NURSE)
    reader = SiteClient(app).sign_in(getattr(cast, who)) if who else SiteClient(app)
    statements.clear()
    assert "본관 1층 보건실" in reader.get(LESSON).text
    assert len(statements) == most, statements


def test_help_is_shown_although_the_database_cannot_be_read(
    app: Flask, client: SiteClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def execute(self, *_: object, **__: object) -> None:
            raise exc.OperationalError("", {}, Exception("gone"))

    class Away:
        session = Broken()

    monkeypatch.setattr(accounts, "db", Away)
    assert "112" in client.get("/ko/help/contacts").text


# written down


@pytest.mark.parametrize("who", KEEPERS)
@pytest.mark.parametrize("locale", ["ko", "en"])
def test_the_keepers_of_the_list_have_their_pages(app: Flask, cast: Cast, who: str, locale: str) -> None:
    client = SiteClient(app).sign_in(getattr(cast, who))
    client.get(f"/{locale}/school/contacts")
    add(client, NURSE, COUNSELLOR)
    first = ids_of(app, cast)[0]
    assert "보건 선생님" in values(client.get(f"/{locale}/school/contacts/{first}")).values()
    for path in ("", "/new", f"/{first}/remove"):
        client.get(f"/{locale}/school/contacts{path}")
    for path, leads_to in (("/lessons/", "/school/"), ("/school/", "/school/contacts")):
        links = [one.attrib["href"] for one in client.get(f"/{locale}{path}").all("a")]
        assert f"/{locale}{leads_to}" in links


@pytest.mark.parametrize("who", ["gaon", "han", "lumi"])
def test_nobody_else_does(app: Flask, cast: Cast, moon: SiteClient, who: str) -> None:
    add(moon, NURSE)
    [first], before = ids_of(app, cast), rows_of(app)
    client = SiteClient(app).sign_in(getattr(cast, who))
    for path in (LIST, NEW, f"{LIST}/{first}", f"{LIST}/{first}/remove"):
        client.get(path, status=404)
    token = {"csrf_token": client.token("/ko/lessons/")}
    for path in (LIST, f"{LIST}/{first}/move", f"{LIST}/{first}/remove"):
        data = {**token, **NURSE, "entry": str(first), "version": "1", "way": "up"}
        assert client.client.post(path, data=data).status_code == 404
    assert {name: rows for name, rows in rows_of(app).items() if name.startswith("school")} == {
        name: rows for name, rows in before.items() if name.startswith("school")
    }


def test_what_is_written_stands_in_order_and_can_be_moved(app: Flask, cast: Cast, moon: SiteClient) -> None:
    add(moon, NURSE, COUNSELLOR)
    first, second = ids_of(app, cast)
    moon.post(f"{LIST}/{second}/move", {"way": "up"}, on=LIST)
    assert moon.location == f"{LIST}#contact-{second}"
    assert kept(app, cast) == ["마음 지킴이", "보건 선생님"]
    moon.post(f"{LIST}/{second}/move", {"way": "up"}, on=LIST)
    assert kept(app, cast) == ["마음 지킴이", "보건 선생님"]
    moon.post(f"{LIST}/{second}/move", {"way": "down"}, on=LIST)
    assert kept(app, cast) == ["보건 선생님", "마음 지킴이"]
    moon.post(f"{LIST}/{first}/move", {"way": "sideways"}, on=LIST, status=400)


def test_an_entry_can_be_changed_and_is_removed_after_one_question(app: Flask, cast: Cast, moon: SiteClient) -> None:
    add(moon, NURSE, COUNSELLOR)
    first, _ = ids_of(app, cast)
    typed = values(moon.get(f"{LIST}/{first}")) | {"room_ko": "별관"}
    moon.post(LIST, typed, on=NEW)
    assert "별관" in SiteClient(app).get("/ko/help/contacts").text
    before = rows_of(app)["school_contact"]
    asked = moon.get(f"{LIST}/{first}/remove")
    assert rows_of(app)["school_contact"] == before
    moon.post(f"{LIST}/{first}/remove", values(asked))
    assert kept(app, cast) == ["마음 지킴이"]


def test_a_usual_role_brings_its_english_along(moon: SiteClient, app: Flask) -> None:
    add(moon, NURSE)
    assert "Health teacher" in names(SiteClient(app).get("/en/help/contacts"))[0]


def test_sent_twice_it_stands_once(app: Flask, cast: Cast, moon: SiteClient) -> None:
    add(moon, NURSE, NURSE)
    assert kept(app, cast) == ["보건 선생님"]


def test_there_are_no_more_than_can_be_read_through(app: Flask, cast: Cast, moon: SiteClient) -> None:
    add(moon, *({**NURSE, "room_ko": f"{number}층"} for number in range(MOST)))
    page = moon.post(LIST, {**NURSE, "room_ko": "옥상"}, on=NEW, status=422)
    assert values(page)["room_ko"] == "옥상"
    assert len(ids_of(app, cast)) == MOST
    assert NEW not in [one.attrib["href"] for one in moon.get(LIST).all("a")]


# what is refused, kindly

REFUSED: dict[str, dict[str, str]] = {
    "no role": {"role_ko": "   "},
    "no room": {"room_ko": ""},
    "no hours": {"hours_ko": ""},
    "too long": {"room_ko": "가" * 61},
    "a sign nobody sees": {"hours_ko": "점심\u202e시간"},
    "a NUL": {"reach_ko": "내선\x00"},
    "Korean where English belongs": {"room_en": "보건실"},
    "an entry that is none": {"entry": "1 OR 1=1"},
}


@pytest.mark.parametrize("wrong", REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.parametrize("locale", ["ko", "en"])
def test_what_makes_no_sense_is_said_and_kept_in_the_form(
    app: Flask, cast: Cast, moon: SiteClient, wrong: dict[str, str], locale: str
) -> None:
    page = moon.post(f"/{locale}/school/contacts", {**NURSE, **wrong}, on=NEW, status=422)
    assert ids_of(app, cast) == []
    assert values(page)["role_ko"] == (NURSE | wrong)["role_ko"].strip()
    wrongs = [one for one in page.all("input") if one.attrib.get("aria-invalid") == "true"]
    assert [one.attrib["name"] for one in wrongs] == [name for name in wrong if name != "entry"]


def test_a_text_is_stored_as_it_is_composed(app: Flask, cast: Cast, moon: SiteClient) -> None:
    add(moon, {**NURSE, "role_ko": "\u1107\u1169\u1100\u1165\u11ab  \u1109\u1175\u11af"})
    assert kept(app, cast) == ["보건 실"]


@pytest.mark.parametrize("script", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"])
def test_markup_stays_text(app: Flask, moon: SiteClient, script: str) -> None:
    add(moon, {**NURSE, "room_ko": script})
    for path in ("/ko/help/contacts", "/ko/help/", LESSON):
        page = SiteClient(app).get(path)
        assert script in page.words()
        assert "<script>alert" not in page.text


# two at once


def both_open(app: Flask, cast: Cast, moon: SiteClient, yu: SiteClient) -> tuple[UUID, dict[str, str]]:
    """Both have the form of one entry before them; then the counsellor saves hers. What the administrator types."""
    add(moon, NURSE)
    [entry] = ids_of(app, cast)
    opened = values(moon.get(f"{LIST}/{entry}"))
    yu.post(LIST, values(yu.get(f"{LIST}/{entry}")) | {"hours_ko": "아침"}, on=NEW)
    return entry, opened | {"room_ko": "별관 보건실"}


def test_who_saves_second_is_told_and_keeps_what_was_typed(
    app: Flask, cast: Cast, moon: SiteClient, yu: SiteClient
) -> None:
    _, typed = both_open(app, cast, moon, yu)
    page = moon.post(LIST, typed, on=NEW, status=409)
    assert "그사이 다른 사람이 이 항목을 고쳐서 저장하지 않았습니다." in page.words()
    assert values(page) == typed | {"version": "2"}
    assert "아침" in page.words()  # what is stored now
    moon.post(LIST, values(page), on=NEW)
    with app.app_context():
        [row] = contacts_of_school(cast.school_id)
    assert (row.person.room_ko, row.person.hours_ko, row.version) == ("별관 보건실", "점심시간", 3)


def test_what_somebody_has_removed_meanwhile_can_be_added_again(
    app: Flask, cast: Cast, moon: SiteClient, yu: SiteClient
) -> None:
    entry, typed = both_open(app, cast, moon, yu)
    yu.post(f"{LIST}/{entry}/remove", {"version": "2"})
    page = moon.post(LIST, typed, on=NEW, status=409)
    assert values(page) == typed | {"entry": "", "version": ""}
    assert "저장하면 새로 추가됩니다" in page.words()
    moon.post(LIST, values(page), on=NEW)
    assert "별관 보건실" in SiteClient(app).get("/ko/help/contacts").text


def test_nothing_is_removed_that_somebody_has_changed_meanwhile(
    app: Flask, cast: Cast, moon: SiteClient, yu: SiteClient
) -> None:
    entry, _ = both_open(app, cast, moon, yu)
    page = moon.post(f"{LIST}/{entry}/remove", {"version": "1"}, status=409)
    assert "아침" in page.words()
    assert ids_of(app, cast) == [entry]
    moon.post(f"{LIST}/{entry}/remove", values(page))
    assert ids_of(app, cast) == []


def test_a_foreign_entry_is_as_good_as_absent(app: Flask, cast: Cast, moon: SiteClient) -> None:
    with app.app_context():
        begin_write()
        add_contact(school_id=cast.other_school_id, person=THERE)
        db.session.commit()
        [foreign] = [row.id for row in contacts_of_school(cast.other_school_id)]
    add(moon, NURSE)
    before = rows_of(app)

    def asked(entry: UUID) -> list[tuple[int, str]]:
        token = moon.token(NEW)
        send: Callable[..., TestResponse] = moon.client.post
        form: dict[str, Any] = {"csrf_token": token, **NURSE, "entry": str(entry), "version": "1", "way": "up"}
        responses = [send(LIST, data=form)]
        responses += [send(f"{LIST}/{entry}/{way}", data=form) for way in ("move", "remove")]
        responses += [moon.client.get(f"{LIST}/{entry}{more}") for more in ("", "/remove")]
        return [(one.status_code, one.text.replace(str(entry), "")) for one in responses]

    seen = asked(foreign)
    assert [status for status, _ in seen] == [409, 404, 404, 404, 404]
    absent = asked(uuid4())
    assert [status for status, _ in absent] == [status for status, _ in seen]
    assert all("달빛 지킴이" not in text for _, text in seen)
    assert rows_of(app) == before
