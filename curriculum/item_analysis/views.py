"""Owns the pages of item analysis: the items of a class to talk about, and one item with its numbers."""

from uuid import UUID

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from curriculum.accounts.access import Mark, Shown
from curriculum.accounts.queries import signed_in
from curriculum.catalog.queries import catalog, course_lessons
from curriculum.classrooms.queries import classroom_taught_by
from curriculum.classrooms.roster import ClassroomRow
from curriculum.item_analysis import difficulty
from curriculum.item_analysis.finding import FEWEST
from curriculum.item_analysis.queries import analysed_item, cards_of, earlier_by_lesson
from curriculum.localization import PREFIX
from curriculum.security import access

item_analysis = Blueprint("item_analysis", __name__, url_prefix=f"{PREFIX}/teach/classes/<uuid:classroom_id>/items")


@item_analysis.get("")
@access(Mark.TEACHER, shows=(Shown.CLASS_ITEMS,))
def items(classroom_id: UUID) -> ResponseReturnValue:
    """Every item the class missed often enough to be worth a talk."""
    found = _fetched(classroom_id)
    lessons = course_lessons(found.course)
    return render_template(
        "item_analysis/items.html",
        classroom=found,
        cards=cards_of(found, lessons),
        earlier=earlier_by_lesson(found, lessons),
        fewest=FEWEST,
    )


@item_analysis.get("/<course>/<unit>/<slug>/<item_id>")
@access(Mark.TEACHER, shows=(Shown.CLASS_ITEMS,))
def item(classroom_id: UUID, course: str, unit: str, slug: str, item_id: str) -> ResponseReturnValue:
    """One item: the sentence, its numbers with their formulas, and how the class spread over what can be chosen."""
    found = _fetched(classroom_id)
    lesson = catalog().lesson(f"{course}/{unit}/{slug}")
    analysed = analysed_item(found, lesson, item_id) if lesson.course == found.course else None
    if analysed is None:
        abort(404)
    return render_template(
        "item_analysis/item.html",
        classroom=found,
        card=analysed.card,
        numbers=analysed.numbers,
        earlier=analysed.earlier,
        fewest=FEWEST,
        fewest_scores=difficulty.FEWEST,
    )


def _fetched(classroom_id: UUID) -> ClassroomRow:
    return classroom_taught_by(signed_in(), classroom_id) or abort(404)
