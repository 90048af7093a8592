"""What happens on and after a review day: figures give way, contacts stay."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from curriculum.catalog.catalog import Catalog
from curriculum.catalog.due import due
from curriculum.catalog.rendering import Renderer
from curriculum.catalog.text import Locale, Text

LAST_DAY, AFTER = date(2026, 6, 30), date(2026, 7, 1)
RendererOn = Callable[[date], Renderer]


def test_on_its_review_day_a_fact_still_stands(pencils: Catalog) -> None:
    fact = pencils.facts["pencil-law"]
    assert fact.sentence("ko", "polite", LAST_DAY) == "연필을 빌리면 3일 안에 돌려줘요."
    assert fact.sentence("ko", "plain", LAST_DAY) == "연필을 빌리면 3일 안에 돌려준다."
    assert fact.sentence("en", "plain", LAST_DAY) == "A borrowed pencil is returned within 3 days."


def test_a_day_later_a_fact_with_figures_gives_way(pencils: Catalog) -> None:
    fact = pencils.facts["pencil-law"]
    assert fact.sentence("ko", "polite", AFTER) == "빌린 연필은 돌려줘요."
    assert fact.sentence("en", "polite", AFTER) == "A borrowed pencil is returned."


def test_a_fact_without_any_digit_stays(pencils: Catalog) -> None:
    fact = pencils.facts["pencil-custom"]
    assert fact.is_overdue(AFTER)
    assert fact.sentence("en", "polite", AFTER) == "Asking first is easier for both."


def test_an_overdue_sentence_alone_is_exchanged_within_its_paragraph(renderer_on: RendererOn) -> None:
    html = renderer_on(AFTER).render("하나. {fact:pencil-law} 둘.", "ko").html
    assert html == "<p>하나. 빌린 연필은 돌려줘요. 둘.</p>\n"


def test_until_then_a_figure_stands_in_its_sentence(renderer_on: RendererOn) -> None:
    html = renderer_on(LAST_DAY).render("기한은 **최대** {fact:pencil-law.days}이에요.", "ko").html
    assert html.startswith("<p>기한은 <strong>최대</strong> 3일<sup")


@pytest.mark.parametrize("day", [LAST_DAY, AFTER])
def test_what_is_said_to_the_youngest_holds_no_figure_and_stays(pencils: Catalog, day: date) -> None:
    fact = replace(pencils.facts["pencil-law"], easy=Text(ko="빌린 것은 돌려줘요.", en="Give it back."))
    renderer = Renderer({fact.id: fact}, {}, {}, day)
    html = renderer.render("하나. {fact:pencil-law.easy} 둘.", "ko").html
    assert html.startswith("<p>하나. 빌린 것은 돌려줘요.<sup")
    assert html.endswith("</sup> 둘.</p>\n")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("기한은 **{fact:pencil-law.days}**이에요.\n\n다음.", "<p>빌린 연필은 돌려줘요.</p>\n<p>다음.</p>\n"),
        (
            "- 기한 {fact:pencil-law.days}\n- 다음",
            "<ul>\n<li>빌린 연필은 돌려줘요.</li>\n<li>다음</li>\n</ul>\n",
        ),
        (
            "|a|b|\n|-|-|\n|기한 {fact:pencil-law.days}|다음|",
            '<td data-label="a">빌린 연필은 돌려줘요.</td>\n<td data-label="b">다음</td>',
        ),
    ],
)
def test_an_overdue_figure_takes_its_whole_paragraph_item_or_cell_along(
    renderer_on: RendererOn, source: str, html: str
) -> None:
    rendered = renderer_on(AFTER).render(source, "ko")
    assert html in rendered.html
    assert not rendered.sources


@pytest.mark.parametrize(("locale", "checked"), [("ko", "(2026년 1월 5일 확인)"), ("en", "(checked January 5, 2026)")])
def test_an_overdue_contact_stays_and_says_when_it_was_checked(
    renderer_on: RendererOn, locale: Locale, checked: str
) -> None:
    mark = f'<span class="checked">{checked}</span>'
    late = renderer_on(AFTER).render("{contact:pencil-line}", locale).html
    assert 'href="tel:021234567"' in late
    assert mark in late
    assert "checked" not in renderer_on(LAST_DAY).render("{contact:pencil-line}", locale).html


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (LAST_DAY - timedelta(days=61), []),
        (LAST_DAY - timedelta(days=60), [("pencil-custom", False), ("pencil-law", False), ("pencil-line", False)]),
        (LAST_DAY, [("pencil-custom", False), ("pencil-law", False), ("pencil-line", False)]),
        (AFTER, [("pencil-custom", True), ("pencil-law", True), ("pencil-line", True)]),
    ],
)
def test_what_is_due_within_sixty_days_is_listed_and_what_is_overdue_said(
    pencils: Catalog, today: date, found: list[tuple[str, bool]]
) -> None:
    listed = due(pencils.facts, pencils.contacts, today)
    assert [(one.id, one.is_overdue(today)) for one in listed] == found


def test_the_longest_overdue_comes_first_and_each_says_what_its_page_shows_meanwhile(pencils: Catalog) -> None:
    listed = due(pencils.facts, pencils.contacts, date(2027, 1, 1))
    assert [(one.id, one.afterwards) for one in listed] == [
        ("pencil-custom", "whole"),
        ("pencil-law", "safe"),
        ("pencil-line", "checked"),
        ("pencil-friend", "checked"),
    ]
