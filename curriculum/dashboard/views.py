"""Owns the pages of what a teacher sees: the classes, one class, its items."""

from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from curriculum.accounts.access import Mark, Shown
from curriculum.accounts.queries import signed_in
from curriculum.catalog.lesson import Lesson
from curriculum.catalog.page_text import PageText
from curriculum.catalog.queries import catalog, renderer
from curriculum.classrooms.class_code import shown_class_code
from curriculum.classrooms.queries import (
    PAGE,
    classroom_taught_by,
    classrooms_taught_by,
    people_of,
    students_of,
)
from curriculum.classrooms.roster import ClassroomRow
from curriculum.dashboard.overview import ItemCard, grid_rows, item_card, latest_lesson, missed_items
from curriculum.localization import PREFIX, page_locale
from curriculum.progress.queries import progress_of_people, totals_of_people
from curriculum.quizzes.queries import quiz_of, tallies_of
from curriculum.quizzes.tally import most_missed
from curriculum.security import access

dashboard = Blueprint("dashboard", __name__, url_prefix=f"{PREFIX}/teach")
MOST_PAGES = 100  # a database takes no number of any length
CARDS = 3  # what a teacher can talk about in one lesson


@dashboard.get("/")
@access(Mark.TEACHER)
def classes() -> ResponseReturnValue:
    """The classes this teacher has a part in."""
    return render_template("dashboard/classes.html", classrooms=classrooms_taught_by(signed_in()))


@dashboard.get("/classes/<uuid:classroom_id>")
@access(Mark.TEACHER, shows=(Shown.ROSTER, Shown.PROGRESS, Shown.SCORE, Shown.CLASS_ITEMS))
def classroom(classroom_id: UUID) -> ResponseReturnValue:
    """One class: four figures, the grid of students and lessons, what to talk about next."""
    found = _fetched(classroom_id)
    lessons = _lessons(found)
    page = min(max(1, request.args.get("page", 1, type=int)), MOST_PAGES)
    students, size = students_of(found, page)
    if page > 1 and not students:
        abort(404)  # the size comes with the rows: an empty page would say that the class has no students
    steps = {lesson.id: len(lesson.steps) for lesson in lessons}
    progress = progress_of_people(found.school_id, [student.id for student in students], list(steps))
    totals = totals_of_people(found.school_id, people_of(found), steps)
    cards = _cards(found, lessons)
    latest = latest_lesson(lessons, totals)
    return render_template(
        "dashboard/classroom.html",
        classroom=found,
        class_code=shown_class_code(found.code),
        lessons=lessons,
        rows=grid_rows(students, lessons, progress),
        size=size,
        page=page,
        pages=-(-size // PAGE),
        latest=latest,
        total=totals[latest.id] if latest else None,
        cards=cards[:CARDS],
        cards_in_all=len(cards),
    )


@dashboard.get("/classes/<uuid:classroom_id>/items")
@access(Mark.TEACHER, shows=(Shown.CLASS_ITEMS,))
def items(classroom_id: UUID) -> ResponseReturnValue:
    """Every item the class missed often enough to be worth a talk."""
    found = _fetched(classroom_id)
    return render_template("dashboard/items.html", classroom=found, cards=_cards(found, _lessons(found)))


def _fetched(classroom_id: UUID) -> ClassroomRow:
    found = classroom_taught_by(signed_in(), classroom_id)
    if found is None:
        abort(404)
    return found


def _lessons(classroom: ClassroomRow) -> list[Lesson]:
    return [lesson for course in catalog().courses if course.id == classroom.course for lesson in course.lessons]


def _cards(classroom: ClassroomRow, lessons: list[Lesson]) -> list[ItemCard]:
    digests = [lesson.quiz_digest for lesson in lessons]
    tallies = tallies_of(classroom.school_id, classroom.id, digests)
    text = PageText(renderer(), [page_locale()])
    missed = most_missed(missed_items(tallies), limit=len(tallies))
    cards = [item_card(one, catalog().lesson(one.lesson_id), quiz_of(one.lesson_id), tallies, text) for one in missed]
    return [card for card in cards if card]
