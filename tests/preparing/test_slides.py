"""Shows what of a lesson is projected and printed: no story that nobody could get round, nothing of the key."""

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import pytest
from markupsafe import Markup

from curriculum.catalog.catalog import load_catalog
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.notes import Notes
from curriculum.catalog.rendering import Renderer
from curriculum.catalog.text import Locale
from curriculum.pauses.rest import Rest, as_it_rests
from curriculum.preparing.slides import Panel, Slide, StoryWay, deck_of
from curriculum.preparing.worksheet import Sheet, sheet_of

CATALOG = load_catalog(Path(__file__).parents[2] / "lessons")
RENDERER = Renderer(CATALOG.facts, CATALOG.contacts, CATALOG.glossary, CATALOG.as_of)
LESSON = CATALOG.lesson("middle/images/fake-image-real-harm")
EVERY = sorted(CATALOG.lessons)
TOLD, OTHER, ASKED = "어젯밤 지우네 반 단톡방에", "어젯밤 지우네 반 모둠 과제 파일에", "민준이의 말은 왜 위로가"
MOST = 1000  # Korean syllables on a slide, or as much English: more would not fit a screen at a size one can read


def slides(lesson: Lesson = LESSON, way: StoryWay = "own", locales: Sequence[Locale] = ("ko",)) -> Sequence[Slide]:
    return deck_of(RENDERER, lesson, locales, way).slides


def sheet(lesson: Lesson = LESSON, *, texts: bool = False) -> Sheet:
    return sheet_of(RENDERER, lesson, {"ko": Notes(linked=False)}, with_texts=texts)


def words(found: Sequence[Slide]) -> str:
    return " ".join(part.html for slide in found for part in slide.parts)


def test_it_works() -> None:
    found = slides()
    assert found[0].kind == "note"
    assert [one for one in found if one.kind == "help"]
    assert ASKED in words(found)


def test_a_story_is_not_projected() -> None:
    assert TOLD not in words(slides())
    assert OTHER not in words(slides())


def test_the_other_text_is_where_the_teacher_asks_for_it() -> None:
    found = words(slides(way="other"))
    assert OTHER in found
    assert TOLD not in found


@pytest.mark.parametrize("lesson_id", EVERY)
def test_every_lesson_is_cut_into_slides_in_both_languages(lesson_id: str) -> None:
    lesson = CATALOG.lesson(lesson_id)
    for way in get_args(StoryWay):
        found = slides(lesson, way, ("ko", "en"))
        kinds = [one.kind for one in found]
        assert kinds[0] == "note"
        assert kinds[-1] == "help"
        assert {len(one.parts) for one in found} == {2}
        assert all(part.html.strip() for one in found if one.kind != "own" for part in one.parts)
        assert max(len(part.html.striptags()) for one in found for part in one.parts if part.lang == "ko") <= MOST


@pytest.mark.parametrize("lesson_id", EVERY)
def test_no_story_of_any_lesson_reaches_wall_or_sheet_unasked(lesson_id: str) -> None:
    lesson = CATALOG.lesson(lesson_id)
    printed = sheet(lesson)
    shown = words(slides(lesson)) + "".join(part.html for block in printed.blocks for part in block.parts)
    for step in lesson.steps:
        if step.other is not None:
            first = RENDERER.render(step.body.ko.split("\n### ")[0], "ko").html.strip()
            other = RENDERER.render(step.other.body.ko.split("\n### ")[0], "ko").html.strip()
            assert not first or first == other or first not in shown


def test_what_rests_is_on_no_slide_and_no_sheet() -> None:
    lesson = as_it_rests(LESSON, Rest(steps=frozenset({"next-day"})))
    assert ASKED not in words(slides(lesson))
    replaced = as_it_rests(LESSON, Rest(replaced=frozenset({"next-day"})))
    assert OTHER in words(slides(replaced))
    assert TOLD not in words(slides(replaced))


def test_what_both_texts_end_with_is_for_everybody() -> None:
    [story] = [one for one in sheet().blocks if one.kind == "own"]
    assert ASKED in "".join(part.html for part in story.parts)
    assert not story.texts


def test_both_texts_are_printed_where_they_are_asked_for() -> None:
    [story] = [one for one in sheet(texts=True).blocks if one.kind == "own"]
    (_, told), (_, other) = story.texts
    assert TOLD in told[0].html
    assert OTHER in other[0].html


def test_there_is_room_to_write_where_something_is_practised() -> None:
    assert {one.kind for one in sheet().blocks if one.lines} == {"practice", "reflection"}


def test_marks_lead_nowhere_on_a_wall_and_sources_stand_at_the_end() -> None:
    deck = deck_of(RENDERER, LESSON, ("ko", "en"), "own")
    assert 'href="#' not in words(deck.slides)
    assert {one.lang for one in deck.sources} == {"ko", "en"}


@pytest.mark.parametrize(("length", "size"), [(200, "large"), (201, "middle"), (400, "middle"), (401, "small")])
def test_the_more_there_is_the_smaller_it_is_set(length: int, size: str) -> None:
    assert Slide("learn", [Panel("ko", "", Markup("<p>" + "가" * length + "</p>"))]).size == size
    assert Slide("learn", [Panel("en", "", Markup("<p>" + "a" * 2 * length + "</p>"))]).size == size


def test_short_points_take_a_line_each_and_a_second_language_takes_half_of_every_line() -> None:
    points = Markup("".join(f"<li>{'가' * 19}</li>" for _ in range(6)))
    assert Slide("learn", [Panel("ko", "", points)]).size == "middle"
    assert Slide("learn", [Panel("ko", "", points), Panel("en", "", Markup("a"))]).size == "small"
