"""The quick exit leads away at once and ends the session; how it stands on each page is in test_every_page."""

import time
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.places import come_in
from tests.journeys.site import Site

pytestmark = pytest.mark.journey
ASKED = 40  # times, before the log is read again
SOON = 1000  # milliseconds until the session must be over: with script, the page is blank before the server is told


@pytest.mark.parametrize("role", ["student", "teacher"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_it_works(arrive: Arrive, site: Site, role: str, script: bool) -> None:
    person = arrive(java_script_enabled=script)
    page = person.page
    come_in(person, role)
    own = page.url
    cookies = person.context.cookies()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(site.exit_url)
    page.wait_for_timeout(SOON)
    person.context.add_cookies(cookies)  # a copy of the cookie is of no use either
    page.goto(own)
    expect(page).not_to_have_url(own)
    expect(page.locator('form[action$="/sign-out"]')).to_have_count(0)


def test_a_click_leads_away_signed_out_too(arrive: Arrive, site: Site) -> None:
    visitor = arrive()
    visitor.go("/ko/help/contacts")
    visitor.page.locator(".quick-exit").click()
    expect(visitor.page).to_have_url(site.exit_url)


def test_the_server_writes_no_line_about_it(site: Site) -> None:
    # It is started as `run.py serve` starts it. A line for each request would be there after so many.
    before, files = site.log.read_text("utf-8"), {path.name for path in site.data.iterdir()}
    for path in ("/exit", "/ko/help/", "/en/help/") * ASKED:
        with urllib.request.urlopen(site.url + path, timeout=10) as reply:
            reply.read()
    time.sleep(SOON / 1000)
    assert site.log.read_text("utf-8") == before
    assert "exit" not in before.replace("exit code", "")
    assert {path.name for path in site.data.iterdir()} == files
