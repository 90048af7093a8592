"""Plumbing of the matrix: the scene in which everybody asks everywhere, furnished once a process and database."""

import pytest
from flask import Flask

from tests.cast import Cast
from tests.site.people import Scene, furnish


@pytest.fixture(scope="session")
def scenes() -> dict[int, Scene]:
    """What was furnished so far, by the app."""
    return {}


@pytest.fixture
def scene(app: Flask, cast: Cast, scenes: dict[int, Scene]) -> Scene:
    """Two schools in the middle of a term."""
    if id(app) not in scenes:
        scenes[id(app)] = furnish(app, cast)
    scenes[id(app)].restore()
    return scenes[id(app)]
