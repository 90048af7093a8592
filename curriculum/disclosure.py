"""Owns the small-group rules: when counts about a class may be shown, so that no view tells about fewer than ten."""

from collections.abc import Iterable

FEWEST = 10


def completes_batch(pending: Iterable[int]) -> bool:
    """Whether what waits at one question may be added to what is shown, judged after each answer.

    `pending`: how many wait at each option. They go out by full tens, and not while all of them are the same. At eleven
    nothing is judged: whoever breaks the silence of ten that agree would else be seen to have done so.
    """
    waiting = list(pending)
    return sum(waiting) % FEWEST == 0 and may_be_shown(waiting)


def may_be_shown(counts: Iterable[int]) -> bool:
    """Whether the counts of one question, by option, may be shown: ten answers or more, and not all the same."""
    given = [count for count in counts if count]
    return sum(given) >= FEWEST and len(given) > 1
