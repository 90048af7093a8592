"""Shows that two students who share a browser, in whatever order they come and go, never get each other's answers."""

import os
import random

import pytest
from flask import Flask

from curriculum.quizzes.models import Attempt, ItemResponse
from tests.cast import Cast, Member
from tests.inspection import Page
from tests.quizzes.devices import ANSWER, PATH, answer, hidden, pencils, whole
from tests.quizzes.stored import forget_everything
from tests.site.rows import outside
from tests.site_client import SiteClient

__all__ = ["pencils"]
ROUNDS = 1000 if os.environ.get("DONGUI_TEST_FULL") == "1" else 10
# Each student chooses what the other never does.
OWN = {"가온": "a", "나래": "c"}


class Tab:
    """A page of the quiz as a student opened it, kept open while others come to the same browser."""

    def __init__(self, browser: SiteClient, member: Member | None) -> None:
        page = browser.get(PATH)
        self.member = member
        self.form = {name: hidden(page, name) for name in ("csrf_token", "number", "version", "owner")}

    def choice(self) -> str:
        return OWN[self.member.name] if self.member else "b"


class Tablet:
    """One browser with its cookies, and the pages that stand open in it."""

    def __init__(self, app: Flask, *members: Member) -> None:
        self.browser, self.members = SiteClient(app), members
        self.here: Member | None = None
        self.tabs: list[Tab] = []
        self.refused = self.saved = 0

    def come(self, member: Member) -> None:
        """Sign in, over whoever was here."""
        self.browser.sign_in(member)
        self.here = member

    def go(self) -> None:
        """Sign out, which on a shared tablet is often forgotten."""
        if self.here:
            self.browser.post("/ko/sign-out", on="/ko/class")
            self.here = None

    def open(self) -> None:
        """Open the quiz in another tab."""
        self.tabs.append(Tab(self.browser, self.here))

    def save(self, tab: Tab, token: str) -> None:
        """What the script of a page that stands open sends."""
        form = answer("say", tab.choice(), **{**tab.form, "csrf_token": token})
        reply = self.browser.client.post(ANSWER, data=form)
        self._note(tab, reply.status_code, reply.json["state"])

    def send(self, tab: Tab, token: str) -> None:
        """What its button sends; the page that comes back shows nobody else's choice."""
        form = whole() | {"item-say": [tab.choice()]} | tab.form | {"csrf_token": token}
        reply = self.browser.client.post(PATH, data=form)
        self._note(tab, reply.status_code, "")
        if self.here and tab.member not in {self.here, None} and reply.mimetype == "text/html":
            assert checked(Page(reply, PATH)) <= {OWN[self.here.name]}

    def _note(self, tab: Tab, status: int, state: str) -> None:
        if self.here and tab.member and self.here != tab.member:
            assert status == 409, "taken for somebody else"
            assert state in {"owner", ""}
            self.refused += 1
        elif status < 400 and tab.member:
            self.saved += 1


def checked(page: Page) -> set[str]:
    """What stands chosen at the item that tells the two apart."""
    return {one.attrib["value"] for one in page.all("input") if one.attrib.get("name") == "item-say" and _is(one)}


def _is(box: object) -> bool:
    return "checked" in box.attrib or box.attrib["type"] == "hidden"  # type: ignore[attr-defined]  # an element


def credited(app: Flask) -> dict[object, set[str]]:
    """What is kept of everybody at that item: person -> options."""
    query = Attempt.__table__.join(ItemResponse.__table__, Attempt.id == ItemResponse.attempt_id)
    columns = (Attempt.person_id, ItemResponse.options)
    found: dict[object, set[str]] = {}
    with outside(app) as connection:
        rows = connection.execute(query.select().with_only_columns(*columns).where(ItemResponse.item_id == "say"))
        for person, options in rows:
            found.setdefault(person, set()).update(options)
    return found


def acts(tablet: Tablet, chance: random.Random) -> None:
    """A dozen things that happen at a shared tablet, in an order of chance."""
    for member in tablet.members:
        tablet.come(member)
        tablet.open()
    for _ in range(12):
        kind = chance.choice(["come", "go", "open", "save", "save", "save", "save", "send"])
        if kind == "come":
            tablet.come(chance.choice(tablet.members))
        elif kind in {"go", "open"}:
            tablet.go() if kind == "go" else tablet.open()
        else:
            tab = chance.choice(tablet.tabs)
            # The token of its own page, of another one, or of whatever session is there now.
            token = chance.choice([tab, tablet.tabs[0], None])
            now = token.form["csrf_token"] if token else tablet.browser.token(PATH)
            (tablet.save if kind == "save" else tablet.send)(tab, now)


def test_it_works(app: Flask, cast: Cast, pencils: object) -> None:
    tablet = Tablet(app, cast.gaon, cast.narae)
    tablet.come(cast.gaon)
    tablet.open()
    tablet.save(tablet.tabs[0], tablet.tabs[0].form["csrf_token"])
    assert credited(app) == {cast.gaon.id: {"a"}}
    assert checked(tablet.browser.get(PATH)) == {"a"}


@pytest.mark.parametrize("leaves", [True, False], ids=["signed out", "left signed in"])
@pytest.mark.parametrize("token", ["own", "former"])
def test_the_form_of_one_is_nothing_under_the_session_of_the_other(
    app: Flask, cast: Cast, pencils: object, leaves: bool, token: str
) -> None:
    tablet = Tablet(app, cast.gaon, cast.narae)
    tablet.come(cast.gaon)
    tablet.open()
    [tab] = tablet.tabs
    if leaves:
        tablet.go()
    tablet.come(cast.narae)
    sent = tablet.browser.token(PATH) if token == "own" else tab.form["csrf_token"]
    tablet.save(tab, sent)
    tablet.send(tab, sent)
    assert (credited(app), tablet.refused) == ({}, 2)
    tablet.go()
    tablet.come(cast.gaon)  # and nothing is lost to her: her page still stands open
    tablet.save(tab, tablet.browser.token(PATH))
    assert credited(app) == {cast.gaon.id: {"a"}}


def test_in_any_order_of_coming_and_going_no_answer_is_credited_to_the_other(
    app: Flask, cast: Cast, pencils: object
) -> None:
    saved = refused = 0
    for seed in range(ROUNDS):
        with app.app_context():
            forget_everything()
        tablet = Tablet(app, cast.gaon, cast.narae)
        acts(tablet, random.Random(seed))
        for person, options in credited(app).items():
            own = OWN[next(one.name for one in tablet.members if one.id == person)]
            assert options <= {own, "b"}, f"seed {seed}"  # b: chosen at a page that was opened signed out
        saved, refused = saved + tablet.saved, refused + tablet.refused
    assert min(saved, refused) > ROUNDS / 2, (saved, refused)
