"""Owns how the demo school's classes chose in a story, the same for the same seed."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from uuid import UUID

# How many of each class added their choices to each story it had: two tens and the beginning of a third; too few to
# show; nobody yet.
ADDED: Sequence[int] = (24, 8, 0)


def choices_of_class(
    *, class_index: int, students: Sequence[UUID], options: Mapping[str, Sequence[str]], seed: int
) -> Iterator[tuple[UUID, dict[str, str]]]:
    """Who of a class added what, a choice for each scene of `options`; some choices are likelier, in every class."""
    dice = Random(f"{seed}:{class_index}:story")
    likely = {scene: [0.2 + Random(choice).random() for choice in choices] for scene, choices in options.items()}
    for student in dice.sample(students, ADDED[class_index]):
        yield student, {scene: dice.choices(choices, likely[scene])[0] for scene, choices in options.items()}
