#!/usr/bin/env python3
"""Owns the two commands: sets up what is missing, then serves the demo, runs the tests or calls the app."""

import argparse
import contextlib
import hashlib
import importlib.util
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

# Said before anything that an older Python could not run, so that it is said there.
if sys.version_info < (3, 11):
    sys.exit(f"파이썬 3.11 이상이 필요해요({sys.version.split()[0]}). · Python 3.11 or later is needed.")
if os.name == "nt":
    sys.exit("윈도에서는 WSL 안에서 실행해 주세요. · On Windows, please run this inside WSL.")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUNTIME, DEVELOPMENT = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
SIGN_INS = "sign-ins.json"
DEMO_MARK = "demo-school"  # stands only in a demo's folder; holds the stamp of what was loaded
LOOPBACK, FIRST_PORT, PORTS = "127.0.0.1", 8000, 100
# Threads enough for a class that signs in at once: each waits for its hash, and lessons must not wait behind it. The
# benchmarks serve with the same.
GRANIAN = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "16", "--no-ws"]
GRANIAN += ["--log-level", "error", "--respawn-failed-workers"]
MEMORY = {"MALLOC_ARENA_MAX": "2"}  # of glibc's pools, one a thread, each would keep what it once held
USAGE = """
  python3 run.py [--port N] [--data DIR]        데모 학교 열기 · serve the demo school
  python3 run.py test [--full] [pytest …]       모든 테스트 · run every test
  python3 run.py check                          코드, 수업, 번역 점검 · check code, lessons and translations
  python3 run.py benchmark [--keep DIR]         얼마나 빠른지 재기 · measure how fast it is
  python3 run.py serve --host --port --data     학교 열기 · serve a school (--certificate --key: HTTPS)
  python3 run.py demo [--json] [--data DIR]     데모 로그인 정보 · the demo sign-ins
  python3 run.py WORD …                         그 밖의 명령 · the app's own commands"""
CHECKS = (
    "ruff check .",
    "ruff format --check .",
    "mypy",
    "lint-imports --no-logo",
    "djlint --lint --quiet templates",
    "python -m curriculum.app content check",
    "python -m curriculum.app words check",
)


def say(text: str) -> None:
    """Tell a person something, on stderr: stdout is for results."""
    print(text, file=sys.stderr, flush=True)


def stamp_of(lock: Path) -> str:
    """What an installed `lock` is known by: its text, this Python, and where the environment stands."""
    return hashlib.sha256(f"{sys.version}\n{VENV}\n{lock.read_text('utf-8')}".encode()).hexdigest()


def is_installed(lock: Path) -> bool:
    """Whether `lock` was installed to its end by this Python."""
    mark = VENV / f"{lock.name}.stamp"
    return PYTHON.exists() and mark.is_file() and mark.read_text("ascii") == stamp_of(lock)


