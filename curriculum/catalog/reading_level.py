"""Owns how long a lesson is and how hard it is to read, held against what its course asks for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curriculum.catalog.block import Document
from curriculum.catalog.pack import LessonFolder
from curriculum.catalog.problem import Problem
from curriculum.catalog.reference import Reference, references_in
from curriculum.catalog.registers import Registers
from curriculum.catalog.rulebook import Level, Limits
from curriculum.catalog.sentences import Sentence, english_words, sentences_in, syllable_blocks
from curriculum.catalog.text import LOCALES, Locale

# A lesson teaches words and actions: facts are at most a third of it (the curriculum's rule P8).
_MOST_FACTS = 1 / 3
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouysxzh]es)$")


@dataclass(frozen=True)
class Sizes:
    """How much somebody reads in a lesson: Korean syllable blocks and English words, without facts and contacts."""

    syllables: int
    words: int


def sizes(lesson: LessonFolder) -> Sizes:
    """Return the sizes of ko.md and en.md, 0 for a text that could not be read."""
    korean, english = lesson.documents.get("ko.md"), lesson.documents.get("en.md")
    return Sizes(syllable_blocks(_words(korean)), len(english_words(_words(english))))


def grade(sentences: Sequence[Sentence]) -> float:
    """Return the Flesch-Kincaid grade of English sentences, in years of school in the US; 0 for none.

    0.39 words a sentence + 11.8 syllables a word - 15.59: Kincaid, Fishburne, Rogers and Chissom, Derivation of new
    readability formulas for Navy enlisted personnel, Research Branch Report 8-75, 1975.
    """
    words = [word for one in sentences for word in english_words(one.text)]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def level_problems(lesson: LessonFolder, level: Level, registers: Registers) -> Iterator[Problem]:
    """Yield where a lesson is too long, too short or too hard for its course, or mostly facts."""
    if {"ko.md", "en.md"} <= lesson.documents.keys():
        yield from _size_problems(lesson, level)
    for locale in LOCALES:
        if f"{locale}.md" in lesson.documents:
            yield from _fact_problems(lesson, locale, registers)
            yield from _sentence_problems(lesson, locale, level)


def _size_problems(lesson: LessonFolder, level: Level) -> Iterator[Problem]:
    path, found = lesson.path / "ko.md", sizes(lesson)
    least, most = level.syllables
    remedy = f"write {least:.0f} to {most:.0f} Korean syllables"
    if found.syllables < least:
        yield Problem(path, 1, "text_short", remedy, str(found.syllables))
    elif found.syllables > most:
        yield Problem(path, 1, "text_long", remedy, str(found.syllables))
    least, most = level.words_per_syllable
    share = found.words / max(found.syllables, 1)
    if not least <= share <= most:
        remedy = f"say as much in English: {least} to {most} words for a Korean syllable"
        path = lesson.path / "en.md"
        yield Problem(path, 1, "lengths_unequal", remedy, f"{share:.2f}")


def _fact_problems(lesson: LessonFolder, locale: Locale, registers: Registers) -> Iterator[Problem]:
    cited = [one for block in lesson.documents[f"{locale}.md"].blocks for one in references_in(block.source)]
    told = sum(_length(one, locale, registers) for one in cited if one.is_sentence)
    own = sizes(lesson).syllables if locale == "ko" else sizes(lesson).words
    if told > (told + own) * _MOST_FACTS:
        path, remedy = lesson.path / f"{locale}.md", "let facts be a third of the text at most"
        yield Problem(path, 1, "facts_outweigh", remedy, f"{told} of {told + own}")


def _length(reference: Reference, locale: Locale, registers: Registers) -> int:
    fact = registers.facts.get(reference.id)
    if fact is None:
        return 0  # that there is no such fact is said elsewhere
    easy = fact.easy if reference.is_easy else None
    if locale == "ko":
        return syllable_blocks(easy.ko if easy else fact.ko.polite)
    return len(english_words(easy.en if easy else fact.en))


def _sentence_problems(lesson: LessonFolder, locale: Locale, level: Level) -> Iterator[Problem]:
    path, blocks = lesson.path / f"{locale}.md", lesson.documents[f"{locale}.md"].blocks
    limits: Limits = level.ko if locale == "ko" else level.en
    placed = [(block.line, one) for block in blocks for one in sentences_in(block.source)]
    sentences = [one for _, one in placed]
    for line, one in placed:
        if one.words > limits.longest:
            remedy = f"make two of it: {limits.longest} words at most"
            yield Problem(path, line + one.line, "sentence_long", remedy, f"{one.words} words")
    if not sentences:
        return
    mean = sum(one.words for one in sentences) / len(sentences)
    if mean > limits.mean:
        yield Problem(path, 1, "sentences_long", f"write shorter ones: {limits.mean} words on average", f"{mean:.1f}")
    share = sum(1 for one in sentences if one.words > limits.long) / len(sentences)
    if share > limits.share:
        remedy = f"let {limits.share:.0%} of the sentences at most have more than {limits.long} words"
        yield Problem(path, 1, "many_long_sentences", remedy, f"{share:.0%}")
    if locale == "en" and grade(sentences) > level.grade:
        remedy = f"write shorter words and sentences: grade {level.grade} at most"
        yield Problem(path, 1, "words_hard", remedy, f"{grade(sentences):.1f}")


def _words(document: Document | None) -> str:
    return "\n".join(f"{block.heading}\n{block.source}" for block in document.blocks) if document else ""


def _syllables(word: str) -> int:
    # Groups of vowels, without an e that is not heard: near enough for a mean over hundreds of words.
    letters = word.lower()
    return max(1, len(_VOWELS.findall(letters)) - bool(_SILENT.search(letters)))
