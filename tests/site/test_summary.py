"""The last lines of a test run say what was really counted, also where something failed."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.conftest import axe_lines


def report(**properties: Any) -> pytest.TestReport:
    return cast("pytest.TestReport", SimpleNamespace(user_properties=[*properties.items()]))


def test_what_axe_found_is_added_up_over_all_walks() -> None:
    walks = [
        report(axe=("visitor", "ko", 20, 0)),
        report(axe=("visitor", "en", 12, 2)),
        report(pages=3),
        report(axe=("teacher", "en", 8, 1)),
    ]
    assert list(axe_lines(walks)) == ["axe, light and dark: 40 pages, 2 roles, 2 languages; violations: 3"]


def test_without_a_walk_nothing_is_said_of_axe() -> None:
    assert list(axe_lines([report(pages=3)])) == []
