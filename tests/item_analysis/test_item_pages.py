"""Shows the pages of items: what many chose, its numbers where there are enough, and of this class alone."""

import re

import pytest
from flask import Flask

from curriculum.item_analysis.finding import FEWEST
from tests.cast import Cast
from tests.dashboard.school_day import Student, add_students, answers
from tests.inspection import Page
from tests.quizzes.sample import LESSONS, quiz_in
from tests.site.rows import change
from tests.site_client import SiteClient

FOREIGN = "카나리아"


def address(classroom_id: object, more: str = "") -> str:
    return f"/ko/teach/classes/{classroom_id}/items{more}"


def first(app: Flask, kind: str = "single") -> str:
    return next(one.id for one in quiz_in(app, LESSONS[0]).items if one.type == kind)


def cards(page: Page) -> list[str]:
    return [page.words(one) for one in page.all("section") if "item-card" in one.attrib.get("class", "")]


def rows(page: Page) -> list[list[str]]:
    """The cells of every table: how many chose what, and their share."""
    return [[page.words(cell) for cell in row] for body in page.all("tbody") for row in body.iter("tr")]


@pytest.fixture
def students(app: Flask, cast: Cast) -> list[Student]:
    """Twelve more students of Gaon's class."""
    return add_students(app, cast.school_id, cast.classroom_id, [f"학생{place:02}" for place in range(12)], 20)


@pytest.mark.parametrize("kind", ["single", "several", "order"])
def test_an_item_shows_its_sentence_its_numbers_and_every_choice(
    app: Flask, client: SiteClient, cast: Cast, students: list[Student], kind: str
) -> None:
    item = first(app, kind)
    for place, student in enumerate(students):
        answers(app, student, LESSONS[0], *([item] if place < 4 else []))
    page = client.sign_in(cast.han).get(address(cast.classroom_id, f"/{LESSONS[0]}/{item}"))
    assert "67%" in page.text  # eight of twelve
    assert "12명" in page.text
    table = rows(page)
    shares = [(int(re.sub(r"\D", "", count)), int(share.rstrip("%"))) for _, count, share in table]
    assert all(share == int(100 * count / 12 + 0.5) for count, share in shares)
    options = len(quiz_in(app, LESSONS[0]).item(item).options)
    assert len(table) == (options**2 if kind == "order" else options)
    widths = [float(one) for one in re.findall(r'class="spread__share[^>]*? width="([\d.]+)"', page.text)]
    assert [round(width / 220 * 12) for width in widths] == [count for count, _ in shares]


def test_fewer_than_five_first_answers_are_neither_a_sentence_nor_a_number(
    app: Flask, client: SiteClient, cast: Cast, students: list[Student]
) -> None:
    """What one or four students answered is not to be read here: no page tells it before the fifth."""
    item = first(app)
    client.sign_in(cast.han)
    path = address(cast.classroom_id, f"/{LESSONS[0]}/{item}")
    for student in students[: FEWEST - 1]:
        answers(app, student, LESSONS[0], item)
    page, listed = client.get(path), client.get(address(cast.classroom_id))
    assert (rows(page), cards(listed)) == ([], [])
    assert "변별도" not in page.text
    assert "아직 보여 드리지 않는" in listed.text
    answers(app, students[FEWEST - 1], LESSONS[0], item)
    assert rows(client.get(path))
    assert len(cards(client.get(address(cast.classroom_id)))) == 1


def test_where_all_chose_the_same_the_page_says_so_and_has_no_discrimination(
    app: Flask, client: SiteClient, cast: Cast, students: list[Student]
) -> None:
    item = first(app)
    for student in students:
        answers(app, student, LESSONS[0], item)
    page = client.sign_in(cast.han).get(address(cast.classroom_id, f"/{LESSONS[0]}/{item}"))
    assert "12명이 모두 똑같이 답했고" in page.text
    assert "모두 이 문항에서 같은 점수를" in page.text


def test_only_first_attempts_of_who_is_in_the_class_make_the_discrimination(
    app: Flask, client: SiteClient, cast: Cast, students: list[Student]
) -> None:
    item, other = (one.id for one in quiz_in(app, LESSONS[0]).items[:2])
    for place, student in enumerate(students):
        answers(app, student, LESSONS[0], *([item, other] if place % 2 else []))
        answers(app, student, LESSONS[0])  # right at once, which counts for nothing here
    client.sign_in(cast.han)
    path = address(cast.classroom_id, f"/{LESSONS[0]}/{item}")
    assert "+1.00" in client.get(path).text
    for student in students[:3]:
        change(app, "DELETE FROM enrollment WHERE person_id = :id", id=student.id)
    page = client.get(path)
    assert "+1.00" not in page.text
    assert "9명입니다. 10명보다 적으면" in page.text
    assert rows(page)[0]  # the counts of the class stay: nothing tells whose they were


def test_answers_to_an_earlier_version_of_a_quiz_are_told_of_and_not_counted(
    app: Flask, client: SiteClient, cast: Cast, students: list[Student]
) -> None:
    item = first(app)
    for student in students[:6]:
        answers(app, student, LESSONS[0], item)
    for table in ("item_tally", "attempt"):
        change(app, f"UPDATE {table} SET quiz_digest = 'before'")
    client.sign_in(cast.han)
    listed, page = (
        client.get(address(cast.classroom_id)),
        client.get(address(cast.classroom_id, f"/{LESSONS[0]}/{item}")),
    )
    assert cards(listed) == []
    assert all("바뀌기 전에 푼 6명의 답" in one.text for one in (listed, page))
    assert rows(page) == []


def test_nothing_of_another_class_is_counted(
    app: Flask, client: SiteClient, cast: Cast, students: list[Student]
) -> None:
    item = first(app)
    for school_id, classroom_id in (
        (cast.school_id, cast.other_classroom_id),
        (cast.other_school_id, cast.foreign_classroom_id),
    ):
        for student in add_students(app, school_id, classroom_id, [f"{FOREIGN}{place}" for place in range(12)], 20):
            answers(app, student, LESSONS[0], item)
    client.sign_in(cast.han)
    assert cards(client.get(address(cast.classroom_id))) == []
    assert rows(client.get(address(cast.classroom_id, f"/{LESSONS[0]}/{item}"))) == []


@pytest.mark.parametrize("more", ["/nope", "/x%00y"])
def test_an_item_that_is_not_there_is_not_found(client: SiteClient, cast: Cast, more: str) -> None:
    client.sign_in(cast.han)
    client.get(address(cast.classroom_id, f"/{LESSONS[0]}{more}"), status=404)
    client.get(address(cast.classroom_id, f"/middle/no/lesson{more}"), status=404)


def test_an_item_of_another_course_is_not_found(app: Flask, client: SiteClient, cast: Cast) -> None:
    lesson = app.extensions["catalog"].course("high").lessons[0]
    item = quiz_in(app, lesson.id).items[0].id
    client.sign_in(cast.han).get(address(cast.classroom_id, f"/{lesson.id}/{item}"), status=404)


def test_an_item_page_needs_five_statements(
    app: Flask, client: SiteClient, cast: Cast, students: list[Student], statements: list[str]
) -> None:
    for student in students:
        answers(app, student, LESSONS[0])
    client.sign_in(cast.han)
    statements.clear()
    client.get(address(cast.classroom_id, f"/{LESSONS[0]}/{first(app)}"))
    assert 0 < len(statements) <= 5, statements
