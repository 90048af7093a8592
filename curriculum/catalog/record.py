"""Owns the table of lessons in docs/review.md: how long each is, what its quiz and story hold, which facts it tells."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from curriculum.catalog.pack import LessonFolder, Pack
from curriculum.catalog.pack_reader import PackReader
from curriculum.catalog.reading_level import sizes
from curriculum.catalog.reference import references_in

BEGIN, END = "<!-- lessons: python3 run.py content record -->", "<!-- end of lessons -->"
_HEAD = """| lesson | Korean syllable blocks | English words | items by type | scenes | facts that students read |
|---|---:|---:|---|---:|---|"""
_READ = ("ko.md", "other.ko.md", "quiz.toml", "story.toml")


class NoPlace(ValueError):
    """The page does not have the two markers between which the table stands."""


def with_record(page: str, pack: Pack) -> str:
    """Return the page with the table of this pack between its markers; raises NoPlace."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise NoPlace(f"write {BEGIN} and {END} where the table is to stand")
    rows = "\n".join([_HEAD, *map(_row, pack.lessons), *_totals(pack)])
    return f"{before}{BEGIN}\n\n{rows}\n\n{END}{after}"


def _row(lesson: LessonFolder) -> str:
    size, items = sizes(lesson), Counter(_types(lesson.quiz or {}))
    asked = ", ".join(f"{count} {kind}" for kind, count in sorted(items.items()))
    scenes = len(_story(lesson).get("scenes", ())) or "–"
    facts = ", ".join(f"`{one}`" for one in _facts(lesson)) or "–"
    return f"| {lesson.entry.code} `{lesson.id}` | {size.syllables:,} | {size.words:,} | {asked} | {scenes} | {facts} |"


def _totals(pack: Pack) -> Iterator[str]:
    for course in dict.fromkeys(unit.course for unit in pack.units):
        lessons = [lesson for unit in pack.units if unit.course == course for lesson in unit.lessons]
        measured = list(map(sizes, lessons))
        syllables, words = sum(one.syllables for one in measured), sum(one.words for one in measured)
        items = sum(len(list(_types(lesson.quiz or {}))) for lesson in lessons)
        stories = sum(1 for lesson in lessons if _story(lesson))
        facts = len({one for lesson in lessons for one in _facts(lesson)})
        yield (
            f"| **{course}: {len(lessons)} lessons** | {syllables:,} | {words:,} | {items} items"
            f" | {stories} stories | {facts} facts |"
        )


def _types(quiz: Mapping[str, Any]) -> Iterator[str]:
    yield from (str(item.get("type")) for item in quiz.get("items", ()))


def _story(lesson: LessonFolder) -> Mapping[str, Any]:
    # A lesson may have none, and then the reader notes a file missing that nobody misses.
    return PackReader().table(lesson.path / "story.toml") or {}


def _facts(lesson: LessonFolder) -> list[str]:
    typed = [(lesson.path / name).read_text("utf-8") for name in _READ if (lesson.path / name).exists()]
    return sorted({one.id for text in typed for one in references_in(text) if one.kind == "fact"})
