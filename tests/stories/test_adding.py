"""Shows that a class's choices are counted once for each student, without the student, and released by tens alone."""

from collections import Counter
from collections.abc import Callable
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.catalog.queries import catalog
from curriculum.database import Base, begin_write, db
from curriculum.stories.models import StoryMark, StoryTally
from curriculum.stories.queries import shown_choices
from curriculum.stories.story import Story
from curriculum.tenancy import act_for
from tests.cast import Cast
from tests.databases import POSTGRESQL, SQLITE, at_once
from tests.site.rows import change, count, outside, rows_of
from tests.site.test_disclosure import views
from tests.stories.sample import add, add_all, crowd, first_choices, tallies, told

TABLES = ("story_mark", "story_tally")


def shown(app: Flask, school_id: UUID, classroom_id: UUID, story: Story) -> dict[str, dict[str, int]]:
    """What a teacher of a class may see, by scene and choice."""
    with app.app_context():
        act_for(school_id)
        found = shown_choices(school_id, classroom_id, [story])
        return {scene: dict(counts) for (_, scene), counts in found.items()}


def test_it_works(app: Flask, cast: Cast) -> None:
    story = told(app)
    people = crowd(app, cast.school_id, cast.classroom_id, 10)
    add_all(app, cast.school_id, people, story, [0, 1])
    assert shown(app, cast.school_id, cast.classroom_id, story) == {
        scene: Counter({one: 5 if one in options[:2] else 0 for one in options})
        for scene, options in story.options.items()
    }
    assert shown(app, cast.school_id, cast.other_classroom_id, story) == {}


def test_nine_are_not_shown_and_ten_that_agree_neither(app: Flask, cast: Cast) -> None:
    story = told(app)
    people = crowd(app, cast.school_id, cast.classroom_id, 20)
    add_all(app, cast.school_id, people[:9], story, [0, 1])
    assert shown(app, cast.school_id, cast.classroom_id, story) == {}
    change(app, "DELETE FROM story_mark")
    change(app, "DELETE FROM story_tally")
    add_all(app, cast.school_id, people[:19], story, [0])
    assert shown(app, cast.school_id, cast.classroom_id, story) == {}
    add_all(app, cast.school_id, people[19:], story, [1])
    found = shown(app, cast.school_id, cast.classroom_id, story)
    assert {tuple(sorted(one.values())[-2:]) for one in found.values()} == {(1, 19)}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(st.integers(0, 2), min_size=9, max_size=31))
def test_the_table_does_what_the_rule_says_at_every_moment(
    app: Flask, cast: Cast, anew: Callable[[], None], places: list[int]
) -> None:
    anew()
    story = told(app)
    scene, options = next(iter(story.options.items()))
    people = crowd(app, cast.school_id, cast.classroom_id, len(places))
    expected = views([options[place] for place in places])
    for number, (person, place) in enumerate(zip(people, places, strict=True), start=1):
        add(app, cast.school_id, person, story, first_choices(story, place))
        found = shown(app, cast.school_id, cast.classroom_id, story).get(scene, {})
        assert +Counter(found) == expected[number]
    waiting = {one: pending for (at, one), (_, pending) in tallies(app, cast.classroom_id).items() if at == scene}
    assert Counter(waiting) + expected[-1] == Counter(options[place] for place in places)


# once


def test_one_student_counts_once_however_many_requests_come_together(app: Flask, cast: Cast) -> None:
    story = told(app)

    def adds(place: int) -> Callable[[], bool]:
        return lambda: add(app, cast.school_id, cast.gaon.id, story, first_choices(story, place % 2))

    outcomes = at_once(*(adds(place) for place in range(20)))
    assert Counter(outcomes) == {True: 1, False: 19}
    assert count(app, "story_mark") == 1
    per_scene = Counter[str]()
    for (scene, _), (_, pending) in tallies(app, cast.classroom_id).items():
        per_scene[scene] += pending
    assert per_scene == dict.fromkeys(story.options, 1)


def test_a_class_that_adds_together_is_counted_whole(app: Flask, cast: Cast) -> None:
    story = told(app)
    people = crowd(app, cast.school_id, cast.classroom_id, 20)
    outcomes = at_once(
        *(
            lambda person=person, place=place: add(app, cast.school_id, person, story, first_choices(story, place % 2))
            for place, person in enumerate(people)
        )
    )
    assert outcomes == [True] * 20
    for counts in shown(app, cast.school_id, cast.classroom_id, story).values():
        assert sum(counts.values()) == 20
    assert {pending for _, pending in tallies(app, cast.classroom_id).values()} == {0}


def test_each_version_of_a_story_counts_anew(app: Flask, cast: Cast) -> None:
    story = told(app)
    other = Story(story.lesson_id, "another", story.title, story.intro, story.scenes)
    assert add(app, cast.school_id, cast.gaon.id, story, first_choices(story))
    assert add(app, cast.school_id, cast.gaon.id, other, first_choices(other))
    assert not add(app, cast.school_id, cast.gaon.id, other, first_choices(other, 1))


