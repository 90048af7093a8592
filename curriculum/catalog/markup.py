"""The Markdown Dongui reads (CommonMark and tables, no links or raw HTML) and the HTML it may become."""

from typing import Final

import nh3
from markdown_it import MarkdownIt

from curriculum.catalog.reference import reference_plugin

_TAGS: Final = {
    *("p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "em", "strong", "code", "pre", "br", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td", "a", "sup", "span"),
}
_ATTRIBUTES: Final = {"a": {"href", "id"}, "ol": {"start"}, "td": {"data-label"}}
_CLASSES: Final = {"a": {"contact", "word"}, "sup": {"source-mark"}, "span": {"contact", "word", "checked"}}
_UNREAD: Final = ("link", "image", "autolink", "reference", "lheading")


def lesson_markdown() -> MarkdownIt:
    """Return a parser in which links, pictures and raw HTML stay the plain text they were typed as."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable(list(_UNREAD))
    return markdown.use(reference_plugin)


def searching_markdown() -> MarkdownIt:
    """Return a parser that recognises also what lessons may not hold, so that a check can point at it."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table").disable("lheading")
    return markdown.use(reference_plugin)


def clean(html: str) -> str:
    """Drop every tag, attribute, class and address outside the allow-list: the guard behind the parser."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"tel"},
        link_rel=None,
    )
