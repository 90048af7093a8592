"""The running site of the journeys: the demo school in a folder of its own, served as `run.py` serves it."""

import fcntl
import json
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import run

PATIENCE = 30  # seconds until the server must answer, and again until it must have stopped
# Ms Lim teaches the second class and may only look at the third.
STAFF = {"teacher": "한 선생님", "co-teacher": "임 선생님", "counsellor": "유 선생님", "administrator": "문 선생님"}
# The server is told by the very function that serves people; only the interpreter is the one that runs the tests.
SERVE = """
import sys, pathlib, run
run.PYTHON = sys.executable
port, data = int(sys.argv[1]), pathlib.Path(sys.argv[2])
told = run.environment(data, demo=True) | {"DONGUI_EXIT_URL": f"http://127.0.0.1:{port}/healthz"}
run.become_server("127.0.0.1", port, told)
"""


@dataclass(frozen=True)
class Site:
    """Where the site is, and how the people of its demo school sign in."""

    url: str
    sign_ins: dict[str, Any]
    data: Path

    @property
    def log(self) -> Path:
        """Whatever the server has said since it began."""
        return self.data.parent / "server.log"

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table as it is on the disk."""
        with closing(sqlite3.connect(f"file:{self.data / 'dongui.sqlite'}?mode=ro", uri=True)) as database:
            tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in sorted(tables)}

    @property
    def exit_url(self) -> str:
        """Where the quick exit leads: a page of this machine, because no journey leaves it."""
        return f"{self.url}/healthz"

    def student(self, section: int, number: int) -> dict[str, str]:
        """What stands on a student's slip, and the name behind it."""
        classroom = self.sign_ins["classes"][section - 1]
        student = classroom["students"][number - 1]
        return {**student, "number": str(number), "class_code": classroom["class_code"]}

    def teacher(self) -> dict[str, str]:
        """Ms Han, who teaches the first and the third class."""
        return self.staff("teacher")

    def staff(self, role: str) -> dict[str, str]:
        """Somebody of this role."""
        return next(person for person in self.sign_ins["staff"] if person["name"] == STAFF[role])


def answer_keys(lesson: str) -> dict[str, list[str]]:
    """The right responses by item id; where several orders are right, the first."""
    quiz = tomllib.loads((run.ROOT / "lessons" / lesson / "quiz.toml").read_text("utf-8"))
    keys = {item["id"]: item["key"] for item in quiz["items"]}
    return {item: key[0] if isinstance(key[0], list) else key for item, key in keys.items()}


def loaded_demo(folder: Path) -> Path:
    """The demo school, loaded below `folder` by whichever process of the tests comes first; the others wait for it."""
    data, done = folder / "demo", folder / "demo-is-loaded"
    with (folder / "demo-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            data.mkdir(mode=0o700)
            load = [sys.executable, "-P", "-m", "curriculum.app", "demo", "load", "--data", str(data)]
            subprocess.run(load, env=run.environment(data, demo=True), cwd=data, check=True)
            done.touch()
    return data


@contextmanager
def running_site(demo: Path, data: Path) -> Iterator[Site]:
    """Serve a copy of the demo school in `data` until the end."""
    shutil.copytree(demo, data)
    told = run.environment(data, demo=True)
    sign_ins = json.loads((data / run.SIGN_INS).read_text("utf-8"))
    port = free_port()
    with (data.parent / "server.log").open("w+") as log:
        command = [sys.executable, "-c", SERVE, str(port), str(data)]
        server = subprocess.Popen(command, env=told, cwd=data, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", server)
            yield Site(f"http://127.0.0.1:{port}", sign_ins, data)
        finally:
            server.terminate()
            stopped = server.wait(PATIENCE)
            log.seek(0)
            said = log.read()
    assert stopped == 0, f"the server ended with {stopped}:\n{said}"
    assert "Traceback" not in said, said


def free_port() -> int:
    """A port of loopback on which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until this address answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer; the server's exit code is {server.poll()}")
