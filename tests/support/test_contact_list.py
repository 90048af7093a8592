"""Shows the order in which contacts are listed, and what is said of their age; without app or database."""

from datetime import date
from typing import Any

from curriculum.catalog.contact import Contact
from curriculum.catalog.text import Text
from curriculum.support.contact_list import NEEDS, abroad, by_need, for_children, shown, signpost, strip

DAY = date(2026, 11, 21)


def contact(name: str, need: Any = "talk", **more: Any) -> Contact:
    """A contact with whatever matters to a test."""
    text = Text(ko=f"{name} 이름", en=f"{name} name")
    values = {"hours": text, "audience": text, "languages": text, "purpose": text, "source": text}
    days = {"as_of": date(2026, 1, 2), "review_by": DAY}
    return Contact(**{"id": name, "name": text, "need": need, **values, **days, **more})


def test_it_works() -> None:
    found = by_need([contact("b"), contact("a", "danger", phone="112")], "en", DAY)
    assert [(need, [one.name for one in group]) for need, group in found.items()] == [
        ("danger", ["a name"]),
        ("talk", ["b name"]),
    ]


def test_every_need_has_its_place() -> None:
    given = [contact(need, need) for need in reversed(NEEDS)]
    assert list(by_need(given, "ko", DAY)) == list(NEEDS)


def test_in_a_need_the_help_panels_order_comes_first() -> None:
    given = [contact("a"), contact("z", panel=9), contact("m", panel=2), contact("b")]
    [group] = by_need(given, "ko", DAY).values()
    assert [one.id for one in group] == ["m", "z", "a", "b"]


def test_services_for_everyone_stand_with_those_of_this_country() -> None:
    given = [contact("a", country="INT"), contact("b", country="US"), contact("c", country="AU")]
    assert [one.id for one in by_need(given, "ko", DAY)["talk"]] == ["a"]
    assert {country: [one.id for one in group] for country, group in abroad(given, "ko", DAY).items()} == {
        "AU": ["c"],
        "US": ["b"],
    }


def test_the_day_it_was_checked_is_said_once_its_review_day_has_passed() -> None:
    one = contact("a", review_by=date(2026, 11, 20))
    assert shown(contact("a"), "ko", DAY).checked is None
    assert shown(one, "ko", DAY).checked == date(2026, 1, 2)
    assert shown(one, "ko", date(2026, 11, 20)).checked is None


def test_the_foot_dials_the_first_of_each_need() -> None:
    given = [
        contact("talk", phone="1388"),
        contact("second", phone="1"),
        contact("mute", "danger"),
        contact("danger", "danger", phone="112"),
        contact("law", "law", phone="132"),
    ]
    assert [one.phone for one in strip(given, "ko", DAY)] == ["112", "1388"]


def test_what_a_contact_does_not_have_is_not_made_up() -> None:
    one = shown(contact("a"), "ko", DAY)
    assert (one.phone, one.url, one.note) == (None, None, None)


def test_children_see_the_places_that_speak_to_them_in_their_words() -> None:
    note, easy = Text(ko="어려운 말", en="hard words"), Text(ko="쉬운 말", en="easy words")
    given = [contact("a", easy=easy, note=note, url="https://a.example", phone="112"), contact("b", note=note)]
    [one] = for_children(given, "ko", DAY)
    assert (one.id, one.purpose, one.note, one.url, one.phone) == ("a", "쉬운 말", None, None, "112")


def test_the_signpost_names_a_person_first_and_one_place_for_each_need() -> None:
    needs = ("life", "talk", "school", "school", "adult", "removal", "image", "danger", "image")
    panel = [shown(contact(str(place), need), "ko", DAY) for place, need in enumerate(needs)]
    assert [one.id for one in signpost(panel)] == ["4", "7", "6", "2", "1"]
    assert signpost(panel[:1]) == []
