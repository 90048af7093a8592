"""docs/accessibility.md says what its table says, and every test that it names exists."""

import pytest

from curriculum.config import PROJECT
from curriculum.operations.accessibility_page import (
    AccessibilityTableError,
    CheckItem,
    accessibility_page,
    missing_tests,
    read_check_items,
)
from curriculum.operations.commands import ACCESSIBILITY_PAGE, ACCESSIBILITY_TABLE

TABLE = ACCESSIBILITY_TABLE.read_text("utf-8")
HERE = "tests/operations/test_accessibility_page.py"


def an_item(*tests: str) -> CheckItem:
    return CheckItem("1", {"ko": "가", "en": "a"}, {"ko": "나", "en": "b"}, tests, None)


def test_it_works() -> None:
    page = accessibility_page(read_check_items(TABLE))
    assert ACCESSIBILITY_PAGE.read_text("utf-8") == page, "python3 run.py accessibility write"


def test_every_test_it_names_exists() -> None:
    assert missing_tests(read_check_items(TABLE), PROJECT) == []


@pytest.mark.parametrize(
    "name", [f"{HERE}::test_of_nothing", "tests/gone/test_gone.py::test_it_works", f"{HERE}::an_item"]
)
def test_a_test_that_does_not_exist_is_noticed(name: str) -> None:
    assert missing_tests([an_item(f"{HERE}::test_it_works", name)], PROJECT) == [name]


def test_an_item_left_out_is_noticed() -> None:
    with pytest.raises(AccessibilityTableError, match="33 check items"):
        read_check_items(TABLE.rpartition("[[items]]")[0])


def test_an_item_that_nothing_and_nobody_looks_at_is_noticed() -> None:
    begin = TABLE.index("by_hand", TABLE.index('id = "5.3.3"'))
    end = TABLE.index("[[items]]", begin)
    with pytest.raises(AccessibilityTableError, match=r"5\.3\.3"):
        read_check_items(TABLE[:begin] + TABLE[end:])


def test_it_says_that_people_have_not_checked_it() -> None:
    assert "아직 사람이 확인하지 않았습니다" in accessibility_page([])
    assert "People have not checked it yet" in accessibility_page([])
