"""Owns what a roster would change: from its lines and what there is, step by step, without doing anything."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec
from msgspec import structs

from curriculum.classrooms.roster import GRADES, MOST_STUDENTS, pseudonym
from curriculum.rosters.name_rule import look
from curriculum.rosters.roster_line import Line, Reading, Trouble, trouble

Place = tuple[int, int]  # grade and section


class Kind(StrEnum):
    """What becomes of a line. Nothing is ever taken away."""

    CLASS = "class"
    ADD = "add"
    RENAME = "rename"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Present:
    """A class as it is: names by number; a class without names; one that takes nobody any more."""

    names: Mapping[int, str] = field(default_factory=dict)
    pseudonyms: bool = False
    archived: bool = False


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that would be done. `before` is a name that changes; `namesake`: the class has this name twice."""

    kind: Kind
    row: int
    grade: int
    section: int
    number: int = 0
    name: str = ""
    before: str = ""
    namesake: bool = False

    @property
    def says_name(self) -> bool:
        """Whether the name says more than the number does."""
        return bool(self.before) or self.name != pseudonym(self.number)


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done, and which rows are left out."""

    steps: tuple[Step, ...]
    troubles: tuple[Trouble, ...]

    def of(self, kind: Kind) -> list[Step]:
        """The steps of one kind."""
        return [step for step in self.steps if step.kind is kind]

    @property
    def people(self) -> list[Step]:
        """The steps that are about a student."""
        return [step for step in self.steps if step.kind is not Kind.CLASS]

    @property
    def changes_nothing(self) -> bool:
        """Whether all is so already."""
        return all(step.kind is Kind.SAME for step in self.steps)

    @property
    def digest(self) -> str:
        """A text that two plans share exactly when they would do the same."""
        return hashlib.sha256(msgspec.json.encode(self.steps)).hexdigest()[:32]


class _Class:
    """A class while the lines are gone through: names by number, and what looks alike."""

    def __init__(self, place: Place, present: Present) -> None:
        self.place, self.present = place, present
        self.names = dict(present.names)
        self.looks: dict[str, dict[int, str]] = {}
        self.met: dict[int, str] = {}  # numbers that the roster has named, and how
        for number, name in self.names.items():
            self._show(number, name)

    def take(self, line: Line) -> Step | Trouble:
        if self.present.pseudonyms and line.number is None:
            return trouble(line.row, "number")
        number = line.number or self._number_of(line.name)
        if number is None:
            return trouble(line.row, "class-full", line.name)
        name = pseudonym(number) if self.present.pseudonyms else line.name
        if not name:
            return trouble(line.row, "no-name", str(number))
        if number in self.met:
            return trouble(line.row, "twice" if self.met[number] == name else "number-twice", f"{number} {name}")
        alike = {other: one for other, one in self.looks.get(look(name), {}).items() if other != number}
        if any(one != name for one in alike.values()):
            return trouble(line.row, "looks-alike", name)
        self.met[number] = name
        return self._step(line.row, number, name, namesake=bool(alike))

    def _step(self, row: int, number: int, name: str, *, namesake: bool) -> Step:
        before = self.names.get(number)
        kind = Kind.ADD if before is None else Kind.SAME if before == name else Kind.RENAME
        if kind is Kind.RENAME:
            del self.looks[look(before or "")][number]
        if kind is not Kind.SAME:
            self.names[number] = name
            self._show(number, name)
        return Step(kind, row, *self.place, number, name, before or "" if kind is Kind.RENAME else "", namesake)

    def _number_of(self, name: str) -> int | None:
        """The number of who is called so and was not named yet, else the next one: after the last, for as long as
        there is one, since numbers of those who left may still be known."""
        known = [number for number, one in sorted(self.names.items()) if one == name and number not in self.met]
        if known:
            return known[0]
        last = max(self.names, default=0)
        free = [*range(last + 1, MOST_STUDENTS + 1), *(one for one in range(1, last) if one not in self.names)]
        return free[0] if free else None

    def _show(self, number: int, name: str) -> None:
        self.looks.setdefault(look(name), {})[number] = name


def plan_for(reading: Reading, present: Mapping[Place, Present], *, only: Place | None = None) -> Plan:
    """What a roster would change in these classes; classes that there are not are made, unless it is of `only` one."""
    classes = {place: _Class(place, one) for place, one in present.items()}
    steps: list[Step] = []
    troubles = [*reading.troubles]
    for line in reading.lines:
        place = _place_of(line, only)
        problem = _problem_with(place, reading.level, only, present)
        if problem:
            troubles.append(trouble(line.row, problem, line.name))
            continue
        if place not in classes:
            classes[place] = _Class(place, Present())
            steps.append(Step(Kind.CLASS, line.row, *place))
        done = classes[place].take(line)
        (troubles if isinstance(done, Trouble) else steps).append(done)  # type: ignore[arg-type]  # each its own list
    return Plan(tuple(steps), tuple(sorted(troubles, key=lambda one: one.row)))


def without_names(reading: Reading, nameless: Collection[Place], *, only: Place | None = None) -> Reading:
    """The same roster without the names of classes that keep none; what is wrong in a row may be one, too."""
    lines = tuple(
        structs.replace(line, name="") if _place_of(line, only) in nameless else line for line in reading.lines
    )
    troubles = tuple(structs.replace(one, said="") if nameless else one for one in reading.troubles)
    return structs.replace(reading, lines=lines, troubles=troubles)


def _place_of(line: Line, only: Place | None) -> Place:
    if only and line.grade is None:
        return only
    return (line.grade or 0, line.section or 0)


def _problem_with(place: Place, level: str, only: Place | None, present: Mapping[Place, Present]) -> str | None:
    if only and place != only:
        return "other-class"
    if not only and not 1 <= place[0] <= GRADES.get(level, 0):
        return "class"
    return "archived" if place in present and present[place].archived else None
