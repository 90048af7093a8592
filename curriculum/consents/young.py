"""Owns for which classes a guardian has to agree before a name is kept: all in which somebody may be under 14."""

UP_TO = 2  # of middle school: who is in 중2 turns 14 in the course of the year


def needs_consent(level: str, grade: int) -> bool:
    """Whether students of such a class are numbers until a guardian has agreed."""
    return level == "elementary" or (level == "middle" and grade <= UP_TO)
