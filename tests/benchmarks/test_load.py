"""Shows that the load hears every fault: of a status, of a text, of a server that hangs up."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.figures import Took, WrongAnswer
from benchmarks.load import ROUNDS, TURNS, Request, ask_together, in_turns

GOOD = Request("/good", holds=b"whole")


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer, or hang up, as the path says."""
        body = b"the whole page" if self.path == "/good" else b"something else"
        if self.path == "/gone":
            self.close_connection = True
            return
        self.send_response(503 if self.path == "/busy" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        yield server.server_port
        server.shutdown()


def test_everybody_asks_at_least_once_and_every_answer_is_timed(port: int) -> None:
    took = ask_together(port, [lambda _number: GOOD] * 5)
    assert len(took.each) == 5
    assert all(0 < one <= took.whole for one in took.each)


def test_who_asks_again_does_so_until_the_time_is_over(port: int) -> None:
    numbers: list[int] = []
    ask_together(port, [lambda number: numbers.append(number) or GOOD], seconds=0.1)
    assert numbers == list(range(len(numbers)))
    assert len(numbers) > 1


@pytest.mark.parametrize("path", ["/bad", "/busy", "/gone"])
def test_one_wrong_answer_among_many_is_raised(port: int, path: str) -> None:
    askers: list[Callable[[int], Request]] = [lambda _number: GOOD] * 3
    with pytest.raises(WrongAnswer):
        ask_together(port, [*askers, lambda _number: Request(path, holds=b"whole")])


def test_a_server_that_is_not_there_is_raised() -> None:
    with pytest.raises(ConnectionError):
        ask_together(1, [lambda _number: GOOD] * 2)


def test_two_apps_take_turns_and_the_first_turn_does_not_count() -> None:
    said: list[str] = []

    def turn(name: str) -> Callable[[float], Took]:
        return lambda seconds: said.append(name) or Took([seconds], 1)

    ours, theirs = in_turns(turn("a"), turn("b"), 0.5)
    assert said == ["a", "b"] * (1 + ROUNDS * TURNS)
    assert [len(one.each) for one in (*ours, *theirs)] == [TURNS] * ROUNDS * 2
