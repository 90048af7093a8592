"""Shows that the class page counts right, shows its own class alone, and reads little."""

import re
from uuid import UUID, uuid4

import pytest
from flask import Flask

from tests.cast import Cast
from tests.dashboard.school_day import add_students, answers, reads
from tests.inspection import Page
from tests.quizzes.sample import LESSONS, quiz_in
from tests.site.rows import change
from tests.site_client import SiteClient

NAMES = [f"학생{number:02}" for number in range(1, 53)]
FOREIGN = "카나리아"


def address(classroom_id: object, more: str = "") -> str:
    return f"/ko/teach/classes/{classroom_id}{more}"


def grid(page: Page) -> dict[str, list[str]]:
    """The cells of the grid by name of the student: number, then each lesson's state and score."""
    rows = [list(row) for body in page.all("tbody") for row in body.iter("tr")]
    return {page.words(row[1]): [page.words(row[0]), *(cell(page, one) for one in row[2:])] for row in rows}


def cell(page: Page, element: object) -> str:
    (mark,) = [one for one in element.iter("span") if re.match(r"mark mark--", one.attrib.get("class", ""))]
    score = re.search(r"\d+%", page.words(mark))
    return f"{mark.attrib['class'].rpartition('--')[2]} {score[0] if score else ''}".strip()


def tiles(page: Page) -> list[tuple[str, str]]:
    """Label and figure of each tile."""
    return [(page.words(one[0]), page.words(one[1])) for one in page.all("div") if one.attrib.get("class") == "tile"]


def numbers(page: Page) -> list[list[int]]:
    """The numbers in each tile."""
    return [[int(one) for one in re.findall(r"\d+", figure)] for _, figure in tiles(page)]


def words(page: Page) -> set[str]:
    """Who is named as needing a word."""
    return {page.words(one) for one in page.all("a") if one.attrib.get("id", "").startswith("word-")}


def plan(app: Flask, cast: Cast, lesson_id: str, *, due_at: str) -> UUID:
    """A lesson asked of Gaon's class until a time."""
    assignment = uuid4()
    change(
        app,
        "INSERT INTO assignment (school_id, id, classroom_id, lesson_id, results_held, assigned, due_at)"
        " VALUES (:school, :id, :classroom, :lesson, :held, :asked, :due_at)",
        school=cast.school_id,
        id=assignment,
        classroom=cast.classroom_id,
        lesson=lesson_id,
        held=False,
        asked=True,
        due_at=due_at,
    )
    return assignment


def item_of(app: Flask, lesson_id: str, *, help_route: bool, kind: str = "single") -> str:
    found = [one.id for one in quiz_in(app, lesson_id).items if one.help_route == help_route]
    return (
        found[0]
        if help_route
        else next(one.id for one in quiz_in(app, lesson_id).items if one.type == kind and not one.help_route)
    )


def test_it_works(app: Flask, client: SiteClient, cast: Cast) -> None:
    course = app.extensions["catalog"].course("middle").lessons
    page = client.sign_in(cast.han).get(address(cast.classroom_id))
    assert grid(page) == {name: [number, *["none"] * len(course)] for name, number in (("가온", "1"), ("나래", "2"))}
    assert numbers(page) == [[2], [0]]


def test_the_lessons_stand_in_the_head_by_their_codes_and_scroll_by_keyboard(
    app: Flask, client: SiteClient, cast: Cast
) -> None:
    """The titles are there for who hears the page; sight gets the codes alone, so that a whole course stays calm."""
    page = client.sign_in(cast.han).get(address(cast.classroom_id))
    (scroll,) = [one for one in page.root.iter() if one.attrib.get("class") == "class-grid__scroll"]
    assert scroll.attrib["tabindex"] == "0"
    assert scroll.attrib["role"] == "group"
    assert scroll.attrib["aria-label"]
    links = [link for head in scroll.iter("thead") for link in head.iter("a")]
    course = app.extensions["catalog"].course("middle").lessons
    assert [(link.text, page.words(link[0])) for link in links] == [(one.code, one.title.ko) for one in course]
    assert {link[0].attrib["class"] for link in links} == {"visually-hidden"}


def test_marks_scores_and_tiles_equal_a_count_by_hand(app: Flask, client: SiteClient, cast: Cast) -> None:
    first, second, *_ = course = [lesson.id for lesson in app.extensions["catalog"].course("middle").lessons]
    single, helping = item_of(app, first, help_route=False), item_of(app, first, help_route=True)
    for student in (cast.gaon, cast.narae):
        reads(app, student, first)
    answers(app, cast.gaon, first, single)
    answers(app, cast.narae, first, helping)
    answers(app, cast.narae, first, single)
    reads(app, cast.suspended, second, steps=1)
    page = client.sign_in(cast.han).get(address(cast.classroom_id))
    rest = ["none"] * (len(course) - 2)
    assert grid(page) == {
        "가온": ["1", "done 83%", "none", *rest],
        "나래": ["2", "done 83%", "none", *rest],
    }
    # Two students, the third is stopped; both completed the lesson; 83 % of two; of two nobody says what they chose.
    assert numbers(page)[0] == [2]
    assert [one[-2:] for one in numbers(page)[1:3]] == [[2, 2], [83, 2]]
    assert numbers(page)[3] == [0]


