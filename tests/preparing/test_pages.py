"""Shows the pages of preparing: the card first, what students see, slides and paper without key, names or scores."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from curriculum.quizzes.quiz import Quizzes
from tests.cast import Cast
from tests.inspection import Page
from tests.quizzes.sample import quiz_in
from tests.site.rows import change, count, outside, rows_of
from tests.site_client import SiteClient

ID = "middle/images/fake-image-real-harm"
QUIET = "middle/consent/every-step"


def base(cast: Cast, lesson: str = ID, lang: str = "ko") -> str:
    return f"/{lang}/teach/classes/{cast.classroom_id}/prepare/{lesson}"


@pytest.fixture
def teacher(client: SiteClient, cast: Cast) -> SiteClient:
    return client.sign_in(cast.han)


def read_card(client: SiteClient, cast: Cast, lesson: str = ID) -> None:
    client.post(base(cast, lesson))


def told_by_the_key(app: Flask, lesson: str = ID) -> list[str]:
    """What only the key and its reasons say, as pages print it."""
    quiz = quiz_in(app, lesson)
    feedback = [option.feedback.ko for item in quiz.items for option in item.options if option.feedback]
    return [one.split("{")[0].strip() for one in feedback]


def test_it_works(teacher: SiteClient, cast: Cast) -> None:
    page = teacher.get(base(cast))
    for words in ("보호 안내", "신고 의무", "학생이 털어놓을 때", "수업 전에 준비할 것", "경찰 긴급신고"):
        assert words in page.text
    read_card(teacher, cast)
    assert teacher.location == f"{base(cast)}#card"
    assert "슬라이드를 열 수 있습니다" in teacher.get(base(cast)).text


def test_slides_wait_for_the_card_of_their_own_lesson(teacher: SiteClient, cast: Cast) -> None:
    teacher.get(f"{base(cast)}/slides", status=303)
    assert teacher.location == f"{base(cast)}#card"
    read_card(teacher, cast, QUIET)
    teacher.get(f"{base(cast)}/slides", status=303)
    read_card(teacher, cast)
    teacher.get(f"{base(cast)}/slides")


def test_a_reading_is_of_one_teacher_and_one_class_and_a_week(app: Flask, teacher: SiteClient, cast: Cast) -> None:
    read_card(teacher, cast)
    SiteClient(app).sign_in(cast.lim).get(f"{base(cast)}/slides", status=303)
    change(
        app,
        "INSERT INTO teaching (school_id, id, person_id, classroom_id, read_only) VALUES (:s, :i, :p, :c, false)",
        s=cast.school_id,
        i=cast.gaon.id,
        p=cast.han.id,
        c=cast.other_classroom_id,
    )
    teacher.get(f"{base(cast).replace(str(cast.classroom_id), str(cast.other_classroom_id))}/slides", status=303)
    with outside(app) as connection:
        read_on = connection.exec_driver_sql("SELECT max(read_on) FROM card_reading").scalar_one()
        week_ago = date.fromisoformat(str(read_on)) - timedelta(days=8)
    change(app, "UPDATE card_reading SET read_on = :day", day=week_ago)
    teacher.get(f"{base(cast)}/slides", status=303)


def test_the_reading_is_written_down_once_a_lesson(app: Flask, teacher: SiteClient, cast: Cast) -> None:
    before = count(app, "card_reading")
    read_card(teacher, cast)
    read_card(teacher, cast)
    assert count(app, "card_reading") == before + 1
    with outside(app) as connection:
        lines = connection.exec_driver_sql("SELECT act, detail FROM audit_line").all()
    assert [tuple(one) for one in lines] == [("card-read", ID)] * 2


def test_looking_at_it_writes_nothing(app: Flask, teacher: SiteClient, cast: Cast) -> None:
    before = {name: rows for name, rows in rows_of(app).items() if name != "sign_in_session"}
    for page in ("", "/preview", "/preview/quiz", "/preview/story", "/worksheet", "/key"):
        teacher.get(f"{base(cast)}{page}")
    assert {name: rows for name, rows in rows_of(app).items() if name != "sign_in_session"} == before


def test_who_covers_stands_on_the_card_and_nowhere_for_students(app: Flask, teacher: SiteClient, cast: Cast) -> None:
    keeper = SiteClient(app).sign_in(cast.yu)
    person = {"role_ko": "상담 선생님", "room_ko": "본관 2층 상담실", "hours_ko": "평일 낮", "covers": "y"}
    keeper.post("/ko/school/contacts", {"entry": "", "version": "", **person}, on="/ko/school/contacts/new")
    assert "수업하는 동안 연락이 닿습니다." in keeper.get("/ko/school/contacts").text
    card = teacher.get(base(cast)).text
    assert "아직 정하지 않았습니다" not in card
    assert card.index("수업하는 동안 곁에 있는 사람") < card.index("본관 2층 상담실") < card.index("지금과 오늘 밤에")
    student = SiteClient(app).sign_in(cast.gaon)
    assert "연락이 닿습니다" not in student.get(f"/ko/lessons/{ID}").text


def test_staff_without_a_class_read_the_card(app: Flask, cast: Cast) -> None:
    for who in (cast.yu, cast.moon, cast.bae, cast.han):
        page = SiteClient(app).sign_in(who).get(f"/ko/teach/prepare/{ID}")
        assert "신고 의무" in page.text
        assert "slides" not in page.text
    assert base(cast) in SiteClient(app).sign_in(cast.han).get(f"/ko/teach/prepare/{ID}").text


def main_words(page: Page, without: str = "") -> str:
    """What stands in the middle of a page, in words; without parts of this class."""
    main = page.all("main")[0]
    for parent in list(main.iter()):
        for child in list(parent):
            if without and without in child.attrib.get("class", ""):
                parent.remove(child)
    return page.words(main)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_preview_is_what_a_student_sees(app: Flask, teacher: SiteClient, cast: Cast, lang: str) -> None:
    student = SiteClient(app).sign_in(cast.gaon)
    seen = main_words(student.get(f"/{lang}/lessons/{ID}"))
    shown = main_words(teacher.get(f"{base(cast, lang=lang)}/preview"), without="preview-bar")
    last = {"ko": " 수업 마치기", "en": " Finish the lesson"}[lang]  # the one form that a preview has no link for
    assert shown == seen.replace(last, "")
    story = main_words(student.get(f"/{lang}/lessons/{ID}/story"))
    assert main_words(teacher.get(f"{base(cast, lang=lang)}/preview/story"), without="preview-bar") == story
    quiz = main_words(student.get(f"/{lang}/lessons/{ID}/quiz"), without="notice")
    preview = teacher.get(f"{base(cast, lang=lang)}/preview/quiz")
    [bar] = [one for one in preview.all("aside") if one.attrib["class"] == "preview-bar"]
    assert main_words(preview, without="notice").removeprefix(preview.words(bar)).strip() == quiz


def test_a_preview_shows_what_rests_as_the_class_does(app: Flask, teacher: SiteClient, cast: Cast) -> None:
    path = f"/ko/teach/classes/{cast.classroom_id}/pauses"
    for part in ("step/next-day", "story"):
        form = {"lesson": ID, "wanted": part, "reason": "name"}
        teacher.post(path, form, on=f"{path}?lesson={ID}")
    assert "어젯밤 지우네 반 단톡방에" not in teacher.get(f"{base(cast)}/preview").text
    assert "item-" not in teacher.get(f"{base(cast)}/preview/quiz").text
    assert "이 이야기는 지금 쉬어 가요" in teacher.get(f"{base(cast)}/preview/story").text
    read_card(teacher, cast)
    for page in ("/slides", "/worksheet"):
        text = teacher.get(f"{base(cast)}{page}").text
        assert "민준이의 말은 왜 위로가" not in text
        assert "서연이가 동생에게" not in text  # an item of the quiz


def test_of_a_lesson_that_rests_nothing_is_projected_or_printed(teacher: SiteClient, cast: Cast) -> None:
    read_card(teacher, cast)
    path = f"/ko/teach/classes/{cast.classroom_id}/pauses"
    teacher.post(path, {"lesson": ID, "wanted": "lesson", "reason": "name"}, on=f"{path}?lesson={ID}")
    for page in ("/slides", "/worksheet"):
        teacher.get(f"{base(cast)}{page}", status=303)
    assert "지금 쉬고 있습니다" in teacher.get(base(cast)).text


@pytest.mark.parametrize("page", ["/slides", "/worksheet", "/preview", "/preview/quiz"])
def test_nothing_of_the_key_stands_there_before_it_is_asked_for(
    app: Flask, teacher: SiteClient, cast: Cast, page: str
) -> None:
    read_card(teacher, cast)
    text = teacher.get(f"{base(cast)}{page}").text
    key = told_by_the_key(app)
    assert key
    assert not [one for one in key if one and one in text]


@pytest.mark.parametrize("page", ["/slides", "/worksheet"])
def test_wall_and_paper_are_the_same_whatever_the_key_is(
    app: Flask, teacher: SiteClient, cast: Cast, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_card(teacher, cast)
    before = teacher.get(f"{base(cast)}{page}").text
    lesson, known = app.extensions["catalog"].lesson(ID), dict(app.extensions["catalog"].lessons)
    items = [
        {**one, "key": [one["options"][0]["id"]]} if one["type"] == "single" else one for one in lesson.quiz["items"]
    ]
    known[ID] = replace(lesson, quiz={**lesson.quiz, "items": items})
    monkeypatch.setitem(app.extensions, "quizzes", Quizzes(known))
    assert teacher.get(f"{base(cast)}{page}").text == before


def test_the_key_of_one_item_comes_when_it_is_asked_for(app: Flask, teacher: SiteClient, cast: Cast) -> None:
    read_card(teacher, cast)
    first, *others = quiz_in(app, ID).items
    page = teacher.get(f"{base(cast)}/slides?told={first.id}&version={app.extensions['catalog'].lesson(ID).digest}")
    assert "답과 까닭" in page.text
    told = [option.feedback.ko for option in first.options if option.feedback]
    assert all(one in page.text for one in told)
    assert [page.text.count(option.text.ko) for option in first.options] == [1] * len(first.options)  # a wall is small
    hidden = [option.feedback.ko for item in others for option in item.options if option.feedback]
    assert not [one for one in hidden if "{" not in one and one in page.text]


def test_slides_say_when_the_lesson_has_changed_since_they_were_opened(teacher: SiteClient, cast: Cast) -> None:
    read_card(teacher, cast)
    assert "그사이에 수업 글이 바뀌어서" in teacher.get(f"{base(cast)}/slides?told=x&version=000000000000").text


@pytest.mark.parametrize("query", ["", "?story=other", "?read=both", "?story=nonsense&told=nothing"])
def test_the_wall_names_nobody(app: Flask, teacher: SiteClient, cast: Cast, query: str) -> None:
    read_card(teacher, cast)
    change(app, "UPDATE person SET display_name = 'NAMED'")
    change(app, "UPDATE school SET name = 'NAMED'")
    page = teacher.get(f"{base(cast)}/slides{query}")
    assert not [one for one in ("NAMED", "AAAA1111") if one in page.text]
    assert [one for one in page.all("a") if one.attrib.get("class") == "quick-exit"]
    assert page.text.index("먼저 읽어 주세요") < page.text.index("함께 지킬 약속")


def test_no_name_is_asked_for_on_paper_and_help_is_at_the_end(teacher: SiteClient, cast: Cast) -> None:
    page = teacher.get(f"{base(cast)}/worksheet")
    assert "print-header" not in page.text
    assert "이름을 적지 않아요" in page.text
    assert page.text.rindex("sheet__help") > page.text.rindex("sheet__item")
    assert "1366" in page.text


def test_the_key_page_explains_every_item(app: Flask, teacher: SiteClient, cast: Cast) -> None:
    page = teacher.get(f"{base(cast)}/key")
    assert len([one for one in page.all("section") if one.attrib.get("class") == "sheet__item"]) == len(
        quiz_in(app, ID).items
    )
    assert "학생에게 나누어 주지 않습니다" in page.text


@pytest.mark.parametrize("who", ["gaon", "bae", "yu", "moon", "lumi"])
def test_who_does_not_teach_the_class_finds_nothing(client: SiteClient, cast: Cast, who: str) -> None:
    client.sign_in(getattr(cast, who))
    for page in ("", "/preview", "/preview/quiz", "/preview/story", "/slides", "/worksheet", "/key"):
        client.get(f"{base(cast)}{page}", status=404)


def test_who_was_taken_off_the_class_a_minute_ago_finds_nothing(app: Flask, teacher: SiteClient, cast: Cast) -> None:
    read_card(teacher, cast)
    form = {"csrf_token": teacher.token(base(cast))}
    change(app, "DELETE FROM teaching WHERE person_id = :id", id=cast.han.id)
    teacher.get(f"{base(cast)}/slides", status=404)
    assert teacher.client.post(base(cast), data=form).status_code == 404


def test_the_clock_of_the_card_is_the_one_in_the_classroom(teacher: SiteClient, cast: Cast) -> None:

    with time_machine.travel(datetime(2026, 11, 23, 12, 30, tzinfo=UTC), tick=False):
        fresh = SiteClient(teacher.app).sign_in(cast.han)
        assert "밤 9:30" in fresh.get(base(cast)).text or "오후 9:30" in fresh.get(base(cast)).text


@pytest.mark.parametrize("lesson", ["no/such/lesson", "middle/images/nothing"])
def test_a_lesson_that_is_not_there_is_not_found(teacher: SiteClient, cast: Cast, lesson: str) -> None:
    for page in ("", "/preview", "/slides", "/key"):
        teacher.get(f"{base(cast, lesson)}{page}", status=404)
    teacher.get(f"/ko/teach/prepare/{lesson}", status=404)
