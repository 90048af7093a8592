"""Shows a story as a page: everything stands in it, in both languages, and only a student of a class adds anything."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.cast import Cast
from tests.inspection import Page
from tests.site.rows import change, count, rows_of
from tests.site.test_words import BLAME, FALSE_PROMISES, QUOTED
from tests.site_client import SiteClient
from tests.stories.sample import ADDRESS, LESSON, fields, first_choices, told

ENGLISH = ADDRESS.replace("/ko/", "/en/")
Visitors = Callable[[], SiteClient]


def scenes(page: Page) -> list[object]:
    return [one for one in page.all("section") if "data-scene" in one.attrib]


def form_fields(page: Page) -> list[str]:
    return [one.attrib["name"] for one in page.all("select")]


@pytest.mark.parametrize("path", [ADDRESS, f"{ADDRESS}?read=both", ENGLISH, f"{ENGLISH}?read=both"])
def test_it_works(app: Flask, client: SiteClient, path: str) -> None:
    page = client.get(path)
    assert len(scenes(page)) == len(told(app).scenes) >= 8
    assert "no-store" not in client.last.headers["Cache-Control"]


def test_every_word_of_the_story_stands_in_the_page_in_both_languages(app: Flask, client: SiteClient) -> None:
    words = client.get(f"{ADDRESS}?read=both").words()
    for scene in told(app).scenes:
        for text in (scene.title, *scene.choices, *(choice.then for choice in scene.choices if choice.then)):
            assert text.ko in words
            assert text.en in words
        for text in (scene.ko, scene.en):
            assert all(line in words for line in text.split("\n\n") for line in [line.strip()])


def test_every_choice_leads_to_the_scene_it_names(app: Flask, client: SiteClient) -> None:
    page = client.get(ADDRESS)
    names = {one.attrib["id"]: one.attrib["data-scene"] for one in page.all("section") if "data-scene" in one.attrib}
    links = {
        (page.inherited(link, "data-scene"), link.attrib["data-choice"]): names[link.attrib["href"].removeprefix("#")]
        for link in page.all("a")
        if "data-choice" in link.attrib
    }
    assert links == {(scene.id, choice.id): choice.to for scene in told(app).scenes for choice in scene.choices}


def test_the_addresses_in_the_page_say_nothing_of_the_way(client: SiteClient) -> None:
    page = client.get(ADDRESS)
    inside = [one.attrib["href"] for one in page.all("a") if one.attrib["href"].startswith("#scene")]
    assert inside
    assert all(re.fullmatch(r"#scene-\d+", one) for one in inside)


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_a_story_promises_nothing_false_and_blames_nobody(client: SiteClient, locale: str) -> None:
    words = client.get(ADDRESS.replace("/ko/", f"/{locale}/")).words()
    assert not FALSE_PROMISES.search(words)
    assert not BLAME.search(QUOTED.sub("", words))


def test_every_way_ends_with_somewhere_to_turn(client: SiteClient) -> None:
    page = client.get(ADDRESS)
    endings = [one for one in page.all("section") if "data-ending" in one.attrib]
    assert len(endings) >= 3
    for ending in endings:
        assert [one for one in ending.iter("a") if one.attrib["href"].startswith("tel:")]


def test_a_lesson_without_a_story_has_none(client: SiteClient) -> None:
    client.get("/ko/lessons/middle/consent/every-step/story", status=404)
    client.get("/ko/lessons/middle/consent/no-such-lesson/story", status=404)


def test_the_lesson_leads_to_its_story_and_others_to_none(client: SiteClient) -> None:
    assert f'href="{ADDRESS}"' in client.get(f"/ko/lessons/{LESSON}").text
    assert "/story" not in client.get("/ko/lessons/middle/consent/every-step").text


def test_signed_out_it_is_the_same_for_everybody(visitor: Visitors) -> None:
    one, other = visitor(), visitor()
    assert one.get(ADDRESS).text == other.get(ADDRESS).text
    assert not form_fields(one.get(ADDRESS))
    again = one.client.get(ADDRESS, headers={"If-None-Match": one.last.headers["ETag"]})
    assert again.status_code == 304


# who adds


def test_a_student_is_asked_only_about_what_everybody_comes_through(app: Flask, cast: Cast, client: SiteClient) -> None:
    page = client.sign_in(cast.gaon).get(ADDRESS)
    assert form_fields(page) == [f"scene-{scene}" for scene in told(app).options]
    assert client.last.headers["Cache-Control"] == "no-store"


def test_adding_says_so_and_asks_no_more(app: Flask, cast: Cast, client: SiteClient) -> None:
    story = told(app)
    client.sign_in(cast.gaon).post(ADDRESS, fields(first_choices(story), story), on=ADDRESS)
    assert client.location == ADDRESS
    page = client.get(ADDRESS)
    assert not form_fields(page)
    assert "우리 반에 더했어요" in page.words()
    assert not form_fields(client.get(ENGLISH))


def test_adding_side_by_side_leads_back_side_by_side(app: Flask, cast: Cast, client: SiteClient) -> None:
    story, both = told(app), f"{ADDRESS}?read=both"
    page = client.sign_in(cast.gaon).get(both)
    assert [one.attrib["action"] for one in page.all("form") if "/story" in one.attrib["action"]] == [both]
    client.post(both, fields(first_choices(story), story), on=both)
    assert client.location == both


def test_a_second_time_changes_nothing_and_says_the_same(app: Flask, cast: Cast, client: SiteClient) -> None:
    story = told(app)
    token = client.sign_in(cast.gaon).token(ADDRESS)
    answers = []
    for place in (0, 1, 2):
        form = {**fields(first_choices(story, place), story), "csrf_token": token}
        answers.append((client.client.post(ADDRESS, data=form).status_code, rows_of(app)["story_tally"]))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 303


@pytest.mark.parametrize("missing", [0, 1, -1])
def test_a_scene_that_was_forgotten_is_asked_for_and_the_others_are_kept(
    app: Flask, cast: Cast, client: SiteClient, missing: int
) -> None:
    story = told(app)
    form = fields(first_choices(story), story)
    del form[f"scene-{list(story.options)[missing]}"]
    page = client.sign_in(cast.gaon).post(ADDRESS, form, status=422, on=ADDRESS)
    assert "아직 더하지 않았어요" in page.words()
    selected = {
        page.inherited(one, "name"): one.attrib["value"] for one in page.all("option") if "selected" in one.attrib
    }
    assert selected == {name: value for name, value in form.items() if name != "version"}
    assert count(app, "story_mark") == count(app, "story_tally") == 0


@pytest.mark.parametrize(
    "value", ["", "no-such-choice", "once-more", "가" * 100_000, "\u200bsay-nothing", "say-nothing\0"]
)
def test_what_cannot_be_chosen_is_not_added(app: Flask, cast: Cast, client: SiteClient, value: str) -> None:
    story = told(app)
    form = {**fields(first_choices(story), story), "scene-evening": value, "scene-face-down": "late-word"}
    response = client.sign_in(cast.gaon).client.post(ADDRESS, data={**form, "csrf_token": client.token(ADDRESS)})
    assert response.status_code in {413, 422}
    assert count(app, "story_mark") == count(app, "story_tally") == 0


def test_a_story_that_changed_meanwhile_is_shown_anew(app: Flask, cast: Cast, client: SiteClient) -> None:
    story = told(app)
    form = fields(first_choices(story), story) | {"version": "0" * 12}
    page = client.sign_in(cast.gaon).post(ADDRESS, form, status=409, on=ADDRESS)
    assert "이야기가 바뀌어서" in page.words()
    assert count(app, "story_mark") == 0


@pytest.mark.parametrize("name", [None, "han", "yu", "moon"])
def test_nobody_but_a_student_adds_anything(app: Flask, cast: Cast, client: SiteClient, name: str | None) -> None:
    story = told(app)
    if name:
        client.sign_in(getattr(cast, name))
    before = rows_of(app)
    assert not form_fields(client.get(ADDRESS))
    client.post(ADDRESS, fields(first_choices(story), story), status=200, on="/ko/sign-in" if not name else ADDRESS)
    assert rows_of(app) == before


def test_a_student_of_no_class_adds_nothing(app: Flask, cast: Cast, client: SiteClient) -> None:
    story = told(app)
    client.sign_in(cast.gaon)
    change(app, "DELETE FROM enrollment WHERE person_id = :id", id=cast.gaon.id)
    assert not form_fields(client.get(ADDRESS))
    client.post(ADDRESS, fields(first_choices(story), story), on="/ko/class")
    assert count(app, "story_mark") == count(app, "story_tally") == 0


def test_the_page_says_what_is_kept_before_anything_is(cast: Cast, client: SiteClient) -> None:
    words = client.sign_in(cast.gaon).get(ADDRESS).words()
    for promise in ("누가 골랐는지는 나오지 않아요", "더했다는 표시는 남겨요", "서버에 저장된 파일을 직접 여는 사람은"):
        assert promise in words


# what it costs


def test_reading_takes_two_statements_of_a_student_and_adding_six_at_most(
    app: Flask, cast: Cast, client: SiteClient, statements: list[str]
) -> None:
    story = told(app)
    client.sign_in(cast.gaon)
    form = {**fields(first_choices(story), story), "csrf_token": client.token(ADDRESS)}

    def run() -> int:
        return len([one for one in statements if not one.startswith("SET LOCAL")])

    for act, most in ((lambda: client.client.get(ADDRESS), 2), (lambda: client.client.post(ADDRESS, data=form), 6)):
        statements.clear()
        assert act().status_code in {200, 303}
        assert run() <= most, statements