def test_figures_of_many_students_equal_a_recount_of_the_rows(app: Flask, client: SiteClient, cast: Cast) -> None:
    lesson_id = app.extensions["catalog"].course("middle").lessons[0].id
    items = [item.id for item in quiz_in(app, lesson_id).items if item.type == "single"]
    helping = {item.id for item in quiz_in(app, lesson_id).items if item.help_route}
    students = add_students(app, cast.school_id, cast.classroom_id, NAMES[:20], 10)
    shares, completed = [], 0
    for place, student in enumerate(students):
        missed = items[: place % (len(items) + 1)]
        if place % 5 == 0:
            continue
        answers(app, student, lesson_id, *missed)
        shares.append(100 * (6 - len(missed)) / 6)
        if place % 2:
            reads(app, student, lesson_id)
            completed += not helping & set(missed)
    found = numbers(client.sign_in(cast.han).get(address(cast.classroom_id)))
    assert found[0] == [22]
    assert found[1][-2:] == [completed, 22]
    assert found[2][-2:] == [int(sum(shares) / len(shares) + 0.5), len(shares)]


def test_what_the_class_missed_most_comes_first(app: Flask, client: SiteClient, cast: Cast) -> None:
    lesson_id = LESSONS[0]
    single, helping = item_of(app, lesson_id, help_route=False), item_of(app, lesson_id, help_route=True)
    for place, student in enumerate(add_students(app, cast.school_id, cast.classroom_id, NAMES[:6], 10)):
        answers(app, student, lesson_id, *([single, helping] if place < 3 else [helping]))
        answers(app, student, lesson_id, *[item.id for item in quiz_in(app, lesson_id).items])
    page = client.sign_in(cast.han).get(address(cast.classroom_id))
    cards = [one for one in page.all("section") if "item-card" in one.attrib.get("class", "")]
    quiz = quiz_in(app, lesson_id)
    prompts = [page.words(one) for card in cards for one in card.iter("h3")]
    texts = [quiz.item(one).prompt.ko for one in (helping, single)]
    assert [re.sub(r"\W", "", one) for one in prompts] == [re.sub(r"\W", "", one) for one in texts]
    # Only first attempts count: six of six, then three of six.
    assert ["6명" in page.words(cards[0]), "6명 가운데 3명이" in page.words(cards[1])] == [True, True]


def test_the_page_of_items_shows_them_all(app: Flask, client: SiteClient, cast: Cast) -> None:
    everything = [item.id for item in quiz_in(app, LESSONS[0]).items]
    for student in add_students(app, cast.school_id, cast.classroom_id, NAMES[:5], 10):
        answers(app, student, LESSONS[0], *everything)
    client.sign_in(cast.han)
    short, whole = client.get(address(cast.classroom_id)), client.get(address(cast.classroom_id, "/items"))
    count = [
        len([one for one in page.all("section") if "item-card" in one.attrib.get("class", "")])
        for page in (short, whole)
    ]
    assert count == [3, len(everything)]
    assert numbers(short)[-1] == [len(everything)]


def test_who_was_asked_and_has_not_begun_is_named_and_the_name_leads_to_their_page(
    app: Flask, client: SiteClient, cast: Cast
) -> None:
    students = add_students(app, cast.school_id, cast.classroom_id, NAMES[:6], 10)
    for student in students:
        reads(app, student, LESSONS[0], steps=1)
    plan(app, cast, LESSONS[0], due_at="2026-03-02 00:00:00")
    page = client.sign_in(cast.han).get(address(cast.classroom_id))
    assert words(page) == {"가온", "나래"}
    links = [one.attrib["href"] for one in page.all("a") if one.attrib.get("id", "").startswith("word-")]
    assert links == [address(cast.classroom_id, f"/students/{one.id}") for one in (cast.gaon, cast.narae)]
    change(app, "UPDATE assignment SET taught_on = '2026-03-02'")
    page = client.get(address(cast.classroom_id))
    assert words(page) == set()
    assert "지도함" in page.text
    assert "지금은 없습니다." in page.text


def test_a_later_time_of_their_own_is_kept_to(app: Flask, client: SiteClient, cast: Cast) -> None:
    for student in add_students(app, cast.school_id, cast.classroom_id, NAMES[:6], 10):
        reads(app, student, LESSONS[0], steps=1)
    assignment = plan(app, cast, LESSONS[0], due_at="2026-03-02 00:00:00")
    change(
        app,
        "INSERT INTO own_assignment (school_id, id, assignment_id, person_id, until)"
        " VALUES (:school, :id, :assignment, :person, '2099-03-02 00:00:00')",
        school=cast.school_id,
        id=uuid4(),
        assignment=assignment,
        person=cast.narae.id,
    )
    assert words(client.sign_in(cast.han).get(address(cast.classroom_id))) == {"가온"}


