"""Shows that no page offers its reader a way that is closed to them."""

import re
from html import unescape

import pytest
from flask import Flask

from tests.cast import Cast
from tests.site_client import SiteClient

LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
STARTS = ("/ko/", "/ko/class", "/ko/teach/")
# The lessons of two courses are made by the same templates as those of the third; and to prepare one is to prepare any.
ALIKE = re.compile(r"/../lessons/(?:elementary|high)/[^/]+/|.*/prepare/(?!middle/help/)")
ENOUGH = 400  # pages; a site that grows without end has a fault of its own


def crawl(client: SiteClient) -> dict[str, int]:
    """Every address that can be reached by links, with the status it answers."""
    found: dict[str, int] = {}
    waiting = [path for path in STARTS if client.client.get(path).status_code == 200]
    while waiting:
        path = waiting.pop()
        if path in found or path == "/exit" or ALIKE.match(path):
            continue
        response = client.client.get(path)
        found[path] = response.status_code
        waiting += [unescape(one) for one in LINK.findall(response.text)] if response.mimetype == "text/html" else []
        assert len(found) < ENOUGH
    return found


@pytest.mark.only("sqlite")  # which links a page has does not hang on the database; the matrix asks at both
@pytest.mark.parametrize("name", ["nobody", "gaon", "han", "yu", "moon"])
def test_every_link_leads_its_reader_somewhere(app: Flask, cast: Cast, name: str) -> None:
    client = SiteClient(app)
    if name != "nobody":
        client.sign_in(getattr(cast, name))
    found = crawl(client)
    assert {path: status for path, status in found.items() if status != 200} == {}
    assert len([path for path in found if "/lessons/" in path]) > 10
    assert (f"/ko/teach/classes/{cast.classroom_id}" in found) == (name == "han")
