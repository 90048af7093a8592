"""Owns the check of every way through the navigator: each ends in a whole plan, a place to turn to and words to say."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from curriculum.catalog.contact import Contact
from curriculum.catalog.markup import lesson_markdown
from curriculum.catalog.problem import Problem
from curriculum.catalog.registers import Registers
from curriculum.support.name_check import line_of_id
from curriculum.support.navigator import SECTIONS, Entry, Navigator
from curriculum.support.plan import Answers, fits, paths_by_role, plan

COUNTRY = "country"
EVERYWHERE = "INT"
_MARKDOWN = lesson_markdown()

Plans: TypeAlias = Sequence[tuple[Answers, dict[str, list[Entry]]]]
Fault: TypeAlias = tuple[str, str, str]  # code, remedy, detail


def path_problems(path: Path, typed: str, navigator: Navigator, registers: Registers) -> Iterator[Problem]:
    """Yield where some combination of answers gets less than it needs, or what is not meant for it.

    `path` is the file of the plan and `typed` its text; names in it are known to exist.
    """
    by_role = paths_by_role(navigator)
    contacts = {entry.id: _contacts(entry, registers) for entry in navigator.entries}
    for role, ways in by_role.items():
        plans = [(answers, plan(navigator, answers)) for answers in ways]
        yield from _gaps(path, typed, role, plans)
        yield from _without_contact(path, role, plans, contacts)
    for entry in navigator.entries:
        line = line_of_id(typed, entry.id)
        yield from (Problem(path, line, *found) for found in _entry_faults(navigator, entry, by_role))
        yield from (Problem(path, line, *found) for found in _foreign_numbers(entry, contacts[entry.id], by_role))


def _gaps(path: Path, typed: str, role: str, plans: Plans) -> Iterator[Problem]:
    for section in plans[0][1]:
        empty = [answers for answers, found in plans if not found[section]]
        if not empty:
            continue
        line = line_of_id(typed, section)
        if section == SECTIONS[-1]:
            remedy = "write a sentence to say first that fits"
            yield Problem(path, line, "no_first_sentence", remedy, _such_as(role, empty))
        else:
            yield Problem(path, line, "section_empty", "write an entry that fits", _such_as(role, empty))


def _without_contact(path: Path, role: str, plans: Plans, contacts: dict[str, list[Contact]]) -> Iterator[Problem]:
    def reaches(found: dict[str, list[Entry]]) -> bool:
        shown = [contact for entries in found.values() for entry in entries for contact in contacts[entry.id]]
        return any(contact.phone or contact.url for contact in shown)

    alone = [answers for answers, found in plans if not reaches(found)]
    if alone:
        remedy = "add a contact that can be dialled or opened"
        yield Problem(path, 1, "no_contact", remedy, _such_as(role, alone))


def _entry_faults(navigator: Navigator, entry: Entry, by_role: dict[str, list[Answers]]) -> Iterator[Fault]:
    who = navigator.questions[0].id
    reached = {role for role, ways in by_role.items() if any(fits(entry.when, answers) for answers in ways)}
    if not reached:
        yield "entry_never_shown", "name answers that can be given together, or leave the entry out", entry.id
        return
    for role in entry.when.get(who, ()):
        if role not in reached:
            remedy = "leave them out of the condition: they are never asked what it names"
            yield "role_left_out", remedy, f"{entry.id}: {role}"
    if who not in entry.when and entry in navigator.sentences:
        yield "speaker_missing", f"name in {who} whose words these are", entry.id


def _foreign_numbers(entry: Entry, contacts: list[Contact], by_role: dict[str, list[Answers]]) -> Iterator[Fault]:
    """Numbers of one country that would be shown to somebody in another."""
    ways = [answers for every in by_role.values() for answers in every if fits(entry.when, answers)]
    places = {answers[COUNTRY].upper() for answers in ways if COUNTRY in answers}
    for contact in contacts:
        elsewhere = places - {contact.country}
        if contact.phone and contact.country != EVERYWHERE and elsewhere:
            remedy = f"show it in {contact.country} only"
            yield "contact_of_another_country", remedy, f"{contact.id}: {', '.join(sorted(elsewhere))}"


def _contacts(entry: Entry, registers: Registers) -> list[Contact]:
    """The contacts of an entry: its rows, and those its text names."""
    children = [child for token in _MARKDOWN.parse(entry.ko) for child in token.children or ()]
    named = [child.meta["reference"] for child in children if child.type == "reference"]
    ids = [*entry.contacts, *(one.id for one in named if one.kind == "contact")]
    return [registers.contacts[name] for name in ids]


def _such_as(role: str, ways: Sequence[Answers]) -> str:
    """How many ways of a role it is, and one of them."""
    spelled = " ".join(f"{question}={option}" for question, option in ways[0].items())
    return f"{role}: {len(ways)} ways, such as {spelled}"
