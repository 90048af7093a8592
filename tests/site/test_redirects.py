"""Shows that no address leads a visitor to another site: only the quick exit does, to the one the school chose."""

import pytest
from flask import Flask

from curriculum.config import EXIT_URL
from tests.cast import PASSWORD, Cast
from tests.site.walk import addresses
from tests.site_client import SiteClient

TARGETS = [
    "https://evil.com",
    "//evil.com",
    r"\\evil.com",
    "https:evil.com",
    "/\\evil.com",
    "/%2f%2fevil.com",
    "%0d%0aX: y",
]
PARAMETERS = ["next", "url", "return", "redirect", "continue", "to", "back", "r", "goto", "read"]
PATHS = [
    "//evil.com",
    "//evil.com/ko/",
    "///evil.com/%2e%2e",
    "/ko//evil.com",
    "/\\evil.com",
    "/%5cevil.com",
    "/%2f%2fevil.com",
    "/ko/../..//evil.com",
    "/https://evil.com",
    "/ko/lessons//evil.com",
    "/ko;@evil.com",
    "/@evil.com",
    "/ko%0d%0aLocation:%20https://evil.com",
    "/.evil.com",
]


def leads_away(location: str | None) -> bool:
    """Whether a browser would follow this to another site."""
    if location is None or location.startswith("http://localhost/"):
        return False
    return not location.startswith("/") or location.replace("\\", "/").startswith("//")


def test_it_works() -> None:
    assert [leads_away(one) for one in ("/ko/", "http://localhost/ko/", None)] == [False, False, False]
    assert all(
        leads_away(one) for one in ("//evil.com", "/\\evil.com", "https://evil.com", "http://localhost.evil.com")
    )


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_away(app: Flask, path: str) -> None:
    response = app.test_client().get(path)
    assert response.status_code in {308, 400, 404}
    assert not leads_away(response.headers.get("Location"))


def test_no_parameter_leads_away(app: Flask, cast: Cast) -> None:
    client = SiteClient(app).sign_in(cast.gaon).client
    query = dict.fromkeys(PARAMETERS, TARGETS[0])
    for address in addresses(app, cast):
        if address.method == "GET":
            response = client.get(address.path, query_string=query)
            response.close()  # a static file stays open otherwise
            location = response.headers.get("Location")
            assert location == EXIT_URL if address.path == "/exit" else not leads_away(location), address.path
        if address.path == "/exit":
            client = SiteClient(app).sign_in(cast.gaon).client


@pytest.mark.parametrize("target", TARGETS)
def test_signing_in_leads_where_the_program_says(app: Flask, cast: Cast, target: str) -> None:
    client = SiteClient(app)
    for name in PARAMETERS[:4]:
        form = {"email": cast.han.email, "password": PASSWORD, name: target, "csrf_token": client.token("/ko/sign-in")}
        response = client.client.post("/ko/sign-in", query_string={name: target}, data=form)
        assert response.headers["Location"] == "/ko/teach/"
