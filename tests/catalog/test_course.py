"""What stands above the lessons: strands and the short route, duties to teach, pages for families, surveys."""

from pathlib import Path

import pytest

from curriculum.catalog.catalog import Catalog, load_catalog
from curriculum.catalog.check import check_content
from curriculum.catalog.duty import duties_from
from curriculum.catalog.entry import DutyEntry
from curriculum.catalog.page import render_duties, render_family
from curriculum.catalog.pair import restamp
from curriculum.catalog.problem import ContentError
from curriculum.catalog.rendering import Renderer
from curriculum.catalog.text import LOCALES, Locale
from tests.catalog.course_faults import ENGLISH, FAMILY, GRAVE, LIGHT, MISSING, SEQUENCE, SURVEY, UNIT
from tests.catalog.writing_faults import Written

LESSON_IDS = ("upper/pens/lending", "middle/pencils/asking", "middle/pencils/giving")


def plant(pack: Path, fault: Written) -> None:
    for name, old, new in fault.changes:
        text = (pack / name).read_text("utf-8")
        assert old in text
        (pack / name).write_text(text.replace(old, new, 1), "utf-8")


def named(fault: Written) -> str:
    return f"{fault.code} in {fault.file.rpartition('/')[2]}"


@pytest.mark.parametrize("fault", [*GRAVE, *LIGHT], ids=named)
def test_a_planted_fault_is_found_where_it_stands(pack: Path, fault: Written) -> None:
    plant(pack, fault)
    found = [(one.path, one.line) for one in check_content(pack) if one.code == fault.code]
    assert (pack / fault.file, fault.line) in found


@pytest.mark.parametrize("fault", GRAVE, ids=named)
def test_what_cannot_be_shown_keeps_the_program_from_starting(pack: Path, fault: Written) -> None:
    plant(pack, fault)
    with pytest.raises(ContentError) as caught:
        load_catalog(pack)
    assert fault.code in {problem.code for problem in caught.value.problems}


@pytest.mark.parametrize("fault", LIGHT, ids=named)
def test_what_is_merely_unfinished_does_not(pack: Path, fault: Written) -> None:
    plant(pack, fault)
    assert load_catalog(pack).courses[0].lessons


@pytest.mark.parametrize(("code", "name"), MISSING)
def test_a_missing_file_is_named_and_missed_by_nobody_else(pack: Path, code: str, name: str) -> None:
    (pack / name).unlink()
    assert [(one.code, one.path) for one in check_content(pack)] == [(code, pack / name)]
    course = load_catalog(pack).courses[0]
    assert (course.survey, bool(course.units[0].family)) == ((), True) if name == SURVEY else not course.units[0].family


def test_a_course_without_a_short_route_misses_no_strand(pack: Path) -> None:
    plant(pack, Written("", SEQUENCE, 0, ((SEQUENCE, 'short_route = ["middle/pencils/asking"]', "short_route = []"),)))
    plant(pack, Written("", UNIT, 0, ((UNIT, '"law", ', ""),)))
    assert check_content(pack) == []


def test_lessons_of_a_route_that_stand_in_another_order_are_found(pack: Path) -> None:
    another = '[[lessons]]\nslug = "giving"\ncode = "B1.2"\nminutes = 45\nstrands = ["help"]\n\n[[objectives]]'
    plant(pack, Written("", UNIT, 0, ((UNIT, "[[objectives]]", another),)))
    turned = '["middle/pencils/giving", "middle/pencils/asking"]'
    plant(pack, Written("", SEQUENCE, 0, ((SEQUENCE, '["middle/pencils/asking"]', turned),)))
    found = [(one.line, one.detail) for one in check_content(pack) if one.code == "route_order"]
    assert found == [(2, "middle/pencils/giving")]


def test_a_new_stamp_settles_a_changed_page_for_families(pack: Path) -> None:
    plant(pack, Written("", FAMILY, 0, ((FAMILY, "민준이는 왜", "민준이는 언제"),)))
    assert [one.code for one in check_content(pack)] == ["translation_older"]
    restamp(pack, "middle/pencils")
    assert check_content(pack) == []
    assert (pack / ENGLISH).read_text("utf-8").count("original = ") == 1


@pytest.mark.parametrize(
    ("covers", "lessons"),
    [
        ((), LESSON_IDS),
        (("middle",), LESSON_IDS[1:]),
        (("middle/pencils/giving", "upper"), (LESSON_IDS[0], LESSON_IDS[2])),
        (("middle/pencils",), ()),
    ],
)
def test_a_duty_covers_the_courses_and_lessons_it_names_and_else_every_lesson(
    covers: tuple[str, ...], lessons: tuple[str, ...]
) -> None:
    (duty,) = duties_from([DutyEntry(ko="가", en="a", fact="pencil-law", covers=covers)], LESSON_IDS)
    assert duty.lessons == lessons


def test_a_catalog_knows_what_stands_above_its_lessons(pencils: Catalog) -> None:
    course = pencils.course("middle")
    assert course is pencils.courses[0]
    assert pencils.course("pencils") is None
    unit = course.unit("pencils")
    assert unit is not None
    assert (unit.course, course.unit("middle")) == ("middle", None)
    assert [section.kind for section in unit.family] == ["taught", "talk", "tells", "help"]
    assert [item.kind for item in course.survey][:3] == ["knowledge", "knowledge", "norm"]
    assert [(duty.fact, duty.lessons) for duty in pencils.duties] == [
        ("pencil-custom", ("middle/pencils/asking",)),
        ("pencil-law", ("middle/pencils/asking",)),
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_for_families_renders_as_students_read_and_duties_as_teachers_do(
    pencils: Catalog, renderer: Renderer, locale: Locale
) -> None:
    page = render_family(renderer, pencils.courses[0].units[0], locale)
    law = pencils.facts["pencil-law"]
    assert (law.ko.polite if locale == "ko" else law.en) in page["help"].html
    assert [source.number for source in page["help"].sources] == [1]
    duties = render_duties(renderer, pencils.duties, locale)
    assert (law.ko.plain if locale == "ko" else law.en) in duties[1].html
    assert [source.number for one in duties for source in one.sources] == [1, 2]
