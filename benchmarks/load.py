"""Owns the load: browsers that ask at the same time over kept connections, and two apps taking turns."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import count

from benchmarks.figures import Took, WrongAnswer

HOST = "127.0.0.1"
ROUNDS, TURNS = 3, 4
PATIENCE = 60  # seconds


@dataclass(frozen=True, slots=True)
class Request:
    """One request, and what its answer must be: its status, and bytes that stand in it."""

    path: str
    status: int = 200
    holds: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None

    def typed(self) -> bytes:
        """The request as it goes over the wire; with a body it is a form that is sent."""
        lines = [f"{'GET' if self.body is None else 'POST'} {self.path} HTTP/1.1", f"Host: {HOST}"]
        if self.body is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(self.body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode() + (self.body or b"")

    def judge(self, status: int, answer: bytes) -> None:
        """Raise WrongAnswer unless this is the answer that was expected."""
        if status != self.status or self.holds not in answer:
            expected = f"{self.status}{f' with {self.holds.decode()!r}' if self.holds else ''}"
            raise WrongAnswer(f"{self.path}: expected {expected}, got {status}: {answer[-200:]!r}")


Asker = Callable[[int], Request]  # the nth request of a browser, from 0


class Line:
    """A connection that is kept. It reads no more of an answer than it has to: its work is not what is measured."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port), PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self) -> None:
        """Hang up."""
        self.socket.close()

    def ask(self, request: Request) -> float:
        """Send a request, judge its answer, and return the seconds from the one to the other."""
        typed, begun = request.typed(), time.perf_counter()
        self.socket.sendall(typed)
        head, _, answer = self._until_head().partition(b"\r\n\r\n")
        rest = _length(head) - len(answer)
        pieces = [answer]
        while rest > 0:
            pieces.append(self._more())
            rest -= len(pieces[-1])
        taken = time.perf_counter() - begun
        request.judge(int(head[9:12]), head + b"\r\n\r\n" + b"".join(pieces))
        return taken

    def _until_head(self) -> bytes:
        found = self._more()
        while b"\r\n\r\n" not in found:
            found += self._more()
        return found

    def _more(self) -> bytes:
        found = self.socket.recv(1 << 18)
        if not found:
            raise WrongAnswer("the server hung up")
        return found


def _length(head: bytes) -> int:
    if head[9:12] == b"304":
        return 0  # whatever length it names is that of the page it does not send
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    raise WrongAnswer(f"an answer without a length: {head!r}")


def ask_together(port: int, askers: Sequence[Asker], *, seconds: float = 0, pause: float = 0) -> Took:
    """Let each asker ask over a connection of its own, all from the same moment on: once, or for so many seconds with
    this pause between an answer and the next request. Raises what went wrong for one of them."""
    taken: list[float] = []
    faults: list[Exception] = []
    begun: list[float] = []
    gate = threading.Barrier(len(askers) + 1, lambda: begun.append(time.perf_counter()))

    def work(place: int, asker: Asker) -> None:
        try:
            with closing(Line(port)) as line:
                gate.wait(PATIENCE)
                time.sleep(pause * place / len(askers))  # people who pause between two requests do not move in step
                taken.extend(_asked(line, asker, time.perf_counter() + seconds, pause))
        except Exception as fault:  # raised below, where somebody hears it
            gate.abort()
            faults.append(fault)

    threads = [threading.Thread(target=work, args=one) for one in enumerate(askers)]
    for thread in threads:
        thread.start()
    with suppress(threading.BrokenBarrierError):  # somebody could not connect: raised below
        gate.wait(PATIENCE)
    for thread in threads:
        thread.join()
    ended = time.perf_counter()
    for fault in faults:
        raise fault
    return Took(taken, ended - begun[0])


def _asked(line: Line, asker: Asker, until: float, pause: float) -> Iterator[float]:
    for number in count():
        yield line.ask(asker(number))
        if time.perf_counter() + pause >= until:
            return
        time.sleep(pause)


Turn = Callable[[float], Took]  # a stretch of about so many seconds


def in_turns(ours: Turn, theirs: Turn, seconds: float) -> tuple[list[Took], list[Took]]:
    """Rounds of two apps that take short turns, so that whatever else the machine does hits both alike. A first turn of
    each warms up and does not count."""
    ours(seconds), theirs(seconds)
    found: tuple[list[Took], list[Took]] = ([], [])
    for _ in range(ROUNDS):
        turns = [(ours(seconds), theirs(seconds)) for _ in range(TURNS)]
        for kept, stretches in zip(found, zip(*turns, strict=True), strict=True):
            kept.append(sum(stretches[1:], start=stretches[0]))
    return found
