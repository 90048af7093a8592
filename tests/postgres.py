"""Starts a PostgreSQL of the tests' own: no port, no file outside a temporary folder, nobody's data."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import psycopg

ACCOUNTS = ("postgres", "nobody")  # who may run it in the place of root, which PostgreSQL refuses
OWNER, PROGRAM, TESTS = "owner", "dongui", "tests"
# It may forget everything when the power fails; what is measured here is what it answers.
FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off -c max_connections=60"
ROLES = f"""
    CREATE ROLE {PROGRAM} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    CREATE ROLE {TESTS} NOLOGIN BYPASSRLS;
    GRANT {TESTS} TO {PROGRAM};
"""
PATIENCE = 30  # seconds until it must answer, and again until it must have stopped
REMEDY = "PostgreSQL is missing: sudo apt-get install -y postgresql"


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL, reached through a socket in `folder`."""

    folder: Path

    def url(self, database: str, user: str = PROGRAM) -> str:
        """The address of a database as DONGUI_DATABASE takes it."""
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}"

    def owner(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """A connection of the instance's owner, who may do everything."""
        return psycopg.connect(host=str(self.folder), user=OWNER, dbname=database, autocommit=True)


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest where there are several; None where there is none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    return next((path for path in [*debian, *on_path] if (path / "initdb").exists()), None)


def _account() -> int | None:
    """Who runs the instance: we ourselves, or a system account in the place of root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return next(known[name] for name in ACCOUNTS if name in known)


@contextmanager
def running_server(programs: Path) -> Iterator[Server]:
    """A fresh instance, gone in the end with all it held."""
    account = _account()
    # Not below pytest's own folder, which nobody else may enter; and a socket's path has to be short.
    folder = Path(mkdtemp(prefix="dongui-pg-"))
    if account is not None:
        os.chown(folder, account, -1)

    def run(*command: str) -> None:
        done = subprocess.run(command, user=account, cwd=folder, capture_output=True, text=True, check=False, env={})
        assert done.returncode == 0, f"{command[0]}:\n{done.stdout}{done.stderr}"

    data = str(folder / "data")
    try:
        locale = ["--encoding=UTF8", "--locale=C.UTF-8"]
        run(str(programs / "initdb"), "-D", data, "-U", OWNER, "--auth=trust", "--no-sync", *locale)
        with _postmaster(programs, folder, account):
            server = Server(folder)
            with _first(server) as connection:
                connection.execute(ROLES)
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postmaster(programs: Path, folder: Path, account: int | None) -> Iterator[None]:
    """The server's process. Where Linux can, it ends with ours however that ends: a run that is killed leaves none."""
    end_with_us = ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []
    listen = f"-c listen_addresses= -c unix_socket_directories={folder} {FAST}".split()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*end_with_us, str(programs / "postgres"), "-D", str(folder / "data"), *listen],
            user=account,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={"PATH": os.defpath},
        )
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)  # its fast shutdown: nobody is waited for
        process.wait(PATIENCE)


def _first(server: Server) -> psycopg.Connection[tuple[object, ...]]:
    """The first connection, as soon as the server lets anybody in."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return server.owner()
        except psycopg.OperationalError:
            assert time.monotonic() < deadline, (server.folder / "log").read_text("utf-8", "replace")
            time.sleep(0.05)
