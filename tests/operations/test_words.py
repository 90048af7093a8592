"""Shows that the interface's catalogs are whole, and that each fault of a catalog is seen."""

from pathlib import Path

import pytest

from curriculum.config import CATALOGS, PROJECT
from curriculum.operations.words import update_words, words_in, words_problems

GOOD = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "수업"
msgstr "Lesson"

msgid "%(name)s 님"
msgstr "Dear %(name)s"

msgid "<b>굵게</b>"
msgstr "<b>Bold</b>"

msgid "%(num)d명"
msgid_plural "%(num)d명"
msgstr[0] "%(num)d student"
msgstr[1] "%(num)d students"
"""
SAYS = """
from flask_babel import gettext as _, ngettext
_("%(name)s 님", name="")
_("<b>굵게</b>")
ngettext("%(num)d명", "%(num)d명", 2)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project that says four sentences, all translated."""
    for path, text in {
        "curriculum/views.py": SAYS,
        "templates/page.html": '{{ _("수업") }}',
        "translations/en/LC_MESSAGES/messages.po": GOOD,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


def catalog_of(project: Path) -> Path:
    return project / "translations" / "en" / "LC_MESSAGES" / "messages.po"


def plant(project: Path, old: str, new: str) -> list[str]:
    text = catalog_of(project).read_text("utf-8")
    assert text.count(old) == 1
    catalog_of(project).write_text(text.replace(old, new), "utf-8")
    return words_problems(project, project / "translations")


def test_it_works(project: Path) -> None:
    assert words_problems(project, project / "translations") == []
    found = [message.id for message in words_in(project) if message.id]
    assert len(found) == 4


def test_the_real_catalogs_are_whole() -> None:
    assert words_problems() == []


def test_a_real_project_says_many_sentences_and_has_a_catalog() -> None:
    assert len(words_in(PROJECT)) > 100
    assert list(CATALOGS.glob("*/LC_MESSAGES/messages.po"))


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ('msgid "수업"\nmsgstr "Lesson"', "", "missing, run `words update`: '수업'"),
        ('msgstr "Lesson"', 'msgstr ""', "not translated: '수업'"),
        ('msgid "수업"', '#, fuzzy\nmsgid "수업"', "not translated: '수업'"),
        ('msgstr[1] "%(num)d students"', 'msgstr[1] ""', "not translated: ('%(num)d명', '%(num)d명')"),
        ('msgid "수업"', 'msgid "옛 문장"\nmsgstr "Old"\n\nmsgid "수업"', "nobody says this any more"),
        ("Dear %(name)s", "Dear you", "placeholders or tags differ: '%(name)s 님'"),
        ("Dear %(name)s", "Dear %(nome)s", "placeholders or tags differ"),
        ("Dear %(name)s", "Dear %(name)s and %(name)s", "placeholders or tags differ"),
        ("%(num)d students", "students", "placeholders or tags differ"),
        ("<b>Bold</b>", "Bold", "placeholders or tags differ"),
        ("<b>Bold</b>", "<b>Bold", "placeholders or tags differ"),
    ],
)
def test_a_planted_fault_is_seen(project: Path, old: str, new: str, seen: str) -> None:
    problems = plant(project, old, new)
    assert any(seen in problem for problem in problems), problems
    assert all(str(catalog_of(project)) in problem for problem in problems)


def test_updating_adds_what_is_new_and_drops_what_is_gone(project: Path) -> None:
    (project / "templates" / "page.html").write_text('{{ _("새 문장") }}', "utf-8")
    update_words(project, project / "translations")
    text = catalog_of(project).read_text("utf-8")
    assert '"새 문장"\nmsgstr ""' in text
    assert '"수업"' not in text
    assert "Dear %(name)s" in text
    problems = words_problems(project, project / "translations")
    assert [problem.partition(": ")[2] for problem in problems] == ["not translated: '새 문장'"]


def test_updating_twice_changes_nothing(project: Path) -> None:
    update_words(project, project / "translations")
    once = catalog_of(project).read_bytes()
    update_words(project, project / "translations")
    assert catalog_of(project).read_bytes() == once
