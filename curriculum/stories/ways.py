"""Owns the ways through a story: where they lead, which scenes all of them pass, and which turn in a circle."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

# Scene -> the scenes it leads on to, thinking again left out.
Ways: TypeAlias = Mapping[str, Sequence[str]]


def reached(ways: Ways, start: str, *, without: str | None = None) -> set[str]:
    """The scenes that can be reached from `start`, itself among them, when nobody may pass `without`."""
    found: set[str] = set()
    ahead = [start]
    while ahead:
        scene = ahead.pop()
        if scene not in found and scene != without:
            found.add(scene)
            ahead += ways.get(scene, ())
    return found


def on_every_way(ways: Ways, start: str, endings: Collection[str]) -> set[str]:
    """The scenes that lie on every way from `start` to an ending: without one of them no ending can be reached."""
    return {scene for scene in ways if not reached(ways, start, without=scene) & set(endings)}


def circling(ways: Ways) -> set[str]:
    """The scenes from which a way leads back to themselves."""
    return {scene for scene in ways if any(scene in reached(ways, following) for following in ways[scene])}


def without_ending(ways: Ways, endings: Collection[str]) -> set[str]:
    """The scenes from which no way leads on to an ending."""
    return {scene for scene in ways if not reached(ways, scene) & set(endings)}
