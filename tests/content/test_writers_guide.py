"""Shows that every example of the writers' guide is good: the reader, the check and the pages take it as it stands."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile, copytree

import pytest

from curriculum.catalog.block import Document, parse_document
from curriculum.catalog.catalog import Catalog, load_catalog
from curriculum.catalog.check import check_content
from curriculum.catalog.page import render_lesson
from curriculum.catalog.page_text import PageText
from curriculum.catalog.pair import restamp
from curriculum.catalog.rendering import Renderer
from curriculum.catalog.text import LOCALES, Text
from curriculum.quizzes.check import REMEDY, quizzes_in
from curriculum.quizzes.page import Kept, quiz_part
from curriculum.quizzes.quiz import TYPES, Quiz, quiz_from
from curriculum.support.banned import banned_contacts

ROOT = Path(__file__).parents[2]
GUIDES = {
    locale: ROOT / "docs" / name for locale, name in (("ko", "writing-lessons.ko.md"), ("en", "writing-lessons.md"))
}
EXAMPLE = re.compile(r"^```(\w*) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Every type may stand in a lesson for the oldest; so the lesson of the examples is one of theirs here.
COURSE, LESSON = "high", "high/consent/every-step"
SEQUENCE = f"""
as_of = 2026-11-21
short_route = []

[[courses]]
id = "{COURSE}"
title.ko = "보기"
title.en = "Examples"
ages = "15-18"
units = ["consent"]
"""
FOLDER = {"unit.toml": f"{COURSE}/consent", "facts.toml": "", "glossary.toml": ""}


@dataclass(frozen=True)
class Example:
    """One example: the file it belongs to, and its text."""

    file: str
    text: str


def examples_in(guide: str) -> list[Example]:
    """The fenced examples, in order."""
    return [Example(file, text) for _, file, text in EXAMPLE.findall(guide)]


def examples(locale: str = "ko") -> list[Example]:
    return examples_in(GUIDES[locale].read_text("utf-8"))


def built(folder: Path, shown: list[Example]) -> Path:
    """A pack with one lesson, in which the examples stand where the guide says that they belong."""
    copytree(ROOT / "lessons", folder, ignore=lambda _folder, _names: [course.name for course in courses()])
    copytree(ROOT / "lessons" / "middle" / "consent", folder / COURSE / "consent")
    copyfile(ROOT / "lessons" / "middle" / "survey.toml", folder / COURSE / "survey.toml")
    (folder / "sequence.toml").write_text(SEQUENCE, "utf-8")
    rules = (folder / "rules.toml").read_text("utf-8")
    # One of each type is more than a lesson takes.
    (folder / "rules.toml").write_text(rules.replace("items = [6, 8]", "items = [6, 99]"), "utf-8")
    for example in shown:
        _put(folder / FOLDER.get(example.file, LESSON) / example.file, example.text)
    restamp(folder, LESSON)
    return folder


def courses() -> list[Path]:
    """The folders of the courses, which the pack of the examples does without."""
    return [path.parents[1] for path in (ROOT / "lessons").glob("*/*/unit.toml")]


def _put(path: Path, text: str) -> None:
    """A text takes the place of its front matter and of the blocks with its ids; a table comes after the others."""
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n{text}" if path.suffix == ".toml" else _replaced(before, text), "utf-8")


def _replaced(before: str, text: str) -> str:
    kept = before.split("+++\n", 2)[2]
    for block in parse_document(text).blocks:
        opening = f"/// {block.kind} | {block.id}\n"
        assert opening in kept, f"the lesson has no block {block.id}"
        kept = kept.replace(_whole(kept, opening), _whole(text, opening))
    front = text.split("+++\n", 2)[1]
    return f"+++\n{front}+++\n{kept}"


def _whole(text: str, opening: str) -> str:
    """A block from its opening line to its closing line."""
    start = text.index(opening)
    return text[start : text.index("\n///\n", start)]


def faults(folder: Path) -> list[str]:
    """Everything that the check says about a pack."""
    return [str(one) for one in (*check_content(folder), *quizzes_in(folder), *banned_contacts(folder))]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("guide") / "lessons", examples())


@pytest.fixture(scope="module")
def catalog(pack: Path) -> Catalog:
    return load_catalog(pack)


@pytest.fixture(scope="module")
def renderer(catalog: Catalog) -> Renderer:
    return Renderer(catalog.facts, catalog.contacts, catalog.glossary, catalog.as_of)


def shown_items() -> list[dict[str, object]]:
    """The items that the guide shows."""
    return [item for one in examples() if one.file == "quiz.toml" for item in tomllib.loads(one.text)["items"]]


def test_it_works(pack: Path) -> None:
    assert faults(pack) == []
    assert {one.file for one in examples()} == {"ko.md", "en.md", "quiz.toml", *FOLDER}


def test_both_guides_show_the_same_examples_in_the_same_order() -> None:
    assert examples("ko") == examples("en")
    headings = {locale: re.findall(r"^#+", path.read_text("utf-8"), re.MULTILINE) for locale, path in GUIDES.items()}
    assert headings["ko"] == headings["en"]


def test_every_type_of_item_has_an_example() -> None:
    assert [item["type"] for item in shown_items()] == sorted((item["type"] for item in shown_items()), key=_order)
    assert {item["type"] for item in shown_items()} == set(TYPES)


def _order(kind: object) -> int:
    """The place of a type in the guide's own table."""
    table = re.findall(r"^\|[^|]+\| `(\w+)` \|", GUIDES["ko"].read_text("utf-8"), re.MULTILINE)
    assert set(table) == set(TYPES)
    return table.index(str(kind))


