"""Owns what writing costs: a quiz sent in, its disk syncs, and answers saved one by one while a class answers."""

import re
import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

from benchmarks.figures import Goal, Rounds, Row, row
from benchmarks.load import ROUNDS, Asker, Line, ask_together, in_turns
from benchmarks.people import Browser, fields_of
from benchmarks.reading import PATH, beside, readers, turn
from benchmarks.school import School
from benchmarks.server import APP, Served, served

WRITERS, ANSWERING, SENT = 8, 35, 20
QUIZ = f"{PATH}/quiz"
SHARE = Goal("≥ 0.6 of the bare commit", "at least", 0.6)
TAIL = Goal("p99 ≤ 8 × p50", "at most", 8)
ONE = Goal("1", "at most", 1)
PROMPT = Goal("p95 ≤ 60 ms", "at most", 60)
STRACE = ("strace", "--follow-forks", "--trace=fsync,fdatasync", "--output")
SYNC = re.compile(r"\bf(?:data)?sync\(")


def submission_rows(ours: Served, theirs: Served, school: School, seconds: float) -> list[Row]:
    """A whole quiz sent in by eight students at once, beside a bare commit of the same rows."""
    pupils = [Pupil(browser) for browser in readers(ours.port, school, WRITERS)]
    own, bare = [one.submission(QUIZ) for one in pupils], [one.submission("/quiz") for one in pupils]
    mine, other = in_turns(turn(ours, own), turn(theirs, bare), seconds)
    tails = Rounds([one.within(0.99) / one.within(0.5) for one in mine])
    shown = f"{Rounds([one.within(0.5) for one in mine]).said(' ms', 1)} p50"
    return [
        beside("a quiz sent in, eight at once", SHARE, mine, other),
        row("the slowest of them", TAIL, tails, measured=shown, ratio=tails.said(" ×", 1)),
    ]


class Pupil:
    """A student at a quiz, whose attempts and answers are counted on as the page would count them."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.fields = fields_of(browser.fetch(QUIZ))
        self.numbers = count(int(self.fields["number"]))
        self.counters = count(1)

    def submission(self, path: str) -> Asker:
        """Sends a new attempt with each request."""
        return lambda _count: self.browser.post(path, {**self.fields, "number": f"{next(self.numbers)}"}, status=303)

    def answers(self) -> Asker:
        """Answers the first item anew with each request; the reply says that it is saved."""
        item = next(name for name in self.fields if name.startswith("item-"))
        sent = {**self.fields, "item": item.removeprefix("item-").partition(".")[0]}
        return lambda _count: self.browser.post(
            f"{QUIZ}/answer", {**sent, "counter": f"{next(self.counters)}"}, status=200, holds=b'"saved"'
        )


def answer_rows(ours: Served, school: School, seconds: float) -> list[Row]:
    """One answer stored while a whole class answers: all in the same instant, and each once a second, not in
    step with the others."""
    askers = [Pupil(browser).answers() for browser in readers(ours.port, school, ANSWERING)]
    ask_together(ours.port, askers)
    burst = [ask_together(ours.port, askers) for _ in range(ROUNDS)]
    class_ = [ask_together(ours.port, askers, seconds=4 * seconds, pause=1) for _ in range(ROUNDS)]
    named = (("an answer saved, 35 in the same instant", burst), ("the same, each once a second", class_))
    figures = [(what, Rounds([one.within(0.95) for one in found])) for what, found in named]
    return [row(what, PROMPT, figure, measured=f"{figure.said(' ms')} p95") for what, figure in figures]


def sync_row(school: School) -> Row:
    """The disk syncs of one submission, counted by strace; one now and then brings a checkpoint besides."""
    what = "disk syncs of a quiz sent in"
    if shutil.which(STRACE[0]) is None:
        return Row(what=what, goal=ONE.words, measured="not counted: needs strace")
    log = school.folder / "syncs"
    with served(APP, school.folder, PATH, before=(*STRACE, str(log))) as watched:
        ask = Pupil(readers(watched.port, school, 1)[0]).submission(QUIZ)
        with closing(Line(watched.port)) as line:
            syncs = list(_syncs(log, line, ask))
    middle = Rounds([statistics.median(syncs)])
    return row(what, ONE, middle, measured=f"{middle.said()} ({sum(syncs)} of {SENT} together)")


def _syncs(log: Path, line: Line, ask: Asker) -> Iterator[int]:
    before = _counted(log)
    for number in range(SENT):
        line.ask(ask(number))
        after = _counted(log)
        yield after - before
        before = after


def _counted(log: Path) -> int:
    time.sleep(0.05)  # strace writes a little later than it sees
    return len(SYNC.findall(log.read_text("utf-8")))
