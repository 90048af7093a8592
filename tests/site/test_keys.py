"""Shows that the schema itself keeps schools apart, and refuses rows that make no sense."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from curriculum.database import NAMING, Base, begin_write, db
from tests.cast import Cast

TABLES = Base.metadata.tables
# The school itself; and throttles, which must work before anybody knows which school is meant.
OF_NO_SCHOOL = {"school", "throttle"}
OF_SCHOOL = sorted(set(TABLES) - OF_NO_SCHOOL)


def columns_of(constraint: sa.schema.ColumnCollectionConstraint) -> list[str]:
    return [column.name for column in constraint.columns]


def constraints(kind: type[Any]) -> Iterator[tuple[str, Any]]:
    for name in OF_SCHOOL:
        yield from ((name, one) for one in TABLES[name].constraints if isinstance(one, kind))


def test_it_works() -> None:
    assert {"person", "classroom", "attempt"} < set(OF_SCHOOL)
    assert set(TABLES) > OF_NO_SCHOOL


@pytest.mark.parametrize("table", OF_SCHOOL)
def test_the_key_of_a_schools_table_begins_with_the_school(table: str) -> None:
    assert [column.name for column in TABLES[table].primary_key.columns] == ["school_id", "id"]


def test_every_unique_key_carries_the_school() -> None:
    found = [(table, columns_of(one)) for table, one in constraints(sa.UniqueConstraint)]
    indexes = [(name, [*one.columns.keys()]) for name in OF_SCHOOL for one in TABLES[name].indexes if one.unique]
    assert found
    assert [one for one in [*found, *indexes] if one[1][0] != "school_id"] == []


def test_every_foreign_key_carries_the_school() -> None:
    found = list(constraints(sa.ForeignKeyConstraint))
    for table, key in found:
        target = key.referred_table.name
        referred = [element.column.name for element in key.elements]
        if target == "school":
            assert (columns_of(key), referred) == (["school_id"], ["id"]), table
        else:
            assert columns_of(key)[0] == referred[0] == "school_id", table
            assert len(referred) == 2, table
    assert {key.referred_table.name for _, key in found} > {"school", "person"}


def test_what_belongs_to_a_school_goes_with_it() -> None:
    assert {key.ondelete for _, key in constraints(sa.ForeignKeyConstraint)} == {"CASCADE"}


def test_every_constraint_has_a_name_of_its_own() -> None:
    assert set(NAMING) == {"ix", "uq", "ck", "fk", "pk"}
    names = [str(one.name) for table in TABLES.values() for one in table.constraints if one.name]
    assert len(names) == len(set(names))
    # PostgreSQL would cut anything longer, and migrations would miss it.
    assert [name for name in names if len(name) > 63] == []


# Every check constraint by name, with what breaks it and nothing else.
BROKEN: dict[str, tuple[str, dict[str, object]]] = {
    "ck_school_retention_in_range": ("school", {"retention_months": 61}),
    "ck_person_known_role": ("person", {"role": "operator"}),
    "ck_person_email_is_for_staff": ("person", {"email": None}),
    "ck_classroom_known_level": ("classroom", {"level": "university"}),
    "ck_classroom_grade_in_range": ("classroom", {"grade": 7}),
    "ck_classroom_section_in_range": ("classroom", {"section": 41}),
    "ck_enrollment_number_in_range": ("enrollment", {"number": 61}),
    "ck_assignment_attempt_limit_in_range": ("assignment", {"attempt_limit": 21}),
    "ck_assignment_opens_before_it_closes": (
        "assignment",
        {"closes_at": datetime(2026, 3, 2, tzinfo=UTC), "due_at": None},
    ),
    "ck_assignment_opens_before_it_is_due": ("assignment", {"due_at": datetime(2026, 3, 2, tzinfo=UTC)}),
    "ck_assignment_due_before_it_closes": ("assignment", {"due_at": datetime(2026, 3, 2, 0, 2, tzinfo=UTC)}),
    "ck_assignment_due_where_it_is_assigned": ("assignment", {"assigned": False}),
    "ck_own_assignment_attempt_limit_in_range": ("own_assignment", {"attempt_limit": 0}),
    "ck_attempt_number_from_one": ("attempt", {"number": 0}),
    "ck_attempt_points_within_maximum": ("attempt", {"points": 6}),
    "ck_item_response_counter_from_one": ("item_response", {"counter": 0}),
    "ck_item_response_first_is_whole": ("item_response", {"first_points": None}),
    "ck_item_tally_missed_among_chosen": ("item_tally", {"missed": 4}),
    "ck_lesson_progress_not_negative": ("lesson_progress", {"steps_sent": -1}),
    "ck_lesson_progress_points_within_maximum": ("lesson_progress", {"best_points": 6}),
    "ck_lesson_progress_score_needs_an_attempt": ("lesson_progress", {"attempts": 0}),
    "ck_challenge_known_purpose": ("challenge", {"purpose": "password"}),
    "ck_passkey_counter_not_negative": ("passkey", {"counter": -1}),
    "ck_story_tally_not_negative": ("story_tally", {"pending": -1}),
    "ck_school_contact_place_from_one": ("school_contact", {"place": 0}),
    "ck_school_contact_version_from_one": ("school_contact", {"version": 0}),
    "ck_school_contact_korean_is_there": ("school_contact", {"room_ko": ""}),
    "ck_pause_known_reason": ("pause", {"reason": "because"}),
    "ck_throttle_not_negative": ("throttle", {"failures": -1}),
    "ck_audit_line_number_from_one": ("audit_line", {"number": 0}),
    "ck_audit_head_number_from_one": ("audit_head", {"number": 0}),
    "ck_guardian_consent_known_way": ("guardian_consent", {"how": "telepathy"}),
    "ck_year_total_enough_took_part": ("year_total", {"took_part": 4}),
}


def rows(cast: Cast) -> dict[str, dict[str, object]]:
    """A row that fits, for each table with a check; the same lesson and person throughout."""
    moment = sa.func.current_timestamp()
    own = {"school_id": cast.school_id, "id": cast.lumi.id}  # an id that is free in this school
    quiz = {"lesson_id": "middle/help/the-first-day", "quiz_digest": "0" * 12}
    score = {"out_of": 5, "help_route_right": True}
    return {
        "school": {"id": cast.lumi.id, "slug": "saebom", "name": "새봄중학교", "retention_months": 60},
        "person": {
            **own,
            "role": "teacher",
            "display_name": "새",
            "email": "n@x.kr",
            "secret_hash": "",
            "suspended": False,
        },
        "classroom": {
            **own,
            "code": "DDDD4444",
            "school_year": 2026,
            "level": "high",
            "grade": 1,
            "section": 1,
            "course": "middle",
        },
        "enrollment": {**own, "classroom_id": cast.other_classroom_id, "person_id": cast.yu.id, "number": 7},
        "assignment": {
            **own,
            "classroom_id": cast.classroom_id,
            "lesson_id": quiz["lesson_id"],
            "attempt_limit": 20,
            "results_held": True,
            "opens_at": datetime(2026, 3, 2, tzinfo=UTC),
            "closes_at": datetime(2026, 3, 2, 0, 1, tzinfo=UTC),
            "due_at": datetime(2026, 3, 2, 0, 1, tzinfo=UTC),
            "assigned": True,
        },
        "own_assignment": {**own, "assignment_id": own["id"], "person_id": cast.gaon.id, "attempt_limit": 20},
        "attempt": {
            **own,
            **quiz,
            **score,
            "person_id": cast.gaon.id,
            "number": 1,
            "points": 5,
            "opened_at": moment,
            "closed_at": moment,
        },
        "item_response": {
            **own,
            "attempt_id": own["id"],
            "item_id": "a",
            "options": ["b"],
            "points": 5,
            "counter": 1,
            "first_options": ["b"],
            "first_points": 5,
        },
        "item_tally": {
            **own,
            **quiz,
            "classroom_id": cast.classroom_id,
            "item_id": "a",
            "option_id": "b",
            "chosen": 3,
            "missed": 3,
        },
        "lesson_progress": {
            **own,
            **score,
            "person_id": cast.gaon.id,
            "lesson_id": quiz["lesson_id"],
            "steps_sent": 0,
            "attempts": 1,
            "best_points": 5,
        },
        "story_tally": {
            **own,
            "lesson_id": quiz["lesson_id"],
            "story_digest": quiz["quiz_digest"],
            "classroom_id": cast.classroom_id,
            "scene_id": "a",
            "choice_id": "b",
            "shown": 0,
            "pending": 0,
        },
        "school_contact": {
            **own,
            **dict.fromkeys(("role_ko", "room_ko", "hours_ko", "reach_ko"), "가"),
            **dict.fromkeys(("role_en", "room_en", "hours_en", "reach_en"), ""),
            "place": 1,
            "version": 1,
        },
        "challenge": {**own, "purpose": "passkey", "person_id": None, "value": b"x", "expires_at": moment},
        "passkey": {
            **own,
            "person_id": cast.han.id,
            **dict.fromkeys(("credential", "public_key"), b"x"),
            **dict.fromkeys(("place", "name"), "x"),
            "counter": 0,
            "added_at": moment,
        },
        "audit_line": {**own, "number": 1, "at": moment, "act": "a", "detail": "", "seal": b""},
        "audit_head": {**own, "number": 1, "seal": b""},
        "guardian_consent": {**own, "person_id": cast.gaon.id, "how": "online", "recorded_at": moment},
        "year_total": {
            **own,
            "school_year": 2026,
            "level": "middle",
            "grade": 2,
            "section": 1,
            "lesson_id": quiz["lesson_id"],
            "students": 5,
            "took_part": 5,
        },
        "pause": {
            **own,
            "classroom_id": cast.classroom_id,
            "lesson_id": quiz["lesson_id"],
            "part": "lesson",
            "other": False,
            "reason": "review",
            "begun_on": date(2026, 3, 2),
        },
        "throttle": {"key": "k", "failures": 0, "expires_at": moment},
    }


def test_every_check_constraint_is_tried() -> None:
    named = {
        str(one.name) for table in TABLES.values() for one in table.constraints if isinstance(one, sa.CheckConstraint)
    }
    assert named == set(BROKEN)


def begin_with(cast: Cast, table: str) -> None:
    """Begin a transaction, with the row that one of this table belongs to where the cast has none."""
    begin_write()
    owner = {"item_response": "attempt", "own_assignment": "assignment"}.get(table)
    if owner:
        db.session.execute(sa.insert(TABLES[owner]).values(rows(cast)[owner]))


@pytest.mark.parametrize("name", BROKEN)
def test_a_check_constraint_refuses_its_bad_row(app: Flask, cast: Cast, name: str) -> None:
    table, bad = BROKEN[name]
    good = rows(cast)[table]
    with app.app_context():
        begin_with(cast, table)
        db.session.execute(sa.insert(TABLES[table]).values(good))  # it is the one value that is refused
        db.session.rollback()
        begin_with(cast, table)
        with pytest.raises(sa.exc.IntegrityError, match=rf"\b{name}\b"):
            db.session.execute(sa.insert(TABLES[table]).values({**good, **bad}))


def test_the_same_id_may_stand_in_two_schools(app: Flask, cast: Cast) -> None:
    """Ids mean something inside a school only, so nothing may be found by id alone."""
    twin = {**rows(cast)["person"], "school_id": cast.other_school_id, "id": cast.gaon.id}
    with app.app_context():
        begin_write()
        db.session.execute(sa.insert(TABLES["person"]).values(twin))
        db.session.rollback()
