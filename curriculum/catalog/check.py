"""The content check: the rules of docs/content-format.md for texts."""

from collections.abc import Iterator
from pathlib import Path

from curriculum.catalog.completeness import completeness_problems
from curriculum.catalog.duty import duty_problems
from curriculum.catalog.family import family_problems
from curriculum.catalog.pack import Pack, read_pack
from curriculum.catalog.pair import pair_problems
from curriculum.catalog.passage import passages
from curriculum.catalog.problem import Problem
from curriculum.catalog.prose import prose_problems
from curriculum.catalog.reference import references_in
from curriculum.catalog.route import route_problems
from curriculum.catalog.skeleton import skeleton_problems
from curriculum.catalog.survey_check import survey_problems
from curriculum.catalog.wording import wording_problems
from curriculum.catalog.writing_check import writing_problems

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


def check_content(folder: Path) -> list[Problem]:
    """Return every problem of a content folder, by file and line; quiz items are judged in `quizzes`."""
    pack = read_pack(folder)
    return _sorted([*pack.problems, *_rule_problems(pack), *writing_problems(pack)])


def unshowable(pack: Pack) -> list[Problem]:
    """Return the problems that keep a pack from being loaded; asked at each start, so no rule runs in vain."""
    found = [*_structure_problems(pack), *_unknown_references(pack)]
    return _sorted([*pack.problems, *(one for one in found if one.code in _UNSHOWABLE)])


def _sorted(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (str(problem.path), problem.line, problem.code))


def _unknown_references(pack: Pack) -> Iterator[Problem]:
    # To parse every text would take longer than all the rest of a start: a look tells which files it takes.
    know = pack.registers.know
    doubtful = {path for path, typed in pack.texts.items() if not all(map(know, references_in(typed)))}
    for passage in passages(pack) if doubtful else ():
        if passage.path in doubtful:
            yield from prose_problems(passage, pack.registers)


def _structure_problems(pack: Pack) -> Iterator[Problem]:
    yield from completeness_problems(pack)
    yield from route_problems(pack)
    yield from duty_problems(pack)
    for unit in pack.units:
        yield from family_problems(unit)
        yield from pair_problems(unit)
    for lesson in pack.lessons:
        yield from pair_problems(lesson)
        yield from skeleton_problems(lesson)


def _rule_problems(pack: Pack) -> Iterator[Problem]:
    yield from _structure_problems(pack)
    yield from survey_problems(pack)
    for passage in passages(pack):
        yield from prose_problems(passage, pack.registers)
        yield from wording_problems(passage, pack.avoided)
