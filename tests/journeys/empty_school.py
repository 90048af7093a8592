"""A server with nothing in it, started as a school starts one, and what its console says to begin with."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.site import PATIENCE, Site, free_port, wait_for

# `run.py` as it is; only the interpreter is the one that runs the tests, in which everything is installed.
SERVE = "import sys, run; run.PYTHON = sys.executable; run.set_up = lambda **_: None; run.main(sys.argv[1:])"


@dataclass(frozen=True)
class EmptySchool(Site):
    """Where the server is, and the one-time token that it has printed."""

    token: str = ""


@contextmanager
def begun_server(data: Path) -> Iterator[EmptySchool]:
    """`run.py serve` with an empty data folder, until the end."""
    port, console = free_port(), data.parent / "server.log"
    told = {name: value for name, value in os.environ.items() if not name.startswith("DONGUI_")}
    command = [sys.executable, "-c", SERVE, "serve", "--port", str(port), "--data", str(data)]
    with console.open("w+") as log:
        server = subprocess.Popen(command, env=told, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", server)
            yield EmptySchool(f"http://127.0.0.1:{port}", {}, data, _printed(console, r"one-time token: ([0-9A-Z-]+)"))
        finally:
            server.terminate()
            stopped = server.wait(PATIENCE)
    said = console.read_text("utf-8")
    assert stopped == 0, f"the server ended with {stopped}:\n{said}"
    assert "Traceback" not in said, said


def _printed(console: Path, pattern: str) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := re.search(pattern, console.read_text("utf-8")):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"the console never said {pattern}")
