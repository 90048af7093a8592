"""Owns what following a class costs: the part of the class page that an open page asks for again and again."""

from concurrent.futures import ThreadPoolExecutor

from benchmarks.figures import Goal, Rounds, Row, row
from benchmarks.load import ROUNDS, Request, ask_together
from benchmarks.people import Browser, teacher
from benchmarks.reading import always, readers
from benchmarks.school import EMAIL, PASSWORD, School
from benchmarks.server import Served
from benchmarks.writing import QUIZ, Pupil

WORKING, SENDING = 40, 8  # students of the class; so many of them send in a quiz each second, the others save an answer
PAUSE = 0.5  # seconds: a page asks every two, but then a few seconds would have too few answers
FOLLOWED = Goal("p95 ≤ 200 ms", "at most", 200)


def following_rows(ours: Served, school: School, seconds: float) -> list[Row]:
    """The open page of a class of fifty while forty of it work, each answer whole; then the answer of no change."""
    path = f"/ko/teach/classes/{school.class_ids[0]}/now"
    desk = teacher(ours.port, EMAIL, PASSWORD)
    changed = Request(path, holds=b">Student 1<", headers=desk.headers())
    pupils = [Pupil(browser) for browser in readers(ours.port, school, WORKING)]
    askers = [one.submission(QUIZ) if place < SENDING else one.answers() for place, one in enumerate(pupils)]
    slow = []
    for _ in range(ROUNDS):
        with ThreadPoolExecutor() as pool:
            class_ = pool.submit(ask_together, ours.port, askers, seconds=8 * seconds, pause=1)
            slow.append(ask_together(ours.port, [always(changed)], seconds=7 * seconds, pause=PAUSE).within(0.95))
            class_.result()
    waited, rested = Rounds(slow), Rounds([_unchanged(ours, desk, path, seconds) for _ in range(ROUNDS)])
    return [
        row("a class followed while 40 work", FOLLOWED, waited, measured=f"{waited.said(' ms')} p95"),
        Row(what="the same, unchanged", goal="answered 304", measured=f"{rested.said(' ms', 1)} p95", met=True),
    ]


def _unchanged(ours: Served, desk: Browser, path: str, seconds: float) -> float:
    known = {**desk.headers(), "If-None-Match": desk.header(path, "ETag")}
    asked = ask_together(ours.port, [always(Request(path, status=304, headers=known))], seconds=seconds, pause=0.02)
    return asked.within(0.95)
