"""Owns the check of a story's ways: every choice leads somewhere, every branch recovers, no ending leaves alone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from curriculum.catalog.markup import lesson_markdown
from curriculum.catalog.text import LOCALES, Text
from curriculum.stories.story import Scene, Story
from curriculum.stories.ways import circling, reached, without_ending

FEWEST_SCENES, FEWEST_CHOICES = 6, 2
REMEDY: Mapping[str, str] = {
    "id_repeated": "give every scene, and every choice of a scene, an id of its own",
    "scene_unknown": "name a scene of this story in `to`",
    "too_few_scenes": f"write at least {FEWEST_SCENES} scenes, endings among them",
    "too_few_choices": f"offer at least {FEWEST_CHOICES} choices that lead on",
    "dead_end": 'write choices, or mark it ending = "safe" or "repair"',
    "ending_goes_on": "an ending has no choices",
    "scene_unreachable": "let a choice lead there, or leave the scene out",
    "circle": "mark the choice that leads back with again = true",
    "not_a_way_back": "again = true leads back to a scene on the way here",
    "no_recovery": "let a way lead on from here to an ending",
    "ending_without_help": "write help in both languages, with a {contact:…} in each",
    "ending_without_repair": 'an ending = "repair" says in repair what can be made good',
    "help_outside_ending": "help and repair belong to an ending",
}
_MARKDOWN = lesson_markdown()


class WayProblem(NamedTuple):
    """One thing wrong with a story's ways: a code of REMEDY, and the scene (or choice) it is about."""

    code: str
    about: str


def way_problems(story: Story) -> Iterator[WayProblem]:
    """Everything wrong with the ways of a story. With one of these it is not shown."""
    names = [scene.id for scene in story.scenes]
    yield from _repeated(names)
    if len(story.scenes) < FEWEST_SCENES:
        yield WayProblem("too_few_scenes", names[0])
    for scene in story.scenes:
        yield from _repeated([choice.id for choice in scene.choices])
        yield from (WayProblem("scene_unknown", one.to) for one in scene.choices if one.to not in names)
        yield from _ending_problems(scene) if scene.ending else _choice_problems(scene)
    yield from _route_problems(story)


def _repeated(names: Iterable[str]) -> Iterator[WayProblem]:
    yield from (WayProblem("id_repeated", name) for name, times in Counter(names).items() if times > 1)


def _choice_problems(scene: Scene) -> Iterator[WayProblem]:
    if scene.help or scene.repair:
        yield WayProblem("help_outside_ending", scene.id)
    if not scene.choices:
        yield WayProblem("dead_end", scene.id)
    elif len(scene.onward) < FEWEST_CHOICES:
        yield WayProblem("too_few_choices", scene.id)


def _ending_problems(scene: Scene) -> Iterator[WayProblem]:
    if scene.choices:
        yield WayProblem("ending_goes_on", scene.id)
    if scene.help is None or not _names_a_contact(scene.help):
        yield WayProblem("ending_without_help", scene.id)
    if scene.ending == "repair" and scene.repair is None:
        yield WayProblem("ending_without_repair", scene.id)


def _names_a_contact(text: Text) -> bool:
    return all(any(kind == "contact" for kind, _ in references(text.in_(locale))) for locale in LOCALES)


def references(source: str) -> list[tuple[str, str]]:
    """What a text refers to, as (kind, id), in order of the alphabet."""
    children = [child for token in _MARKDOWN.parse(source) for child in token.children or ()]
    found = [child.meta["reference"] for child in children if child.type == "reference"]
    return sorted((one.kind, one.id) for one in found)


def _route_problems(story: Story) -> Iterator[WayProblem]:
    ways, start = story.ways, story.scenes[0].id
    endings = [scene.id for scene in story.scenes if scene.ending]
    seen = reached(ways, start)
    for scene in story.scenes:
        if scene.id not in seen:
            yield WayProblem("scene_unreachable", scene.id)
        for choice in scene.choices:
            if choice.again and scene.id not in reached(ways, choice.to):
                yield WayProblem("not_a_way_back", scene.id)
    yield from (WayProblem("circle", name) for name in sorted(circling(ways)))
    yield from (WayProblem("no_recovery", name) for name in sorted(without_ending(ways, endings)))
