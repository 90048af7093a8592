"""Shows what a year's record says of a class: teaching order, hours, shares of five and more, duties met."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from curriculum.catalog.catalog import load_catalog
from curriculum.catalog.duty import Duty
from curriculum.catalog.text import Text
from curriculum.config import LESSONS
from curriculum.papers.year_record import ClassYear, class_year, duties_met
from curriculum.retention.term import FEWEST, Total

CATALOG = load_catalog(LESSONS)
IDS = [*CATALOG.lessons]
MARKED = st.dictionaries(st.sampled_from([*IDS, "gone/long/ago"]), st.dates())
TOTALS = st.lists(
    st.builds(Total, st.sampled_from([*IDS, "gone/long/ago"]), st.integers(0, 40), st.integers(0, 40)),
    unique_by=lambda one: one.lesson_id,
)


def of(totals: list[Total], marked: dict[str, date] | None = None) -> ClassYear:
    return class_year("middle", 2, 1, totals, CATALOG.lessons, marked or {})


@given(TOTALS, MARKED)
def test_lessons_stand_in_teaching_order_and_of_fewer_than_five_those_that_are_marked_alone(
    totals: list[Total], marked: dict[str, date]
) -> None:
    listed = of(totals, marked).lessons
    enough = {one.lesson_id for one in totals if min(one.students, one.took_part) >= FEWEST}
    assert [one.lesson.id for one in listed] == [id_ for id_ in IDS if id_ in enough | marked.keys()]
    # Marked is taught, never answered: it brings no share.
    assert {one.lesson.id for one in listed if one.percent is not None} == enough & {*IDS}
    assert {one.lesson.id: one.taught_on for one in listed if one.taught_on} == {
        id_: day for id_, day in marked.items() if id_ in IDS
    }


def test_hours_of_lessons_without_devices_count() -> None:
    assert of([], {IDS[0]: date(2026, 3, 2)}).minutes == CATALOG.lessons[IDS[0]].minutes


def test_hours_are_added_up_and_rounded_to_one_place() -> None:
    year = of([Total(id_, 30, 27) for id_ in IDS[:2]])
    minutes = sum(CATALOG.lessons[id_].minutes for id_ in IDS[:2])
    assert (year.minutes, [one.percent for one in year.lessons]) == (minutes, [90, 90])
    assert abs(year.hours - Decimal(minutes) / 60) <= Decimal("0.05")


def test_a_duty_counts_the_lessons_that_were_taught_and_no_others() -> None:
    duties = [Duty("a", Text("가", "a"), (IDS[0], IDS[2])), Duty("b", Text("나", "b"), (IDS[3],))]
    met = duties_met(duties, [of([Total(IDS[0], 30, 30)]), of([Total(IDS[1], 30, 30)])])
    assert [[one.id for one in lessons] for _, lessons in met] == [[IDS[0]], []]
