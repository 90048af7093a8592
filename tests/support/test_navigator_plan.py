"""Which questions are asked, how many ways there are through them, and which plan fits the answers."""

import pytest

from curriculum.support.navigator import Navigator
from curriculum.support.plan import fits, paths, paths_by_role, plan


def ids(navigator: Navigator, **answers: str) -> list[str]:
    return [entry.id for entries in plan(navigator, answers).values() for entry in entries]


def test_it_works(pencils: Navigator) -> None:
    assert list(plan(pencils, {"who": "owner", "hurry": "yes", "country": "us"})) == [
        *("safety", "note", "call", "takedown", "school", "next", "say"),
    ]
    assert ids(pencils, who="owner", hurry="yes", country="us") == [
        *("calm", "borrow", "write", "call-there", "ask-back", "box", "wait", "say-owner"),
    ]
    assert ids(pencils, who="finder", country="kr") == [
        *("calm", "write", "call-here", "ask-back", "box", "wait", "say-finder"),
    ]


def test_every_combination_that_can_be_given_is_counted_once(pencils: Navigator) -> None:
    found = paths(pencils.questions)
    assert len(found) == 2 * 2 + 2  # the finder is not asked about the hurry
    assert len({tuple(answers.items()) for answers in found}) == len(found)
    assert {role: len(ways) for role, ways in paths_by_role(pencils).items()} == {"owner": 4, "finder": 2}


def test_a_question_that_is_not_asked_has_no_answer(pencils: Navigator) -> None:
    assert all(("hurry" in answers) == (answers["who"] == "owner") for answers in paths(pencils.questions))


def test_no_entry_of_another_role_is_shown(pencils: Navigator) -> None:
    entries = {entry.id: entry for entry in pencils.entries}
    for answers in paths(pencils.questions):
        for name in ids(pencils, **answers):
            assert answers["who"] in entries[name].when.get("who", (answers["who"],))


@pytest.mark.parametrize(
    ("condition", "answers", "met"),
    [
        ({}, {}, True),
        ({"who": ("owner", "finder")}, {"who": "finder"}, True),
        ({"who": ("owner",)}, {"who": "finder"}, False),
        ({"who": ("owner",), "hurry": ("yes",)}, {"who": "owner", "hurry": "yes"}, True),
        ({"who": ("owner",), "hurry": ("yes",)}, {"who": "owner", "hurry": "no"}, False),
        ({"hurry": ("yes", "no")}, {"who": "finder"}, False),  # what was not asked fits nothing
    ],
)
def test_a_condition_needs_one_of_its_options_for_each_question(
    condition: dict[str, tuple[str, ...]], answers: dict[str, str], met: bool
) -> None:
    assert fits(condition, answers) is met
