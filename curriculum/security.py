"""Owns what guards every request: hosts, response headers, CSRF, throttle rows, the registry of access marks."""

import hmac
import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask, Response, abort, current_app, request
from flask_wtf import CSRFProtect
from sqlalchemy.orm import Mapped, mapped_column

from curriculum.database import Base, db, now, upsert, writing_apart

View = TypeVar("View", bound=Callable[..., Any])

CONTENT_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

FILE_BYTES = 8 * 1024 * 1024
HOST = re.compile(r"(?:\[([0-9a-fA-F:.]+)\]|([^\[\]:@/\s]+))(?::\d{1,5})?")

csrf = CSRFProtect()


class UnmarkedUrl(Exception):
    """A URL states no access rule; the app does not start."""


@dataclass(frozen=True, slots=True)
class Door:
    """One URL of the site, who may come in, and what it shows of other people."""

    rule: str
    methods: tuple[str, ...]
    endpoint: str
    mark: str
    shows: tuple[str, ...]


def access(mark: str, *, shows: Iterable[str] = ()) -> Callable[[View], View]:
    """State who may reach a view, and what it shows of people other than the visitor.

    The marks and the kinds of things shown, and what they mean, are in `accounts.access`.
    """

    def marked(view: View) -> View:
        view.access_mark = mark  # type: ignore[attr-defined]  # a view is a plain function; the mark travels on it
        view.access_shows = tuple(shows)  # type: ignore[attr-defined]  # and so does what it shows
        return view

    return marked


def takes_files(view: View) -> View:
    """State that a view takes a file: its requests may be as long as FILE_BYTES."""
    view.takes_files = True  # type: ignore[attr-defined]  # a view is a plain function; the mark travels on it
    return view


def access_table(app: Flask) -> list[Door]:
    """Every URL with its mark, in order; raise UnmarkedUrl when one has none."""
    doors = []
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        mark = getattr(view, "access_mark", None)
        if mark is None:
            raise UnmarkedUrl(f"{rule.rule} ({rule.endpoint}) states no access rule: put @access(…) on its view")
        methods = tuple(sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}))
        doors.append(Door(rule.rule, methods, rule.endpoint, mark, getattr(view, "access_shows", ())))
    return sorted(doors, key=lambda door: (door.rule, door.methods))


class Throttle(Base):
    """How often something went wrong in its time window. Keys hold ids, never names or addresses."""

    __tablename__ = "throttle"
    __table_args__ = (sa.CheckConstraint("failures >= 0", name="not_negative"),)

    key: Mapped[str] = mapped_column(sa.String(160), primary_key=True)
    failures: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True, slots=True)
class Budget:
    """At most `limit` failures under one key within `window`, counted from the first."""

    key: str
    limit: int
    window: timedelta


def is_spent(budgets: Iterable[Budget]) -> bool:
    """Whether any of the budgets has been used up. One read."""
    return bool(spent_among(budgets))


def spent_among(budgets: Iterable[Budget]) -> set[str]:
    """The keys of those budgets that have been used up. One read."""
    limits = {budget.key: budget.limit for budget in budgets}
    rows = db.session.execute(
        sa.select(Throttle.key, Throttle.failures).where(Throttle.key.in_(limits), Throttle.expires_at > now())
    )
    return {key for key, failures in rows if failures >= limits[key]}


def count_failure(budgets: Iterable[Budget]) -> None:
    """Count one failure against each budget at once, whatever becomes of the request; drop windows that have passed."""
    moment = now()
    count = upsert(Throttle)
    over = Throttle.expires_at <= moment
    anew = {
        "failures": sa.case((over, 1), else_=Throttle.failures + 1),
        "expires_at": sa.case((over, count.excluded.expires_at), else_=Throttle.expires_at),
    }
    # In one order for everybody, and leaving to others what they hold: nobody waits for somebody who waits for them.
    rows = [{"key": one.key, "failures": 1, "expires_at": moment + one.window} for one in budgets]
    rows.sort(key=itemgetter("key"))
    passed = sa.select(Throttle.key).where(over).with_for_update(skip_locked=True)
    with writing_apart() as connection:
        connection.execute(count.on_conflict_do_update(index_elements=[Throttle.key], set_=anew), rows)
        connection.execute(sa.delete(Throttle).where(Throttle.key.in_(passed)))


def forget_failures(budget: Budget) -> None:
    """Start a budget anew, in the transaction of the request."""
    db.session.execute(sa.delete(Throttle).where(Throttle.key == budget.key))


def sealed(purpose: str, *words: str) -> str:
    """32 hex digits that are always the same for these words, and that only this site can make."""
    key = str(current_app.secret_key).encode()
    return hmac.digest(key, "\0".join((purpose, *words)).encode(), "sha256").hex()[:32]


def same_for_everybody(response: Response) -> Response:
    """Let browsers keep a page that is the same for everybody signed out; whoever has it already is answered 304."""
    response.cache_control.no_cache = True
    response.vary.update(("Cookie", "Accept-Encoding"))
    response.add_etag()
    response.make_conditional(request)
    return response


def host_allowed(host: str, names: Iterable[str]) -> bool:
    """Whether the site answers under this host, with or without port: loopback, private addresses, one of the names."""
    found = HOST.fullmatch(host)
    if found is None:
        return False
    name = (found[1] or found[2]).lower()
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return name in names
    return address.is_loopback or address.is_private


def _let_files_through() -> None:
    if getattr(current_app.view_functions.get(request.endpoint or ""), "takes_files", False):
        request.max_content_length = FILE_BYTES


def init_security(app: Flask, hosts: Iterable[str], *, https: bool) -> None:
    """Put the guards around every request of the app."""
    own = {"localhost", socket.gethostname().lower(), socket.getfqdn().lower()}
    names = frozenset(own | set(hosts))
    app.config.update(
        SESSION_COOKIE_NAME="__Host-dongui" if https else "dongui",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # the token lives as long as its session: a long lesson must not cost an answer
        WTF_CSRF_SSL_STRICT=False,  # with no-referrer browsers send no Referer to compare
        MAX_CONTENT_LENGTH=512 * 1024,
        MAX_FORM_MEMORY_SIZE=256 * 1024,
        MAX_FORM_PARTS=400,
    )
    app.before_request(_let_files_through)  # before the token is looked for in what was sent
    csrf.init_app(app)

    @app.before_request
    def refuse_strange_hosts() -> None:
        if not host_allowed(request.environ.get("HTTP_HOST", ""), names):
            abort(400)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if https:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response
