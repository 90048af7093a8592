"""Owns the servers under load: an app on its own granian, set as `run.py serve` sets it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load import HOST, Line, Request
from curriculum.config import PROJECT
from run import GRANIAN, MEMORY

APP, BARE = ("wsgi:app",), ("--factory", "benchmarks.bare:create_bare_app")
PATIENCE = 20  # seconds


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers: its port, its process, the seconds from its start to its first page."""

    port: int
    pid: int
    started_in: float


@contextmanager
def served(app: Sequence[str], data: Path, first: str, before: Sequence[str] = ()) -> Iterator[Served]:
    """Serve an app with this data folder until the block ends; it is there once the page `first` is. `before` is put
    before the command, to watch it."""
    port = _free_port()
    options = [*GRANIAN, "--host", HOST, "--port", str(port), "--workers-kill-timeout", "1"]
    told = {key: value for key, value in os.environ.items() if not key.startswith("DONGUI_")}
    told |= {**MEMORY, "DONGUI_DATA": str(data), "PYTHONPATH": str(PROJECT)}
    begun = time.perf_counter()
    command = [*before, sys.executable, "-P", "-m", "granian", *options, *app]
    process = subprocess.Popen(command, env=told, cwd=PROJECT, start_new_session=True)
    try:
        _first_page(port, first, process)
        yield Served(port, process.pid, time.perf_counter() - begun)
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the whole group: what watches a server lets no signal through to it."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
        return port


def _first_page(port: int, path: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.perf_counter() + PATIENCE
    while process.poll() is None and time.perf_counter() < until:
        try:
            with closing(Line(port)) as line:
                line.ask(Request(path))
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise RuntimeError(f"the server gave no page; it ended with {process.poll()}")
