"""A small navigator about lost pencils, copied afresh for each test that may plant a fault in it."""

import shutil
from pathlib import Path

import pytest

from curriculum.support.navigator import Navigator
from curriculum.support.plan_check import load_navigator

PACK = Path(__file__).parent / "pack"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return shutil.copytree(PACK, tmp_path / "lessons")


@pytest.fixture(scope="session")
def pencils() -> Navigator:
    return load_navigator(PACK)
