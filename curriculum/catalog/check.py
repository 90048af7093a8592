"""The content check: the rules of docs/content-format.md for texts, and which facts are to be read again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from curriculum.catalog.completeness import completeness_problems
from curriculum.catalog.contact import Contact
from curriculum.catalog.fact import Fact
from curriculum.catalog.pack import Pack, read_pack
from curriculum.catalog.pair import pair_problems
from curriculum.catalog.passage import passages
from curriculum.catalog.problem import Problem
from curriculum.catalog.prose import prose_problems
from curriculum.catalog.reference import references_in
from curriculum.catalog.skeleton import skeleton_problems
from curriculum.catalog.wording import wording_problems

# With one of these a page cannot be put together in both languages; the others are faults of a page.
_UNSHOWABLE = frozenset(
    (
        "blocks_unequal",
        "block_missing",
        "block_order",
        "front_field_missing",
        "lesson_unknown",
        "reference_unknown",
    )
)


@dataclass(frozen=True)
class Overdue:
    """A fact or contact whose review day has passed."""

    code: Literal["fact_overdue", "contact_overdue"]
    id: str
    review_by: date
    remedy: str


def check_content(folder: Path) -> list[Problem]:
    """Return every problem of a content folder, by file and line; quiz items are judged in `quizzes`."""
    pack = read_pack(folder)
    return _sorted([*pack.problems, *_rule_problems(pack)])


def unshowable(pack: Pack) -> list[Problem]:
    """Return the problems that keep a pack from being loaded; asked at each start, so no rule runs in vain."""
    found = [*_structure_problems(pack), *_unknown_references(pack)]
    return _sorted([*pack.problems, *(one for one in found if one.code in _UNSHOWABLE)])


def check_facts(facts: Mapping[str, Fact], contacts: Mapping[str, Contact], today: date) -> list[Overdue]:
    """Return the facts and contacts whose review day has passed, the longest overdue first."""
    read_again = "read its source again, then set as_of and review_by"
    ask_again = "ask there or read its page again, then set as_of and review_by"
    late_facts = [fact for fact in facts.values() if fact.is_overdue(today)]
    late_contacts = [contact for contact in contacts.values() if contact.is_overdue(today)]
    found = [
        *(Overdue("fact_overdue", fact.id, fact.review_by, read_again) for fact in late_facts),
        *(Overdue("contact_overdue", contact.id, contact.review_by, ask_again) for contact in late_contacts),
    ]
    return sorted(found, key=lambda one: (one.review_by, one.id))


def _sorted(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (str(problem.path), problem.line, problem.code))


def _unknown_references(pack: Pack) -> Iterator[Problem]:
    # To parse every text would take longer than all the rest of a start: a look tells which of them it takes.
    for passage in passages(pack):
        if not all(map(pack.registers.know, references_in(passage.source))):
            yield from prose_problems(passage, pack.registers)


def _structure_problems(pack: Pack) -> Iterator[Problem]:
    yield from completeness_problems(pack)
    for lesson in pack.lessons:
        yield from pair_problems(lesson)
        yield from skeleton_problems(lesson)


def _rule_problems(pack: Pack) -> Iterator[Problem]:
    yield from _structure_problems(pack)
    for passage in passages(pack):
        yield from prose_problems(passage, pack.registers)
        yield from wording_problems(passage, pack.avoided)
