"""References become safe HTML, numbers run on through a page, and no payload leaves the allow-list."""

from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from curriculum.catalog.catalog import Catalog
from curriculum.catalog.markup import clean
from curriculum.catalog.page import render_guide, render_lesson
from curriculum.catalog.rendering import Notes, Renderer, UnknownReference
from curriculum.catalog.text import Text

PLAIN = (
    *("p", "h3", "h4", "h5", "h6", "ul", "li", "blockquote", "em", "strong", "code", "pre", "br", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td"),
)
ATTRIBUTES = {"ol": {"start"}, "a": {"href", "class"}, "sup": {"class"}, "span": {"class"}, "td": {"data-label"}}
CLASSES = {"contact", "word", "checked", "source-mark"}
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](https://a.example/x.png)",
    "<https://a.example>",
    "[x]: https://a.example\n\n[x]",
    "{word:borrow|<b onclick=x>}",
    '{word:borrow|" onmouseover="x}',
    "```js\nx\n```",
    '``` "><script>\nx\n```',
    "|a|b|\n|:-:|--:|\n|<i>|x|",
    "# h\n\nh\n===",
    "&lt;script&gt;",
    "\x00<a href=x>",
    "{fact:pencil-law}",
    "{contact:pencil-line}",
]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))


def tags(html: str) -> Iterator[tuple[str, dict[str, str | None]]]:
    parser = _Tags()
    parser.feed(html)
    parser.close()
    return ((tag, dict(attrs)) for tag, attrs in parser.found)


def assert_safe(html: str) -> None:
    for tag, attributes in tags(html):
        assert tag in PLAIN or tag in ATTRIBUTES, html
        assert attributes.keys() <= ATTRIBUTES.get(tag, set()), html
        assert (attributes.get("href") or "#").startswith(("#", "tel:")), html
        assert set((attributes.get("class") or "").split()) <= {
            "contact",
            "word",
            "checked",
            "source-mark",
        }, html


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_gives_a_tag_or_attribute_outside_the_allow_list(renderer: Renderer, payload: str) -> None:
    assert_safe(renderer.render(payload, "ko").html)
    assert_safe(renderer.render_inline(payload, "en").html)


def test_no_mixture_of_payloads_gives_a_tag_or_attribute_outside_the_allow_list(renderer: Renderer) -> None:
    @given(st.lists(st.one_of(st.sampled_from(PAYLOADS), st.text(max_size=8)), max_size=8).map("".join))
    @settings(deadline=None)
    def never(source: str) -> None:
        assert_safe(renderer.render(source, "ko").html)

    never()


def test_the_last_guard_holds_on_its_own() -> None:
    payload = '<p style="x" onclick="x"><a class="contact x" href="javascript:x">a</a></p><script>b</script>'
    assert clean(payload) == '<p><a class="contact">a</a></p>'
    assert clean('<a href="https://a.example">a</a><img src=x><table><td style="text-align:left">') == (
        "<a>a</a><table><tbody><tr><td></td></tr></tbody></table>"
    )


def test_links_pictures_and_html_are_shown_as_they_were_typed(renderer: Renderer) -> None:
    html = renderer.render("<b>a</b> [b](https://c.example) ![d](e)", "ko").html
    assert html == "<p>&lt;b&gt;a&lt;/b&gt; [b](https://c.example) ![d](e)</p>\n"


def test_a_fact_is_a_sentence_with_a_mark_that_leads_to_its_source(renderer: Renderer) -> None:
    rendered = renderer.render("{fact:pencil-law}", "en")
    mark = '<sup class="source-mark"><a href="#source-en-pencil-law">1</a></sup>'
    assert rendered.html == f"<p>A borrowed pencil is returned within 3 days.{mark}</p>\n"
    (source,) = rendered.sources
    assert (source.id, source.number, source.label) == ("en-pencil-law", 1, "Pencil Office, 5 Jan 2026")


def test_guides_are_in_plain_style_and_lessons_in_polite(renderer: Renderer) -> None:
    assert "돌려준다." in renderer.render("{fact:pencil-law}", "ko", "plain").html
    assert "돌려줘요." in renderer.render("{fact:pencil-law}", "ko").html


