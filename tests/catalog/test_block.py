"""The grammar of a text: what is written comes back, anything else is a DocumentError with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.catalog.block import Block, DocumentError, parse_document

IDS = st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True)
KINDS = st.from_regex(r"[a-z]{1,9}", fullmatch=True)
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30)
BODIES = st.lists(LINES.filter(lambda line: not line.startswith(("///", "#"))), max_size=5).map("\n".join)
HEADINGS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


@given(st.lists(st.tuples(KINDS, IDS, HEADINGS, BODIES), unique_by=lambda block: block[1]), st.booleans())
def test_what_is_written_comes_back(blocks: list[tuple[str, str, str, str]], windows: bool) -> None:
    text = '+++\ntitle = "제목"\n+++\n'
    for kind, block_id, heading, body in blocks:
        text += f"\n/// {kind} | {block_id}\n## {heading}\n{body}\n///\n"
    document = parse_document(text.replace("\n", "\r\n") if windows else text)
    assert document.front == {"title": "제목"}
    found = [(block.kind, block.id, block.heading, block.source) for block in document.blocks]
    assert found == [(kind, block_id, heading, body.rstrip()) for kind, block_id, heading, body in blocks]
    for block in document.blocks:
        assert text.split("\n")[block.line - 1 :][: block.source.count("\n")] == block.source.split("\n")[:-1]


FRAGMENTS = st.sampled_from(["+++", "\n", "/// note | a", "///", "## 제목", "a = ", "[[", "]]", '"', "9" * 5000, "\r"])


@given(st.one_of(st.text(), st.lists(FRAGMENTS, max_size=12).map("".join)))
def test_any_text_is_a_document_or_a_document_error(text: str) -> None:
    try:
        parse_document(text)
    except DocumentError as error:
        assert 1 <= error.line <= text.count("\n") + 1
        assert error.code


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("", 1, "front_matter_missing"),
        ("title = 1", 1, "front_matter_missing"),
        ("+++\ntitle = 1", 1, "front_matter_unclosed"),
        ("+++\na = 1\ntitle = \n+++", 3, "front_matter_invalid"),
        ("+++\na = " + "[" * 9000 + "\n+++", 1, "front_matter_invalid"),
        ("+++\na = " + "9" * 5000 + "\n+++", 1, "front_matter_invalid"),
        ("+++\n+++\n\nwords", 4, "text_outside_block"),
        ("+++\n+++\n/// note | a\nwords", 3, "block_unclosed"),
        ("+++\n+++\n/// note | a\n/// story | b\n///", 4, "block_inside_block"),
        ("+++\n+++\n/// note\nwords\n///", 3, "block_header_invalid"),
        ("+++\n+++\n/// note | a\nx\n///\n/// note | a\nx\n///", 6, "block_id_repeated"),
    ],
)
def test_a_broken_text_names_line_and_code(text: str, line: int, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_document(text)
    assert (caught.value.line, caught.value.code) == (line, code)


def test_a_block_knows_its_heading_and_the_line_of_its_text() -> None:
    text = "\ufeff+++\n+++\n\n/// story | lost\n\n## 사라진 연필\n하나\n\n### 둘\n///\n"
    assert parse_document(text).blocks == (Block("story", "lost", "사라진 연필", "하나\n\n### 둘", 7),)


def test_a_block_without_heading_begins_with_its_text() -> None:
    assert parse_document("+++\n+++\n/// note | n\n글\n///").blocks == (Block("note", "n", "", "글", 4),)
