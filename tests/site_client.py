"""The one client through which tests fetch pages; it inspects every page it gets."""

import re
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import CODE, PASSWORD, Member
from tests.inspection import Page, faults_of, header_faults

INPUT = re.compile(r"<input [^>]*>")


class SiteClient:
    """A visitor with a browser's cookies. `get` and `post` return the page; `last` is the whole response."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.last: TestResponse

    def get(self, path: str, *, status: int = 200, **options: Any) -> Page:
        """Fetch a page that must have this status, and inspect it."""
        return self._page(self.client.get(path, **options), path, status)

    def post(self, path: str, data: dict[str, Any] | None = None, *, status: int = 303, on: str | None = None) -> Page:
        """Send a form as the page `on` (or the path itself) holds it: its CSRF token comes along."""
        form = {"csrf_token": self.token(on or path), **(data or {})}
        return self._page(self.client.post(path, data=form), path, status)

    def token(self, path: str) -> str:
        """The CSRF token of the first form on a page."""
        # Found without a parser, which takes longer than the page itself.
        field = next(one for one in INPUT.findall(self.client.get(path).text) if 'name="csrf_token"' in one)
        return field.partition('value="')[2].partition('"')[0]

    def sign_in(self, member: Member) -> "SiteClient":
        """Sign in as a member of the cast would."""
        if member.class_code:
            self.post("/ko/join", {"code": member.class_code})
            self.post("/ko/join/number", {"number": member.number, "code": CODE})
        else:
            self.post("/ko/sign-in", {"email": member.email, "password": PASSWORD})
        return self

    @property
    def location(self) -> str:
        """Where the last response led, without the host."""
        parts = urlsplit(self.last.headers["Location"])
        return (
            parts.path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
        )

    def _page(self, response: TestResponse, path: str, status: int) -> Page:
        self.last = response
        assert response.status_code == status, f"{path}: {response.status_code} instead of {status}"
        page = Page(response, urlsplit(path).path)
        is_page = response.mimetype == "text/html" and status not in {302, 303, 304, 308}
        faults = faults_of(self.app, response, page) if is_page else list(header_faults(response))
        assert not faults, f"{path}:\n" + "\n".join(faults)
        return page
