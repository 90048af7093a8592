"""Plumbing of the journeys: one running site a process, one browser a module, an empty profile for everybody."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.browsing import Person
from tests.journeys.page_rules import DESK
from tests.journeys.site import Site, loaded_demo, running_site

QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
# Nothing but this machine has an address: a request that tries to leave fails, and is seen.
ALONE = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"]
# Playwright switches the back-forward cache off; people have it, and Back is one of the things that are tested.
AS_PEOPLE_HAVE_IT = ["--disable-back-forward-cache"]
PATIENCE = 10_000  # milliseconds

Arrive = Callable[..., Person]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's Chromium; nothing is even started where it is missing."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium is missing: sudo apt-get install -y chromium")
    return path


@pytest.fixture(scope="session")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo school, served."""
    base = tmp_path_factory.getbasetemp()
    together = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with running_site(loaded_demo(together), tmp_path_factory.mktemp("journeys") / "demo") as site:
        yield site


# Not for the whole session: while Playwright runs, its event loop fills this thread, and Flask's teardown refuses that.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser that asks the network for nothing by itself."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses to sandbox what root starts
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=QUIET + ALONE + sandbox, ignore_default_args=AS_PEOPLE_HAVE_IT
        )
        yield browser
        browser.close()


@pytest.fixture
def arrive(browser: Browser, site: Site) -> Iterator[Arrive]:
    """Makes people who come with an empty profile; none may ever meet a foreign request or a complaint."""
    people: list[Person] = []

    def arrive(**options: Any) -> Person:
        context = browser.new_context(**({"locale": "ko-KR", "viewport": DESK, "reduced_motion": "reduce"} | options))
        context.set_default_timeout(PATIENCE)
        people.append(Person(site, context))
        return people[-1]

    yield arrive
    faults = [fault for person in people for fault in person.faults()]
    for person in people:
        person.context.close()
    assert not faults, "\n".join(faults)
