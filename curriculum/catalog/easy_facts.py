"""Owns how facts are told to nine- to twelve-year-olds: by the easy sentence alone, which no other course uses."""

from collections.abc import Iterator

from curriculum.catalog.pack import LessonFolder
from curriculum.catalog.problem import Problem
from curriculum.catalog.reference import references_in
from curriculum.catalog.rulebook import Level

_READ = ("ko.md", "en.md", "other.ko.md", "other.en.md", "quiz.toml", "story.toml")


def easy_fact_problems(lesson: LessonFolder, level: Level) -> Iterator[Problem]:
    """Yield the facts that students of a course read otherwise than their course asks, in every file they read."""
    for path in (lesson.path / name for name in _READ):
        lines = path.read_text("utf-8", errors="replace").split("\n") if path.exists() else []
        for number, line in enumerate(lines, 1):
            for reference in references_in(line):
                if reference.kind != "fact" or reference.is_easy == level.easy_facts:
                    continue
                if level.easy_facts:
                    yield Problem(path, number, "fact_not_easy", "write {fact:id.easy} for this age", str(reference))
                else:
                    remedy = "write {fact:id}: this course reads it whole"
                    yield Problem(path, number, "fact_for_children", remedy, str(reference))
