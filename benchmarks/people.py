"""Owns the people of the load: signed in as anybody signs in, with the forms that their pages gave them."""

import http.client
from dataclasses import dataclass
from email.message import Message
from html.parser import HTMLParser
from urllib.parse import urlencode

from benchmarks.figures import WrongAnswer
from benchmarks.load import HOST, PATIENCE, Request

JOIN, NUMBER, SIGN_IN = "/ko/join", "/ko/join/number", "/ko/sign-in"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Browser:
    """One person's cookie at one server."""

    port: int
    cookie: str = ""

    def fetch(self, path: str, form: dict[str, str] | None = None) -> str:
        """A page, or what a form that is sent is answered with; anything but a page or a redirect is a WrongAnswer."""
        return self._answered(path, form)[0]

    def header(self, path: str, name: str) -> str:
        """A header of a page."""
        return self._answered(path)[1][name]

    def _answered(self, path: str, form: dict[str, str] | None = None) -> tuple[str, Message]:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        method, body = ("GET", None) if form is None else ("POST", urlencode(form))
        connection.request(method, path, body, self.headers() | (FORM if form is not None else {}))
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        if answer.status not in {200, 303}:
            raise WrongAnswer(f"{path}: {answer.status}")
        self.cookie = (answer.getheader("Set-Cookie") or self.cookie).partition(";")[0]
        return text, answer.headers

    def headers(self) -> dict[str, str]:
        """What this browser sends with each request."""
        return {"Cookie": self.cookie} if self.cookie else {}

    def send(self, path: str, **fields: str) -> None:
        """Fill in the form of a page and send it."""
        self.fetch(path, {"csrf_token": fields_of(self.fetch(path))["csrf_token"], **fields})

    def post(self, path: str, fields: dict[str, str], *, status: int, holds: bytes = b"") -> Request:
        """A form as a request of the load."""
        return Request(path, status, holds, self.headers(), urlencode(fields).encode())


def joining(port: int, class_code: str, number: int, code: str) -> Request:
    """The request that signs in a student who has typed the class code."""
    browser = Browser(port)
    browser.send(JOIN, code=class_code)
    token = fields_of(browser.fetch(NUMBER))["csrf_token"]
    return browser.post(NUMBER, {"csrf_token": token, "number": str(number), "code": code}, status=303)


def student(port: int, class_code: str, number: int, code: str) -> Browser:
    """A student who has signed in."""
    browser = Browser(port)
    browser.send(JOIN, code=class_code)
    browser.send(NUMBER, number=str(number), code=code)
    return browser


def teacher(port: int, email: str, password: str) -> Browser:
    """A teacher who has signed in."""
    browser = Browser(port)
    browser.send(SIGN_IN, email=email, password=password)
    return browser


class _Fields(HTMLParser):
    """The fields of a page's forms: the first value of each, and every value of each list."""

    def __init__(self) -> None:
        super().__init__()
        self.first: dict[str, str] = {}
        self.lists: dict[str, list[str]] = {}
        self.list = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a field, or a value of the list that is open."""
        said = {name: value or "" for name, value in attrs}
        if tag == "input" and said.get("name"):
            self.first.setdefault(said["name"], said.get("value", ""))
        elif tag == "select":
            self.list = said["name"]
        elif tag == "option" and said.get("value"):
            self.lists.setdefault(self.list, []).append(said["value"])


def fields_of(page: str) -> dict[str, str]:
    """Every field of a page's forms, filled in: what is hidden as it is, of choices the first; lists of one item get
    different values as far as there are any, as an order wants it."""
    read = _Fields()
    read.feed(page)
    chosen: dict[str, str] = {}
    for name, values in read.lists.items():
        item = name.partition(".")[0]
        taken = {value for other, value in chosen.items() if other.partition(".")[0] == item}
        chosen[name] = next((value for value in values if value not in taken), values[0])
    return {**read.first, **chosen}
