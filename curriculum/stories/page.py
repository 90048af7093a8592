"""Owns what the page of a story shows: its scenes by number, in the languages it is read in, with their notes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from curriculum.catalog.notes import Notes, Source
from curriculum.catalog.page_text import PageText, Part
from curriculum.catalog.rendering import Renderer
from curriculum.catalog.text import Locale, Text
from curriculum.stories.story import Choice, Scene, Story


@dataclass(frozen=True, slots=True)
class NotedWord:
    """A word explained beside the story, in one language."""

    id: str
    lang: Locale
    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """One choice, the number of the scene it leads to, and what follows at once, where that is said."""

    id: str
    parts: Sequence[Part]
    to: int
    then: Sequence[Part]
    again: bool


@dataclass(frozen=True, slots=True)
class ShownScene:
    """One scene; `number` counts from 1, `back` are the numbers of the scenes that lead here."""

    id: str
    number: int
    title: Sequence[Part]
    parts: Sequence[Part]
    choices: Sequence[ShownChoice]
    back: Sequence[int]
    is_ending: bool
    help: Sequence[Part]
    repair: Sequence[Part]


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A whole story; `counted` are the scenes at which choices are counted for a class."""

    title: Sequence[Part]
    intro: Sequence[Part]
    scenes: Sequence[ShownScene]
    counted: Sequence[ShownScene]
    sources: Sequence[Source]
    words: Sequence[NotedWord]


Rendering = Callable[[Text | None], list[Part]]


def render_story(renderer: Renderer, story: Story, locales: Sequence[Locale]) -> StoryPage:
    """Render a story in these languages; raises UnknownReference."""
    notes = {locale: Notes() for locale in locales}
    plain = PageText(renderer, locales).plain

    def rendered(text: Text | None) -> list[Part]:
        return [_part(renderer, text.in_(one), one, notes[one]) for one in locales] if text else []

    intro = rendered(story.intro)
    scenes = [_shown(story, scene, plain, rendered) for scene in story.scenes]
    counted = {scene.id for scene in story.counted}
    return StoryPage(
        title=plain(story.title),
        intro=intro,
        scenes=scenes,
        counted=[scene for scene in scenes if scene.id in counted],
        sources=[source for one in notes.values() for source in one.sources],
        words=_words(notes),
    )


def numbers(story: Story) -> Mapping[str, int]:
    """The number of each scene: its place in the story, from 1."""
    return {scene.id: number for number, scene in enumerate(story.scenes, start=1)}


def _shown(story: Story, scene: Scene, plain: Callable[[Text], list[Part]], rendered: Rendering) -> ShownScene:
    number = numbers(story)
    return ShownScene(
        id=scene.id,
        number=number[scene.id],
        title=plain(scene.title),
        parts=rendered(scene),
        choices=[_choice(one, number[one.to], plain, rendered) for one in scene.choices],
        back=[number[other] for other, following in story.ways.items() if scene.id in following],
        is_ending=scene.ending is not None,
        help=rendered(scene.help),
        repair=rendered(scene.repair),
    )


def _choice(choice: Choice, to: int, plain: Callable[[Text], list[Part]], rendered: Rendering) -> ShownChoice:
    return ShownChoice(choice.id, plain(choice), to, rendered(choice.then), choice.again)


def _part(renderer: Renderer, source: str, locale: Locale, notes: Notes) -> Part:
    return Part(locale, renderer.render(source, locale, notes=notes).html)


def _words(notes: Mapping[Locale, Notes]) -> list[NotedWord]:
    return [
        NotedWord(word.id, locale, word.term.in_(locale), word.meaning.in_(locale))
        for locale, one in notes.items()
        for word in one.words
    ]
