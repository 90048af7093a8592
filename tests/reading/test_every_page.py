"""Shows that the way out and the numbers to call stand on every page, whoever looks at it."""

import pytest
from flask import Flask

from curriculum.config import EXIT_URL
from curriculum.support.contact_list import STRIP
from tests.cast import Cast
from tests.inspection import Page
from tests.quizzes.sample import LESSONS, quiz_in, sent
from tests.site_client import SiteClient

LESSON = f"lessons/{LESSONS[0]}"
PAGES = [
    (None, path)
    for path in ("", "lessons/", LESSON, f"{LESSON}/quiz", "help/", "help/contacts", "join", "sign-in", "nothing")
] + [("gaon", "class"), ("gaon", LESSON), ("han", "teach/"), ("han", f"{LESSON}/guide"), ("yu", "lessons/")]


def test_it_works(app: Flask, client: SiteClient) -> None:
    _has_exit_and_numbers(app, client.get("/en/"))


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_every_page_has_the_way_out_first_and_the_numbers_to_call(
    app: Flask, client: SiteClient, cast: Cast, who: str | None, path: str
) -> None:
    if who:
        client.sign_in(getattr(cast, who))
    _has_exit_and_numbers(app, client.get(f"/ko/{path}", status=404 if path == "nothing" else 200))


def test_the_page_of_a_class_too(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.han)
    _has_exit_and_numbers(app, client.get(f"/ko/teach/classes/{cast.classroom_id}"))


def test_a_result_and_a_refusal_too(app: Flask, client: SiteClient) -> None:
    form = sent(quiz_in(app, LESSONS[0]))
    _has_exit_and_numbers(app, client.post(f"/ko/{LESSON}/quiz", form, status=200))
    _has_exit_and_numbers(app, client.post(f"/ko/{LESSON}/quiz", {"version": form["version"]}, status=422))


def _has_exit_and_numbers(app: Flask, page: Page) -> None:
    stops = [one for one in page.root.iter() if one.tag in {"a", "button", "input", "select", "summary"}]
    assert stops[0].attrib["href"] == "/exit"
    links = [one.attrib["href"] for one in page.all("a")]
    calls = {one for one in links if one.startswith("tel:")}
    for need in STRIP:
        phones = {
            one.phone.replace("-", "") for one in app.extensions["catalog"].panel if one.need == need and one.phone
        }
        assert calls & {f"tel:{phone}" for phone in phones}, need
    assert any(one.endswith("/help/contacts") for one in links)


def test_the_way_out_leads_to_a_neutral_page_and_ends_the_session(client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    client.get("/exit", status=303)
    assert client.last.headers["Location"] == EXIT_URL
    client.get("/ko/class", status=303)
    assert client.location == "/ko/join"
