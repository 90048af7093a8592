"""Shows where the ways through a story lead, and which scenes nobody can avoid."""

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from curriculum.stories.ways import Ways, circling, on_every_way, reached, without_ending
from tests.stories.sample import pencil_story

FORK = {"a": ("b", "c"), "b": ("d",), "c": ("d", "e"), "d": ("f",), "e": ("f",), "f": ()}


@st.composite
def forests(draw: st.DrawFn) -> Ways:
    """Ways that only lead on: each scene but the last to some later ones."""
    size = draw(st.integers(2, 8))
    later = [st.sets(st.integers(one + 1, size - 1), min_size=1, max_size=3) for one in range(size - 1)]
    return {str(one): tuple(str(to) for to in sorted(draw(following))) for one, following in enumerate(later)} | {
        str(size - 1): ()
    }


def every_way(ways: Ways, scene: str) -> list[list[str]]:
    """Every way from a scene to where no way leads on."""
    if not ways[scene]:
        return [[scene]]
    return [[scene, *rest] for following in ways[scene] for rest in every_way(ways, following)]


def test_it_works() -> None:
    assert reached(FORK, "c") == {"c", "d", "e", "f"}
    assert on_every_way(FORK, "a", ["f"]) == {"a", "f"}
    assert circling(FORK) == set() == without_ending(FORK, ["f"])


def test_a_way_that_leads_back_is_a_circle_and_one_without_an_end_does_not_recover() -> None:
    ways = {"a": ("b", "f"), "b": ("c",), "c": ("b",), "f": ()}
    assert circling(ways) == without_ending(ways, ["f"]) == {"b", "c"}


@given(forests())
def test_the_scenes_on_every_way_are_those_that_every_way_passes(ways: Ways) -> None:
    walked = every_way(ways, "0")
    assert on_every_way(ways, "0", [str(len(ways) - 1)]) == set.intersection(*map(set, walked))
    assert all(two in ways[one] for way in walked for one, two in pairwise(way))


def test_the_counted_scenes_of_a_story_are_those_that_everybody_comes_through(tmp_path: Path) -> None:
    story = pencil_story(tmp_path)
    assert story.options == {"desk": ("ask", "take"), "reply": ("thank", "shrug", "wait")}


def test_of_a_story_nothing_can_be_subtracted(tmp_path: Path) -> None:
    """Each way chooses once at every counted scene, so that no number of one follows from another's."""
    story = pencil_story(tmp_path)
    for way in every_way(story.ways, story.scenes[0].id):
        assert [scene for scene in way if scene in story.options] == list(story.options)
