"""A fault in the content: where it stands, what it is, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Problem:
    """One fault; `code` is stable and in snake_case, `line` counts from 1, `detail` quotes what was found."""

    path: Path
    line: int
    code: str
    remedy: str
    detail: str = ""

    def __str__(self) -> str:
        found = self.code.replace("_", " ") + (f" ({self.detail})" if self.detail else "")
        return f"{self.path}:{self.line}: {found} — {self.remedy}"


class ContentError(Exception):
    """The content cannot be loaded; carries every problem that was found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