def test_a_contact_dials_by_name_or_by_number_alone(renderer: Renderer) -> None:
    dialled = '<a class="contact" href="tel:021234567">'
    assert renderer.render_inline("{contact:pencil-line}", "ko").html == dialled + "연필 상담 02-123-4567</a>"
    assert renderer.render_inline("{contact:pencil-line.phone}", "ko").html == dialled + "02-123-4567</a>"
    html = renderer.render_inline("{contact:pencil-friend}", "en").html
    assert html == '<span class="contact">A friend you trust</span>'


def test_a_contact_called_by_its_number_says_it_once(pencils: Catalog) -> None:
    line = structs.replace(pencils.contacts["pencil-line"], name=Text("연필 02-123-4567", "Pencil 02-123-4567"))
    renderer = Renderer({}, {line.id: line}, {}, date(2026, 3, 2))
    html = renderer.render_inline("{contact:pencil-line}", "en").html
    assert html == '<a class="contact" href="tel:021234567">Pencil 02-123-4567</a>'


def test_a_word_is_explained_in_the_margin_once(renderer: Renderer) -> None:
    rendered = renderer.render("{word:borrow|빌려도} {word:borrow}", "ko")
    assert rendered.html == '<p><span class="word">빌려도</span> <span class="word">빌리기</span></p>\n'
    assert [word.id for word in rendered.words] == ["borrow"]


def test_in_a_table_a_word_needs_no_backslash(renderer: Renderer) -> None:
    for bar in ("|", r"\|"):
        html = renderer.render(f"|a|b|\n|-|-|\n|{{word:borrow{bar}빌려도}}|c|", "ko").html
        assert '<td data-label="a"><span class="word">빌려도</span></td>\n<td data-label="b">c</td>' in html


def test_a_cell_carries_the_name_of_its_column_and_nothing_else_of_it(renderer: Renderer) -> None:
    html = renderer.render('|{word:borrow|b}"><i>|**둘**|\n|-|-|\n|c|d|\n\n|셋|\n|-|\n|e|', "ko").html
    labels = [attributes["data-label"] for tag, attributes in tags(html) if tag == "td"]
    assert labels == ['"><i>', "둘", "셋"]
    assert_safe(html)


def test_source_numbers_run_on_through_a_page_and_each_source_is_noted_once(renderer: Renderer) -> None:
    notes = Notes()
    first = renderer.render("{fact:pencil-custom}", "ko", notes=notes)
    second = renderer.render("{fact:pencil-law} {fact:pencil-custom}", "ko", notes=notes)
    assert [source.number for source in first.sources] == [1]
    assert [(source.id, source.number) for source in second.sources] == [("ko-pencil-law", 2)]
    assert second.html.index(">2</a>") < second.html.index(">1</a>")


def test_both_languages_on_one_page_share_no_note_id(renderer: Renderer, pencils: Catalog) -> None:
    lesson = pencils.lessons["middle/pencils/asking"]
    pages = [render_lesson(renderer, lesson, locale) for locale in ("ko", "en")]
    ids = [source.id for page in pages for step in page.steps.values() for source in step.sources]
    assert ids == ["ko-pencil-law", "ko-pencil-custom", "en-pencil-law", "en-pencil-custom"]


def test_a_guide_renders_every_section_in_plain_style(renderer: Renderer, pencils: Catalog) -> None:
    lesson = pencils.lessons["middle/pencils/asking"]
    guide = render_guide(renderer, lesson, "ko")
    assert list(guide) == [section.id for section in lesson.guide]
    assert "돌려준다." in guide["say"].html


@pytest.mark.parametrize(
    "reference",
    [
        "{fact:nothing}",
        "{fact:pencil-law.weight}",
        "{contact:nothing}",
        "{contact:pencil-friend.phone}",
        "{contact:pencil-line.hours}",
        "{word:nothing}",
    ],
)
def test_a_reference_to_nothing_is_refused(renderer: Renderer, reference: str) -> None:
    with pytest.raises(UnknownReference):
        renderer.render(reference, "ko")


def test_a_subheading_stays_below_the_heading_of_its_block(renderer: Renderer) -> None:
    assert renderer.render("### 생각해요", "ko").html == "<h3>생각해요</h3>\n"
