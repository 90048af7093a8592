"""Shows that a chart draws the register's figures, says them in a table, and gives way whole once they are overdue."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from curriculum.catalog.catalog import load_catalog
from curriculum.catalog.fact import Fact, Figure
from curriculum.catalog.page_text import PageText
from curriculum.catalog.rendering import Renderer
from curriculum.quizzes.chart import ReadChart
from curriculum.quizzes.chart_page import ShownChart, shown_chart
from curriculum.quizzes.check import REMEDY, quizzes_in
from tests.inspection import Page
from tests.quizzes.private_parts import FACT, PATH, put_in_place
from tests.quizzes.sample import WRITTEN, content, pencil_item, pencil_quiz, sent
from tests.site_client import SiteClient

FIGURES = {"crime": "89.4%", "maker": "92.0%"}
SAFE = "거의 모든 중·고등학생이 성적 딥페이크는 처벌받아야 할 범죄이고"
LESSONS = Path(__file__).resolve().parents[2] / "lessons"


@pytest.fixture(scope="module")
def facts() -> dict[str, Fact]:
    return dict(load_catalog(LESSONS).facts)


@pytest.fixture
def page_with_chart(app: Flask, monkeypatch: pytest.MonkeyPatch) -> str:
    put_in_place(app, monkeypatch, pencil_quiz())
    return PATH


@pytest.fixture
def later(facts: dict[str, Fact]) -> Iterator[None]:
    """A day after the review day of the chart's fact."""
    day = datetime.combine(facts[FACT].review_by, datetime.min.time(), UTC)
    with time_machine.travel(day + timedelta(days=2), tick=False):
        yield


def chart_item(**changes: Any) -> ReadChart:
    """The chart item, with some of what is written about its chart changed."""
    entry = next(item for item in content()["items"] if item["id"] == "read")
    item = pencil_item("read", chart={**entry["chart"], **changes})
    assert isinstance(item, ReadChart)
    return item


def shown_on(day: datetime, facts: dict[str, Fact]) -> ShownChart:
    return shown_chart(chart_item().chart, PageText(Renderer(facts, {}, {}, day.date()), ("ko", "en")))


def row(value: str) -> dict[str, str]:
    return {"ko": "연필", "en": "pencils", "value": value}


def shares_on(page: Page) -> list[str]:
    """How long the bars are drawn."""
    return [one.attrib["width"] for one in page.root.iter() if one.attrib.get("class") == "chart__share"]


def options_of(page: Page) -> list[str]:
    return [one.attrib["value"] for one in page.all("input") if one.attrib.get("name") == "item-read"]


def test_it_works(client: SiteClient, page_with_chart: str) -> None:
    page = client.get(page_with_chart)
    [table] = page.all("table")
    assert "연필 unit" in page.words(next(table.iter("caption")))
    assert [page.words(cell) for cell in table.iter("td")] == [f"{figure}1" for figure in FIGURES.values()]
    assert shares_on(page) == ["89.4%", "92.0%"]
    about = page.words(page.all("dl")[0])
    assert all(f"연필 {name}" in about for name in ("base", "year", "limits"))
    assert "교육부, 2024. 12." in page.words()


def test_who_listens_hears_the_table_and_not_the_drawing(client: SiteClient, page_with_chart: str) -> None:
    page = client.get(page_with_chart)
    drawing = next(one for one in page.root.iter() if one.attrib.get("class") == "chart__drawing")
    assert drawing.attrib["aria-hidden"] == "true"
    assert not list(drawing.iter("a"))
    assert all(page.inherited(one, "aria-hidden") is None for one in page.all("table"))


def test_past_the_review_day_a_sentence_that_stays_true_stands_there(
    client: SiteClient, page_with_chart: str, later: None
) -> None:
    page = client.get(page_with_chart)
    assert not page.all("table")
    assert not shares_on(page)
    words = page.words(page.all("figure")[0])
    assert words.count(SAFE) == 1
    assert "연필 title" in words
    assert "연필 base" in words
    assert "연필 limits" in words
    assert "연필 year" not in words  # when it was is one of the figures
    assert not [figure for figure in FIGURES.values() if figure in page.text]


def test_the_item_is_answered_and_graded_all_the_same(client: SiteClient, page_with_chart: str, later: None) -> None:
    assert options_of(client.get(page_with_chart)) == ["a", "b", "c"]
    form = {"check": "read", "item-read": "b", "number": "1", "version": "pencils", "owner": ""}
    assert "까닭 b" in client.post(page_with_chart, form, status=200).words()


