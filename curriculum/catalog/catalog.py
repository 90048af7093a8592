"""The catalog: everything that is taught, loaded once from a content folder and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from curriculum.catalog.assembly import assemble_unit
from curriculum.catalog.check import unshowable
from curriculum.catalog.contact import Contact
from curriculum.catalog.course import Course
from curriculum.catalog.duty import Duty, duties_from
from curriculum.catalog.entry import SequenceEntry
from curriculum.catalog.fact import Fact
from curriculum.catalog.glossary import Word
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.pack import Pack, read_pack
from curriculum.catalog.problem import ContentError


class LessonNotFound(LookupError):
    """No lesson has this id."""


@dataclass(frozen=True, eq=False)
class Catalog:
    """Courses in order, lessons by id, and the registers; `as_of` is the day by which tests judge dates."""

    courses: tuple[Course, ...]
    lessons: Mapping[str, Lesson]
    facts: Mapping[str, Fact]
    contacts: Mapping[str, Contact]
    glossary: Mapping[str, Word]
    short_route: tuple[str, ...]
    duties: tuple[Duty, ...]
    as_of: date

    def lesson(self, lesson_id: str) -> Lesson:
        """Return a lesson by "course/unit/slug"; raises LessonNotFound."""
        try:
            return self.lessons[lesson_id]
        except KeyError:
            raise LessonNotFound(lesson_id) from None

    def course(self, course_id: str) -> Course | None:
        """Return the course with this id, or None."""
        return next((course for course in self.courses if course.id == course_id), None)

    @property
    def panel(self) -> tuple[Contact, ...]:
        """The contacts of the help panel, in its order."""
        placed = [(contact.panel, contact) for contact in self.contacts.values() if contact.panel is not None]
        return tuple(contact for _, contact in sorted(placed, key=lambda pair: pair[0]))


def load_catalog(folder: Path) -> Catalog:
    """Load a content folder; raises ContentError when something in it cannot be shown in both languages.

    What merely should be better (an old translation, a long heading) is left to the content check, so that a
    school's server starts with it.
    """
    pack = read_pack(folder)
    problems = unshowable(pack)
    if problems or pack.sequence is None:
        raise ContentError(problems)
    return _assembled(pack, pack.sequence)


def _assembled(pack: Pack, sequence: SequenceEntry) -> Catalog:
    units = {(unit.course, unit.id): assemble_unit(unit) for unit in pack.units}
    courses = tuple(
        Course(
            entry.id,
            entry.title,
            entry.ages,
            tuple(units[entry.id, unit] for unit in entry.units),
            pack.surveys[entry.id].items if entry.id in pack.surveys else (),
        )
        for entry in sequence.courses
    )
    lessons = {lesson.id: lesson for unit in units.values() for lesson in unit.lessons}
    return Catalog(
        courses=courses,
        lessons=MappingProxyType(lessons),
        facts=MappingProxyType(dict(pack.registers.facts)),
        contacts=MappingProxyType(dict(pack.registers.contacts)),
        glossary=MappingProxyType(dict(pack.registers.glossary)),
        short_route=sequence.short_route,
        duties=duties_from(sequence.duties, list(lessons)),
        as_of=sequence.as_of,
    )
