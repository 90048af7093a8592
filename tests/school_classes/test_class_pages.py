"""Shows how a school's classes are looked after: made once, given to teachers, closed; where students move."""

import io
from collections.abc import Callable

import pytest
from flask import Flask
from openpyxl import load_workbook

from curriculum.classrooms.class_code import shown_class_code
from curriculum.classrooms.school_year import end_of, school_year_of
from curriculum.classrooms.services import ClassTaken, open_class
from curriculum.database import db, now
from curriculum.tenancy import acting_meanwhile
from tests.cast import Cast
from tests.databases import at_once
from tests.site.rows import change, count, named, rows_of
from tests.site_client import SiteClient

Visitors = Callable[[], SiteClient]
NEW = "/ko/school/classes/new"


@pytest.fixture
def moon(client: SiteClient, cast: Cast) -> SiteClient:
    """The administrator."""
    return client.sign_in(cast.moon)


def page_of(cast: Cast) -> str:
    return f"/ko/school/classes/{cast.classroom_id}"


def new_class(**more: str) -> dict[str, str]:
    year = str(school_year_of(now()))
    return {"school_year": year, "level": "middle", "grade": "3", "section": "7", "course": "middle", **more}


def test_it_works(app: Flask, moon: SiteClient, visitor: Visitors) -> None:
    moon.post(NEW, new_class())
    page = moon.get(moon.location)
    [made] = [one for one in named(rows_of(app))["classroom"] if one["section"] == 7]
    assert made["code_expires_at"] == end_of(school_year_of(now()))
    code = shown_class_code(made["code"])
    assert code in page.text
    visitor().post("/ko/join", {"code": code})
    assert "class-added" in repr(rows_of(app)["audit_line"])
    moon.get("/ko/school/classes")


@pytest.mark.parametrize("more", [{"grade": "4"}, {"grade": "0"}, {"section": "41"}, {"section": "x"}, {"level": "x"}])
def test_a_class_that_cannot_be_is_refused_and_what_was_typed_stays(
    app: Flask, moon: SiteClient, more: dict[str, str]
) -> None:
    page = moon.post(NEW, new_class(**more), status=422)
    assert 'aria-invalid="true"' in page.text
    assert count(app, "classroom") == 3


def test_a_class_learns_the_course_of_its_level_unless_another_is_chosen(app: Flask, moon: SiteClient) -> None:
    for section, course in (("7", ""), ("8", "high")):
        moon.post(NEW, new_class(section=section, course=course))
    courses = {row["section"]: row["course"] for row in named(rows_of(app))["classroom"]}
    assert (courses[7], courses[8]) == ("middle", "high")


def test_the_same_class_is_made_once(app: Flask, moon: SiteClient) -> None:
    moon.post(NEW, new_class())
    moon.post(NEW, new_class(), status=422)
    assert count(app, "classroom") == 4


def test_two_who_make_the_same_class_at_once_make_one(app: Flask, cast: Cast) -> None:
    place = {"school_year": school_year_of(now()), "level": "middle", "grade": 3, "section": 7}

    def make() -> None:
        with app.test_request_context(), acting_meanwhile(cast.school_id):
            open_class(school_id=cast.school_id, course="middle", pseudonyms=False, **place)
            db.session.commit()

    outcomes = at_once(make, make)
    assert [type(one) for one in outcomes if one is not None] == [ClassTaken]
    assert count(app, "classroom") == 4


def test_a_new_code_ends_the_old_one(app: Flask, cast: Cast, moon: SiteClient, visitor: Visitors) -> None:
    moon.post(page_of(cast), {"way": "code"})
    visitor().post("/ko/join", {"code": "AAAA1111"}, status=422)
    [new] = [one["code"] for one in named(rows_of(app))["classroom"] if one["id"] == cast.classroom_id]
    visitor().post("/ko/join", {"code": new})


def test_an_archived_class_lets_nobody_in_until_it_is_opened_again(
    cast: Cast, moon: SiteClient, visitor: Visitors
) -> None:
    moon.post(page_of(cast), {"way": "archive"})
    visitor().post("/ko/join", {"code": "AAAA1111"}, status=422)
    visitor().sign_in(cast.han).get(f"/ko/teach/classes/{cast.classroom_id}")  # its records can be read
    moon.get(page_of(cast))
    moon.post(page_of(cast), {"way": "reopen"})
    visitor().post("/ko/join", {"code": "AAAA1111"})


@pytest.mark.parametrize(("part", "statuses"), [("full", (200, 200)), ("read", (200, 404)), ("none", (404, 404))])
def test_a_part_in_a_class_holds_at_once(
    cast: Cast, moon: SiteClient, visitor: Visitors, part: str, statuses: tuple[int, int]
) -> None:
    teacher = visitor().sign_in(cast.han)
    moon.post(f"{page_of(cast)}/teachers", {"teacher": str(cast.han.id), "part": part}, on=page_of(cast))
    own = f"/ko/teach/classes/{cast.classroom_id}"
    assert (teacher.client.get(own).status_code, teacher.client.get(f"{own}/cards").status_code) == statuses


