"""The list of pages that the browser walks is whole: a new page cannot be forgotten."""

from flask import Flask

from tests.journeys.places import PLACES


def test_it_works(app: Flask) -> None:
    matcher = app.url_map.bind("127.0.0.1")
    an_id = "00000000-0000-7000-8000-000000000000"
    names = [place.name.partition(",")[0].replace("<id>", an_id) for places in PLACES.values() for place in places]
    walked = {matcher.match(f"/ko{name}".partition("?")[0])[0] for name in names}
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    no_pages = {"static", "healthz", "reading.root", "support.quick_exit"}  # files, a word, and two ways elsewhere
    assert pages - no_pages == walked
