"""Pages are rendered once a day and anew on the next."""

import time_machine
from flask import Flask

from curriculum.catalog.catalog import Catalog
from curriculum.catalog.queries import catalog, guide_page, lesson_page, renderer

LESSON = "middle/pencils/asking"


def test_a_page_is_rendered_once_a_day_and_anew_on_the_next(pencils: Catalog) -> None:
    app = Flask(__name__)
    app.extensions["catalog"] = pencils
    lesson = pencils.lesson(LESSON)
    with app.app_context():
        with time_machine.travel("2026-06-30T03:00Z", tick=False):
            assert catalog() is pencils
            assert renderer() is renderer()
            page = lesson_page(lesson, "ko")
            assert lesson_page(lesson, "ko") is page
            assert guide_page(lesson, "en") is guide_page(lesson, "en")
            assert "3일" in page.steps["returning"].html
        with time_machine.travel("2026-07-01T03:00Z", tick=False):
            assert "3일" not in lesson_page(lesson, "ko").steps["returning"].html
    assert set(page.other) == {"lost-pencil"}
    assert page.note.html == "<p>이 수업에는 연필만 나와요.</p>\n"