def set_up(*, development: bool = False) -> None:
    """Make the environment and install the locked requirements, unless that was done before."""
    locks = [RUNTIME, DEVELOPMENT] if development else [RUNTIME]
    if all(map(is_installed, locks)):
        return
    with _one_at_a_time():
        for lock in locks:
            if not is_installed(lock):
                _install(lock)


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    import fcntl  # does not exist on Windows, which has been told so by now

    with (ROOT / ".venv.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _install(lock: Path) -> None:
    say(f"필요한 것을 설치하고 있어요 … · Installing what is needed … ({lock.name})")
    options = ["-qq", "--no-input", "--no-user", "--disable-pip-version-check", "--retries", "2", "--no-deps"]
    pip = _pip(fresh=lock == RUNTIME)
    if subprocess.call([*pip, "install", *options, "--require-hashes", "-r", str(lock)]):
        say("설치하지 못했어요. 인터넷 연결을 확인하고 같은 명령을 다시 실행해 주세요.")
        sys.exit("Could not install. Check the connection to the internet and run the same command again.")
    (VENV / f"{lock.name}.stamp").write_text(stamp_of(lock), "ascii")


def _pip(*, fresh: bool) -> list[str]:
    """The pip that installs into the environment; `fresh` makes the environment anew."""
    own = importlib.util.find_spec("ensurepip") is not None
    if not own and importlib.util.find_spec("pip") is None:
        sys.exit("먼저 이것을 실행해 주세요 · Please run this first:\n  sudo apt-get install -y python3-venv")
    if fresh:
        bare = [] if own else ["--without-pip"]
        subprocess.run([sys.executable, "-m", "venv", "--clear", *bare, str(VENV)], check=True)
    return [str(PYTHON), "-m", "pip"] if own else [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def environment(data: Path | None = None, *, demo: bool = False) -> dict[str, str]:
    """What the app is told; a demo hears none of a school's settings, so it cannot reach a school's data."""
    told = {key: value for key, value in os.environ.items() if not (demo and key.startswith("DONGUI_"))}
    # The app is found from any folder, and (-P) nothing in that folder is taken for a part of it.
    told["PYTHONPATH"] = str(ROOT)
    return told | ({"DONGUI_DATA": str(data)} if data else {}) | ({"DONGUI_DEMO": "1"} if demo else {})


def app_command(*words: str) -> list[str]:
    """The command line of one of the app's own commands."""
    return [str(PYTHON), "-P", "-m", "curriculum.app", *words]


def become(command: Sequence[str], told: Mapping[str, str]) -> NoReturn:
    """Turn into `command`, so that its signals and its exit code are the caller's own."""
    sys.stdout.flush()
    os.execve(command[0], list(command), dict(told))


def forward(*words: str) -> NoReturn:
    """Hand `words` to the app's own commands."""
    set_up()
    become(app_command(*words), environment())


def choose_port(host: str, ports: Sequence[int]) -> int:
    """The first of `ports` on which the server can listen; stops and says why when there is none."""
    for port in ports:
        try:
            family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
            socket.create_server((host, port), family=family).close()
        except OSError as error:
            trouble = error.strerror
        else:
            return port
    say(f"{host}의 포트 {ports[0]}번을 쓸 수 없어요({trouble}). --port 뒤에 다른 번호를 써 주세요.")
    sys.exit(f"Port {ports[0]} on {host} cannot be used ({trouble}). Name another one after --port.")


def address_of(host: str, port: int, *, tls: bool = False) -> str:
    """Where the server is reached from this machine."""
    return f"{'https' if tls else 'http'}://{f'[{host}]' if ':' in host else host}:{port}/"


def become_server(host: str, port: int, told: Mapping[str, str], tls: Sequence[str] = ()) -> NoReturn:
    """Serve until Ctrl-C; `tls` is what the server is told of its certificate."""
    print(f"\n동의 Dongui   {address_of(host, port, tls=bool(tls))}\n멈추기 · stop: Ctrl-C", flush=True)
    listen = ["--host", host, "--port", str(port), *tls]
    # A worker told to stop twice, as Ctrl-C does, or while it starts, may never do so: then it is ended.
    patience = "1" if "DONGUI_DEMO" in told else "5"  # seconds
    end = ["--workers-kill-timeout", patience]
    become([str(PYTHON), "-P", "-m", "granian", *GRANIAN, *listen, *end, "wsgi:app"], {**MEMORY, **told})


def is_demo(data: Path) -> bool:
    """Whether the folder was made by the demo."""
    return (data / DEMO_MARK).exists() or (data / SIGN_INS).exists()


def demo_stamp() -> str:
    """What a loaded demo is known by: the app, its tables and its lessons."""
    digest = hashlib.sha256()
    for folder in ("curriculum", "migrations", "lessons"):
        for path in sorted((ROOT / folder).rglob("*.*")):
            if path.suffix in {".py", ".toml", ".md"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()


def load_demo(data: Path) -> str:
    """Make the demo school in `data` unless it is there, and return its sign-ins; refuse any other folder."""
    if data.exists() and any(data.iterdir()) and not is_demo(data):
        sys.exit(f"{data}: 빈 폴더를 골라 주세요. · Not the folder of a demo school; choose an empty one.")
    set_up()
    mark, stamp = data / DEMO_MARK, demo_stamp()
    if not (data / SIGN_INS).exists() or not mark.exists() or mark.read_text("ascii") != stamp:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        mark.touch()
        load, told = app_command("demo", "load", "--data", str(data)), environment(data, demo=True)
        if subprocess.call(load, env=told, stdout=sys.stderr) or not (data / SIGN_INS).exists():
            sys.exit("데모 학교를 만들지 못했어요. · The demo school could not be made.")
        mark.write_text(stamp, "ascii")
    return (data / SIGN_INS).read_text("utf-8")


def said(sign_ins: str) -> str:
    """The sign-ins for a person to read."""
    from curriculum.operations.sign_in_lines import sign_in_lines  # not before Python was found new enough

    return "\n".join(sign_in_lines(json.loads(sign_ins)))


def _options(arguments: Sequence[str], *flags: str, data: Path) -> argparse.Namespace:
    parser = argparse.ArgumentParser(usage=USAGE)
    parser.add_argument("--data", type=lambda text: Path(text).expanduser().resolve(), default=data)
    how: dict[str, Any] = {"--port": {"type": int}, "--host": {"default": LOOPBACK}, "--json": {"action": "store_true"}}
    how |= {name: {"type": lambda text: Path(text).expanduser().resolve()} for name in ("--certificate", "--key")}
    for flag in flags:
        parser.add_argument(flag, **how[flag])
    return parser.parse_args(arguments)


def open_demo(arguments: Sequence[str]) -> NoReturn:
    """`python3 run.py`: the demo school on loopback, with its sign-ins printed."""
    options = _options(arguments, "--port", data=ROOT / ".demo")
    sign_ins = load_demo(options.data)
    print(said(sign_ins))
    print(f"모두 보기 · see all: python3 run.py demo --json --data {options.data}")
    ports = range(FIRST_PORT, FIRST_PORT + PORTS) if options.port is None else [options.port]
    become_server(LOOPBACK, choose_port(LOOPBACK, ports), environment(options.data, demo=True))


def show_demo(arguments: Sequence[str]) -> None:
    """`demo --json --data DIR`: the sign-ins, loaded first where they are not; `demo WORD` is the app's."""
    if arguments and not arguments[0].startswith("-"):
        forward("demo", *arguments)
    options = _options(arguments, "--json", data=ROOT / ".demo")
    sign_ins = load_demo(options.data)
    print(sign_ins if options.json else said(sign_ins))


def serve(arguments: Sequence[str]) -> NoReturn:
    """`serve --host --port --data --certificate --key`: a school, its tables brought up to date first."""
    data = Path(os.environ.get("DONGUI_DATA") or ROOT / "data").resolve()
    options = _options(arguments, "--host", "--port", "--certificate", "--key", data=data)
    tls = tls_from(options.certificate, options.key)
    port = choose_port(options.host, [FIRST_PORT if options.port is None else options.port])
    set_up()
    told = environment(options.data, demo=is_demo(options.data)) | ({"DONGUI_HTTPS": "1"} if tls else {})
    if subprocess.call(app_command("database", "upgrade"), env=told):
        sys.exit("데이터베이스를 준비하지 못했어요. · The database could not be made ready.")
    address = address_of(options.host, port, tls=bool(tls))
    if subprocess.call(app_command("setup", "open", "--address", address), env=told):
        sys.exit("처음 여는 토큰을 만들지 못했어요. · The token of the first run could not be made.")
    subprocess.call(app_command("network", "show", "--address", address), env=told)
    become_server(options.host, port, told, tls)


def tls_from(certificate: Path | None, key: Path | None) -> list[str]:
    """What the server is told of a certificate of the school's own; nothing without one. Old tablets know TLS 1.2."""
    if certificate is None and key is None:
        return []
    for path in (certificate, key):
        if path is None or not path.is_file():
            sys.exit(f"인증서와 열쇠 파일이 모두 있어야 해요: {path} · Both --certificate and --key must name a file.")
    return ["--ssl-certificate", str(certificate), "--ssl-keyfile", str(key), "--ssl-protocol-min", "tls1.2"]


def test(arguments: Sequence[str]) -> NoReturn:
    """`test [--full] [pytest arguments]`: every test; a school's settings are kept away from them."""
    set_up(development=True)
    told = {key: value for key, value in os.environ.items() if not key.startswith("DONGUI_")}
    if "--full" in arguments:
        told["DONGUI_TEST_FULL"] = "1"
    os.chdir(ROOT)
    workers = ["-n", "3", "--dist", "worksteal"]  # which leaves nobody idle while another still has journeys to make
    become([str(PYTHON), "-m", "pytest", *workers, *(word for word in arguments if word != "--full")], told)


def check(arguments: Sequence[str]) -> None:
    """`check`: all that can be said without running the tests; every check, even after one has failed."""
    argparse.ArgumentParser(usage=USAGE).parse_args(arguments)
    set_up(development=True)
    failed = []
    for line in CHECKS:
        tool, *words = line.split()
        if subprocess.call([str(VENV / "bin" / tool), *words], cwd=ROOT, env=environment()):
            failed.append(line)
    if failed:
        sys.exit("통과하지 못했어요 · Failed:\n" + "\n".join(failed))


def benchmark(arguments: Sequence[str]) -> NoReturn:
    """`benchmark [--keep DIR]`: the table of how fast it is, in about five minutes."""
    set_up()
    become([str(PYTHON), "-P", "-m", "benchmarks", *arguments], environment())


def main(arguments: Sequence[str]) -> None:
    """Do what the first word asks; a word that is not known here is the app's."""
    word = arguments[0] if arguments and not arguments[0].startswith("-") else ""
    known = {"": open_demo, "demo": show_demo, "serve": serve, "test": test, "check": check, "benchmark": benchmark}
    if word not in known:
        forward(*arguments)
    known[word](arguments[1:] if word else arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