@pytest.mark.parametrize("who", ["seo", "yu", "gaon", "moon"])
def test_nobody_teaches_who_is_no_teacher_of_this_school(app: Flask, cast: Cast, moon: SiteClient, who: str) -> None:
    before = rows_of(app)["teaching"]
    form = {"teacher": str(getattr(cast, who).id), "part": "full"}
    moon.post(f"{page_of(cast)}/teachers", form, status=422, on=page_of(cast))
    assert rows_of(app)["teaching"] == before


def places(app: Flask, person_id: object) -> set[tuple[object, int]]:
    return {
        (one["classroom_id"], one["number"])
        for one in named(rows_of(app))["enrollment"]
        if one["person_id"] == person_id
    }


@pytest.mark.parametrize("way", ["move", "add", "leave"])
def test_a_student_moves_and_the_records_go_along(app: Flask, cast: Cast, moon: SiteClient, way: str) -> None:
    form = {"way": way, "target": str(cast.other_classroom_id), "number": "20"}
    moon.post(f"{page_of(cast)}/students/1", form)
    here, there = (cast.classroom_id, 1), (cast.other_classroom_id, 20)
    assert places(app, cast.gaon.id) == {"move": {there}, "add": {here, there}, "leave": set()}[way]
    assert count(app, "person") == len(cast.everybody)


def test_a_taken_number_changes_nothing(app: Flask, cast: Cast, moon: SiteClient) -> None:
    before = rows_of(app)
    form = {"way": "move", "target": str(cast.other_classroom_id), "number": "1"}
    moon.post(f"{page_of(cast)}/students/1", form, status=409)
    assert rows_of(app) == before


@pytest.mark.parametrize("form", [{}, {"way": "move"}, {"way": "move", "number": "3"}, {"way": "x"}])
def test_a_move_to_nowhere_is_refused(app: Flask, cast: Cast, moon: SiteClient, form: dict[str, str]) -> None:
    before = rows_of(app)
    moon.post(f"{page_of(cast)}/students/1", form, status=422)
    foreign = {"way": "move", "target": str(cast.foreign_classroom_id), "number": "3"}
    moon.post(f"{page_of(cast)}/students/1", foreign, status=422)
    assert rows_of(app) == before


def test_a_student_of_two_classes_works_in_the_one_whose_code_was_used(
    app: Flask, cast: Cast, moon: SiteClient, visitor: Visitors
) -> None:
    moon.post(f"{page_of(cast)}/students/1", {"way": "add", "target": str(cast.other_classroom_id), "number": "20"})
    from curriculum.accounts.queries import viewer_of_session
    from curriculum.classrooms.queries import classroom_of
    from curriculum.tenancy import act_for

    for code, number, expected in (
        ("AAAA1111", 1, cast.classroom_id),
        ("BBBB2222", 20, cast.other_classroom_id),
        ("AAAA1111", 1, cast.classroom_id),
    ):
        guest = visitor()
        guest.post("/ko/join", {"code": code})
        guest.post("/ko/join/number", {"number": number, "code": "482915"})
        guest.get("/ko/class")
        with guest.client.session_transaction() as session, app.app_context():
            student = viewer_of_session(session["_user_id"])
            assert student is not None
            act_for(student.school_id)
            found = classroom_of(student)
        assert found is not None
        assert found.id == expected


def test_names_are_taken_away_for_good(app: Flask, cast: Cast, moon: SiteClient) -> None:
    moon.post(page_of(cast), {"way": "numbers"})
    assert not {"가온", "나래"} & {one["display_name"] for one in named(rows_of(app))["person"]}
    moon.post(page_of(cast), {"way": "names"})
    assert "1번" in moon.get(page_of(cast)).text


def test_a_roster_goes_out_as_a_file_that_runs_nothing(app: Flask, cast: Cast, moon: SiteClient) -> None:
    change(app, "UPDATE person SET display_name = '=1+1' WHERE id = :id", id=cast.gaon.id)
    plain = moon.client.get(f"{page_of(cast)}/roster.csv")
    assert plain.data.decode("utf-8-sig").splitlines()[1] == "2,1,1,'=1+1"
    book = load_workbook(io.BytesIO(moon.client.get(f"{page_of(cast)}/roster.xlsx").data))
    assert book.active is not None
    assert [cell.value for cell in book.active[2]] == [2, 1, 1, "'=1+1"]


def test_every_page_in_both_languages(cast: Cast, moon: SiteClient) -> None:
    for locale in ("ko", "en"):
        here = f"/{locale}/school/classes"
        for path in (here, f"{here}/new", f"{here}/{cast.classroom_id}", f"{here}/{cast.classroom_id}/students/1"):
            moon.get(path)
        for path in (f"/{locale}/school/roster", f"{here}/{cast.classroom_id}/roster", f"/{locale}/school/"):
            moon.get(path)
