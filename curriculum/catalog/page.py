"""All texts of a lesson, or of another page, rendered in one language, so that source numbers run on through it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curriculum.catalog.course import Unit
from curriculum.catalog.duty import Duty
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.rendering import Notes, Rendered, Renderer
from curriculum.catalog.text import Locale


@dataclass(frozen=True)
class LessonPage:
    """A lesson in one language: the content note, each step's text and each step's other path, by step id."""

    note: Rendered
    steps: Mapping[str, Rendered]
    other: Mapping[str, Rendered]


def render_lesson(renderer: Renderer, lesson: Lesson, locale: Locale) -> LessonPage:
    """Render a lesson in reading order, each other path right after the step it stands in for."""
    notes = Notes(explained=True)
    note = renderer.render(lesson.note.in_(locale), locale, notes=notes)
    steps: dict[str, Rendered] = {}
    other: dict[str, Rendered] = {}
    for step in lesson.steps:
        steps[step.id] = renderer.render(step.body.in_(locale), locale, notes=notes)
        if step.other is not None:
            other[step.id] = renderer.render(step.other.body.in_(locale), locale, notes=notes)
    return LessonPage(note, steps, other)


def render_guide(renderer: Renderer, lesson: Lesson, locale: Locale) -> Mapping[str, Rendered]:
    """Render the teacher's guide, by section id; facts stand in plain style."""
    notes = Notes()
    return {section.id: renderer.render(section.body.in_(locale), locale, "plain", notes) for section in lesson.guide}


def render_family(renderer: Renderer, unit: Unit, locale: Locale) -> Mapping[str, Rendered]:
    """Render a unit's page for families, by section id."""
    notes = Notes()
    return {section.id: renderer.render(section.body.in_(locale), locale, notes=notes) for section in unit.family}


def render_duties(renderer: Renderer, duties: Sequence[Duty], locale: Locale) -> list[Rendered]:
    """Render the facts that state these duties to teach, in plain style: teachers read them."""
    notes = Notes()
    return [renderer.render_inline(f"{{fact:{duty.fact}}}", locale, "plain", notes) for duty in duties]
