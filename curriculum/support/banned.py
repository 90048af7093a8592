"""Owns which contacts and names must not be printed, and finds them in the content."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from curriculum.catalog.problem import Problem

# From the facts register, kr-channel-do-not-print: a placeholder number, a wrong domain, a replaced line, older details
# of a line, and former names of two bodies.
BANNED: Sequence[tuple[str, str]] = (
    ("02-1234-5678", "leave it out: it is nobody's number"),
    ("d4u.or.kr", "write {contact:kr-channel-d4u}: this address is wrong"),
    ("1393", "write {contact:kr-channel-109}: the line was replaced"),
    ("cyber1388", "write {contact:kr-channel-1388}"),
    ("#1388", "write {contact:kr-channel-1388}"),
    ("여성가족부", "write 성평등가족부: the ministry was renamed"),
    ("방송통신심의위원회", "write 방송미디어통신심의위원회: the body was succeeded"),
)


def banned_contacts(folder: Path) -> list[Problem]:
    """Every place in a content folder that prints a contact or name that must not be printed."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".md", ".toml"})
    return [problem for path in files for problem in _in_file(path)]


def _in_file(path: Path) -> Iterator[Problem]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        for text, remedy in BANNED:
            if text in line:
                yield Problem(path, number, "banned_contact", remedy, text)
