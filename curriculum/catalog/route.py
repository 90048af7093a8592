"""The way through the courses: the strands that each lesson belongs to, and the short route that meets them all."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from curriculum.catalog.entry import SequenceEntry, Strand
from curriculum.catalog.pack import LessonFolder, Pack
from curriculum.catalog.pack_reader import line_of, line_of_entry
from curriculum.catalog.problem import Problem

# A class with little time still meets every one of them (the curriculum, section 2).
STRANDS: tuple[Strand, ...] = ("consent", "images", "law", "peers", "help")


def route_problems(pack: Pack) -> Iterator[Problem]:
    """Yield lessons without a strand, and where the short route names nothing, turns back or leaves out a strand."""
    for lesson in pack.lessons:
        if not lesson.entry.strands:
            path = lesson.path.parent / "unit.toml"
            line = line_of_entry(pack.texts[path], "slug", lesson.entry.slug)
            yield Problem(path, line, "strand_missing", "say which strands it belongs to", lesson.entry.slug)
    if pack.sequence is not None:
        path = pack.folder / "sequence.toml"
        yield from _order_problems(path, pack.texts[path], pack.sequence.short_route, pack.lessons)
        yield from _strand_problems(path, pack.texts[path], pack.sequence, pack.lessons)


def _order_problems(path: Path, typed: str, route: Sequence[str], lessons: Sequence[LessonFolder]) -> Iterator[Problem]:
    known = [lesson.id for lesson in lessons]
    unknown = [lesson_id for lesson_id in route if lesson_id not in known]
    for lesson_id in unknown:
        yield Problem(path, line_of(typed, lesson_id), "lesson_unknown", "name a lesson that exists", lesson_id)
    ordered = [lesson_id for lesson_id in known if lesson_id in route]
    if not unknown and list(route) != ordered:
        # Where they part; a route that is longer says a lesson twice.
        first = next((one for one, other in zip(route, ordered, strict=False) if one != other), route[-1])
        remedy = "name the lessons in the order in which they are taught, each once"
        yield Problem(path, line_of(typed, first), "route_order", remedy, first)


def _strand_problems(
    path: Path, typed: str, sequence: SequenceEntry, lessons: Sequence[LessonFolder]
) -> Iterator[Problem]:
    for course in sequence.courses:
        on_route = [one for one in lessons if one.id in sequence.short_route and one.id.startswith(f"{course.id}/")]
        # A lesson whose strands nobody has said yet may be the one; a course may have no short route.
        if not on_route or not all(lesson.entry.strands for lesson in on_route):
            continue
        line = line_of_entry(typed, "id", course.id)
        for strand in STRANDS:
            if all(strand not in lesson.entry.strands for lesson in on_route):
                remedy = "take a lesson of this strand into the short route of the course"
                yield Problem(path, line, "strand_unmet", remedy, strand)
