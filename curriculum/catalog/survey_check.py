"""What a survey must be: short, of every kind, with keys where something is known, and nothing about a life."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from curriculum.catalog.pack import Pack
from curriculum.catalog.pack_reader import line_of_entry
from curriculum.catalog.problem import Problem
from curriculum.catalog.survey import KINDS, Survey, SurveyItem
from curriculum.catalog.text import LOCALES, Locale

# Few enough to be answered twice in five minutes each, enough for every kind (the curriculum's rule P18).
_FEWEST, _MOST = 6, 8
# Stricter than in lessons: a sentence of a survey is said of oneself, so it must not speak of the past (rule S6).
_OWN_EXPERIENCE: Mapping[Locale, re.Pattern[str]] = {
    "ko": re.compile(r"[본한은인린낸든]\s?적이?\s?(?:있|없)|겪었|겪어|당했|당해|해\s?봤"),
    "en": re.compile(
        r"\b(?:have (?:you|I) ever|I have (?:been|seen|sent|made|shared)|did you|I was|happened to (?:me|you))\b",
        re.IGNORECASE,
    ),
}


def survey_problems(pack: Pack) -> Iterator[Problem]:
    """Yield what is missing or wrong in what each course asks before and after."""
    for course in pack.sequence.courses if pack.sequence else ():
        path = pack.folder / course.id / "survey.toml"
        if course.id in pack.surveys:
            yield from _problems(path, pack.texts[path], pack.surveys[course.id])
        elif not path.exists():
            yield Problem(path, 1, "survey_missing", "write what is asked before and after the course")


def _problems(path: Path, typed: str, survey: Survey) -> Iterator[Problem]:
    if not _FEWEST <= len(survey.items) <= _MOST:
        remedy = f"write {_FEWEST} to {_MOST} items"
        yield Problem(path, 1, "survey_length", remedy, str(len(survey.items)))
    for kind in KINDS:
        if all(item.kind != kind for item in survey.items):
            yield Problem(path, 1, "survey_kind_missing", "write an item of this kind", kind)
    ids = [item.id for item in survey.items]
    for item in survey.items:
        line = line_of_entry(typed, "id", item.id)
        names = [option.id for option in item.options]
        if ids.count(item.id) > 1 or len(set(names)) < len(names):
            yield Problem(path, line, "id_repeated", "give it an id of its own", item.id)
        yield from _item_problems(path, line, item)


def _item_problems(path: Path, line: int, item: SurveyItem) -> Iterator[Problem]:
    names = [option.id for option in item.options]
    if len(names) == 1:
        yield Problem(path, line, "survey_options", "write two options or more, or none for the scale", item.id)
    if (item.kind == "knowledge" or item.key is not None) and item.key not in names:
        yield Problem(path, line, "survey_key", "name the option that is right", item.id)
    for text in (item.prompt, *item.options):
        for locale in LOCALES:
            asked = _OWN_EXPERIENCE[locale].search(text.in_(locale))
            if asked:
                remedy = "ask what somebody knows, expects or means to do, never what they did or lived through"
                yield Problem(path, line, "survey_own_experience", remedy, asked[0])
