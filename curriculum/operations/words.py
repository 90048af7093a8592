"""Owns the check of the interface's catalogs: every sentence translated, placeholders equal, none left over."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from curriculum.config import CATALOGS, PROJECT

SOURCES = (("curriculum", "**.py", "python"), ("templates", "**.html", "jinja2.ext:babel_extract"))
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
MARKUP = re.compile(r"</?\w+")


def words_in(project: Path = PROJECT) -> Catalog:
    """Every sentence that the code and the templates say, without places, so that a changed file changes no catalog."""
    catalog = Catalog(fuzzy=False)
    for folder, pattern, method in SOURCES:
        found = extract_from_dir(project / folder, method_map=[(pattern, method)], comment_tags=("TRANSLATORS:",))
        for _file, _line, message, comments, context in found:
            catalog.add(message, auto_comments=comments, context=context)
    return catalog


def words_problems(project: Path = PROJECT, catalogs: Path = CATALOGS) -> list[str]:
    """What is wrong with the catalogs, a line each."""
    said = words_in(project)
    return [problem for path in _catalogs(catalogs) for problem in _problems(path, said)]


def update_words(project: Path = PROJECT, catalogs: Path = CATALOGS) -> None:
    """Bring each catalog to what is said today; what was translated stays."""
    said = words_in(project)
    for path in _catalogs(catalogs):
        catalog = _read(path)
        catalog.update(said, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalog, width=110, no_location=True, sort_output=True, omit_header=False)


def _catalogs(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/LC_MESSAGES/messages.po"))


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def _problems(path: Path, said: Catalog) -> Iterator[str]:
    catalog = _read(path)
    for message in said:
        if message.id and message.id not in catalog:
            yield f"{path}: missing, run `words update`: {message.id!r}"
    for message in catalog:
        if message.id:
            yield from (f"{path}: {what}: {message.id!r}" for what in _faults(message, said))


def _faults(message: Message, said: Catalog) -> Iterator[str]:
    if message.id not in said:
        yield "nobody says this any more, run `words update`"
    originals, translations = _forms(message.id), _forms(message.string or "")
    if message.fuzzy or not all(translations):
        yield "not translated"
    elif any(_marks(text) != _marks(originals[0]) for text in translations):
        yield "placeholders or tags differ"


def _forms(text: str | list[str] | tuple[str, ...]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _marks(text: str) -> tuple[list[str], list[str]]:
    return sorted(PLACEHOLDER.findall(text)), sorted(MARKUP.findall(text))
