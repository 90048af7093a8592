"""Owns what reading costs: a lesson signed in and out, and the class page of a small and of a large school."""

from collections.abc import Sequence

from benchmarks.bare import LESSON, PAGE
from benchmarks.figures import Goal, Rounds, Row, Took, ratios, row
from benchmarks.load import Asker, Request, Turn, ask_together, in_turns
from benchmarks.people import Browser, student, teacher
from benchmarks.school import CODE, EMAIL, PASSWORD, School
from benchmarks.server import Served

PATH = f"/ko/lessons/{LESSON}"
READERS = 8  # as many as the server has threads
SHARE = Goal("≥ 0.6 of the bare page", "at least", 0.6)
TWICE = Goal("≤ 2 times the small school's", "at most", 2)


def turn(served: Served, askers: Sequence[Asker]) -> Turn:
    """A stretch of these askers at a server."""
    return lambda seconds: ask_together(served.port, askers, seconds=seconds)


def always(request: Request) -> Asker:
    """Somebody who asks for the same again and again."""
    return lambda _number: request


def readers(port: int, school: School, count: int) -> list[Browser]:
    """The first students of a class, signed in."""
    return [student(port, school.class_codes[0], number, CODE) for number in range(1, count + 1)]


def lesson(browser: Browser, number: int) -> Request:
    """The lesson as the student of this number gets it, with the own name in it."""
    return Request(PATH, holds=f">Student {number}<".encode(), headers=browser.headers())


def keep_page(served: Served, school: School) -> None:
    """Write down the page of the first student, for the bare app to send."""
    page = readers(served.port, school, 1)[0].fetch(PATH)
    (school.folder / PAGE).write_text(page, "utf-8")


def signed_in_row(ours: Served, theirs: Served, school: School, seconds: float) -> Row:
    """The lesson of a student, beside a bare page of the same bytes after the same three reads."""
    people = readers(ours.port, school, READERS)
    own = [always(lesson(browser, number)) for number, browser in enumerate(people, 1)]
    bare = [always(Request("/page", holds=b">Student 1<", headers=browser.headers())) for browser in people]
    return beside("a lesson, signed in", SHARE, *in_turns(turn(ours, own), turn(theirs, bare), seconds))


def signed_out_row(ours: Served, theirs: Served, seconds: float) -> Row:
    """The lesson of a visitor, beside a constant page of the same bytes without any read."""
    own = [always(Request(PATH, holds=b"</html>"))] * READERS
    bare = [always(Request("/constant", holds=b"</html>"))] * READERS
    mine, other = in_turns(turn(ours, own), turn(theirs, bare), seconds)
    return Row(
        what="a lesson, signed out", measured=rate(mine), beside=rate(other), ratio=ratios(mine, other).said("", 2)
    )


def unchanged_row(ours: Served, theirs: Served, seconds: float) -> Row:
    """The lesson of a visitor whose browser has it already."""
    tag = Browser(ours.port).header(PATH, "ETag")
    own = [always(Request(PATH, status=304, headers={"If-None-Match": tag}))] * READERS
    bare = [always(Request("/constant", holds=b"</html>"))] * READERS
    mine, other = in_turns(turn(ours, own), turn(theirs, bare), seconds)
    what, goal, share = "the same, unchanged", "answered 304", ratios(mine, other).said("", 2)
    return Row(what=what, goal=goal, measured=rate(mine), beside=rate(other), ratio=share, met=True)


def class_row(what: str, large: Served, small: Served, schools: tuple[School, School], seconds: float) -> Row:
    """A class page of 50 students in a larger school, beside that of the small school's whole class."""
    mine, other = in_turns(_class_turn(large, schools[0]), _class_turn(small, schools[1]), seconds)
    times = Rounds([one.within(0.5) / two.within(0.5) for one, two in zip(mine, other, strict=True)])
    shown = [Rounds([one.within(0.5) for one in found]).said(" ms", 1) for found in (mine, other)]
    return row(what, TWICE, times, measured=shown[0], beside=shown[1], ratio=times.said("", 2))


def _class_turn(served: Served, school: School) -> Turn:
    browser = teacher(served.port, EMAIL, PASSWORD)
    page = Request(f"/ko/teach/classes/{school.class_ids[0]}", holds=b">Student 1<", headers=browser.headers())
    return turn(served, [always(page)])


def rate(found: Sequence[Took]) -> str:
    """Requests a second, round by round, as the table says them."""
    return Rounds([one.rate for one in found]).said("/s")


def beside(what: str, goal: Goal, mine: Sequence[Took], other: Sequence[Took]) -> Row:
    """A line that compares two rates."""
    share = ratios(mine, other)
    return row(what, goal, share, measured=rate(mine), beside=rate(other), ratio=share.said("", 2))
