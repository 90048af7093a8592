"""Owns what leaves about several classes as a table: a row a class, or a row a student, with numbers as numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeAlias

from curriculum.across.school_figures import LessonLine, SchoolFigures
from curriculum.across.summary import ClassLine
from curriculum.catalog.text import Locale
from curriculum.classrooms.school_year import SCHOOL_TIME
from curriculum.progress.completion import Progress, State

Row: TypeAlias = Sequence[str | int | None]


class ClassMember(NamedTuple):
    """A student of a class, with the lessons that are begun."""

    school_year: int
    level: str
    grade: int
    section: int
    number: int
    name: str
    begun: Iterable[tuple[str, Progress]]


def lines_table(
    lines: Iterable[ClassLine], heads: Sequence[str], locale: Locale, levels: Mapping[str, str]
) -> Iterator[Row]:
    """A row a class: the cells of the page, with the class and the lesson in cells of their own."""
    yield heads
    for line in lines:
        latest, due = line.latest, line.due
        yield [
            line.classroom.school_year,
            levels[line.classroom.level],
            line.classroom.grade,
            line.classroom.section,
            line.students,
            latest.code if latest else None,
            latest.title.in_(locale) if latest else None,
            line.completed,
            line.average,
            due.lesson.code if due else None,
            school_moment(due.at) if due else None,
        ]


def school_moment(moment: datetime) -> str:
    """A moment by the clock of the school, as a spreadsheet reads it in any language."""
    return moment.astimezone(SCHOOL_TIME).strftime("%Y-%m-%d %H:%M")


def students_table(
    members: Iterable[ClassMember],
    heads: Sequence[str],
    lessons: Mapping[str, int],
    states: Mapping[State, str],
    levels: Mapping[str, str],
) -> Iterator[Row]:
    """A row a student: year, class, number, name, then two cells a lesson as in the file of one class. `lessons`: how
    many steps each has, in the order of the columns. One student is read at a time."""
    yield heads
    columns = {lesson_id: (2 * place, steps) for place, (lesson_id, steps) in enumerate(lessons.items())}
    empty: list[str | int | None] = [states[State.NONE], None] * len(lessons)
    for school_year, level, grade, section, number, name, begun in members:
        cells = empty.copy()
        for lesson_id, progress in begun:
            if lesson_id in columns:
                place, steps = columns[lesson_id]
                cells[place : place + 2] = states[progress.state(steps)], progress.score
        yield [school_year, levels[level], grade, section, number, name, *cells]


def school_table(figures: SchoolFigures, heads: Sequence[str], words: Mapping[str, str]) -> Iterator[Row]:
    """A row a class with what may be said of it, then a row for the sum. `words`: of the levels, and "few", "sum"."""
    yield heads
    for line in figures.classes:
        place = (line.classroom.school_year, words[line.classroom.level], line.classroom.grade, line.classroom.section)
        if line.too_few:
            yield [*place, line.students, words["few"], None, None, None]
            continue
        told = line.told
        yield [
            *place,
            line.students,
            line.taken_up,
            line.latest.code if line.latest else None,
            (told.completed or words["few"]) if told else None,
            (told.average or words["few"]) if told else None,
        ]
    yield [None, words["sum"], None, None, figures.students, None, None, figures.completed, None]


def school_lessons_table(lines: Iterable[LessonLine], heads: Sequence[str], locale: Locale, few: str) -> Iterator[Row]:
    """A row a lesson over the classes that have taken it up. `few`: what the page says in the place of a number."""
    yield heads
    for line in lines:
        title = line.lesson.title.in_(locale)
        yield [line.lesson.code, title, line.classes, line.students, line.completed or few, line.average or few]