def test_only_the_own_class_is_shown(app: Flask, client: SiteClient, cast: Cast) -> None:
    for school_id, classroom_id in (
        (cast.school_id, cast.other_classroom_id),
        (cast.other_school_id, cast.foreign_classroom_id),
    ):
        for student in add_students(app, school_id, classroom_id, [f"{FOREIGN}{place}" for place in range(5)], 20):
            reads(app, student, LESSONS[0])
            answers(app, student, LESSONS[0], *[item.id for item in quiz_in(app, LESSONS[0]).items])
    client.sign_in(cast.han)
    for more in ("", "/items", "?page=0", "?page=-1", "?page=nonsense"):
        text = client.get(address(cast.classroom_id, more)).text
        assert not [name for name in (FOREIGN, "다온", "루미", "BBBB", "CCCC", "달빛") if name in text]
    page = client.get(address(cast.classroom_id))
    assert numbers(page) == [[2], [0]]
    assert "다온" not in client.get("/ko/teach/").text
    assert str(cast.other_classroom_id) not in client.get("/ko/teach/").text


@pytest.mark.parametrize("who", ["gaon", "bae", "yu", "moon"])
@pytest.mark.parametrize("more", ["", "/items"])
def test_a_class_somebody_does_not_teach_is_as_absent_as_none(
    client: SiteClient, cast: Cast, who: str, more: str
) -> None:
    client.sign_in(getattr(cast, who))
    pages = [client.get(address(one, more), status=404).text for one in (cast.classroom_id, uuid4())]
    assert len({re.sub(r'[0-9a-f-]{36}|name="csrf_token" value="[^"]*"', "", text) for text in pages}) == 1


def test_a_class_of_another_school_is_absent(client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.han).get(address(cast.foreign_classroom_id), status=404)


def test_who_may_only_look_sees_the_same_grid(client: SiteClient, cast: Cast) -> None:
    full = client.sign_in(cast.han).get(address(cast.classroom_id))
    looking = client.sign_in(cast.lim).get(address(cast.classroom_id))
    assert grid(full) == grid(looking)


def test_a_visitor_is_led_to_the_sign_in_of_staff(client: SiteClient, cast: Cast) -> None:
    client.get(address(cast.classroom_id), status=303)
    assert client.location == "/ko/sign-in"


def test_fifty_four_students_are_paged_by_fifty(app: Flask, client: SiteClient, cast: Cast) -> None:
    add_students(
        app, cast.school_id, cast.classroom_id, NAMES[:46], 10
    )  # the cast has 1 and 2, and 9, who is in no list
    add_students(app, cast.school_id, cast.classroom_id, NAMES[46:], 3)
    client.sign_in(cast.han)
    first, second = (client.get(address(cast.classroom_id, f"?page={page}")) for page in (1, 2))
    assert (len(grid(first)), len(grid(second))) == (50, 4)
    found = [int(row[0]) for page in (first, second) for row in grid(page).values()]
    assert found == sorted(set(found))
    assert numbers(first)[0] == numbers(second)[0] == [54]
    links = {
        one.attrib["rel"]: one.attrib["href"] for one in first.all("a") if one.attrib.get("rel") in {"next", "prev"}
    }
    assert links == {"next": address(cast.classroom_id, "?page=2")}
    assert 'rel="next"' not in second.text


@pytest.mark.parametrize("page", ["2", "99", "9" * 30, "9" * 5000])
def test_a_page_beyond_the_last_is_absent_and_says_nothing_false(client: SiteClient, cast: Cast, page: str) -> None:
    client.sign_in(cast.han)
    path = address(cast.classroom_id, f"?page={page}")
    if len(page) > 4000:  # no number at all
        assert numbers(client.get(path)) == [[2], [0]]
    else:
        assert "아직 학생이 없습니다" not in client.get(path, status=404).text


def test_fifty_students_need_no_second_page(app: Flask, client: SiteClient, cast: Cast) -> None:
    add_students(app, cast.school_id, cast.classroom_id, NAMES[:48], 10)
    page = client.sign_in(cast.han).get(address(cast.classroom_id))
    assert len(grid(page)) == 50
    assert "pagination" not in page.text


def test_a_name_is_shown_as_it_is_written(app: Flask, client: SiteClient, cast: Cast) -> None:
    name = '<b>가람</b> & "나"'
    add_students(app, cast.school_id, cast.classroom_id, [name], 10)
    page = client.sign_in(cast.han).get(address(cast.classroom_id))
    assert name in grid(page)


@pytest.mark.parametrize("more", ["", "/items"])
def test_a_class_page_needs_six_statements_at_most(
    app: Flask, client: SiteClient, cast: Cast, statements: list[str], more: str
) -> None:
    for student in add_students(app, cast.school_id, cast.classroom_id, NAMES[:30], 10):
        reads(app, student, LESSONS[0], steps=2)
        answers(app, student, LESSONS[0], *[item.id for item in quiz_in(app, LESSONS[0]).items])
    client.sign_in(cast.han)
    statements.clear()
    client.get(address(cast.classroom_id, more))
    assert 0 < len(statements) <= 6, statements
    history = ("FROM visit", "FROM attempt", "FROM item_response")
    assert not [one for one in statements for table in history if table in one]
