"""Shows that the demo's classes choose the same each time: one is shown, one is too few, one has not begun."""

from uuid import uuid4

from curriculum.operations.demo_stories import ADDED, choices_of_class

OPTIONS = {"desk": ("ask", "take"), "reply": ("thank", "shrug", "wait")}
STUDENTS = [uuid4() for _ in range(28)]


def chosen_by(class_index: int) -> list[tuple[object, dict[str, str]]]:
    return list(choices_of_class(class_index=class_index, students=STUDENTS, options=OPTIONS, seed=1))


def test_it_works() -> None:
    assert [len(chosen_by(place)) for place in range(3)] == list(ADDED) == [24, 8, 0]


def test_each_adds_once_and_chooses_what_there_is() -> None:
    who, what = zip(*chosen_by(0), strict=True)
    assert len(set(who)) == len(who)
    assert all(
        chosen.keys() == OPTIONS.keys() and chosen[scene] in OPTIONS[scene] for chosen in what for scene in OPTIONS
    )


def test_the_same_seed_chooses_the_same() -> None:
    assert chosen_by(0) == chosen_by(0)
    assert len({str(chosen) for _, chosen in chosen_by(0)}) > 1
