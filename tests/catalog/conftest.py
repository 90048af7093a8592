"""A small content pack about pencils, copied afresh for each test that may plant a fault in it."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from curriculum.catalog.catalog import Catalog, load_catalog
from curriculum.catalog.rendering import Renderer

PACK = Path(__file__).parent / "pack"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return shutil.copytree(PACK, tmp_path / "lessons")


@pytest.fixture(scope="session")
def pencils() -> Catalog:
    return load_catalog(PACK)


@pytest.fixture(scope="session")
def renderer_on(pencils: Catalog) -> Callable[[date], Renderer]:
    return lambda day: Renderer(pencils.facts, pencils.contacts, pencils.glossary, day)


@pytest.fixture
def renderer(renderer_on: Callable[[date], Renderer]) -> Renderer:
    """The renderer of a day on which nothing is overdue."""
    return renderer_on(date(2026, 3, 2))
