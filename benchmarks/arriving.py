"""Owns what arriving costs: a class that signs in, a server that starts, the memory and disk it takes."""

import re
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from benchmarks.figures import Goal, Rounds, Row, row
from benchmarks.load import ROUNDS, ask_together
from benchmarks.people import joining
from benchmarks.reading import PATH, always, lesson, readers
from benchmarks.school import CODE, School
from benchmarks.server import APP, Served, served
from curriculum.config import PROJECT

SIGNING_IN, READING, PAUSE = 30, 4, 0.05
TOGETHER = Goal("≤ 1.6 s", "at most", 1.6)
MEANWHILE = Goal("p95 ≤ 150 ms", "at most", 150)
START = Goal("≤ 1 s", "at most", 1)
MEMORY = Goal("≤ 120 MB", "at most", 120)
DISK = Goal("≤ 130 MB", "at most", 130)
SHIPPED = ("curriculum", "lessons", "migrations", "static", "templates", "translations")
MEGABYTE = 1_000_000


def sign_in_rows(ours: Served, school: School) -> list[Row]:
    """Thirty students who sign in at the same moment, while others go on reading."""
    reading = [always(lesson(one, number)) for number, one in enumerate(readers(ours.port, school, READING), 1)]
    whole, slow = [], []
    for _ in range(ROUNDS):
        coming = [joining(ours.port, school.class_codes[-1], number, CODE) for number in range(1, SIGNING_IN + 1)]
        with ThreadPoolExecutor() as pool:
            pages = pool.submit(ask_together, ours.port, reading, seconds=1, pause=PAUSE)
            whole.append(ask_together(ours.port, [always(one) for one in coming]).whole)
            slow.append(pages.result().within(0.95))
    signed, waited = Rounds(whole), Rounds(slow)
    return [
        row("30 sign-ins at once, all done", TOGETHER, signed, measured=signed.said(" s", 2)),
        row("a lesson meanwhile", MEANWHILE, waited, measured=f"{waited.said(' ms')} p95"),
    ]


def start_row(school: School) -> Row:
    """From the command to the first page of a lesson."""
    starts = []
    for _ in range(ROUNDS):
        with served(APP, school.folder, PATH) as server:
            starts.append(server.started_in)
    figure = Rounds(starts)
    return row("from the start to the first page", START, figure, measured=figure.said(" s", 2))


def memory_row(ours: Served) -> Row:
    """The resident memory of the larger worker, after all the load before."""
    what = "memory of a worker, after all this"
    try:
        workers = Path(f"/proc/{ours.pid}/task/{ours.pid}/children").read_text("ascii").split()
        figure = Rounds([max(map(_resident, workers)) / MEGABYTE])
    except OSError:
        return Row(what=what, goal=MEMORY.words, measured="not measured: needs /proc")
    return row(what, MEMORY, figure, measured=figure.said(" MB"))


def _resident(pid: str) -> int:
    [kilobytes] = re.findall(r"^VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"), re.MULTILINE)
    return 1024 * int(kilobytes)


def size_row() -> Row:
    """What stands on the disk: what requirements.txt installs, and Dongui itself."""
    named = re.findall(r"^([\w.-]+)==", (PROJECT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    installed = sum(map(_size_of, named))
    own = sum(path.stat().st_size for folder in SHIPPED for path in (PROJECT / folder).rglob("*") if path.is_file())
    figure = Rounds([(installed + own) / MEGABYTE])
    return row("installed size", DISK, figure, measured=figure.said(" MB"))


def _size_of(name: str) -> int:
    try:
        found: Distribution = distribution(name)
    except PackageNotFoundError:
        return 0  # locked for another platform
    files = [Path(str(found.locate_file(file))) for file in found.files or ()]
    return sum(path.stat().st_size for path in files if path.is_file())
