"""Owns how the sign-ins of the demo school are said to a person. `run.py` reads it before anything is installed."""

from collections.abc import Iterator

SHOWN = 4  # of a long list; the JSON has them all
LABELS = {"school": "학교 · school", "staff": "교직원 · staff", "classes": "학급 · classes"}
LABELS |= {"students": "학생 · students", "email": "이메일 · e-mail", "password": "비밀번호 · password"}
LABELS |= {"class_code": "참여 코드 · class code", "number": "번호 · number", "code": "코드 · code"}
LABELS |= {"role": "역할 · role", "name": "이름 · name"}


def sign_in_lines(entry: object, indent: str = "") -> Iterator[str]:
    """The sign-ins as lines for a person: an entry a line, what it holds below it, long lists cut short."""
    if isinstance(entry, list):
        for one in entry[:SHOWN]:
            yield from sign_in_lines(one, indent)
        if len(entry) > SHOWN:
            yield f"{indent}… +{len(entry) - SHOWN}"
    elif isinstance(entry, dict):
        nested = {key: value for key, value in entry.items() if isinstance(value, dict | list)}
        plain = [f"{LABELS.get(key, key)}: {value}" for key, value in entry.items() if key not in nested]
        yield from [indent + "   ".join(plain)] if plain else []
        for key, value in nested.items():
            yield f"{indent}{LABELS.get(key, key)}"
            yield from sign_in_lines(value, indent + "  ")
