"""Owns the small-group rules: when counts may be shown, so that no view tells about too few, or about all the same."""

from collections.abc import Iterable

FEWEST = 10
FEWEST_LEARNERS = 5  # of learning figures, shown beyond who teaches the class


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


def bounds(size: int) -> list[int]:
    """The numbers that "at least" may name of a group of this size; none for a group of fewer than five.

    Going by fives, and nothing between four short of all and all: whatever is named, no count below five or above
    `size` less five is told. Smaller groups are told by halves. Each figure stands for three counts or more wherever
    one of them would tell of fewer than five who did, or who did not.
    """
    few = FEWEST_LEARNERS
    if size < few:
        return []
    return [0, -(-size // 2)] if size < 2 * few else [0, *range(few, size - few + 1, few), size - few + 1]


def at_least(count: int, size: int) -> int | None:
    """What may be said of `count` in a group of `size`: at least so many, 0 for too few; None where nothing may be.

    A sum over groups has to add up what may be said of each, never the counts: what was held back of one would follow
    from the sum and the others.
    """
    return max((one for one in bounds(size) if one <= count), default=None)


def about(average: int | None, people: int) -> int | None:
    """What may be said of a mean in percent over so many people: by fives, from 5, which stands for what is below too,
    to 95; None for fewer than five people. All that is right, or all that is wrong, would be told of each of them."""
    if average is None or people < FEWEST_LEARNERS:
        return None
    return min(95, max(5, 5 * ((average + 2) // 5)))