# who comes and goes


def test_who_leaves_takes_the_mark_along_and_the_counts_stay(app: Flask, cast: Cast) -> None:
    story = told(app)
    people = crowd(app, cast.school_id, cast.classroom_id, 10)
    add_all(app, cast.school_id, people, story, [0, 1])
    before = tallies(app, cast.classroom_id)
    for person in people:
        change(app, "DELETE FROM person WHERE id = :id", id=person)
    assert count(app, "story_mark") == 0
    assert tallies(app, cast.classroom_id) == before
    assert shown(app, cast.school_id, cast.classroom_id, story)


def test_who_moves_stays_counted_where_it_was_and_does_not_count_again(app: Flask, cast: Cast) -> None:
    story = told(app)
    assert add(app, cast.school_id, cast.gaon.id, story, first_choices(story))
    before = tallies(app, cast.classroom_id)
    moves = "UPDATE enrollment SET number = 40, classroom_id = :to WHERE person_id = :id"
    change(app, moves, to=cast.other_classroom_id, id=cast.gaon.id)
    assert not add(app, cast.school_id, cast.gaon.id, story, first_choices(story))
    assert tallies(app, cast.classroom_id) == before
    assert tallies(app, cast.other_classroom_id) == {}


# what the tables tell


def test_no_column_tells_who_chose_what_or_when(app: Flask) -> None:
    mark, tally = (set(Base.metadata.tables[name].columns.keys()) for name in TABLES)
    assert mark == {"school_id", "id", "person_id", "lesson_id", "story_digest"}
    assert tally == {
        "school_id",
        "id",
        "classroom_id",
        "lesson_id",
        "story_digest",
        "scene_id",
        "choice_id",
        "shown",
        "pending",
    }
    times = [one for name in TABLES for one in Base.metadata.tables[name].columns if isinstance(one.type, sa.DateTime)]
    assert times == []


def test_no_key_leads_from_a_mark_to_a_count(app: Flask) -> None:
    referred = {
        name: {key.referred_table.name for key in Base.metadata.tables[name].foreign_key_constraints} for name in TABLES
    }
    assert referred == {"story_mark": {"school", "person"}, "story_tally": {"school", "classroom"}}


def test_ids_are_random(app: Flask, cast: Cast) -> None:
    story = told(app)
    add_all(app, cast.school_id, crowd(app, cast.school_id, cast.classroom_id, 12), story, [0])
    with app.app_context():
        ids = [*db.session.scalars(sa.select(StoryMark.id)), *db.session.scalars(sa.select(StoryTally.id))]
    assert {one.version for one in ids} == {4}
    with app.app_context():
        begin_write()
        act_for(cast.school_id)
        mark = StoryMark(school_id=cast.school_id, person_id=cast.narae.id, lesson_id="x", story_digest="x")
        db.session.add(mark)
        db.session.flush()
        assert mark.id.version == 4


@pytest.mark.only(SQLITE)
@pytest.mark.parametrize("table", TABLES)
def test_sqlite_keeps_no_number_of_rows(app: Flask, table: str) -> None:
    with outside(app) as connection, pytest.raises(sa.exc.OperationalError, match="no such column: rowid"):
        connection.exec_driver_sql(f"SELECT rowid FROM {table}")  # school_id


@pytest.mark.only(POSTGRESQL)
def test_postgresql_writes_every_count_of_a_story_at_once(app: Flask, cast: Cast) -> None:
    """A row version carries its transaction: had only some been written, the youngest would tell a choice."""
    story = told(app)
    for person in crowd(app, cast.school_id, cast.classroom_id, 3):
        add(app, cast.school_id, person, story, first_choices(story))
        with outside(app) as connection:
            versions = connection.exec_driver_sql("SELECT xmin::text, school_id FROM story_tally").all()
        assert len({version for version, _ in versions}) == 1
        assert len(versions) == sum(map(len, story.options.values()))


def test_the_counts_are_the_same_whoever_chose_first(app: Flask, cast: Cast, anew: Callable[[], None]) -> None:
    """Two classes of people who chose the same in another order leave the same counts behind."""
    story, found = told(app), []
    for places in ([0, 0, 1, 2, 1], [2, 1, 0, 1, 0]):
        anew()
        add_all(app, cast.school_id, crowd(app, cast.school_id, cast.classroom_id, 5), story, places)
        found.append(sorted(row[2:] for row in rows_of(app)["story_tally"]))
    assert found[0] == found[1]


def test_every_counted_scene_of_every_story_can_be_counted(app: Flask) -> None:
    with app.app_context():
        lessons = catalog().lessons
    assert set(app.extensions["stories"]) <= set(lessons)
    for story in app.extensions["stories"].values():
        assert story.options
        assert all(len(options) > 1 for options in story.options.values())