def test_what_is_shown_stands_on_the_pages(catalog: Catalog, renderer: Renderer) -> None:
    lesson = catalog.lesson(LESSON)
    texts: dict[str, Document] = {one.file: parse_document(one.text) for one in examples() if one.file.endswith(".md")}
    for locale in LOCALES:
        page = render_lesson(renderer, lesson, locale)
        assert lesson.title.in_(locale) == texts[f"{locale}.md"].front["title"]
        for block in texts[f"{locale}.md"].blocks:
            assert lesson.step(block.id) is not None
            first = block.source.strip().split("{")[0].split("\n")[0]
            assert first in page.steps[block.id].html


def test_every_item_that_is_shown_can_be_asked_and_explained(catalog: Catalog, renderer: Renderer) -> None:
    quiz: Quiz = quiz_from(LESSON, "", {"items": shown_items()})
    for part in quiz.parts:
        response = None if part.is_private else quiz.items[quiz.items.index(part)].right_response  # type: ignore[arg-type]
        text = PageText(renderer, LOCALES)
        shown = quiz_part(part, Kept(response=response, is_told=part.is_private), text, Text("", ""))
        assert [words.lang for words in shown.asked.prompt] == list(LOCALES)
        assert shown.explained is None or shown.explained.verdict == "right"


@pytest.mark.parametrize("locale", GUIDES)
def test_whatever_the_check_is_said_to_say_it_says(locale: str) -> None:
    cells = re.findall(r"^\| (`[a-z ]+`(?:, `[a-z ]+`)*) \|", GUIDES[locale].read_text("utf-8"), re.MULTILINE)
    rows = [row for cell in cells for row in re.findall("`(.+?)`", cell)]
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "curriculum" / "catalog").glob("*.py"))
    sources += (ROOT / "lessons" / "rules.toml").read_text("utf-8")
    known = [row.replace(" ", "-") in REMEDY or f'"{row.replace(" ", "_")}"' in sources for row in rows]
    assert len(rows) > 40
    assert all(known), [row for row, is_known in zip(rows, known, strict=True) if not is_known]


@pytest.mark.parametrize("locale", GUIDES)
def test_whatever_reference_is_named_in_the_prose_exists(locale: str, catalog: Catalog, renderer: Renderer) -> None:
    named = re.findall(r"`(\{(?:fact|contact|word):[a-z][^`…]*\})`", GUIDES[locale].read_text("utf-8"))
    assert len(named) >= 5
    assert all(renderer.render_inline(one, "ko").html for one in named)


@pytest.mark.parametrize(
    ("file", "good", "bad", "code"),
    [
        ("quiz.toml", 'key = ["ask"]', 'key = ["asks"]', "key names no option"),
        ("ko.md", "연필 하나로 시작해요", "연필 1개로 시작해요", "number by hand"),
        ("en.md", "### What makes a good question\n", "", "headings unequal"),
        ("facts.toml", "value = 72", "value = 27", "figure value differs"),
        ("unit.toml", 'id = "b1-1-lending"', 'id = "b1-1-borrowing"', "objective unchecked"),
        ("quiz.toml", "{fact:seed-burden-on-victims}", "{fact:seed-burden}", "reference unknown"),
    ],
)
def test_an_example_that_is_wrong_is_found(tmp_path: Path, file: str, good: str, bad: str, code: str) -> None:
    spoiled = [Example(one.file, one.text.replace(good, bad) if one.file == file else one.text) for one in examples()]
    assert spoiled != examples()
    assert any(code in fault for fault in faults(built(tmp_path / "lessons", spoiled)))
