"""Owns the page about accessibility: each check item of KWCAG 2.2, how it is met, what shows it, who must check it."""

import ast
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECK_ITEMS = 33  # KS X OT0003:2022, table 1

HEAD = """# 접근성 · Accessibility

`docs/accessibility.toml`에서 `python3 run.py accessibility write`로 만듭니다.
여기 적힌 테스트가 없으면 테스트가 실패합니다.
Written by `python3 run.py accessibility write` from `docs/accessibility.toml`.
A test fails when a test named here does not exist.

검사항목의 번호와 이름: 한국형 웹 콘텐츠 접근성 지침 2.2(KS X OT0003:2022).
전사본 <https://a11ykr.github.io/kwcag22>에서 옮겼고, 영어 이름은 우리가 붙였습니다.
Numbers and Korean names: Korean Web Content Accessibility Guidelines 2.2 (KS X OT0003:2022), as transcribed there.
The English names are ours.

**아직 사람이 확인하지 않았습니다.** 장애가 있는 사용자도, 화면 낭독기를 쓰는 사람도 아직 써 보지 않았습니다.
인증기관의 심사도 받지 않았습니다. 테스트는 크로미움 하나에서 axe와 접근성 트리, 키보드로 볼 수 있는 것만
보여 줍니다. ‘사람이 확인할 일’은 모두 남아 있습니다.

**People have not checked it yet.** No person with a disability, no user of a screen reader and no certifying body has
tested it. The tests show what axe, the accessibility tree and a keyboard can show in Chromium alone. Everything under
“by hand” is still to be done.

| 검사항목 · check item | 지키는 방법 · how it is met | 보여 주는 테스트 · shown by | 사람이 확인할 일 · by hand |
|---|---|---|---|
"""


class AccessibilityTableError(ValueError):
    """The table is not whole, or it names a test that does not exist."""


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One check item; texts in both languages; `tests` as pytest names them, without parameters."""

    id: str
    name: Mapping[str, str]
    how: Mapping[str, str]
    tests: Sequence[str]
    by_hand: Mapping[str, str] | None


def read_check_items(text: str) -> list[CheckItem]:
    """The table as written in TOML; AccessibilityTableError when an item is missing, or neither shown nor checked."""
    items = [_item(one) for one in tomllib.loads(text)["items"]]
    if len({one.id for one in items}) != CHECK_ITEMS or len(items) != CHECK_ITEMS:
        raise AccessibilityTableError(f"there are {CHECK_ITEMS} check items, each once, and not {len(items)}")
    if bare := [one.id for one in items if not one.tests and not one.by_hand]:
        raise AccessibilityTableError(f"neither a test nor a person looks at {', '.join(bare)}")
    return items


def _item(one: Mapping[str, Any]) -> CheckItem:
    return CheckItem(one["id"], one["name"], one["how"], one.get("tests", ()), one.get("by_hand"))


def missing_tests(items: Sequence[CheckItem], root: Path) -> list[str]:
    """The tests the table names that are not in the files under `root`."""
    named = {test for one in items for test in one.tests}
    files = {test.partition("::")[0] for test in named}
    return sorted(named - {f"{file}::{name}" for file in files for name in _tests_in(root / file)})


def _tests_in(path: Path) -> Iterator[str]:
    if path.is_file():
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield node.name


def accessibility_page(items: Sequence[CheckItem]) -> str:
    """The page in Markdown, Korean before English."""
    return HEAD + "".join(_row(one) for one in items)


def _row(one: CheckItem) -> str:
    shown = "<br>".join(f"`{test.removeprefix('tests/')}`" for test in one.tests) or "–"
    cells = [f"{one.id} {_both(one.name)}", _both(one.how), shown, _both(one.by_hand) if one.by_hand else "–"]
    return f"| {' | '.join(cells)} |\n"


def _both(text: Mapping[str, str]) -> str:
    return f"{text['ko']}<br>{text['en']}"
