"""Shows that every page that lists lessons knows several courses, and that a class sees its own."""

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from tests.cast import Cast, assemble
from tests.inspection import Page
from tests.reading.courses import three_courses
from tests.site.another_app import another_app
from tests.site.rows import change
from tests.site_client import SiteClient

COURSES = ("elementary", "middle", "high")


class School(NamedTuple):
    """An app with three courses; Gaon's class follows the middle one, Daon's the high one."""

    app: Flask
    cast: Cast


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory, quick_hashes: None) -> Iterator[School]:
    folder = tmp_path_factory.mktemp("courses")
    with another_app(folder, lessons=three_courses(folder / "lessons"), school="haetsal") as app:
        cast = assemble(app)
        change(app, "UPDATE classroom SET course = 'high' WHERE id = :id", id=cast.other_classroom_id)
        yield School(app, cast)


def hrefs_in(element: Element) -> list[str]:
    return [one.attrib["href"] for one in element.iter("a")]


def lessons_of(school: School, course: str) -> list[str]:
    return [lesson.id for lesson in school.app.extensions["catalog"].course(course).lessons]


def linked(page: Page, tag: str) -> list[str]:
    """The lessons that headings of this kind lead to."""
    links = [one.attrib["href"] for heading in page.all(tag) for one in heading.iter("a")]
    return [link.removeprefix("/ko/lessons/") for link in links if link.count("/") == 5]


def test_it_works(school: School) -> None:
    assert [course.id for course in school.app.extensions["catalog"].courses] == list(COURSES)
    assert len({one for course in COURSES for one in lessons_of(school, course)}) == 17


def test_the_lesson_list_has_every_course_in_order_and_leads_to_each(school: School) -> None:
    page = SiteClient(school.app).get("/ko/lessons/")
    assert linked(page, "h4") == [one for course in COURSES for one in lessons_of(school, course)]
    hrefs = [one.attrib["href"] for one in page.all("a")]
    for course in COURSES:
        assert {f"#course-{course}", f"/ko/lessons/{course}"} <= set(hrefs)
    assert f"/ko/lessons/{COURSES[0]}/consent" in hrefs


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_the_front_page_names_the_courses_with_their_ages(school: School, locale: str) -> None:
    page = SiteClient(school.app).get(f"/{locale}/")
    for course in school.app.extensions["catalog"].courses:
        (card,) = [one for one in page.all("li") if f"/{locale}/lessons/{course.id}" in hrefs_in(one)]
        assert course.title.in_(locale) in page.words(card)
        assert course.ages.replace("-", "–") in page.words(card)


@pytest.mark.parametrize(("who", "course"), [("gaon", "middle"), ("daon", "high")])
def test_a_student_sees_the_course_of_the_class(school: School, who: str, course: str) -> None:
    page = SiteClient(school.app).sign_in(getattr(school.cast, who)).get("/ko/class")
    assert linked(page, "h2") == lessons_of(school, course)


@pytest.mark.parametrize(
    ("who", "classroom", "letter"), [("han", "classroom_id", "B"), ("bae", "other_classroom_id", "C")]
)
def test_a_teacher_sees_the_course_of_the_class(school: School, who: str, classroom: str, letter: str) -> None:
    teacher = SiteClient(school.app).sign_in(getattr(school.cast, who))
    place = f"/ko/teach/classes/{getattr(school.cast, classroom)}"
    grid = teacher.get(place)
    codes = [grid.words(one)[:2] for one in grid.all("th") if one.attrib.get("scope") == "col"][2:]
    assert codes
    assert {code[0] for code in codes} == {letter}
    assignments = teacher.get(f"{place}/assignments")
    assert len(codes) == len([one for one in assignments.all("section") if "setting" in one.attrib["class"]])
    for page in ("items", "stories"):
        assert "A1." not in teacher.get(f"{place}/{page}").words()


@pytest.mark.parametrize("course", COURSES)
def test_signs_stand_beside_those_who_help_only_where_children_read(school: School, course: str) -> None:
    lesson = lessons_of(school, course)[0]
    page = SiteClient(school.app).get(f"/ko/lessons/{lesson}")
    signs = [one for one in page.root.iter() if one.attrib.get("class") == "helper-sign"]
    rows = [one for one in page.all("li") if "contact-row" in one.attrib.get("class", "").split()]
    named = [one for one in page.all("ul") if one.attrib.get("class") == "signpost"]
    assert rows
    if course != "elementary":
        assert (signs, named) == ([], [])
        return
    inside = [sign for one in (*rows, *named[0].iter("li")) for sign in one.iter("span") if sign in signs]
    assert len(inside) == len(rows) + 5 == len(signs)
    assert all(str(drawn.tag).endswith("svg") for sign in signs for drawn in sign)
    assert all(len(sign) == 1 for sign in signs)
    note = next(one for one in page.all("aside") if "content-note" in one.attrib["class"])
    assert named[0] in list(note.iter())
    unit = SiteClient(school.app).get(f"/ko/lessons/{lesson.rpartition('/')[0]}")
    assert unit.text.count('class="helper-sign"') == len(school.app.extensions["catalog"].panel)


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_children_read_of_each_place_what_is_said_to_them_and_nothing_else(school: School, locale: str) -> None:
    page = SiteClient(school.app).get(f"/{locale}/lessons/{lessons_of(school, 'elementary')[0]}")
    rows = [page.words(one) for one in page.all("li") if "contact-row" in one.attrib.get("class", "").split()]
    panel = school.app.extensions["catalog"].panel
    told = [contact for contact in panel if contact.easy]
    assert 5 < len(told) < len(panel)
    for words, contact in zip(rows, told, strict=True):
        assert contact.easy.in_(locale) in words
        assert contact.purpose.in_(locale) not in words
        assert contact.note is None or contact.note.in_(locale) not in words


def test_a_course_counts_its_own_lessons_and_its_own_short_route(school: School) -> None:
    pages = {course: SiteClient(school.app).get(f"/ko/lessons/{course}") for course in COURSES}
    lengths = {course: [page.words(one) for one in page.all("dd")] for course, page in pages.items()}
    assert lengths == {
        "elementary": ["3차시 · 2시간 15분"],
        "middle": ["12차시 · 9시간", "2차시 · 1시간 30분"],
        "high": ["2차시 · 1시간 30분", "1차시 · 45분"],
    }
