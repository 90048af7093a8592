"""Owns the check of how lessons are written, by the rules of a pack: what they say, avoid and share."""

from collections.abc import Iterator

from curriculum.catalog.easy_facts import easy_fact_problems
from curriculum.catalog.likeness import likeness_problems
from curriculum.catalog.pack import Pack
from curriculum.catalog.pack_reader import PackReader
from curriculum.catalog.passage import passages
from curriculum.catalog.phrasing import phrasing_problems
from curriculum.catalog.problem import Problem
from curriculum.catalog.reading_level import level_problems
from curriculum.catalog.rulebook import read_rulebook
from curriculum.catalog.telling import telling_problems


def writing_problems(pack: Pack) -> Iterator[Problem]:
    """Yield what is wrong with the writing, first of all with the rules themselves."""
    reader = PackReader()
    rules = read_rulebook(reader, pack.folder)
    yield from reader.problems
    for passage in passages(pack):
        course = passage.path.relative_to(pack.folder).parts[0]
        yield from phrasing_problems(passage, rules.avoid, course, pack.texts[passage.path])
    for lesson in pack.lessons:
        yield from telling_problems(lesson, rules)
        level = rules.levels.get(lesson.id.partition("/")[0])
        if level:
            yield from easy_fact_problems(lesson, level)
            yield from level_problems(lesson, level, pack.registers)
    yield from likeness_problems(pack.lessons)
