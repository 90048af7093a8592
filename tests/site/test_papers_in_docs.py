"""Shows that what is written for people leads somewhere: links between the papers, and each paper in both languages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from curriculum.config import PROJECT

LINK = re.compile(r"\[[^]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
PAPERS = [*PROJECT.glob("*.md"), *sorted((PROJECT / "docs").rglob("*.md"))]
FOR_A_SCHOOL = [paper for paper in PAPERS if paper.parent.name in {"school", "teaching"}]


def leading_nowhere(paper: Path) -> Iterator[str]:
    """The links of a paper to files that are not there."""
    for target in LINK.findall(paper.read_text("utf-8")):
        if "://" not in target and not (paper.parent / target).exists():
            yield target


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(PROJECT)))
def test_every_link_leads_to_a_file(paper: Path) -> None:
    assert list(leading_nowhere(paper)) == []


def test_a_link_that_leads_nowhere_is_noticed(tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text("[here](paper.md) [there](gone.md#part) [far](https://school.example/gone.md)", "utf-8")
    assert list(leading_nowhere(paper)) == ["gone.md"]


def test_every_paper_for_a_school_is_there_in_both_languages_and_is_reached() -> None:
    names = {paper.name for paper in FOR_A_SCHOOL}
    assert len(names) > 20
    assert {name.replace(".ko.", ".en.") for name in names} == {name for name in names if ".en." in name}
    linked = {
        (paper.parent / target).resolve()
        for paper in PAPERS
        for target in LINK.findall(paper.read_text("utf-8"))
        if "://" not in target
    }
    assert {paper for paper in FOR_A_SCHOOL if paper.name.partition(".")[0] != "README"} <= linked
