"""Measures everything and prints the table: `python3 run.py benchmark`."""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.arriving import memory_row, sign_in_rows, size_row, start_row
from benchmarks.figures import Row, WrongAnswer, head, line
from benchmarks.following import following_rows
from benchmarks.reading import PATH, class_row, keep_page, signed_in_row, signed_out_row, unchanged_row
from benchmarks.school import LARGE, MIDDLE, SMALL, School, Size, school_in
from benchmarks.server import APP, BARE, served
from benchmarks.taking_out import file_rows
from benchmarks.writing import answer_rows, submission_rows, sync_row
from curriculum.database import sqlite_module

AMONG_MANY = "a class page of 50: 3,000 students, 10⁶ attempts, beside 30 and 10⁴"
AMONG_SOME = "the same: 300 students, 10⁵ attempts, beside 30 and 10⁴"


def say(text: str) -> None:
    """Tell whoever waits what is going on; stdout is for the table."""
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    """Make the schools, measure, print."""
    parser = argparse.ArgumentParser(prog="python3 run.py benchmark", description="How fast it is; about five minutes.")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the schools in this folder, for another time")
    parser.add_argument("--seconds", type=float, default=1, help="how long a turn of one app is (default: 1)")
    options = parser.parse_args()
    versions = f"Python {platform.python_version()}, SQLite {sqlite_module().sqlite_version}"
    print(f"{os.cpu_count()} cores, {versions}. Medians of three rounds, with their range.\n\n{head()}", flush=True)
    try:
        with _folder(options.keep) as folder:
            for row in measured(folder, options.seconds):
                print(line(row.cells()), flush=True)
    except WrongAnswer as fault:
        sys.exit(f"Stopped, because a benchmark of errors says nothing: {fault}")


def measured(folder: Path, seconds: float) -> Iterator[Row]:
    """Every line of the table."""
    middle, small, large = (_school(folder, size) for size in (MIDDLE, SMALL, LARGE))
    with served(APP, middle.folder, PATH) as ours:
        keep_page(ours, middle)
        with served(BARE, middle.folder, "/constant") as theirs:
            say("lessons …")
            yield signed_in_row(ours, theirs, middle, seconds)
            yield signed_out_row(ours, theirs, seconds)
            yield unchanged_row(ours, theirs, seconds)
            say("submissions …")
            yield from submission_rows(ours, theirs, middle, seconds)
        say("answers and sign-ins …")
        yield from answer_rows(ours, middle, seconds)
        yield from sign_in_rows(ours, middle)
        yield memory_row(ours)
    say("class pages …")
    with served(APP, small.folder, PATH) as theirs:
        for what, school in ((AMONG_MANY, large), (AMONG_SOME, middle)):
            with served(APP, school.folder, PATH) as ours:
                yield class_row(what, ours, theirs, (school, small), seconds)
    with served(APP, middle.folder, PATH) as ours:
        yield from following_rows(ours, middle, seconds)
    say("files …")
    with served(APP, large.folder, PATH) as ours:
        yield from file_rows(ours, LARGE.students)
    say("starts and syncs …")
    yield sync_row(small)
    yield start_row(middle)
    yield size_row()


def _school(folder: Path, size: Size) -> School:
    say(f"a school of {size.students:,} students with {size.attempts:,} attempts …")
    return school_in(folder, size)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="dongui-benchmark-") as folder:
        yield Path(folder)


if __name__ == "__main__":
    main()
