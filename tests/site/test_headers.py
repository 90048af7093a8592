"""Shows that every response carries the headers that keep it safe, whatever its status."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from curriculum.config import PROJECT
from tests.cast import Cast
from tests.inspection import header_faults
from tests.site.another_app import another_app
from tests.site.walk import LESSON
from tests.site_client import SiteClient

# Said once more than in `security`: what is loosened there is seen here (bars 11 and 33).
POLICY = {
    "default-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def faults_in(response: TestResponse) -> list[str]:
    policy = dict(one.strip().split(" ", 1) for one in response.headers["Content-Security-Policy"].split(";"))
    wrong = [name for name, value in EXPECTED.items() if response.headers.get(name) != value]
    telling = [name for name in ("Server", "X-Powered-By") if "Werkzeug" in response.headers.get(name, "")]
    return [*wrong, *telling, *header_faults(response), *([] if policy == POLICY else [str(policy)])]


def static_path(app: Flask) -> str:
    return app.url_map.bind("localhost").build("static", {"filename": "icon.svg"})


def unchanged(app: Flask, cast: Cast) -> TestResponse:
    client = app.test_client()
    return client.get(LESSON, headers={"If-None-Match": client.get(LESSON).headers["ETag"]})


def too_large(app: Flask, cast: Cast) -> TestResponse:
    return app.test_client().post("/ko/join", data={"code": "x" * 600_000})


def static_file(app: Flask, cast: Cast) -> TestResponse:
    response = app.test_client().get(static_path(app))
    response.close()
    return response


def download_of_a_guide(app: Flask, cast: Cast) -> TestResponse:
    return SiteClient(app).sign_in(cast.han).client.get(f"{LESSON}/guide")


RESPONSES: dict[int | str, tuple[int, Callable[[Flask, Cast], TestResponse]]] = {
    "page": (200, lambda app, cast: app.test_client().get("/ko/")),
    "page signed in": (200, download_of_a_guide),
    "HEAD": (200, lambda app, cast: app.test_client().head(LESSON)),
    "OPTIONS": (200, lambda app, cast: app.test_client().options(LESSON)),
    "static": (200, static_file),
    "healthz": (200, lambda app, cast: app.test_client().get("/healthz")),
    "to the locale": (302, lambda app, cast: app.test_client().get("/")),
    "to the sign-in": (303, lambda app, cast: app.test_client().get("/ko/class")),
    "exit": (303, lambda app, cast: app.test_client().get("/exit")),
    "unchanged": (304, unchanged),
    "to the slash": (308, lambda app, cast: app.test_client().get("/ko/lessons")),
    "no token": (400, lambda app, cast: app.test_client().post("/ko/join")),
    "strange host": (400, lambda app, cast: app.test_client().get("/ko/", headers={"Host": "evil.com"})),
    "absent": (404, lambda app, cast: app.test_client().get("/ko/nothing")),
    "static absent": (404, lambda app, cast: app.test_client().get("/static/nothing/nothing.css")),
    "wrong method": (405, lambda app, cast: app.test_client().delete("/ko/")),
    "too large": (413, too_large),
}


@pytest.mark.parametrize("name", RESPONSES)
def test_every_kind_of_response_carries_the_headers(app: Flask, cast: Cast, name: str) -> None:
    status, fetch = RESPONSES[name]
    response = fetch(app, cast)
    assert response.status_code == status
    assert faults_in(response) == []


@pytest.mark.parametrize(
    ("fault", "status"),
    [(RuntimeError("secret detail"), 500), (sa.exc.OperationalError("secret detail", {}, Exception("busy")), 503)],
)
def test_a_fault_carries_the_headers_and_tells_nothing(
    app: Flask, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int
) -> None:
    def broken(**_values: str) -> str:
        raise fault

    broken.access_mark = "everyone"  # type: ignore[attr-defined]  # as @access does
    monkeypatch.setitem(app.view_functions, "reading.home", broken)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    response = app.test_client().get("/ko/")
    assert response.status_code == status
    assert faults_in(response) == []
    assert response.headers["Cache-Control"] == "no-store"
    assert not [one for one in ("secret", "Traceback", "File ", str(PROJECT), "Error") if one in response.text]


def test_signed_in_pages_are_never_kept(app: Flask, cast: Cast) -> None:
    client = SiteClient(app).sign_in(cast.gaon)
    for path in ("/ko/", "/ko/lessons/", LESSON, f"{LESSON}/quiz", "/ko/class", "/ko/nothing"):
        response = client.client.get(path)
        assert response.headers["Cache-Control"] == "no-store", path
        assert "ETag" not in response.headers, path


def test_a_lesson_read_signed_out_is_asked_for_anew_and_not_sent_twice(app: Flask, cast: Cast) -> None:
    first = app.test_client().get(LESSON)
    assert first.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in first.headers["Vary"]
    assert unchanged(app, cast).data == b""
    both = app.test_client().get(f"{LESSON}?read=both")
    assert both.headers["ETag"] != first.headers["ETag"]
    # Signed in, the copy that the browser kept is not taken for one's own page.
    own = SiteClient(app).sign_in(cast.gaon).client.get(LESSON, headers={"If-None-Match": first.headers["ETag"]})
    assert own.status_code == 200


def test_static_files_are_kept_under_the_version_of_their_content(app: Flask, cast: Cast) -> None:
    response = static_file(app, cast)
    assert "immutable" in response.headers["Cache-Control"]
    assert "max-age=31536000" in response.headers["Cache-Control"]
    assert static_path(app) in app.test_client().get("/ko/").text


@pytest.mark.parametrize(
    "path", ["../wsgi.py", "..%2fwsgi.py", "%2e%2e/wsgi.py", "/etc/passwd", "css/../../run.py", "css", ""]
)
def test_nothing_outside_the_static_folder_is_served(app: Flask, path: str) -> None:
    folder = static_path(app).rpartition("/")[0]
    assert app.test_client().get(f"{folder}/{path}").status_code in {308, 404}


@pytest.mark.parametrize("path", ["/.git/config", "/.env", "/run.py", "/data/secret.key", "/console", "/static/"])
def test_nothing_of_the_house_is_served(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code == 404


def test_only_the_front_page_may_be_found_by_search_engines(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    for path in ("/ko/lessons/", LESSON, f"{LESSON}/quiz", "/ko/join", "/ko/sign-in", "/ko/help/contacts", "/ko/none"):
        assert '<meta name="robots" content="noindex, noarchive">' in client.get(path).text, path
    assert 'name="robots"' not in client.get("/ko/").text


def test_under_https_browsers_are_told_to_stay_there(app: Flask, tmp_path: Path) -> None:
    assert "Strict-Transport-Security" not in app.test_client().get("/ko/").headers
    with another_app(tmp_path, https=True) as secure:
        assert secure.test_client().get("/ko/").headers["Strict-Transport-Security"] == "max-age=31536000"


def test_debugging_is_off(app: Flask) -> None:
    assert not app.debug
