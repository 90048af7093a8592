"""Owns what taking out costs: every student of a school as one file, its time and what it takes of memory meanwhile."""

import http.client
import re
import time
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.arriving import MEGABYTE
from benchmarks.figures import Goal, Rounds, Row, WrongAnswer, row
from benchmarks.load import HOST, PATIENCE, ROUNDS
from benchmarks.people import FORM, Browser, fields_of, teacher
from benchmarks.school import EMAIL, PASSWORD
from benchmarks.server import Served

PAGE, FILE = "/ko/teach/across", "/ko/teach/across/students.csv"
TIMES = 5  # a round; the least of them counts, as nothing else than the file is to be measured
WHOLE = Goal("≤ 150 ms", "at most", 150)
MORE = Goal("≤ 20 MB", "at most", 20)


def file_rows(ours: Served, students: int) -> list[Row]:
    """The file of a teacher who has every class of a school: from the request to its last byte, and the memory."""
    browser = teacher(ours.port, EMAIL, PASSWORD)
    form = {"csrf_token": fields_of(browser.fetch(PAGE))["csrf_token"]}
    _taken(ours, browser, form, students)  # the first one of a worker compiles the statements
    before = _memory(ours, "VmRSS")
    rounds = [[_taken(ours, browser, form, students) for _ in range(TIMES)] for _ in range(ROUNDS)]
    first, whole = (Rounds([1000 * min(one[place] for one in turn) for turn in rounds]) for place in (0, 1))
    what = f"{students:,} students as a CSV file"
    lines = [row(what, WHOLE, whole, measured=f"{whole.said(' ms')}, first bytes {first.said(' ms')}")]
    if before is None:
        return [*lines, Row(what="memory meanwhile", goal=MORE.words, measured="not measured: needs /proc")]
    grown = Rounds([max(0.0, (_memory(ours, "VmHWM") or before) - before)])
    return [*lines, row("memory of the workers meanwhile", MORE, grown, measured=f"+{grown.said(' MB', 1)}")]


def _taken(ours: Served, browser: Browser, form: dict[str, str], students: int) -> tuple[float, float]:
    """The seconds to the first bytes and to the last; WrongAnswer unless every student is in the file."""
    connection = http.client.HTTPConnection(HOST, ours.port, timeout=PATIENCE)
    begun = time.perf_counter()
    connection.request("POST", FILE, urlencode(form), browser.headers() | FORM)
    answer = connection.getresponse()
    text = answer.read(1)
    first = time.perf_counter() - begun
    text += answer.read()
    whole = time.perf_counter() - begun
    connection.close()
    if (answer.status, text.count(b"\r\n")) != (200, students + 1):
        raise WrongAnswer(f"{FILE}: {answer.status}, a file of {len(text)} bytes")
    return first, whole


def _memory(ours: Served, what: str) -> float | None:
    """A figure of /proc over both workers, in megabytes; of what is there now the peak begins anew."""
    try:
        workers = Path(f"/proc/{ours.pid}/task/{ours.pid}/children").read_text("ascii").split()
        found = [Path(f"/proc/{worker}/status").read_text("ascii") for worker in workers]
        if what == "VmRSS":
            for worker in workers:
                Path(f"/proc/{worker}/clear_refs").write_text("5", "ascii")
    except OSError:
        return None
    kilobytes = [int(one) for text in found for one in re.findall(rf"^{what}:\s+(\d+) kB", text, re.MULTILINE)]
    return 1024 * sum(kilobytes) / MEGABYTE