def test_the_chart_can_be_read_again_beside_the_feedback(client: SiteClient, page_with_chart: str) -> None:
    page = client.post(page_with_chart, sent(pencil_quiz()), status=200)
    assert [page.words(caption) for caption in page.all("caption")] == ["그래프에 나온 값 연필 unit"]


@pytest.mark.parametrize("days", [0, 1])
def test_on_the_review_day_itself_it_still_holds(facts: dict[str, Fact], days: int) -> None:
    day = datetime.combine(facts[FACT].review_by, datetime.min.time())
    shown = shown_on(day + timedelta(days=days), facts)
    assert len(shown.bars) == (0 if days else 2)
    assert bool(shown.instead) == bool(days)


def test_a_bar_is_as_long_as_its_share_of_the_scale(facts: dict[str, Fact]) -> None:
    item = chart_item(most=200)
    text = PageText(Renderer(facts, {}, {}, facts[FACT].as_of), ("ko",))
    shown = shown_chart(item.chart, text)
    assert [bar.share for bar in shown.bars] == [44.7, 46.0]
    assert [mark for _, mark in shown.marks] == ["0", "50", "100", "150", "200"]


def test_a_number_that_is_written_alike_is_drawn_once(facts: dict[str, Fact]) -> None:
    [bar, _] = shown_on(datetime.combine(facts[FACT].as_of, datetime.min.time()), facts).bars
    assert len(bar.number) == 1
    assert len(bar.value) == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"rows": [row(f"{{fact:{FACT}.crime}}")]}, "chart-too-few-bars"),
        (
            {"rows": [row(f"{{fact:{FACT}.crime}}"), row("{fact:seed-who-is-targeted.students}")]},
            "chart-of-several-facts",
        ),
        ({"title": {"ko": f"{{fact:{FACT}.crime}}", "en": "title"}}, "chart-question-cites-figure"),
        ({"limits": {"ko": "없음", "en": f"{{fact:{FACT}.crime}}"}}, "chart-question-cites-figure"),
        ({"year": {"ko": f"{{fact:{FACT}.published}}", "en": f"{{fact:{FACT}.published}}"}}, None),
    ],
)
def test_what_lasts_cites_no_figure_and_the_bars_can_be_compared(changes: dict[str, Any], code: str | None) -> None:
    assert chart_item(**changes).problem() == code


def test_no_option_cites_a_figure() -> None:
    cited = dict.fromkeys(("ko", "en"), f"{{fact:{FACT}.crime}}")
    options = [{"id": one, **cited, "feedback": {"ko": one, "en": one}} for one in "ab"]
    assert pencil_item("read", options=options).problem() == "chart-question-cites-figure"


@pytest.mark.parametrize("value", ["89.4", "{fact:}", "about {fact:kr-x.share}", ""])
def test_a_value_is_a_reference_and_nothing_else(value: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        chart_item(rows=[row(value), row(value)])


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (("maker}", "published}"), "chart-figure-without-value"),
        (("maker}", "nowhere}"), "chart-figure-without-value"),
        ((f"{FACT}.", "nothing-like-it."), "chart-figure-without-value"),
        (("most = 100", "most = 90"), "chart-off-its-scale"),
    ],
)
def test_the_check_compares_the_rows_with_the_register(tmp_path: Path, changed: tuple[str, str], code: str) -> None:
    path = tmp_path / "middle" / "unit" / "lesson" / "quiz.toml"
    path.parent.mkdir(parents=True)
    (tmp_path / "facts.toml").write_bytes((LESSONS / "facts.toml").read_bytes())
    path.write_text(WRITTEN, "utf-8")
    assert quizzes_in(tmp_path) == []
    path.write_text(WRITTEN.replace(*changed), "utf-8")
    [problem] = quizzes_in(tmp_path)
    assert (problem.code, problem.detail, problem.remedy) == (code.replace("-", "_"), "read", REMEDY[code])


@pytest.mark.parametrize(
    ("ko", "en", "value", "holds"),
    [
        ("89.4%", "89.4%", 89.4, True),
        ("1,034명", "1,034 students", 1034, True),
        ("7년", "7 years", None, True),
        ("89.4%", "89.4%", 98.4, False),
        ("75%", "57%", 75, False),
        ("5천만 원", "50 million won", 50_000_000, False),
    ],
)
def test_the_value_of_a_figure_stands_in_its_words(ko: str, en: str, value: float | None, holds: bool) -> None:
    assert Figure(ko=ko, en=en, value=value).says_its_value is holds
