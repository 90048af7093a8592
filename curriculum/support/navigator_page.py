"""Owns the navigator as a page: for each role the plan's sections, with what hangs on a further answer under it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from markupsafe import Markup

from curriculum.catalog.notes import Notes, Source
from curriculum.catalog.rendering import Renderer
from curriculum.catalog.text import Locale, Style
from curriculum.support.contact_list import ShownContact, shown
from curriculum.support.navigator import Condition, Entry, Navigator, Question, Section
from curriculum.support.plan import Answers, fits, paths_by_role

STAFF = ("teacher",)
# Alternatives within a question, one after the other for each question; in words.
SaidCondition: TypeAlias = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A word and its meaning, in one language."""

    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entry in one language; `when` as static/js/navigator.js reads it."""

    when: str
    html: Markup
    contacts: Sequence[ShownContact]
    sources: Sequence[Source]
    words: Sequence[Explained]


@dataclass(frozen=True, slots=True)
class EntryGroup:
    """Entries that hang on the same further answers; without any, `conditions` is empty."""

    conditions: SaidCondition
    entries: Sequence[ShownEntry]


@dataclass(frozen=True, slots=True)
class ShownSection:
    """One part of the plan for one role; `id` as in lessons/help/plan.toml."""

    id: str
    heading: str
    groups: Sequence[EntryGroup]


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody in one situation, said as a condition, and the whole plan for them; `when` as in ShownEntry."""

    when: str
    condition: str
    sections: Sequence[ShownSection]


@dataclass(frozen=True, slots=True)
class ShownOption:
    """One answer to choose."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question; `asked` as static/js/navigator.js reads it."""

    id: str
    text: str
    hint: str | None
    asked: str
    options: Sequence[ShownOption]


@dataclass(frozen=True, slots=True)
class NavigatorPage:
    """All that the page of the navigator shows in one language; every role has the same `headings`, in order."""

    questions: Sequence[ShownQuestion]
    headings: Sequence[str]
    roles: Sequence[Role]


def render_navigator(renderer: Renderer, navigator: Navigator, locale: Locale) -> NavigatorPage:
    """Render the whole navigator in one language; raises UnknownReference."""
    questions = [
        ShownQuestion(
            id=question.id,
            text=question.in_(locale),
            hint=question.hint.in_(locale) if question.hint else None,
            asked=written(question.asked),
            options=[ShownOption(option.id, option.in_(locale)) for option in question.options],
        )
        for question in navigator.questions
    ]
    who = navigator.questions[0].id
    entries = {entry.id: _shown(renderer, entry, locale, _style(entry, who)) for entry in navigator.entries}
    headings = [section.in_(locale) for section in navigator.sections]
    return NavigatorPage(questions, headings, list(_roles(navigator, entries, locale)))


def written(condition: Condition) -> str:
    """A condition as it stands in the page: "question=option,option", parted by spaces."""
    return " ".join(f"{question}={','.join(options)}" for question, options in condition.items())


def _style(entry: Entry, who: str) -> Style:
    """What is said to staff alone reads as the guides do, and they print facts in plain style."""
    return "plain" if entry.when.get(who) == STAFF else "polite"


def _shown(renderer: Renderer, entry: Entry, locale: Locale, style: Style) -> ShownEntry:
    # Each entry carries its own notes: which others are shown depends on the answers.
    notes = Notes(linked=False)
    html = renderer.render(entry.in_(locale), locale, style, notes).html
    contacts = [shown(renderer.contacts[name], locale, renderer.today) for name in entry.contacts]
    words = [Explained(word.term.in_(locale), word.meaning.in_(locale)) for word in notes.words]
    return ShownEntry(written(entry.when), html, contacts, notes.sources, words)


def _roles(navigator: Navigator, entries: Mapping[str, ShownEntry], locale: Locale) -> Iterator[Role]:
    by_role, who = paths_by_role(navigator), navigator.questions[0]
    for option in who.options:
        sections = [
            ShownSection(
                section.id,
                section.in_(locale),
                list(_groups(navigator, section, by_role[option.id], entries, locale)),
            )
            for section in navigator.sections
        ]
        yield Role(written({who.id: (option.id,)}), option.condition.in_(locale), sections)


def _groups(
    navigator: Navigator, section: Section, ways: Sequence[Answers], entries: Mapping[str, ShownEntry], locale: Locale
) -> Iterator[EntryGroup]:
    """What a section says to one role; entries that follow each other on the same condition stand together."""
    fitting = [entry for entry in section.entries if any(fits(entry.when, answers) for answers in ways)]
    for conditions, group in groupby(fitting, lambda entry: _said(navigator, entry.when, ways, locale)):
        yield EntryGroup(conditions, [entries[entry.id] for entry in group])


def _said(navigator: Navigator, condition: Condition, ways: Sequence[Answers], locale: Locale) -> SaidCondition:
    """What of a condition a role still has to answer, in words; what holds on every way of the role is left out."""
    asked = {question.id: question for question in navigator.questions}
    hanging = {
        question: options
        for question, options in condition.items()
        if not all(answers.get(question) in options for answers in ways)
    }
    return tuple(
        _alternatives(asked[question], options, locale, opens=place == 0)
        for place, (question, options) in enumerate(hanging.items())
    )


def _alternatives(question: Question, options: Sequence[str], locale: Locale, *, opens: bool) -> tuple[str, ...]:
    """The answers as conditions; "If …, if …": only the one that opens the sentence keeps its capital."""
    first, *others = (option.condition.in_(locale) for option in question.options if option.id in options)
    return (first if opens else _uncapitalised(first), *map(_uncapitalised, others))


def _uncapitalised(words: str) -> str:
    return words[:1].lower() + words[1:]
