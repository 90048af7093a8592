"""Owns which questions are asked, every combination of answers that can be given, and the plan that fits one."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from curriculum.support.navigator import Condition, Entry, Navigator, Question

# Question -> the option given; what is not asked is not there. static/js/navigator.js follows the same rules.
Answers: TypeAlias = Mapping[str, str]


def fits(condition: Condition, answers: Answers) -> bool:
    """Whether every question of the condition has been given one of its options."""
    return all(answers.get(question) in options for question, options in condition.items())


def paths(questions: Iterable[Question]) -> list[Answers]:
    """Every combination of answers that can be given, in the order of the questions."""
    found: list[Answers] = [{}]
    for question in questions:
        found = [{**answers, **given} for answers in found for given in _ways_on(question, answers)]
    return found


def _ways_on(question: Question, answers: Answers) -> Iterator[Answers]:
    if not fits(question.asked, answers):
        yield {}
        return
    for option in question.options:
        yield {question.id: option.id}


def plan(navigator: Navigator, answers: Answers) -> dict[str, list[Entry]]:
    """The entries that fit these answers, by section, in order; every section is there."""
    return {
        section.id: [entry for entry in section.entries if fits(entry.when, answers)] for section in navigator.sections
    }


def paths_by_role(navigator: Navigator) -> dict[str, list[Answers]]:
    """The combinations of answers by the option of the first question, which asks who somebody is."""
    first, *_ = navigator.questions
    found = paths(navigator.questions)
    return {role.id: [answers for answers in found if answers[first.id] == role.id] for role in first.options}
