"""Walks the way of a passkey in a real browser, with an authenticator that Chromium plays: added, used, taken away."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browsing import Person
from tests.journeys.conftest import PATIENCE
from tests.journeys.page_rules import DESK
from tests.journeys.site import Site

pytestmark = pytest.mark.journey
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def teacher(browser: Browser, site: Site) -> Iterator[Person]:
    """Ms Han at the computer that serves, with a fingerprint reader: passkeys want a name, not a number."""
    context = browser.new_context(locale="ko-KR", viewport=DESK, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    person = Person(replace(site, url=site.url.replace("127.0.0.1", "localhost")), context)
    yield person
    faults = person.faults()
    context.close()
    assert not faults, "\n".join(faults)


def finger(person: Person, *, of_the_holder: bool = True) -> None:
    """Put an authenticator into the computer."""
    session = person.context.new_cdp_session(person.page)
    session.send("WebAuthn.enable", {"enableUI": False})
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**AUTHENTICATOR, "isUserVerified": of_the_holder}})


def press_passkey(person: Person) -> None:
    person.go("/ko/sign-in")
    person.press("패스키로 로그인")


def test_a_passkey_is_added_signs_in_and_is_taken_away(teacher: Person, site: Site) -> None:
    finger(teacher)
    teacher.sign_in(site.teacher())
    teacher.go("/ko/account/passkeys")
    teacher.page.locator("#name").fill("보건실 컴퓨터")
    teacher.page.locator("#password").fill("아니다 이것은")
    teacher.press("패스키 등록하기")
    expect(teacher.page.locator("[data-problem]")).to_contain_text("비밀번호가 맞지 않아")
    teacher.forget()  # the browser notes the refusal
    teacher.page.locator("#password").fill(site.teacher()["password"])
    teacher.press("패스키 등록하기")
    row = teacher.page.get_by_role("row").filter(has_text="보건실 컴퓨터")
    expect(row).to_contain_text("localhost")
    expect(row).to_contain_text("아직 쓰지 않음")
    teacher.sign_out()

    press_passkey(teacher)
    teacher.page.wait_for_url("**/ko/teach/")
    teacher.go("/ko/account/passkeys")
    expect(row).not_to_contain_text("아직 쓰지 않음")

    teacher.page.get_by_label("보건실 컴퓨터").check(force=True)
    teacher.page.locator("#present").fill(site.teacher()["password"])
    teacher.press("패스키 지우기")
    expect(teacher.page.get_by_text("아직 등록한 패스키가 없습니다.")).to_be_visible()
    teacher.sign_out()
    press_passkey(teacher)
    expect(teacher.page.get_by_role("alert").first).to_contain_text("패스키로 로그인하지 못했습니다")
    assert site.rows()["passkey"] == []


def test_a_finger_that_is_not_the_holders_adds_nothing(teacher: Person, site: Site) -> None:
    finger(teacher, of_the_holder=False)
    teacher.sign_in(site.teacher())
    teacher.go("/ko/account/passkeys")
    teacher.page.locator("#name").fill("보건실 컴퓨터")
    teacher.page.locator("#password").fill(site.teacher()["password"])
    teacher.press("패스키 등록하기")
    expect(teacher.page.locator("[data-problem]")).to_contain_text("패스키를 만들지 않았습니다")
    assert site.rows()["passkey"] == []
