"""Shows how a school's own people are kept, shown and put in order; without app or database."""

from uuid import uuid4

import pytest

from curriculum.support.models import SchoolContact
from curriculum.support.school_people import (
    LONGEST,
    ROLES,
    UNSEEN,
    Said,
    SchoolPerson,
    has_hangul,
    moved,
    people_in,
    shown_person,
    tidy,
    written,
)

NURSE = SchoolPerson("보건 선생님", "보건실", "점심시간", role_en="School nurse")


def test_it_works() -> None:
    assert people_in(written([NURSE])) == (NURSE,)
    assert shown_person(NURSE, "ko").room == Said("보건실", None)


def test_what_is_not_written_in_english_stands_in_korean_and_says_so() -> None:
    shown = shown_person(NURSE, "en")
    assert (shown.role, shown.room) == (Said("School nurse", None), Said("보건실", "ko"))
    assert shown.reach is None


def test_another_way_to_reach_them_is_said_where_there_is_one() -> None:
    person = SchoolPerson("가", "나", "다", "쪽지함")
    assert [shown_person(person, locale).reach for locale in ("ko", "en")] == [
        Said("쪽지함", None),
        Said("쪽지함", "ko"),
    ]


def test_texts_are_composed_and_spaced_once() -> None:
    assert tidy("  보건\t 선생님\n") == "보건 선생님"
    assert tidy(None) == ""


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\u202e", "\u200b", "\ud800", "\ue000", "\uffff"])
def test_a_sign_that_nobody_sees_is_made_to_be_seen(sign: str) -> None:
    assert tidy(f"보건{sign}실") == f"보건{UNSEEN}실"
    assert UNSEEN not in tidy("보건실 (Wee) 1–2층, ☎ 215 · 3월~7월")


@pytest.mark.parametrize(("text", "found"), [("Wee Class", False), ("Wee 클래스", True), ("ㄱ", True), ("é", False)])
def test_korean_letters_are_found(text: str, found: bool) -> None:
    assert has_hangul(text) is found


def test_one_is_moved_among_the_others_and_stays_at_either_end() -> None:
    one, two, three = ids = [uuid4() for _ in range(3)]
    assert moved(ids, two, -1) == [two, one, three]
    assert moved(ids, two, 1) == [one, three, two]
    assert moved(ids, one, -1) == moved(ids, three, 1) == ids


def test_the_usual_roles_fit_and_stand_in_both_languages() -> None:
    for korean, english in ROLES.items():
        assert has_hangul(korean) and not has_hangul(english)
        assert max(len(korean), len(english)) <= LONGEST["role"]


def test_the_columns_are_as_long_as_the_texts_may_be() -> None:
    columns = SchoolContact.__table__.columns
    assert {name: columns[name].type.length for name in SchoolPerson.__struct_fields__ if name != "covers"} == {
        f"{name}_{locale}": longest for name, longest in LONGEST.items() for locale in ("ko", "en")
    }


def test_there_is_no_place_for_a_name() -> None:
    fields = {name.rpartition("_")[0] for name in SchoolPerson.__struct_fields__ if name != "covers"}
    assert fields == set(LONGEST) == {"role", "room", "hours", "reach"}
