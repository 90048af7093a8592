"""Names the column on every cell of a table, so that a narrow page can put the cells under each other."""

from collections.abc import Sequence

from markdown_it.token import Token


def name_columns(tokens: Sequence[Token]) -> None:
    """Write each column's heading into the `data-label` of its cells; the heading's references are left out."""
    labels: list[str] = []
    column = 0
    for place, token in enumerate(tokens):
        if token.type == "thead_open":
            labels = []
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            labels.append(_plain(tokens[place + 1]))
        elif token.type == "td_open":
            token.attrSet("data-label", labels[column])
            column += 1


def _plain(heading: Token) -> str:
    return "".join(child.content for child in heading.children or [] if child.type == "text")
